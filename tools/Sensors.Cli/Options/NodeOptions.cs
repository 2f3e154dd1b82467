using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Sensors.Cli.Commands;
using Sensors.Cli.Errors;
using Sensors.Cli.Parsing;
using Sensors.Cli.VirtualNodes;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Cli.Options
{
    /// <summary>The options of a virtual node: identifier, machine, faults, replay.</summary>
    internal sealed class NodeOptions
    {
        private const string DefaultId = "88.118.12345/NODE-0001";
        private const string Edge = "edge";
        private const string Broker = "broker";
        private const double ShortestInterval = Settings.ShortestInterval / 1000.0;
        private const double LongestInterval = Settings.LongestInterval / 1000.0;

        private readonly Option<Identifier> _id;
        private readonly Option<string> _root;
        private readonly Option<double> _interval;
        private readonly Option<Profile> _speed;
        private readonly Option<Profile> _load;
        private readonly Option<Fault[]> _fault;
        private readonly Option<SensorDeclaration[]> _sensor;
        private readonly PointOptions _points;
        private readonly Option<string> _replay;
        private readonly Option<double> _rate;
        private readonly Option<double> _scale;
        private readonly Option<string> _unit;
        private readonly Option<string> _column;
        private readonly Option<int> _channel;
        private readonly Option<string> _ack;
        private readonly Option<int> _seed;

        public NodeOptions(Command command, ParseContext context, string defaultInterval)
        {
            _id = TopicOptions.Id(context, $"Identifier of the node, of the first of several (default: {DefaultId}).");
            _root = TopicOptions.Root(context);
            _interval = context.Create("--interval", "seconds", $"Time between two readings of a point (default: {defaultInterval}).", Values.Number(ShortestInterval, LongestInterval));
            _speed = context.Create("--speed", "profile", "Speed in rpm over time, such as 1500:3000@10s (default: 1500).", text => Read(ErrorTable.BadSpeed, text, Profile.ParseSpeed, "write --speed 1500:3000@10s for 1500 rpm at first and 3000 from 10 s."));
            _load = context.Create("--load", "profile", "Load over time, 1 is full load, such as 0.2:1@10s/5s (default: 0.5).", Profile.ParseLoad);
            _fault = context.CreateMany("--fault", "fault", "What goes wrong, such as unbalance=4@10s or nack:temp1@5s+3s; repeatable.", text => Read(ErrorTable.BadFault, text, FaultPlan.ParseOne, "sensorctl demo --help lists the kinds of faults."));
            _sensor = context.CreateMany("--sensor", "sensor", "A sensor to wire, such as 'vib1 IIS3DWB spi0' or 'temp2 MAX31865 spi1 wires=3'; repeatable. sensorctl chips lists the chips.", ReadSensor);
            _points = new PointOptions(context);
            _replay = context.Create("--replay", "file", "Recorded signal in place of the machine's: .csv, .wav, .i16 (raw int16).", Values.Text);
            _rate = context.Create("--rate", "hertz", "Sampling rate of the record (WAV files tell it).", Values.Number(1e-6, 1e9));
            _scale = context.Create("--scale", "factor", "What one count of the record, of a WAV file full scale, is in --unit (default: 1).", Values.Factor);
            _unit = context.Create("--unit", "unit", "Unit of the record: g, mg, m/s2, degC, A, mA (default: g).", Values.OneOf("g", "mg", "m/s2", "degC", "A", "mA"));
            _column = context.Create("--column", "column", "Column of a CSV record, its number from 1 or its name (default: 1).", Values.Text);
            _channel = context.Create("--channel", "n", "Channel of a WAV record, from 1 (default: 1).", Values.WholeNumber(1, 65535));
            _ack = context.Create("--ack", "who", "Who acknowledges readings: edge, which is a collector, or broker (default: edge).", Values.OneOf(Edge, Broker));
            _seed = context.Create("--seed", "n", "Number everything random comes from (default: drawn and shown).", Values.WholeNumber(0, int.MaxValue));
            foreach (Option option in (Option[])[_id, _root, _interval, _speed, _load, _fault, _sensor, .. _points.All, _replay, _rate, _scale, _unit, _column, _channel, _ack, _seed])
            {
                command.Options.Add(option);
            }
        }

        /// <summary>Gets the kinds of faults as lines of help.</summary>
        public static string FaultHelp { get; } = "Faults, KIND[:CHIP][=VALUE]@START[+DURATION], chips are vib1, temp1, cur1:\n"
            + string.Join('\n', FaultKind.All.Select(kind => $"  {Form(kind),-22} {kind.Help}"));

        /// <summary>Makes the node that the options describe.</summary>
        public VirtualNodeOptions Read(ParseResult parsed, BrokerAddress broker)
        {
            return _points.Apply(parsed, new VirtualNodeOptions
            {
                Id = parsed.GetValue(_id) ?? TopicOptions.ReadId(DefaultId),
                Root = parsed.GetValue(_root) ?? Topics.DefaultRoot,
                BrokerHost = broker.Host,
                BrokerPort = broker.Port,
                Interval = parsed.GetResult(_interval) is null ? null : TimeSpan.FromSeconds(parsed.GetValue(_interval)),
                Machine = VirtualNodeOptions.MachineAt(parsed.GetValue(_speed), parsed.GetValue(_load)),
                Faults = FaultPlan.Parse((parsed.GetValue(_fault) ?? []).Select(fault => fault.ToString())),
                Sensors = ReadSensors(parsed.GetValue(_sensor) ?? []),
                Replay = ReadRecord(parsed),
                Acknowledgement = parsed.GetValue(_ack) == Broker ? AckMode.Broker : AckMode.Edge,

                // Drawn, not fixed: a node that begins anew must not repeat the numbers of an earlier one at the same broker.
                Seed = (ulong)(parsed.GetResult(_seed) is null ? RandomNumberGenerator.GetInt32(int.MaxValue) : parsed.GetValue(_seed)),
            });
        }

        private RecordedSignal? ReadRecord(ParseResult parsed)
        {
            if (parsed.GetValue(_replay) is not { } path)
            {
                return ((Option[])[_rate, _scale, _unit, _column, _channel]).FirstOrDefault(option => parsed.GetResult(option) is not null) is { } stray
                    ? throw ErrorTable.Conflict.Because($"{stray.Name} tells of a record, but there is none.", $"add --replay <file>, or leave {stray.Name} out.", stray.Name)
                    : null;
            }

            var defaults = new RecordOptions();
            try
            {
                return RecordedSignal.Load(path, new RecordOptions
                {
                    RateHertz = parsed.GetResult(_rate) is null ? null : parsed.GetValue(_rate),
                    Scale = parsed.GetResult(_scale) is null ? defaults.Scale : parsed.GetValue(_scale),
                    Unit = parsed.GetValue(_unit) ?? defaults.Unit,
                    Column = parsed.GetValue(_column) ?? defaults.Column,
                    Channel = parsed.GetResult(_channel) is null ? defaults.Channel : parsed.GetValue(_channel),
                });
            }
            catch (Exception error) when (error is RecordException or IOException or UnauthorizedAccessException)
            {
                throw ErrorTable.BadRecording.Because(
                    $"The record cannot be used: {error.Message}", "sensorctl demo --help tells what --replay, --rate, --unit, --column and --channel take.", path, error);
            }
        }

        private static SensorDeclaration ReadSensor(string text)
        {
            SensorDeclaration sensor = SensorDeclaration.Parse(text);
            return sensor.Error is null && sensor.Slot < VirtualNode.SlotCount && sensor.I2cBus <= VirtualNode.I2cBusCount
                ? sensor
                : throw ErrorTable.BadSensor.Because(
                    (sensor.Error ?? $"the board has slots spi0 to spi{VirtualNode.SlotCount - 1} and buses i2c1 to i2c{VirtualNode.I2cBusCount}") + ".",
                    "write --sensor 'temp2 MAX31865 spi1 wires=3': point, chip, place, options.",
                    text);
        }

        private static SensorDeclaration[] ReadSensors(SensorDeclaration[] sensors)
        {
            for (int i = 0; i < sensors.Length; i++)
            {
                if (sensors.Skip(i + 1).FirstOrDefault(sensors[i].Clashes) is { } other)
                {
                    throw ErrorTable.BadSensor.Because($"'{sensors[i].Text}' and '{other.Text}' are at one point or place.", "give each sensor its own.", other.Text);
                }
            }

            return sensors;
        }

        private static string Form(FaultKind kind) => kind.Name
            + (kind.Target == FaultTarget.Chip ? ":CHIP" : string.Empty)
            + (kind.ValueName.Length == 0 ? string.Empty : double.IsNaN(kind.DefaultValue) ? "=VALUE" : "[=VALUE]");

        private static T Read<T>(ErrorEntry entry, string text, Func<string, T> parse, string hint)
        {
            try
            {
                return parse(text);
            }
            catch (FormatException error)
            {
                throw entry.Because(error.Message, hint, text, error);
            }
        }
    }
}
