using System;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.Drivers;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>A DevKitC at fast-forward, with one chip wired to it: the real board's file, the packages' stand-ins, a virtual chip.</summary>
    /// <remarks>It belongs to the thread that makes it. Slot 0 is on SPI1, I2C1 runs at 400 kHz.</remarks>
    public sealed class CampaignBoard : IDisposable
    {
        /// <summary>Makes the board; nothing is wired yet.</summary>
        /// <param name="seed">What everything random comes from.</param>
        public CampaignBoard(ulong seed)
        {
            Wires = new VirtualEsp32(new VirtualEsp32Options { Name = "campaign", Seed = seed });
            PcBoard.Enter(Wires);
            Ports = new Esp32DevKitC();
            Clock = new SteppingClock(Wires);
        }

        /// <summary>Gets what is wired.</summary>
        public VirtualEsp32 Wires { get; }

        /// <summary>Gets the board's file.</summary>
        public Esp32DevKitC Ports { get; }

        /// <summary>Gets a driver's time.</summary>
        public BusClock Clock { get; }

        /// <summary>Gets the seconds that have passed.</summary>
        public double Seconds => Wires.Time.Seconds;

        /// <summary>Wires a chip to SPI slot 0.</summary>
        /// <typeparam name="T">The chip.</typeparam>
        /// <param name="chip">The chip.</param>
        /// <returns>The chip.</returns>
        public T WireSpi<T>(T chip)
            where T : ISpiChip
        {
            Wires.WireSpi(Ports.SpiBusOf(0), Ports.ChipSelectOf(0), chip);
            return chip;
        }

        /// <summary>Wires a chip to I2C bus 1.</summary>
        /// <typeparam name="T">The chip.</typeparam>
        /// <param name="address">7-bit address.</param>
        /// <param name="chip">The chip.</param>
        /// <returns>The chip.</returns>
        public T WireI2c<T>(int address, T chip)
            where T : II2cChip
        {
            Wires.WireI2c(1, address, chip);
            return chip;
        }

        /// <inheritdoc/>
        public void Dispose() => Wires.Dispose();

        /// <summary>Waits in one step; the device's own clock spins, which takes the PC longer and the board the same.</summary>
        private sealed class SteppingClock(VirtualEsp32 wires) : BusClock
        {
            public override long Microseconds => wires.ReadMicroseconds();

            public override void Wait(int microseconds) => wires.Time.Advance(microseconds * 1000L);
        }
    }
}
