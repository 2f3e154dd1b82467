using System;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>A DevKitC with an ADXL355 and an ADXL357 on SPI, slots 0 and 1, and each alone on an I2C bus, 1 and 2.</summary>
    internal sealed class Adxl35xBoard : IDisposable
    {
        private readonly WiredClock _clock;

        public Adxl35xBoard(double overheadMicroseconds = 60, Adxl35xOptions? options = null, IVibrationSource? felt = null)
        {
            Wires = new VirtualEsp32(new VirtualEsp32Options { TransactionOverheadMicroseconds = overheadMicroseconds });
            PcBoard.Enter(Wires);
            options ??= new Adxl35xOptions { NoiseFactor = 0, Temperature = Source };
            Chips =
            [
                new VirtualAdxl355(Wires.Time, felt ?? Source, 1, "vib1", options),
                new VirtualAdxl357(Wires.Time, felt ?? Source, 1, "vib2", options),
                new VirtualAdxl355(Wires.Time, felt ?? Source, 1, "vib3", options),
                new VirtualAdxl357(Wires.Time, felt ?? Source, 1, "vib4", options),
            ];
            Wires.WireSpi(1, Esp32DevKitC.Slot0ChipSelectPin, (ISpiChip)Chips[0]);
            Wires.WireSpi(1, Esp32DevKitC.Slot1ChipSelectPin, (ISpiChip)Chips[1]);
            Wires.WireI2c(1, 0x1D, (II2cChip)Chips[2]);
            Wires.WireI2c(2, 0x53, (II2cChip)Chips[3]);
            _clock = new WiredClock(Wires);
            Board = new Esp32DevKitC();
            Board.ReleaseChipSelects();
        }

        public VirtualEsp32 Wires { get; }

        public ConstantSource Source { get; } = new();

        public Board Board { get; }

        public BusClock Clock => _clock;

        public VirtualAdxl35x[] Chips { get; }

        public (Adxl355 Driver, VirtualAdxl35x Chip) Open355(bool spi) =>
            (new Adxl355(spi ? Board.OpenSpi(0, Adxl355.Spi) : Board.OpenI2c(1, Adxl355.I2cAddress), Clock), Chips[spi ? 0 : 2]);

        public (Adxl357 Driver, VirtualAdxl35x Chip) Open357(bool spi) =>
            (new Adxl357(spi ? Board.OpenSpi(1, Adxl357.Spi) : Board.OpenI2c(2, Adxl357.I2cAlternateAddress), Clock), Chips[spi ? 1 : 3]);

        /// <summary>Lets time pass.</summary>
        public void Pass(double milliseconds) => Wires.Time.Advance((long)(milliseconds * 1e6));

        public void Dispose() => Wires.Dispose();

        private sealed class WiredClock : BusClock
        {
            private readonly VirtualEsp32 _wires;

            public WiredClock(VirtualEsp32 wires) => _wires = wires;

            public override long Microseconds => _wires.ReadMicroseconds();

            public override void Wait(int microseconds) => _wires.Time.Advance(microseconds * 1000L);
        }
    }
}
