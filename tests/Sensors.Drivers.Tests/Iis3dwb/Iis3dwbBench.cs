using System;
using System.Collections.Generic;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>A DevKitC with an IIS3DWB in slot 0 whose samples are numbered, so that a missing, repeated or invented one shows.</summary>
    internal sealed class Iis3dwbBench : IDisposable
    {
        private const int BootMilliseconds = 20;

        private readonly BenchClock _clock;
        private readonly short[] _xyz = new short[3 * 8192];

        public Iis3dwbBench(Iis3dwbOptions? options = null, IVibrationSource? source = null, double overheadMicroseconds = 60, int clockHz = 5_000_000)
        {
            Wires = new VirtualEsp32(new VirtualEsp32Options { TransactionOverheadMicroseconds = overheadMicroseconds });
            PcBoard.Enter(Wires);
            Chip = new VirtualIis3dwb(Wires.Time, source ?? new NumberedSource(), 1, "vib1", options ?? Quiet());
            Wires.WireSpi(1, Esp32DevKitC.Slot0ChipSelectPin, Chip);
            var board = new Esp32DevKitC();
            board.ReleaseChipSelects();
            Pass(BootMilliseconds);
            SpiProfile spi = Iis3dwb.Spi;
            Bus = new CountingBus(board.OpenSpi(0, new SpiProfile(spi.Mode, clockHz, spi.ReadFlag, spi.BurstFlag, spi.AddressShift, spi.LargestBurst)));
            _clock = new BenchClock(Wires);
            Driver = new Iis3dwb(Bus, _clock);
        }

        public VirtualEsp32 Wires { get; }

        public VirtualIis3dwb Chip { get; }

        public CountingBus Bus { get; }

        public Iis3dwb Driver { get; }

        public BusClock Clock => _clock;

        /// <summary>Gets the numbers of the samples delivered since the last <see cref="Begin"/>.</summary>
        public List<int> Numbers { get; } = [];

        public static Iis3dwbOptions Quiet(double ppm = 0, double timestampMicroseconds = 12.5, int trim = 0, Iis3dwbTagCount count = Iis3dwbTagCount.TimeSlot) =>
            new() { NoiseFactor = 0, OutputRateErrorPpm = ppm, TimestampMicroseconds = timestampMicroseconds, FrequencyTrim = (sbyte)trim, OtherTagCount = count };

        public void Pass(double milliseconds) => Wires.Time.Advance((long)(milliseconds * 1e6));

        public void Start(Iis3dwbMode mode = Iis3dwbMode.Continuous) => Driver.Start(Iis3dwbRange.G2, Iis3dwbFilter.Wide, mode);

        public void Begin()
        {
            Driver.Begin();
            Numbers.Clear();
        }

        /// <summary>Reads once, and notes the numbers of what came.</summary>
        public int Read(int most = 8192)
        {
            int got = Driver.ReadFifo(_xyz, 0, most);
            for (int i = 0; i < got; i++)
            {
                Numbers.Add(NumberedSource.NumberOf(_xyz[3 * i], _xyz[(3 * i) + 1]));
                Assert.Equal(NumberedSource.Check(Numbers[^1]), _xyz[(3 * i) + 2]);
            }

            return got;
        }

        /// <summary>Reads until there are so many, a pause between two looks as the node makes it.</summary>
        /// <returns>Looks it took.</returns>
        public int ReadUntil(int samples)
        {
            int looks = 0;
            for (; Numbers.Count < samples; looks++)
            {
                Assert.InRange(looks, 0, 2000);
                Pass(Driver.Depth / 4 * 1000 / Driver.NominalHertz);
                Read(samples - Numbers.Count);
            }

            return looks;
        }

        /// <summary>Reads whatever there is until there are at least so many: nothing read waits in the driver afterwards.</summary>
        public void ReadOn(int samples)
        {
            for (int most = Numbers.Count + samples; Numbers.Count < most;)
            {
                Pass(4);
                Read();
            }
        }

        /// <summary>Tells how many samples are missing between those delivered, which must be in order and each the nth.</summary>
        public int Missing(int every = 1)
        {
            int missing = 0;
            for (int i = 1; i < Numbers.Count; i++)
            {
                int step = Numbers[i] - Numbers[i - 1];
                Assert.True(step > 0, "sample " + Numbers[i] + " after " + Numbers[i - 1]);
                Assert.True(step % every == 0, "a step of " + step + " is no multiple of " + every);
                missing += (step / every) - 1;
            }

            return missing;
        }

        public void Dispose() => Wires.Dispose();

        private sealed class BenchClock : BusClock
        {
            private readonly VirtualEsp32 _wires;

            public BenchClock(VirtualEsp32 wires) => _wires = wires;

            public override long Microseconds => _wires.ReadMicroseconds();

            public override void Wait(int microseconds) => _wires.Time.Advance(microseconds * 1000L);
        }
    }

    /// <summary>A source that feels its own sample numbers at ±2 g: X the number modulo 30,000, Y the rest, Z a check of both.</summary>
    internal sealed class NumberedSource : IVibrationSource
    {
        private const int Base = 30_000;
        private const float GPerDigit = 0.000061f;

        public static int NumberOf(short x, short y) => (y * Base) + x;

        public static short Check(int number) => (short)((number * 7919L % 20_000) - 10_000);

        public void Fill(in SampleGrid grid, Span<float> xyzG)
        {
            for (int i = 0; i < grid.Count; i++)
            {
                int number = (int)(grid.FirstIndex + i);
                xyzG[3 * i] = number % Base * GPerDigit;
                xyzG[(3 * i) + 1] = number / Base * GPerDigit;
                xyzG[(3 * i) + 2] = Check(number) * GPerDigit;
            }
        }
    }

    /// <summary>A bus that counts what passes, and can stand still in front of a transaction as a garbage collection would let it.</summary>
    internal sealed class CountingBus : RegisterBus
    {
        private readonly RegisterBus _bus;

        public CountingBus(RegisterBus bus)
            : base(bus.Name) => _bus = bus;

        public int Transactions { get; private set; }

        public long Bytes { get; private set; }

        /// <summary>Gets or sets what happens in front of a transaction; told its register and how many went before.</summary>
        public Action<byte, int>? Before { get; set; }

        public override int LeadInMicroseconds => _bus.LeadInMicroseconds;

        public override void Read(byte register, byte[] buffer, int count)
        {
            Note(register, count);
            _bus.Read(register, buffer, count);
        }

        public override void Write(byte register, byte[] buffer, int count)
        {
            Note(register, count);
            _bus.Write(register, buffer, count);
        }

        public override void Reopen() => _bus.Reopen();

        public override void Close() => _bus.Close();

        private void Note(byte register, int count)
        {
            Before?.Invoke(register, Transactions);
            Transactions++;
            Bytes += 1 + count;
        }
    }
}
