namespace Sensors.VirtualBoard
{
    /// <summary>What surrounds a virtual chip: it takes of it what it can measure.</summary>
    public sealed record ChipWorld
    {
        /// <summary>Gets the time all chips live in.</summary>
        public required VirtualTime Time { get; init; }

        /// <summary>Gets the number everything random comes from.</summary>
        public required ulong Seed { get; init; }

        /// <summary>Gets what accelerometers feel.</summary>
        public required IVibrationSource Vibration { get; init; }

        /// <summary>Gets what thermometers touch.</summary>
        public required ITemperatureSource Temperature { get; init; }

        /// <summary>Gets the air around the boards.</summary>
        public required ITemperatureSource Ambient { get; init; }

        /// <summary>Gets the humidity of that air.</summary>
        public IHumiditySource Humidity { get; init; } = new ConstantAir();

        /// <summary>Gets what shunts carry: direct current.</summary>
        public required ICurrentSource Direct { get; init; }

        /// <summary>Gets what current clamps are around: the mains.</summary>
        public required ICurrentSource Mains { get; init; }

        /// <summary>Makes the world at a machine.</summary>
        /// <param name="machine">The machine.</param>
        /// <param name="time">The board's time.</param>
        /// <param name="seed">The board's seed.</param>
        /// <returns>The world; its mains feed the machine at 50 Hz.</returns>
        public static ChipWorld At(VirtualMachine machine, VirtualTime time, ulong seed) => new()
        {
            Time = time,
            Seed = seed,
            Vibration = machine.Vibration,
            Temperature = machine.Temperature,
            Ambient = new ConstantSource { Celsius = machine.Options.AmbientCelsius },
            Direct = machine.Current,
            Mains = new MainsCurrent(machine),
        };
    }
}
