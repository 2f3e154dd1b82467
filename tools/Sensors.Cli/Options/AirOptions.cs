using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using Sensors.Cli.Errors;
using Sensors.Cli.Parsing;
using Sensors.Cli.VirtualNodes;

namespace Sensors.Cli.Options
{
    /// <summary>What is in the air around virtual boards that are paired: <c>--wifi</c> and <c>--air</c>.</summary>
    internal sealed class AirOptions
    {
        private const string WifiHint = "write --wifi 'Hall 3=its password'; of an open network the name alone.";
        private const string NoTime = "no-time";

        private static readonly Dictionary<string, (string Form, string Help, Func<AirNetwork, string?, AirNetwork?> Apply)> Faults = new(StringComparer.Ordinal)
        {
            ["no-dhcp"] = ("no-dhcp", "nobody gives addresses", (network, value) => value is null ? network with { HasDhcp = false } : null),
            ["no-dns"] = ("no-dns[=NAME]", "a name, or none, is known there", (network, value) => network with { FailingNames = [.. network.FailingNames, value ?? "*"] }),
            ["captive"] = ("captive", "a captive portal answers for everybody", (network, value) => value is null ? network with { IsCaptive = true } : null),
            ["silent"] = ("silent", "out of reach", (network, value) => value is null ? network with { InRange = false } : null),
            ["encryption"] = ("encryption", "of a kind that boards do not speak", (network, value) => value is null ? network with { HasUnknownEncryption = true } : null),
            ["channel"] = ("channel=N", "on channel 1 to 13 (default: 1); on any but 6, its own, the board's access point goes away for seconds", (network, value) => Whole(value, 1, 13) is { } channel ? network with { Channel = channel } : null),
            ["delay"] = ("delay=MS", "look-ups and connects take longer", (network, value) => Whole(value, 0, 60000) is { } delay ? network with { DelayMilliseconds = delay } : null),
        };

        private readonly Option<AirNetwork[]> _wifi;
        private readonly Option<string[]> _air;

        public AirOptions(Command command, ParseContext context)
        {
            AirNetwork usual = VirtualAir.Usual.Networks[0];
            _wifi = context.CreateMany("--wifi", "ssid=password", $"A network around the virtual board; repeatable (default: '{usual.Ssid}={usual.Password}').", ReadNetwork);
            _air = context.CreateMany("--air", "fault", "What is wrong with it, such as no-dhcp or 'Hall 3:channel=6'; repeatable.", ReadFault);
            command.Options.Add(_wifi);
            command.Options.Add(_air);
        }

        /// <summary>Gets the kinds of faults as lines of help.</summary>
        public static string FaultHelp { get; } = "Faults of the air, [SSID:]FAULT, without a name of every network:\n"
            + string.Join('\n', Faults.Values.Select(fault => $"  {fault.Form,-22} {fault.Help}")) + $"\n  {NoTime,-22} no time server answers";

        /// <summary>Gets whether one of the options was given.</summary>
        public Option? Given(ParseResult parsed) => parsed.GetResult(_wifi) is not null ? _wifi : parsed.GetResult(_air) is not null ? _air : null;

        public VirtualAir Read(ParseResult parsed)
        {
            AirNetwork[] networks = parsed.GetValue(_wifi) is { Length: > 0 } given ? given : [.. VirtualAir.Usual.Networks];
            bool noTime = false;
            foreach (string fault in parsed.GetValue(_air) ?? [])
            {
                if (fault == NoTime)
                {
                    noTime = true;
                    continue;
                }

                (string? ssid, string name, string? value) = Split(fault);
                if (ssid is not null && networks.All(network => network.Ssid != ssid))
                {
                    throw ErrorTable.BadAir.Because($"'{fault}' is about the network '{ssid}', and there is none.", $"--wifi names the networks: {string.Join(", ", networks.Select(network => network.Ssid))}.", fault);
                }

                networks = [.. networks.Select(network => ssid is null || network.Ssid == ssid ? Faults[name].Apply(network, value)! : network)];
            }

            return new VirtualAir { Networks = networks, TimeServerBlocked = noTime };
        }

        private static AirNetwork ReadNetwork(string text)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            (string ssid, string password) = equals < 0 ? (text, string.Empty) : (text[..equals], text[(equals + 1)..]);
            return ssid.Length > 0 && password.Length is 0 or (>= 8 and <= 63)
                ? new AirNetwork(ssid, password)
                : throw ErrorTable.BadAir.Because("a network has a name, and a password of 8 to 63 characters or none.", WifiHint);
        }

        private static string ReadFault(string text)
        {
            if (text == NoTime)
            {
                return text;
            }

            (_, string name, string? value) = Split(text);
            return Faults.TryGetValue(name, out (string Form, string Help, Func<AirNetwork, string?, AirNetwork?> Apply) fault) && fault.Apply(new AirNetwork("any", string.Empty), value) is not null
                ? text
                : throw ErrorTable.BadAir.Because($"'{text}' is no fault of the air.", $"it is one of {string.Join(", ", Faults.Values.Select(each => each.Form))}, {NoTime}.", text);
        }

        private static (string? Ssid, string Name, string? Value) Split(string fault)
        {
            int colon = fault.LastIndexOf(':');
            string? ssid = colon > 0 ? fault[..colon] : null;
            string rest = fault[(colon + 1)..];
            int equals = rest.IndexOf('=', StringComparison.Ordinal);
            return equals < 0 ? (ssid, rest, null) : (ssid, rest[..equals], rest[(equals + 1)..]);
        }

        private static int? Whole(string? text, int least, int most) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number : null;
    }
}
