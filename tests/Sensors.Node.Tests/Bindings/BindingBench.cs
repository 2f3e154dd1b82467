using System;
using System.Device.I2c;
using NanoFramework.Pc;
using Sensors.Bindings;
using Sensors.Boards;
using Sensors.Drivers;
using Sensors.Firmware;
using Sensors.VirtualBoard;

namespace Sensors.Node.Tests.Bindings
{
    /// <summary>A DevKitC with an SHT3x on I2C1 at 44h and an MLX90614 on I2C2 at 5Ah, both on cables that can fail; no noise.</summary>
    internal sealed class BindingBench : IDisposable
    {
        public BindingBench()
        {
            Wires = new VirtualEsp32();
            PcBoard.Enter(Wires);
            Hygrometer = new VirtualSht3x(Wires.Time, Air, Air, 1, options: new Sht3xOptions { NoiseFactor = 0 });
            Infrared = new VirtualMlx90614(Wires.Time, Surface, Housing, 1, options: new Mlx90614Options { NoiseCelsius = 0 });
            HygrometerCable = new FlakyChip(Hygrometer);
            InfraredCable = new FlakyChip(Infrared);
            Wires.WireI2c(1, 0x44, HygrometerCable);
            Wires.WireI2c(2, 0x5A, InfraredCable);
            Board = new Esp32DevKitC();
            Pass(1000);
        }

        public VirtualEsp32 Wires { get; }

        public Board Board { get; }

        public DeviceClock Clock { get; } = new DeviceClock();

        public BindingFactory Factory { get; } = new BindingFactory();

        public ConstantAir Air { get; } = new ConstantAir { Celsius = 21.5, Percent = 40 };

        public ConstantAir Surface { get; } = new ConstantAir { Celsius = 60 };

        public ConstantAir Housing { get; } = new ConstantAir { Celsius = 30 };

        public VirtualSht3x Hygrometer { get; }

        public VirtualMlx90614 Infrared { get; }

        public FlakyChip HygrometerCable { get; }

        public FlakyChip InfraredCable { get; }

        public BindingSource AirTemperature() => Make("SHT3X", PointKinds.Temperature, null, 1, 0x44);

        public BindingSource AirHumidity() => Make("SHT3X", PointKinds.Humidity, null, 1, 0x44);

        public BindingSource SurfaceTemperature() => Make("MLX90614", PointKinds.Temperature, "object", 2, 0x5A);

        public BindingSource HousingTemperature() => Make("MLX90614", PointKinds.Temperature, "ambient", 2, 0x5A);

        /// <summary>Opens a port as a program without the adapter would.</summary>
        public I2cDevice Port(int bus, int address) => Board.OpenI2cDevice(bus, address);

        public void Pass(double milliseconds) => Wires.Time.Advance((long)(milliseconds * 1e6));

        public void Dispose() => Wires.Dispose();

        /// <summary>Starts a source as the node does.</summary>
        public static void Start(BindingSource source)
        {
            source.Bus.Reopen();
            source.Start();
        }

        private BindingSource Make(string chip, string kind, string? channel, int bus, int address) =>
            (BindingSource)Factory.Make(chip, kind, channel, Board, bus, address, Clock);
    }
}
