using System;
using System.Collections.Generic;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Cli.VirtualNodes
{
    /// <summary>What one virtual node is: its place, its broker, the machine it is bolted to, and what goes wrong.</summary>
    public sealed record VirtualNodeOptions
    {
        /// <summary>Gets the identifier that pairing would have written, and with it all settings; null leaves the volume as it is: as flashed, or as it was paired.</summary>
        public required Identifier? Id { get; init; }

        /// <summary>Gets what is in the air around a node whose volume is left as it is.</summary>
        public VirtualAir Air { get; init; } = VirtualAir.Usual;

        /// <summary>Gets the topic root.</summary>
        public string Root { get; init; } = Topics.DefaultRoot;

        /// <summary>Gets the broker's host name or IPv4 address.</summary>
        public required string BrokerHost { get; init; }

        /// <summary>Gets the broker's port.</summary>
        public required int BrokerPort { get; init; }

        /// <summary>Gets the user at the broker, null for none.</summary>
        public string? User { get; init; }

        /// <summary>Gets the password at the broker, null for none.</summary>
        public string? Password { get; init; }

        /// <summary>Gets who says that a reading has arrived.</summary>
        public AckMode Acknowledgement { get; init; }

        /// <summary>Gets what TLS needs, null for a plain connection.</summary>
        public NodeTls? Tls { get; init; }

        /// <summary>Gets the time from one reading of a point to the next; null leaves it to the firmware.</summary>
        public TimeSpan? Interval { get; init; }

        /// <summary>Gets the machine.</summary>
        public MachineOptions Machine { get; init; } = MachineAt(null, null);

        /// <summary>Gets a record that takes the machine's place at the sensor for its quantity; null for none.</summary>
        public RecordedSignal? Replay { get; init; }

        /// <summary>Gets sensors that are declared: wired beside the usual three, or in place of the one at their point.</summary>
        public IReadOnlyList<SensorDeclaration> Sensors { get; init; } = [];

        /// <summary>Gets what is known of points, as lines of the settings: <c>vib1 rpm=1500 zones=class1</c>.</summary>
        public IReadOnlyList<string> Points { get; init; } = [];

        /// <summary>Gets rules of alarms, as lines of the settings: <c>vib1 vel warning=2.8 danger=4.5</c>.</summary>
        public IReadOnlyList<string> Alarms { get; init; } = [];

        /// <summary>Gets what goes wrong, and when.</summary>
        public FaultPlan Faults { get; init; } = FaultPlan.None;

        /// <summary>Gets the number everything random on the node comes from.</summary>
        public ulong Seed { get; init; } = 1;

        /// <summary>Gets virtual seconds per real second; null runs as fast as the PC can, which outruns any real broker.</summary>
        public double? Pace { get; init; } = 1;

        /// <summary>Gets the true time at the node's start; null for the PC's.</summary>
        public DateTime? StartUtc { get; init; }

        /// <summary>Gets a folder that keeps the internal volume, so that a node begun again goes on; null for memory alone.</summary>
        public string? VolumeFolder { get; init; }

        /// <summary>Gets the firmware's Main; by default the real one.</summary>
        public Action Firmware { get; init; } = global::Sensors.Firmware.Program.Main;

        /// <summary>Gives the machine that nodes are bolted to unless another one is named.</summary>
        /// <param name="speed">Its speed over time; null for 1500 rpm.</param>
        /// <param name="load">Its load over time; null for half load.</param>
        /// <returns>A small motor, unbalanced so much that the accelerometer's own noise adds less than 3 % to the RMS at 1500 rpm.</returns>
        public static MachineOptions MachineAt(Profile? speed, Profile? load)
        {
            const double UnbalanceGramMillimetres = 300;
            var usual = new MachineOptions();
            return new MachineOptions
            {
                SpeedRpm = speed ?? usual.SpeedRpm,
                Load = load ?? usual.Load,
                UnbalanceGramMillimetres = UnbalanceGramMillimetres,
            };
        }
    }
}
