using System.Text;

namespace Sensors.Node
{
    /// <summary>What pairing writes and the node obeys: who it is, where it publishes, how often it measures.</summary>
    /// <remarks>
    /// Kept on the volume as <see cref="FileName"/>: UTF-8 lines of <c>key=value</c>; empty lines and lines that begin with
    /// # are skipped, white space around both is dropped, an unknown key is an error. Keys: id, root, wifi_ssid (begins a network; any number),
    /// wifi_password, wifi_address (address/prefix gateway name-server; both of the network before them), broker_host, broker_port (1-65535), broker (host[:port], any number), broker_user, broker_password, tls (on, off), tls_ca, tls_cert, tls_key (names of
    /// files), ack (edge, broker), ntp_server, time (when this was written), points (names with commas), interval_ms (1000-3600000),
    /// shunt_uohm (100-1000000), led (pin, or pin,low), sensor (once per sensor, see <see cref="SensorDeclaration"/>), point (once per point, see
    /// <see cref="PointDeclaration"/>), alarm (any number, see <see cref="AlarmRule"/>).
    /// </remarks>
    public sealed class Settings
    {
        /// <summary>Name of the file on the volume.</summary>
        public const string FileName = "settings.txt";

        /// <summary>The most letters of a file's name.</summary>
        public const int MaxFileName = 32;

        private const int PlainPort = 1883;
        private const int SecurePort = 8883; // IANA: secure-mqtt
        private const int MostPort = 65535;
        private const int MostPin = 48; // ESP32-S3, the target with the most

        private string[] _brokers = new string[0]; // host:port as written, the first of broker_host included
        private string _host;
        private int _port; // 0 where it is not said
        private string _orphanPassword; // a password in front of the first network

        /// <summary>The shortest interval between readings of a point, in milliseconds: a block takes at most 40 % of it, a window of current 200 ms.</summary>
        public const int ShortestInterval = 1000;

        /// <summary>The longest interval between readings of a point, in milliseconds.</summary>
        public const int LongestInterval = 3600000;

        /// <summary>Gets the place on the machine the node reports for, in the strict profile.</summary>
        public Identifier Id { get; private set; }

        /// <summary>Gets the first levels of every topic.</summary>
        public string Root { get; private set; } = "sensors/v1";

        /// <summary>Gets the Wi-Fi networks, in the order of the file: at least one where the settings are good.</summary>
        public WifiSettings[] Networks { get; private set; } = new WifiSettings[0];

        /// <summary>Gets the first Wi-Fi network; null for none.</summary>
        public string WifiSsid
        {
            get { return Networks.Length == 0 ? null : Networks[0].Ssid; }
        }

        /// <summary>Gets the password of the first Wi-Fi network.</summary>
        public string WifiPassword
        {
            get { return Networks.Length == 0 ? string.Empty : Networks[0].Password; }
        }

        /// <summary>Gets the pin of a light that the board's file does not know; -1 for none.</summary>
        public int LedPin { get; private set; } = -1;

        /// <summary>Gets whether the light at <see cref="LedPin"/> is on when its pin is high.</summary>
        public bool LedActiveHigh { get; private set; } = true;

        /// <summary>Gets the time server's name.</summary>
        public string NtpServer { get; private set; } = "pool.ntp.org";

        /// <summary>Gets when the settings were written, UTC in milliseconds since 1970-01-01; 0 where that is not said.</summary>
        public long WrittenUtc { get; private set; }

        /// <summary>Gets the file of the certificate that the broker's is checked against; null for the board's own store.</summary>
        public string CaFile { get; private set; }

        /// <summary>Gets the file of the node's certificate; null for none.</summary>
        public string CertificateFile { get; private set; }

        /// <summary>Gets the file of the private key of the node's certificate; null for none.</summary>
        public string KeyFile { get; private set; }

        /// <summary>Gets the points that must be there: while no sensor is found for one, its readings say so.</summary>
        public string[] Points { get; private set; } = new string[0];

        /// <summary>Gets the milliseconds between two readings of a point.</summary>
        public int IntervalMilliseconds { get; private set; } = 10000;

        /// <summary>Gets the shunt of the current sensor, in microohms: R100 is 100,000, R010 is 10,000, R002 is 2,000.</summary>
        public int ShuntMicroOhms { get; private set; } = 10000;

