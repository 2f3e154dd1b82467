using System;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests.Wire
{
    /// <summary>A DevKitC on the bench, at fast-forward: a real board's file, the packages' stand-ins, virtual chips behind them.</summary>
    /// <remarks>ADXL345 in slot 0 and another on I2C1 at 53h, TMP117 at 48h, INA226 with 0.1 Ω at 40h.</remarks>
    internal sealed class Bench : IDisposable
    {
        private readonly BenchClock _clock;

        public Bench(double overheadMicroseconds = 60, Adxl345Options? accelerometer = null, Ina226Options? shunt = null)
        {
            Wires = new VirtualEsp32(new VirtualEsp32Options { TransactionOverheadMicroseconds = overheadMicroseconds });
            PcBoard.Enter(Wires);
            accelerometer ??= new Adxl345Options { NoiseFactor = 0 };
            shunt ??= new Ina226Options { ShuntOhms = 0.1, NoiseLsb = 0 };
            SpiAccelerometer = new VirtualAdxl345(Wires.Time, Source, 1, "vib1", accelerometer);
            I2cAccelerometer = new VirtualAdxl345(Wires.Time, Source, 1, "vib2", accelerometer);
            Thermometer = new VirtualTmp117(Wires.Time, Source, 1, "temp1", new Tmp117Options { NoiseCelsius = 0 });
            CurrentMonitor = new VirtualIna226(Wires.Time, Source, 1, "cur1", shunt);
            Wires.WireSpi(1, Esp32DevKitC.Slot0ChipSelectPin, SpiAccelerometer);
            Wires.WireI2c(1, 0x53, I2cAccelerometer);
            Wires.WireI2c(1, 0x48, Thermometer);
            Wires.WireI2c(1, 0x40, CurrentMonitor);
            _clock = new BenchClock(Wires);
            Board = new Esp32DevKitC();
            Board.ReleaseChipSelects();
        }

        public VirtualEsp32 Wires { get; }

        public ConstantSource Source { get; } = new();

        public Board Board { get; }

        public BusClock Clock => _clock;

        public VirtualAdxl345 SpiAccelerometer { get; }

        public VirtualAdxl345 I2cAccelerometer { get; }

        public VirtualTmp117 Thermometer { get; }

        public VirtualIna226 CurrentMonitor { get; }

        /// <summary>Opens an accelerometer over one of its wires, with the chip at the other end of it.</summary>
        public (Adxl345 Driver, VirtualAdxl345 Chip) OpenAdxl345(bool spi)
        {
            VirtualAdxl345 chip = spi ? SpiAccelerometer : I2cAccelerometer;
            RegisterBus bus = spi ? Board.OpenSpi(0, Adxl345.Spi) : Board.OpenI2c(1, Adxl345.I2cAddress);
            chip.Violations.Clear(); // opening an SPI device clocks zeros into its chip: the firmware's doing, not the driver's
            return (new Adxl345(bus, Clock), chip);
        }

        public Tmp117 OpenTmp117() => new(Board.OpenI2c(1, Tmp117.I2cAddress), Clock);

        public Ina226 OpenIna226() => new(Board.OpenI2c(1, Ina226.I2cAddress));

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
