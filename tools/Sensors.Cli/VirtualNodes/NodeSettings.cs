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
        private const string FileName = @"I:\settings.txt";

        public static void Write(PcBoard board, VirtualNodeOptions node, string ssid, string wifiPassword)
        {
            string text = Text(node, ssid, wifiPassword);

            // The volume's files are those of the running thread's board, so a thread of its own goes there and back.
            var writer = new Thread(() =>
            {
                PcBoard.Enter(board);
                NanoFramework.Pc.Device.File.WriteAllText(FileName, text);
            });
            writer.UnsafeStart();
            writer.Join();
        }

        private static string Text(VirtualNodeOptions node, string ssid, string wifiPassword)
        {
            var text = new StringBuilder();
            Add("id", node.Id.Text);
            Add("root", node.Root);
            Add("wifi_ssid", ssid);
            Add("wifi_password", wifiPassword);
            Add("broker_host", node.BrokerHost);
            Add("broker_port", node.BrokerPort.ToString(CultureInfo.InvariantCulture));
            Add("broker_user", node.User);
            Add("broker_password", node.Password);
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