        /// <summary>Gets the sensors that are declared, in the order of the file.</summary>
        public SensorDeclaration[] Sensors { get; private set; } = new SensorDeclaration[0];

        /// <summary>Gets what is said of points, in the order of the file.</summary>
        public PointDeclaration[] Declarations { get; private set; } = new PointDeclaration[0];

        /// <summary>Gets the rules of alarms, in the order of the file.</summary>
        public AlarmRule[] Alarms { get; private set; } = new AlarmRule[0];

        /// <summary>Gets what is said of sensors that are found, not declared.</summary>
        public SensorOptions Found { get; } = new SensorOptions();

        /// <summary>Gets the broker and the node's account there.</summary>
        public LinkSettings Link { get; } = new LinkSettings();

        /// <summary>Gets what is wrong with the settings, or null when the node can work with them.</summary>
        public string Error { get; private set; }

        /// <summary>Gets whether the settings hold no line that is wrong, but not all that pairing writes: the node waits to be paired.</summary>
        public bool IsUnpaired { get; private set; }

        /// <summary>Reads settings.</summary>
        /// <param name="file">Content of <see cref="FileName"/>; null when there is none.</param>
        /// <returns>The settings; see <see cref="Error"/>.</returns>
        public static Settings Parse(byte[] file)
        {
            Settings settings = new Settings();
            if (file == null)
            {
                settings.Error = "no " + FileName + ": the node is not paired";
                settings.IsUnpaired = true;
                return settings;
            }

            if (!Utf8Text.IsSound(file, 0))
            {
                settings.Error = FileName + " is not UTF-8";
                return settings;
            }

            string[] lines = Encoding.UTF8.GetString(file, 0, file.Length).Split('\n');
            for (int i = 0; i < lines.Length && settings.Error == null; i++)
            {
                string line = lines[i].Trim();
                if (line.Length == 0 || line[0] == '#')
                {
                    continue;
                }

                string error = settings.Take(line);
                if (error != null)
                {
                    settings.Error = FileName + " line " + (i + 1).ToString() + ": " + error;
                }
            }

            if (settings.Error == null)
            {
                settings.Error = settings.Missing();
                settings.IsUnpaired = settings.Error != null;
                settings.Error = settings.Error ?? settings.NameBrokers();
            }

            settings.Found.SetDefaultShunt(settings.ShuntMicroOhms);
            for (int i = 0; i < settings.Sensors.Length; i++)
            {
                settings.Sensors[i].Options.SetDefaultShunt(settings.ShuntMicroOhms); // whichever line came first
            }

            if (settings.Id != null)
            {
                settings.Link.ClientId = settings.Id.Text;
            }

            return settings;
        }

        /// <summary>Reads the files of certificates and keys that the settings name into <see cref="Link"/>.</summary>
        /// <param name="volume">The node's files.</param>
        /// <returns>What is missing; null when nothing is.</returns>
        public string LoadCertificates(Volume volume)
        {
            Link.CaCertificate = CaFile == null ? null : volume.Read(CaFile);
            Link.ClientCertificate = CertificateFile == null ? null : volume.Read(CertificateFile);
            Link.ClientKey = KeyFile == null ? null : volume.Read(KeyFile);
            return Missing(CaFile, Link.CaCertificate) ?? Missing(CertificateFile, Link.ClientCertificate) ?? Missing(KeyFile, Link.ClientKey);
        }

        private static string Missing(string file, byte[] content)
        {
            return file == null || (content != null && content.Length > 0) ? null : "no file " + file + ", which the settings name";
        }

