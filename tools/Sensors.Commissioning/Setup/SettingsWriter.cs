using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Sensors.Node;

namespace Sensors.Commissioning
{
    /// <summary>Writes the settings of a node as it reads them, and has the firmware's own reader judge them before anything is sent.</summary>
    public static class SettingsWriter
    {
        /// <summary>Name under which a trial's certificate of the authority is sent.</summary>
        public const string AuthorityFile = "ca";

        /// <summary>Name under which the node's certificate is sent.</summary>
        public const string CertificateFile = "cert";

        /// <summary>Name under which the node's key is sent.</summary>
        public const string KeyFile = "key";

        /// <summary>The most bytes of such a file: what a message of the portal holds.</summary>
        public const int MaxFile = 4096;

        private const int MostSsidBytes = 32;
        private const int LeastWifiPassword = 8;
        private const int MostWifiPassword = 63;

        /// <summary>Writes settings.</summary>
        /// <param name="setup">What the node shall be told; identifier, networks and brokers must be known.</param>
        /// <param name="now">The time now, UTC: a node that knows no time begins there.</param>
        /// <returns>The text.</returns>
        /// <exception cref="SetupException">The node could not work with them; the message says what is wrong and never a value that is secret.</exception>
        public static string Write(NodeSetup setup, DateTimeOffset now)
        {
            ArgumentNullException.ThrowIfNull(setup);
            var lines = new List<(string Key, string Value)>();
            Add("id", Needed(setup.Id, Question.Identifier, "the identifier"));
            foreach (WifiSetup network in Needed(setup.Networks, Question.Network, "the Wi-Fi network"))
            {
                CheckNetwork(network);
                Add("wifi_ssid", network.Ssid);
                Add("wifi_password", string.IsNullOrEmpty(network.Password) ? null : network.Password);
                Add("wifi_address", network.Address);
            }

            foreach (string broker in Needed(setup.Brokers, Question.Broker, "the broker"))
            {
                Add("broker", broker);
            }

            AddLogin();
            AddTls();
            Add("root", setup.Root);
            Add("ack", setup.Acknowledgement);
            Add("interval_ms", Text(setup.IntervalMilliseconds));
            Add("ntp_server", setup.NtpServer);
            Add("points", setup.Points is { Count: > 0 } points ? string.Join(',', points) : null);
            Add("shunt_uohm", Text(setup.ShuntMicroOhms));
            Add("led", setup.Led);
            AddAll("sensor", setup.Sensors);
            AddAll("point", setup.Machine);
            AddAll("alarm", setup.Alarms);
            Add("time", now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
            string text = string.Concat(lines.Select(line => $"{line.Key}={line.Value}\n"));
            Check(text, lines);
            return text;

            void Add(string key, string? value)
            {
                if (value is not null)
                {
                    CheckLine(key, value);
                    lines.Add((key, value));
                }
            }

            void AddAll(string key, IReadOnlyList<string>? values)
            {
                foreach (string value in values ?? [])
                {
                    Add(key, value);
                }
            }

            void AddLogin()
            {
                if (string.IsNullOrEmpty(setup.User))
                {
                    return;
                }

                Add("broker_user", setup.User);
                Add("broker_password", string.IsNullOrEmpty(setup.Password) ? null : setup.Password);
            }

            void AddTls()
            {
                if (setup.Secure is not { } tls)
                {
                    return;
                }

                if (tls.Certificate is null != tls.Key is null)
                {
                    throw new SetupException("a certificate of the node and its key go together", Question.Tls, "tls_cert");
                }

                Add("tls", "on");
                AddFile("tls_ca", AuthorityFile, tls.Authority);
                AddFile("tls_cert", CertificateFile, tls.Certificate);
                AddFile("tls_key", KeyFile, tls.Key);
            }

            void AddFile(string key, string name, byte[]? content)
            {
                if (content is { Length: 0 or > MaxFile })
                {
                    throw new SetupException(string.Create(CultureInfo.InvariantCulture, $"{key}: the file has {content.Length} bytes; a node takes 1 to {MaxFile}"), Question.Tls, key);
                }

                Add(key, content is null ? null : name);
            }
        }

        /// <summary>Has the firmware's reader judge a text.</summary>
        private static void Check(string text, List<(string Key, string Value)> lines)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            if (bytes.Length > SettingsStore.MaxLength)
            {
                throw new SetupException(
                    string.Create(CultureInfo.InvariantCulture, $"the settings have {bytes.Length} bytes; a node keeps at most {SettingsStore.MaxLength}"), Question.None, null);
            }

            if (Settings.Parse(bytes).Error is not { } error)
            {
                return;
            }

            // The firmware names lines of its file; people and plans know the keys.
            const string Mark = Settings.FileName + " line ";
            string message = error;
            string? key = null;
            if (error.StartsWith(Mark, StringComparison.Ordinal) && error.IndexOf(':', StringComparison.Ordinal) is > 0 and int colon
                && int.TryParse(error.AsSpan(Mark.Length, colon - Mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int line)
                && line <= lines.Count)
            {
                key = lines[line - 1].Key;
                message = error[(colon + 2)..];
            }
            else if (error.StartsWith(Settings.FileName + ": ", StringComparison.Ordinal))
            {
                message = error[(Settings.FileName.Length + 2)..];
            }

            throw new SetupException(key is null || message.StartsWith(key, StringComparison.Ordinal) ? message : $"{key}: {message}", QuestionOf(key), key);
        }

        private static void CheckNetwork(WifiSetup network)
        {
            if (Encoding.UTF8.GetByteCount(network.Ssid) is 0 or > MostSsidBytes)
            {
                throw new SetupException("the name of a Wi-Fi network has 1 to 32 bytes", Question.Network, "wifi_ssid");
            }

            if (network.Password is null)
            {
                throw new SetupException($"the password of '{network.Ssid}' is not said; an open network has an empty one", Question.WifiPassword, null);
            }

            if (network.Password.Length > 0 && (network.Password.Length is < LeastWifiPassword or > MostWifiPassword || network.Password.Any(c => c is < ' ' or > '~')))
            {
                throw new SetupException($"the password of '{network.Ssid}' is none: WPA wants 8 to 63 printable ASCII characters; leave it empty for an open network", Question.WifiPassword, "wifi_password");
            }
        }

        private static void CheckLine(string key, string value)
        {
            if (value.Length == 0 || value != value.Trim() || value.AsSpan().IndexOfAny('\r', '\n') >= 0)
            {
                throw new SetupException($"{key} is empty, begins or ends with a blank, or has a line break in it; a node cannot keep that", QuestionOf(key), key);
            }
        }

        private static T Needed<T>(T? value, Question question, string what)
            where T : class
        {
            return value is null or IReadOnlyCollection<object> { Count: 0 } ? throw new SetupException($"{what} is not said", question, null) : value;
        }

        private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

        private static Question QuestionOf(string? key) => key switch
        {
            "id" => Question.Identifier,
            "wifi_ssid" => Question.Network,
            "wifi_password" => Question.WifiPassword,
            "wifi_address" => Question.Address,
            "broker" or "broker_host" or "broker_port" => Question.Broker,
            "broker_user" or "broker_password" => Question.Login,
            "tls" or "tls_ca" or "tls_cert" or "tls_key" => Question.Tls,
            "ntp_server" => Question.TimeServer,
            _ => Question.None,
        };
    }
}
