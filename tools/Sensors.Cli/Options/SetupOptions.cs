using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using Sensors.Cli.Errors;
using Sensors.Cli.Parsing;
using Sensors.Cli.VirtualNodes;
using Sensors.Commissioning;
using Sensors.Node;

namespace Sensors.Cli.Options
{
    /// <summary>The options that say what a node shall be told: an option for each line of its settings.</summary>
    internal sealed class SetupOptions
    {
        private readonly Option<Identifier> _id;
        private readonly Option<string> _name;
        private readonly Option<string> _ssid;
        private readonly Option<string> _wifiPassword;
        private readonly Option<string> _wifiPasswordFile;
        private readonly Option<string> _address;
        private readonly Option<string[]> _broker;
        private readonly Option<bool> _secure = new("--tls") { Description = "TLS, with the authorities the board itself knows (--tls-ca names one)." };
        private readonly LoginOptions _login;
        private readonly TlsOptions _tls;
        private readonly Option<string> _root;
        private readonly Option<string> _ack;
        private readonly Option<double> _interval;
        private readonly Option<string> _ntp;
        private readonly Option<string> _points;
        private readonly Option<string[]> _sensor;
        private readonly Option<string[]> _point;
        private readonly Option<string[]> _alarm;
        private readonly Option<string> _led;
        private readonly Option<bool> _replace = new("--replace") { Description = "The board takes another one's place: the identifier stays, and may still be online." };

        public SetupOptions(Command command, ParseContext context)
        {
            _id = TopicOptions.Id(context, "Identifier of the place; of several nodes the first, the others count up.");
            _name = context.Create("--name", "text", "What people call the place; for label, report and registry.", Values.Text);
            _ssid = context.Create("--ssid", "name", "Wi-Fi network the node shall join.", Values.Text);
            _wifiPassword = context.Create("--wifi-password", "text", "Its password; other users of this PC can see it, a variable or file is better.", text => text);
            _wifiPasswordFile = context.Create("--wifi-password-file", "file", "File whose first line is that password.", Values.Text);
            _address = context.Create("--address", "address", "Fixed address there, '192.168.1.50/24 192.168.1.1 192.168.1.1' (default: DHCP).", Values.Text);
            _broker = context.CreateMany("--broker", "host:port", "Broker as the node reaches it; repeatable, tried in this order.", ReadBroker);
            _root = TopicOptions.Root(context);
            _ack = context.Create("--ack", "who", "Who acknowledges readings: edge, which is a collector, or broker (default: edge).", Values.OneOf("edge", "broker"));
            _interval = context.Create("--interval", "seconds", "Time between two readings of a point (default: 10 s).", Values.Number(Settings.ShortestInterval / 1000.0, Settings.LongestInterval / 1000.0));
            _ntp = context.Create("--ntp-server", "host", "Time server (default: pool.ntp.org).", Values.Text);
            _points = context.Create("--points", "names", "Points that must be there, such as vib1,temp1,cur1.", Values.Text);
            _sensor = context.CreateMany("--sensor", "sensor", "A sensor that cannot be found by itself, such as 'temp2 MAX31865 spi1 wires=3'; repeatable.", text => Checked(text, SensorDeclaration.Parse(text).Error, ErrorTable.BadSensor));
            _point = context.CreateMany("--point", "point", "What is known of a point's machine, such as 'vib1 rpm=1480 zones=class1'; repeatable.", text => Checked(text, PointDeclaration.Parse(text).Error, ErrorTable.BadPoint));
            _alarm = context.CreateMany("--alarm", "alarm", "When a channel alarms, such as 'vib1 vel warning=2.8 danger=4.5'; repeatable.", text => Checked(text, AlarmRule.Parse(text).Error, ErrorTable.BadAlarm));
            _led = context.Create("--led", "gpio", "Pin of a light where the board has none, such as 2 or '2,low'.", Values.Text);
            Add(command, _id, _name, _ssid, _wifiPassword, _wifiPasswordFile, _address, _broker);
            _login = new LoginOptions(command, context);
            Add(command, _secure);
            _tls = new TlsOptions(command, context);
            Add(command, _root, _ack, _interval, _ntp, _points, _sensor, _point, _alarm, _led, _replace);
        }

        /// <summary>Tells whether an identifier was given.</summary>
        public bool NamesIdentifier(ParseResult parsed) => parsed.GetValue(_id) is not null;

        /// <summary>Reads what is known of every node.</summary>
        public NodeSetup Read(ParseResult parsed)
        {
            (string? user, string? password) = _login.Read(parsed);
            NodeTls? tls = _tls.Read(parsed);
            return new NodeSetup
            {
                Id = parsed.GetValue(_id)?.Text,
                Name = parsed.GetValue(_name),
                Networks = ReadNetwork(parsed),
                Brokers = parsed.GetValue(_broker) is { Length: > 0 } brokers ? brokers : null,
                Tls = tls is not null ? new TlsSetup { Authority = tls.Authority, Certificate = tls.Certificate, Key = tls.Key } : parsed.GetValue(_secure) ? new TlsSetup() : null,
                User = user,
                Password = password,
                Root = parsed.GetValue(_root),
                Acknowledgement = parsed.GetValue(_ack),
                IntervalMilliseconds = parsed.GetResult(_interval) is null ? null : (int)Math.Round(parsed.GetValue(_interval) * 1000),
                NtpServer = parsed.GetValue(_ntp),
                Points = parsed.GetValue(_points)?.Split(','),
                Sensors = Given(parsed.GetValue(_sensor)),
                Machine = Given(parsed.GetValue(_point)),
                Alarms = Given(parsed.GetValue(_alarm)),
                Led = parsed.GetValue(_led),
                Replace = parsed.GetValue(_replace) ? true : null,
            };
        }

        private WifiSetup[]? ReadNetwork(ParseResult parsed)
        {
            string? file = parsed.GetValue(_wifiPasswordFile);
            string? password = parsed.GetValue(_wifiPassword);
            if (file is not null && password is not null)
            {
                throw ErrorTable.Conflict.Because("--wifi-password and --wifi-password-file are both given.", "give one of them.");
            }

            password = file is null ? password : FirstLine(file);
            if (parsed.GetValue(_ssid) is { } ssid)
            {
                // Without a word about the password it is not known; an open network says so by an empty one.
                return [new WifiSetup(ssid, password, parsed.GetValue(_address))];
            }

            return password is null && parsed.GetValue(_address) is null
                ? null
                : throw ErrorTable.Conflict.Because("A Wi-Fi password or address is given without a network.", "add --ssid <name>.");
        }

        private static string ReadBroker(string text)
        {
            _ = BrokerAddress.Parse(text); // only whether it is one: the usual port depends on TLS, which the node knows
            return text;
        }

        private static string FirstLine(string file)
        {
            try
            {
                using StreamReader reader = File.OpenText(file);
                return reader.ReadLine() ?? throw new InvalidDataException("The file is empty.");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                throw ErrorTable.BadPasswordFile.Because($"The password file {file} cannot be read: {error.Message}", "name a file that exists and that you may read.", file, error);
            }
        }

        private static string Checked(string text, string? wrong, ErrorEntry entry) => wrong is null ? text : throw entry.Because(wrong + ".", "docs/settings.md says how such a line is written.", text);

        private static IReadOnlyList<string>? Given(string[]? values) => values is { Length: > 0 } ? values : null;

        private static void Add(Command command, params Option[] options)
        {
            foreach (Option option in options)
            {
                command.Options.Add(option);
            }
        }
    }
}
