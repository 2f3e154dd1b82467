using System.Globalization;
using System.Text;
using System.Threading;
using NanoFramework.Pc;
using Sensors.Node;

namespace Sensors.Cli.VirtualNodes
{
    /// <summary>Writes the file with which the firmware starts: what pairing leaves on a real node's volume.</summary>
    internal static class NodeSettings
    {
        private const string Volume = @"I:\";
        private const string AuthorityFile = "ca.pem";
        private const string CertificateFile = "node.pem";
        private const string KeyFile = "node.key";

        public static void Write(PcBoard board, VirtualNodeOptions node, Identifier id, string ssid, string wifiPassword)
        {
            string text = Text(node, id, ssid, wifiPassword);

            // The volume's files are those of the running thread's board, so a thread of its own goes there and back.
            var writer = new Thread(() =>
            {
                PcBoard.Enter(board);
                if (node.Tls is { } tls)
                {
                    WriteFile(AuthorityFile, tls.Authority);
                    WriteFile(CertificateFile, tls.Certificate);
                    WriteFile(KeyFile, tls.Key);
                }

                NanoFramework.Pc.Device.File.WriteAllText(Volume + Settings.FileName, text);
            });
            writer.UnsafeStart();
            writer.Join();
        }

        private static void WriteFile(string name, byte[]? content)
        {
            if (content is not null)
            {
                NanoFramework.Pc.Device.File.WriteAllBytes(Volume + name, content);
            }
        }

        private static string Text(VirtualNodeOptions node, Identifier id, string ssid, string wifiPassword)
        {
            var text = new StringBuilder();
            Add("id", id.Text);
            Add("root", node.Root);
            Add("wifi_ssid", ssid);
            Add("wifi_password", wifiPassword);
            Add("broker_host", node.BrokerHost);
            Add("broker_port", node.BrokerPort.ToString(CultureInfo.InvariantCulture));
            Add("broker_user", node.User);
            Add("broker_password", node.Password);
            Add("ack", node.Acknowledgement == AckMode.Broker ? "broker" : null);
            Add("tls", node.Tls is null ? null : "on");
            Add("tls_ca", node.Tls is null ? null : AuthorityFile);
            Add("tls_cert", node.Tls?.Certificate is null ? null : CertificateFile);
            Add("tls_key", node.Tls?.Key is null ? null : KeyFile);
            Add("interval_ms", node.Interval?.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture));
            Add("ntp_server", "pool.ntp.org"); // any name: the virtual network answers for it
            foreach (SensorDeclaration sensor in node.Sensors)
            {
                Add("sensor", sensor.Text);
            }

            foreach (string point in node.Points)
            {
                Add("point", point);
            }

            foreach (string alarm in node.Alarms)
            {
                Add("alarm", alarm);
            }

            return text.ToString();

            void Add(string key, string? value)
            {
                if (value is not null)
                {
                    text.Append(key).Append('=').Append(value).Append('\n');
                }
            }
        }
    }
}
