using System;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests.Wire
{
    /// <summary>A DevKitC with the Maxim converters: MAX31865 in slot 0 and MAX31856 in slot 1, which share a bus, MAX31855 in slot 2.</summary>
    internal sealed class MaximBench : IDisposable
    {
        private readonly BenchClock _clock;

        public MaximBench(Max31865Options? rtd = null)
        {
            Wires = new VirtualEsp32();
            PcBoard.Enter(Wires);
            Rtd = new VirtualMax31865(Wires.Time, Hot, 1, "temp1", rtd ?? new Max31865Options { NoiseLsb = 0 });
            Thermocouple = new VirtualMax31856(Wires.Time, Hot, Cold, 1, "temp2", new Max31856Options { NoiseCelsius = 0 });
            Simple = new VirtualMax31855(Wires.Time, Hot, Cold, 1, "temp3", new Max31855Options { NoiseCelsius = 0 });
            Wires.WireSpi(1, Esp32DevKitC.Slot0ChipSelectPin, Rtd);
            Wires.WireSpi(1, Esp32DevKitC.Slot1ChipSelectPin, Thermocouple);
            Wires.WireSpi(2, Esp32DevKitC.Slot2ChipSelectPin, Simple);
            _clock = new BenchClock(Wires);
            Board = new Esp32DevKitC();
            Board.ReleaseChipSelects();
        }

        public VirtualEsp32 Wires { get; }

        public ConstantSource Hot { get; } = new();

        public ConstantSource Cold { get; } = new() { Celsius = 22 };

        public Board Board { get; }

        public BusClock Clock => _clock;

        public VirtualMax31865 Rtd { get; }

        public VirtualMax31856 Thermocouple { get; }

        public VirtualMax31855 Simple { get; }

        public long Violations => Rtd.Violations.Count + Thermocouple.Violations.Count + Simple.Violations.Count;

        public Max31865 OpenMax31865() => new(Board.OpenSpi(0, Max31865.Spi), Clock);

        public Max31856 OpenMax31856() => new(Board.OpenSpi(1, Max31856.Spi), Clock);

        public Max31855 OpenMax31855() => new(Board.OpenSpi(2, Max31855.Spi), Clock);

        /// <summary>Lets time pass.</summary>
        public void Pass(double milliseconds) => Wires.Time.Advance((long)(milliseconds * 1e6));

        public void Dispose() => Wires.Dispose();

        private sealed class BenchClock : BusClock
        {
            private readonly VirtualEsp32 _wires;

            public BenchClock(VirtualEsp32 wires) => _wires = wires;

            public override long Microseconds => _wires.ReadMicroseconds();

            public override void Wait(int microseconds) => _wires.Time.Advance(microseconds * 1000L);
        }
    }
}
