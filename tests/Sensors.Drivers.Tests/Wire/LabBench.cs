using System;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests.Wire
{
    /// <summary>Which wire of the DevKitC a chip hangs on.</summary>
    public enum Wiring
    {
        /// <summary>SPI, slot 0.</summary>
        Spi,

        /// <summary>I2C1 at 400 kHz.</summary>
        FastI2c,

        /// <summary>I2C2 at 100 kHz.</summary>
        SlowI2c,
    }

    /// <summary>A DevKitC on the bench with one chip on the wire a test chooses; virtual time passes only when something takes time.</summary>
    internal sealed class LabBench : IDisposable
    {
        private readonly Wiring _wiring;
        private readonly Board _board;

        public LabBench(Wiring wiring, double overheadMicroseconds = 60)
        {
            _wiring = wiring;
            Wires = new VirtualEsp32(new VirtualEsp32Options { TransactionOverheadMicroseconds = overheadMicroseconds });
            PcBoard.Enter(Wires);
            Clock = new WireClock(Wires);
            _board = new Esp32DevKitC();
            _board.ReleaseChipSelects();
        }

        public VirtualEsp32 Wires { get; }

        public VirtualTime Time => Wires.Time;

        public ConstantSource Source { get; } = new();

        public BusClock Clock { get; }

        /// <summary>Wires a chip and opens its bus.</summary>
        public RegisterBus Connect(VirtualChip chip, int address, SpiProfile? profile, byte burstFlag = 0)
        {
            if (_wiring == Wiring.Spi)
            {
                Wires.WireSpi(1, Esp32DevKitC.Slot0ChipSelectPin, (ISpiChip)chip);
                return _board.OpenSpi(0, profile!);
            }

            int bus = _wiring == Wiring.FastI2c ? 1 : 2;
            Wires.WireI2c(bus, address, (II2cChip)chip);
            return _board.OpenI2c(bus, address, burstFlag);
        }

        /// <summary>Opens a slot that nothing is plugged into.</summary>
        public RegisterBus OpenEmptySlot(SpiProfile profile) => _board.OpenSpi(2, profile);

        /// <summary>Lets time pass.</summary>
        public void Pass(double milliseconds) => Time.Advance((long)(milliseconds * 1e6));

        public void Dispose() => Wires.Dispose();

        private sealed class WireClock : BusClock
        {
            private readonly VirtualEsp32 _wires;

            public WireClock(VirtualEsp32 wires) => _wires = wires;

            public override long Microseconds => _wires.ReadMicroseconds();

            public override void Wait(int microseconds) => _wires.Time.Advance(microseconds * 1000L);
        }
    }
}
