using System;
using System.Collections.Generic;
using System.Device.Spi;

namespace Sensors.VirtualBoard.Tests
{
    /// <summary>A chip on a bench: raw SPI frames at times the test chooses, no board in between. Powered 20 ms ago.</summary>
    internal sealed class Iis3dwbBench
    {
        private const long Gap = 10_000;
        private const long Boot = 20_000_000;

        public Iis3dwbBench(IVibrationSource? source = null, Iis3dwbOptions? options = null, bool booted = true)
        {
            source ??= new ConstantSource().WithAcceleration(0, 0, 1);
            Chip = new VirtualIis3dwb(Time, source, seed: 1, options: options ?? new Iis3dwbOptions { NoiseFactor = 0 });
            Time.Advance(booted ? Boot : 0);
        }

        public VirtualTime Time { get; } = new();

        public VirtualIis3dwb Chip { get; }

        public int ClockHz { get; set; } = 10_000_000;

        public SpiMode Mode { get; set; } = SpiMode.Mode3;

        public byte[] Send(params byte[] mosi)
        {
            Time.Advance(Gap);
            var miso = new byte[mosi.Length];
            var frame = new SpiFrame(Time.Nanoseconds, ClockHz, Mode);
            Chip.Transfer(frame, mosi, miso);
            Time.Advance(frame.After(mosi.Length) - frame.StartNanoseconds);
            return miso;
        }

        public byte[] ReadMany(byte register, int count)
        {
            var mosi = new byte[1 + count];
            mosi[0] = (byte)(0x80 | register);
            return Send(mosi)[1..];
        }

        public byte Read(byte register) => ReadMany(register, 1)[0];

        public int Level()
        {
            byte[] status = ReadMany(0x3A, 2);
            return status[0] | ((status[1] & 3) << 8);
        }

        /// <summary>Reads so many slots in one frame.</summary>
        public List<byte[]> Slots(int count)
        {
            byte[] bytes = ReadMany(0x78, 7 * count);
            var slots = new List<byte[]>();
            for (int i = 0; i < count; i++)
            {
                slots.Add(bytes[(7 * i)..((7 * i) + 7)]);
            }

            return slots;
        }

        /// <summary>Samples into the FIFO: mode and batching of FIFO_CTRL4 as told, timestamps on, ±2 g.</summary>
        public void Run(byte fifoControl4 = 0x06)
        {
            Send(0x19, 0x20);
            Send(0x09, 0x0A);
            Send(0x0A, fifoControl4);
            Send(0x10, 0xA0);
            Wait(10);
        }

        public void Wait(double milliseconds) => Time.Advance((long)(milliseconds * 1e6));
    }
}
