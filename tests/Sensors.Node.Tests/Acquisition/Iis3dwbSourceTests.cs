using System;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.Drivers;
using Sensors.VirtualBoard;

namespace Sensors.Node.Tests.Acquisition
{
    /// <summary>The source of the IIS3DWB on a virtual chip, drained as <see cref="VibrationTask"/> does.</summary>
    public sealed class Iis3dwbSourceTests : IDisposable
    {
        private readonly VirtualEsp32 _wires = new();
        private readonly ConstantSource _machine = new();
        private readonly VirtualIis3dwb _chip;
        private readonly Esp32DevKitC _board;
        private readonly BusClock _clock;

        public Iis3dwbSourceTests()
        {
            PcBoard.Enter(_wires);
            _chip = new VirtualIis3dwb(_wires.Time, _machine, 1, options: new Iis3dwbOptions { OutputRateErrorPpm = 12_000 });
            _wires.WireSpi(1, Esp32DevKitC.Slot0ChipSelectPin, _chip);
            _board = new Esp32DevKitC();
            _board.ReleaseChipSelects();
            _clock = new WireClock(_wires);
        }

        public void Dispose() => _wires.Dispose();

        [Theory]
        [InlineData(Iis3dwbMode.Every8, 8, 500, 0.9901)] // the stated response of a corner at 1,333 Hz
        [InlineData(Iis3dwbMode.Every4, 4, 2000, 0.8716)]
        [InlineData(Iis3dwbMode.Every20, 20, 100, 0.9996)]
        [InlineData(Iis3dwbMode.Continuous, 1, 3000, 0.9752)]
        public void A_block_of_1024_is_whole_and_has_the_machine_s_amplitude(Iis3dwbMode mode, int every, double hertz, double gain)
        {
            _machine.WithSine(hertz, 2, 1, 0.5);
            var source = new Iis3dwbSource(_board.OpenSpi(0, Iis3dwb.Spi), _clock, mode);
            source.Start();
            Assert.Equal(("IIS3DWB", 26667f / every), (source.Chip, source.NominalRate));
            Assert.Equal(0.000488f * 9.80665f, source.Weight);
            var point = new Point("vib1", "vibration", VibrationFeatures.Channels());
            source.Describe(point);
            Assert.Equal(16 * 9.80665, point.RangeHigh, 0.2);
            var xyz = new short[3 * VibrationTask.BlockSamples];
            for (int block = 0; block < 2; block++)
            {
                source.Check();
                source.Begin();
                int have = 0;
                while (have < VibrationTask.BlockSamples)
                {
                    have += source.Read(xyz, have, VibrationTask.BlockSamples - have);
                    _clock.Wait((int)(source.SamplesPerLook * 1000000f / source.NominalRate));
                }

                Assert.Equal(0, source.Lost);
                double rate = _chip.ActualRateHertz / every;
                Assert.Equal(rate, source.MeasureRate(), 0.5 / (VibrationTask.BlockSamples / rate));
                double square = 0;
                for (int i = 0; i < have; i++)
                {
                    square += Math.Pow(xyz[3 * i] * source.Weight, 2);
                }

                Assert.Equal(gain * 2 * 9.80665 / Math.Sqrt(2), Math.Sqrt(square / have), 0.3);
            }

            Assert.Equal(0, _chip.Violations.Count);
        }

        [Fact]
        public void A_snapshot_is_no_block()
        {
            RegisterBus bus = _board.OpenSpi(0, Iis3dwb.Spi);
            Assert.Throws<ArgumentOutOfRangeException>(() => new Iis3dwbSource(bus, _clock, Iis3dwbMode.Snapshot));
        }

        private sealed class WireClock : BusClock
        {
            private readonly VirtualEsp32 _wires;

            public WireClock(VirtualEsp32 wires) => _wires = wires;

            public override long Microseconds => _wires.ReadMicroseconds();

            public override void Wait(int microseconds) => _wires.Time.Advance(microseconds * 1000L);
        }
    }
}
