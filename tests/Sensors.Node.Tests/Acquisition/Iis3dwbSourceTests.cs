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
            var point = new Point("vib1", "vibration", VibrationFeatures.Channels(new VibrationOptions()));
            source.Describe(point);
            Assert.Equal(16 * 9.80665, point.RangeHigh, 0.2);
            var xyz = new short[3 * 1024];
            for (int block = 0; block < 2; block++)
            {
                source.Check();
                source.Begin();
                int have = 0;
                while (have < 1024)
                {
                    have += source.Read(xyz, have, 1024 - have);
                    _clock.Wait((int)(source.SamplesPerLook * 1000000f / source.NominalRate));
                }

                Assert.Equal(0, source.Lost);
                double rate = _chip.ActualRateHertz / every;
                Assert.Equal(rate, source.MeasureRate(), 0.5 / (1024 / rate));
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

        [Fact]
        public void A_second_of_slots_is_whole_on_all_axes_and_at_the_measured_rate()
        {
            const int samples = 26_667;
            _machine.WithSine(1000, 2, 1, 0.5);
            var source = new Iis3dwbSource(_board.OpenSpi(0, Iis3dwb.Spi), _clock, Iis3dwbMode.Continuous);
            source.Start();
            Assert.Equal((true, 7), (source.HasSlots, source.SlotBytes));
            byte[] slots = new byte[(samples + (samples / 32) + 1) * source.SlotBytes];
            short[] counts = new short[samples];
            for (int window = 0; window < 2; window++)
            {
                source.Check();
                source.Begin();
                int have = 0;
                while (have < slots.Length)
                {
                    have += source.ReadSlots(slots, have, slots.Length - have);
                    _clock.Wait((int)(source.SamplesPerLook * 1000000f / source.NominalRate));
                }

                Assert.Equal(0, source.Lost);
                Assert.Equal(_chip.ActualRateHertz, source.MeasureRate(), 0.5);
                double[] amplitudes = [2, 1, 0.5];
                for (int axis = 0; axis < 3; axis++)
                {
                    Assert.Equal(samples, source.DecodeAxis(slots, have, axis, counts));
                    Assert.Equal(amplitudes[axis] * 9.80665 / Math.Sqrt(2), Rms(counts, source.Weight), 0.1 + (0.02 * amplitudes[axis]));
                }
            }

            Assert.Equal(0, _chip.Violations.Count);
        }

        [Theory]
        [InlineData(Iis3dwbMode.Continuous, 14_336)] // 28,672 bytes
        [InlineData(Iis3dwbMode.Every8, 4096)]
        public void An_axis_of_a_long_window_is_whole(Iis3dwbMode mode, int samples)
        {
            _machine.WithSine(500, 2, 1, 0.5);
            var source = new Iis3dwbSource(_board.OpenSpi(0, Iis3dwb.Spi), _clock, mode);
            source.Start();
            short[] counts = new short[samples];
            double[] amplitudes = [2, 1, 0.5];
            for (int axis = 0; axis < 3; axis++)
            {
                source.Begin();
                int have = 0;
                while (have < samples)
                {
                    have += source.ReadAxis(counts, have, samples - have, axis);
                    _clock.Wait((int)(source.SamplesPerLook * 1000000f / source.NominalRate));
                }

                Assert.Equal((samples, 0), (have, source.Lost));
                Assert.Equal(amplitudes[axis] * 9.80665 / Math.Sqrt(2), Rms(counts, source.Weight), 0.1 + (0.02 * amplitudes[axis]));
            }
        }

        [Fact]
        public void A_pause_of_the_program_inside_a_window_is_counted()
        {
            var source = new Iis3dwbSource(_board.OpenSpi(0, Iis3dwb.Spi), _clock, Iis3dwbMode.Continuous);
            source.Start();
            source.Begin();
            byte[] slots = new byte[90_000];
            int have = 0;
            long began = _clock.Microseconds;
            for (int look = 0; look < 40; look++)
            {
                _clock.Wait(look == 20 ? 60_000 : 4_650);
                have += source.ReadSlots(slots, have, slots.Length - have);
            }

            short[] counts = new short[12_000];
            double made = (_clock.Microseconds - began) * _chip.ActualRateHertz / 1e6;
            int samples = source.DecodeAxis(slots, have, 2, counts);
            Assert.InRange(source.Lost, 900, 1300); // 60 ms less what the FIFO holds
            Assert.InRange(samples + source.Lost, made - 100, made + 10); // a look takes 2 ms, and what came meanwhile still waits
        }

        [Theory]
        [InlineData(Iis3dwbMode.Every4)]
        [InlineData(Iis3dwbMode.Every8)]
        [InlineData(Iis3dwbMode.Every20)]
        public void Every_nth_sample_needs_no_slots(Iis3dwbMode mode)
        {
            var source = new Iis3dwbSource(_board.OpenSpi(0, Iis3dwb.Spi), _clock, mode);
            source.Start();
            source.Begin();
            _clock.Wait(20_000);
            Assert.Equal((false, 0), (source.HasSlots, source.SlotBytes));
            Assert.Equal(0, source.ReadSlots(new byte[700], 0, 700));
            Assert.Equal(0, source.DecodeAxis(new byte[700], 700, 0, new short[100]));
        }

        [Fact]
        public void What_was_read_of_an_axis_before_the_wire_failed_stays_and_the_next_call_tells()
        {
            var bus = new FailingBus(_board.OpenSpi(0, Iis3dwb.Spi));
            var source = new Iis3dwbSource(bus, _clock, Iis3dwbMode.Every8);
            source.Start();
            source.Begin();
            _clock.Wait(15_000); // 50 samples: two pieces
            bus.FailStatusRead = 2;
            short[] counts = new short[200];
            Assert.Equal(32, source.ReadAxis(counts, 0, 200, 0));
            Assert.Throws<BusException>(() => source.ReadAxis(counts, 32, 168, 0));
            Assert.InRange(source.ReadAxis(counts, 32, 168, 0), 18, 60);
            Assert.Equal(0, source.Lost);

            _clock.Wait(15_000);
            bus.FailStatusRead = 2;
            Assert.Equal(32, source.ReadAxis(counts, 0, 200, 0));
            source.Begin(); // a new block has nothing to tell
            _clock.Wait(5_000);
            Assert.InRange(source.ReadAxis(counts, 0, 200, 0), 15, 30);
        }

        private static double Rms(short[] counts, float weight)
        {
            double square = 0;
            foreach (short count in counts) { square += (double)count * count; }
            return Math.Sqrt(square / counts.Length) * weight;
        }

        // Lets the nth read of the FIFO's status from now on fail.
        private sealed class FailingBus : RegisterBus
        {
            private readonly RegisterBus _bus;

            public FailingBus(RegisterBus bus)
                : base(bus.Name) => _bus = bus;

            public int FailStatusRead { get; set; }

            public override int LeadInMicroseconds => _bus.LeadInMicroseconds;

            public override void Read(byte register, byte[] buffer, int count)
            {
                if (register == 0x3A && --FailStatusRead == 0) { throw new BusException(Name, register, BusStatus.Unknown); }
                _bus.Read(register, buffer, count);
            }

            public override void Write(byte register, byte[] buffer, int count) => _bus.Write(register, buffer, count);

            public override void Reopen() => _bus.Reopen();

            public override void Close() => _bus.Close();
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
