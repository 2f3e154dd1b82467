using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using Sensors.Cli.Errors;
using Sensors.Cli.Parsing;
using Sensors.Cli.VirtualNodes;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Cli.Options
{
    /// <summary>The options <c>--point</c> and <c>--alarm</c>: lines of a virtual node's settings, read by the firmware's own readers.</summary>
    internal sealed class PointOptions
    {
        private const string MachinePoint = "vib1";
        private const double SlowestRpm = 1;
        private const double FastestRpm = 60000;
        private const string PointHint = "write --point 'vib1 rpm=1480 bearing=9,7.94,39.04,0 zones=class1': point, options; docs/settings.md lists them.";
        private const string AlarmHint = "write --alarm 'vib1 vel warning=2.8 danger=4.5': point, channel, options; docs/settings.md lists them.";

        private readonly Option<string[]> _point;
        private readonly Option<string[]> _alarm;

        public PointOptions(ParseContext context)
        {
            _point = context.CreateMany(
                "--point",
                "point",
                "What the node knows of a point's machine, such as 'vib1 rpm=1480 bearing=9,7.94,39.04,0 zones=class1'; repeatable (default of vib1: the virtual machine).",
                text => PointDeclaration.Parse(text).Error is { } wrong ? throw ErrorTable.BadPoint.Because(wrong + ".", PointHint, text) : text);
            _alarm = context.CreateMany(
                "--alarm",
                "alarm",
                "When a channel alarms, such as 'vib1 vel warning=2.8 danger=4.5'; repeatable.",
                text => AlarmRule.Parse(text).Error is { } wrong ? throw ErrorTable.BadAlarm.Because(wrong + ".", AlarmHint, text) : text);
        }

        public IReadOnlyList<Option> All => [_point, _alarm];

        /// <summary>Adds points and alarms to a node.</summary>
        public VirtualNodeOptions Apply(ParseResult parsed, VirtualNodeOptions node)
        {
            string[] points = parsed.GetValue(_point) ?? [];
            string[] alarms = parsed.GetValue(_alarm) ?? [];
            PointDeclaration[] declared = [.. points.Select(PointDeclaration.Parse)];
            if (FirstRepeated(declared.Select(point => point.Point)) is { } twice)
            {
                throw ErrorTable.BadPoint.Because($"{twice} is declared twice.", "give all of a point's options in one --point.", twice);
            }

            string[] usual = declared.Any(point => point.Point == MachinePoint) ? [] : MachineOf(node);
            CheckAlarms(alarms, [.. declared, .. usual.Select(PointDeclaration.Parse)]);
            return node with { Points = [.. usual, .. points], Alarms = alarms };
        }

        private static void CheckAlarms(string[] alarms, PointDeclaration[] points)
        {
            AlarmRule[] rules = [.. alarms.Select(AlarmRule.Parse)];
            if (FirstRepeated(rules.Select(rule => rule.Point + " " + rule.Channel)) is { } twice)
            {
                throw ErrorTable.BadAlarm.Because($"{twice} has two rules.", "give a channel's limits in one --alarm.", twice);
            }

            foreach (AlarmRule rule in rules)
            {
                PointDeclaration declared = points.FirstOrDefault(point => point.Point == rule.Point) ?? PointDeclaration.Default(rule.Point);
                string kind = PointKinds.KindOf(rule.Point);
                var point = new Point(rule.Point, kind, ChannelsOf(kind, declared));
                if (rule.CheckAt(point, declared.Zones) is { } wrong)
                {
                    throw ErrorTable.BadAlarm.Because(wrong + ".", AlarmHint, rule.Text);
                }
            }
        }

        private static Channel[] ChannelsOf(string kind, PointDeclaration declared) => kind switch
        {
            PointKinds.Vibration => VibrationFeatures.Channels(declared.Vibration),
            PointKinds.Temperature => TemperatureFeatures.Channels(declared.Temperature),
            PointKinds.Humidity => TemperatureFeatures.HumidityChannels(),
            _ => CurrentFeatures.Channels(declared.Current),
        };

        /// <summary>What a maintainer would know of the virtual machine: its speed as it starts, its bearing (a 6205), the zones of a motor on springs.</summary>
        /// <remarks>A record in place of the machine has a speed and a bearing of its own, and of one that stands still there is none.</remarks>
        private static string[] MachineOf(VirtualNodeOptions node)
        {
            double rpm = node.Machine.SpeedRpm.At(0);
            return node.Replay?.Quantity == SignalQuantity.Acceleration || rpm is < SlowestRpm or > FastestRpm
                ? []
                : [string.Create(CultureInfo.InvariantCulture, $"{MachinePoint} rpm={rpm:0.###} bearing=9,7.94,39.04,0 zones=group2-flexible")];
        }

        private static string? FirstRepeated(IEnumerable<string> names) => names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
    }
}