        private string Take(string line)
        {
            int equals = line.IndexOf('=');
            if (equals < 1)
            {
                return "expected key=value";
            }

            string key = line.Substring(0, equals).Trim();
            string value = line.Substring(equals + 1).Trim();
            switch (key)
            {
                case "id":
                    return TakeId(value);
                case "root":
                    Root = value;
                    return Topics.CheckRoot(value);
                case "wifi_ssid":
                    return AddNetwork(value);
                case "wifi_password":
                    return TakePassword(value);
                case "wifi_address":
                    return Networks.Length == 0 ? "wifi_address goes behind the wifi_ssid it is for" : Networks[Networks.Length - 1].TakeAddress(value);
                case "led":
                    return TakeLed(value);
                case "broker_host":
                    _host = value;
                    return null;
                case "broker_port":
                    return NumberText.TakeNumber(key, value, 1, MostPort, out _port);
                case "broker":
                    return TakeBroker(value);
                case "tls":
                    Link.Secure = value == "on";
                    return value == "on" || value == "off" ? null : "tls must be on or off";
                case "tls_ca":
                    CaFile = value;
                    return CheckFile(key, value);
                case "tls_cert":
                    CertificateFile = value;
                    return CheckFile(key, value);
                case "tls_key":
                    KeyFile = value;
                    return CheckFile(key, value);
                case "ack":
                    Link.Acknowledgement = value == "broker" ? AckMode.Broker : AckMode.Edge;
                    return value == "edge" || value == "broker" ? null : "ack must be edge or broker";
                case "time":
                    return TakeTime(value);
                case "broker_user":
                    Link.User = value;
                    return null;
                case "broker_password":
                    Link.Password = value;
                    return null;
                case "ntp_server":
                    NtpServer = value;
                    return null;
                case "points":
                    Points = value.Split(',');
                    return null;
                case "sensor":
                    return TakeSensor(value);
                case "point":
                    return TakePoint(value);
                case "alarm":
                    return TakeAlarm(value);
                case "interval_ms":
                    return NumberText.TakeNumber(key, value, ShortestInterval, LongestInterval, out int interval) ?? TakeInterval(interval);
                case "shunt_uohm":
                    return NumberText.TakeNumber(key, value, 100, 1000000, out int shunt) ?? TakeShunt(shunt);
                default:
                    return "unknown key " + key; // never the value: it may be a secret
            }
        }

        private string TakeId(string value)
        {
            IdentifierCheck check = Identifier.Check(value);
            Id = check.Identifier;
            return check.Identifier != null ? null : check.Message;
        }

        private string AddNetwork(string ssid)
        {
            WifiSettings[] grown = new WifiSettings[Networks.Length + 1];
            for (int i = 0; i < Networks.Length; i++)
            {
                grown[i] = Networks[i];
            }

            grown[Networks.Length] = new WifiSettings { Ssid = ssid, Password = _orphanPassword ?? string.Empty };
            Networks = grown;
            _orphanPassword = null;
            return WifiSettings.CheckSsid(ssid);
        }

        // A file of one network may have its lines in any order.
        private string TakePassword(string value)
        {
            if (Networks.Length == 0)
            {
                _orphanPassword = value;
            }
            else
            {
                Networks[Networks.Length - 1].Password = value;
            }

            return WifiSettings.CheckPassword(value);
        }

        private string TakeLed(string value)
        {
            int comma = value.IndexOf(',');
            LedActiveHigh = comma < 0;
            string error = NumberText.TakeNumber("led", comma < 0 ? value : value.Substring(0, comma), 0, MostPin, out int pin);
            LedPin = pin;
            return error ?? (comma < 0 || value.Substring(comma) == ",low" ? null : "led must be a pin, or pin,low");
        }

        private string TakeSensor(string value)
        {
            SensorDeclaration added = SensorDeclaration.Parse(value);
            if (added.Error != null)
            {
                return added.Error;
            }

            SensorDeclaration[] grown = new SensorDeclaration[Sensors.Length + 1];
            for (int i = 0; i < Sensors.Length; i++)
            {
                grown[i] = Sensors[i];
                if (grown[i].Point == added.Point)
                {
                    return added.Point + " is declared twice";
                }

                if (grown[i].Clashes(added))
                {
                    return added.Point + " and " + grown[i].Point + " are declared at one place";
                }
            }

            grown[Sensors.Length] = added;
            Sensors = grown;
            return null;
        }

        /// <summary>Gives what is said of a point.</summary>
        /// <param name="point">Its name.</param>
        /// <returns>The declaration; one that says nothing when there is none.</returns>
        public PointDeclaration DeclarationOf(string point)
        {
            for (int i = 0; i < Declarations.Length; i++)
            {
                if (Declarations[i].Point == point)
                {
                    return Declarations[i];
                }
            }

            return PointDeclaration.Default(point);
        }

        /// <summary>Gives the points that must be there: a sensor that is declared, and what is said of a point, make it one.</summary>
        /// <returns>Names; some may be there more than once.</returns>
        public string[] PointNames()
        {
            string[] names = new string[Sensors.Length + Declarations.Length + Points.Length];
            int count = 0;
            for (int i = 0; i < Sensors.Length; i++)
            {
                names[count++] = Sensors[i].Point;
            }

            for (int i = 0; i < Declarations.Length; i++)
            {
                names[count++] = Declarations[i].Point;
            }

            for (int i = 0; i < Points.Length; i++)
            {
                names[count++] = Points[i];
            }

            return names;
        }

        private string TakePoint(string value)
        {
            PointDeclaration added = PointDeclaration.Parse(value);
            if (added.Error != null)
            {
                return added.Error;
            }

            PointDeclaration[] grown = new PointDeclaration[Declarations.Length + 1];
            for (int i = 0; i < Declarations.Length; i++)
            {
                grown[i] = Declarations[i];
                if (grown[i].Point == added.Point)
                {
                    return added.Point + " is declared twice";
                }
            }

            grown[Declarations.Length] = added;
            Declarations = grown;
            return null;
        }

        private string TakeAlarm(string value)
        {
            AlarmRule added = AlarmRule.Parse(value);
            if (added.Error != null)
            {
                return added.Error;
            }

            AlarmRule[] grown = new AlarmRule[Alarms.Length + 1];
            for (int i = 0; i < Alarms.Length; i++)
            {
                grown[i] = Alarms[i];
                if (grown[i].Point == added.Point && grown[i].Channel == added.Channel)
                {
                    return added.Point + " " + added.Channel + " has two rules";
                }
            }

            grown[Alarms.Length] = added;
            Alarms = grown;
            return null;
        }

        private string TakeBroker(string value)
        {
            string[] grown = new string[_brokers.Length + 1];
            for (int i = 0; i < _brokers.Length; i++)
            {
                grown[i] = _brokers[i];
            }

            grown[_brokers.Length] = value;
            _brokers = grown;
            int colon = value.IndexOf(':');
            string host = colon < 0 ? value : value.Substring(0, colon);
            bool good = host.Length > 0 && (colon < 0 || PortOf(value, colon) > 0);
            return good ? null : "broker must be a host, or host:port with a port from 1 to 65535";
        }

        private static int PortOf(string broker, int colon)
        {
            return NumberText.TakeNumber(null, broker.Substring(colon + 1), 1, MostPort, out int port) == null ? port : 0;
        }

        // Once all is read: the usual port depends on TLS, and the lines may come in any order.
        private string NameBrokers()
        {
            if (!Link.Secure && (CaFile ?? CertificateFile ?? KeyFile) != null)
            {
                return FileName + ": tls_ca, tls_cert and tls_key need tls=on"; // or somebody believes in a lock that is open
            }

            if ((CertificateFile == null) != (KeyFile == null))
            {
                return FileName + ": tls_cert and tls_key go together";
            }

            int usual = Link.Secure ? SecurePort : PlainPort;
            if (HasHost)
            {
                Link.AddBroker(_host, _port == 0 ? usual : _port);
            }

            for (int i = 0; i < _brokers.Length; i++)
            {
                int colon = _brokers[i].IndexOf(':');
                Link.AddBroker(colon < 0 ? _brokers[i] : _brokers[i].Substring(0, colon), colon < 0 ? usual : PortOf(_brokers[i], colon));
            }

            return null;
        }

        private bool HasHost
        {
            get { return _host != null && _host.Length > 0; }
        }

        private static string CheckFile(string key, string name)
        {
            bool good = name.Length > 0 && name.Length <= MaxFileName && name.IndexOf('\\') < 0 && name.IndexOf('/') < 0;
            return good ? null : key + " must be the name of a file, without a folder, of at most " + MaxFileName.ToString() + " letters";
        }

        private string TakeTime(string value)
        {
            bool good = long.TryParse(value, out long time) && time >= 0;
            WrittenUtc = time;
            return good ? null : "time must be in milliseconds since 1970, UTC";
        }

        private string TakeInterval(int interval)
        {
            IntervalMilliseconds = interval;
            return null;
        }

        private string TakeShunt(int shunt)
        {
            ShuntMicroOhms = shunt;
            return null;
        }

        private string Missing()
        {
            if (Id == null)
            {
                return FileName + ": no id";
            }

            if (Networks.Length == 0)
            {
                return FileName + ": no wifi_ssid";
            }

            return !HasHost && _brokers.Length == 0 ? FileName + ": no broker_host" : null;
        }
    }
}
