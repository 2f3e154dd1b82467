using System;
using System.Linq;
using Sensors.Boards;
using Sensors.VirtualBoard;

namespace Sensors.Cli.VirtualNodes
{
    /// <summary>One node on virtual wiring: the unmodified firmware and board file, with virtual chips at the real pins.</summary>
    public sealed class VirtualNode : IDisposable
    {
        private const int SpiBusOfSlot0 = 1; // Esp32DevKitC: slots 0 and 1 are on SPI1
        private const int I2cBus = 1;
        private const int Tmp117Address = 0x48;
        private const int Ina226Address = 0x40;
        private const string Ssid = "virtual";
        private const string WifiPassword = "no radio waves here";

        private readonly VirtualNodeOptions _options;

        /// <summary>Makes a node that is wired but does not run yet.</summary>
        /// <param name="options">What it is.</param>
        /// <exception cref="FormatException">A fault names a chip that the node does not have.</exception>
        /// <exception cref="RecordException">The record is of no quantity that a sensor of the node measures.</exception>
        public VirtualNode(VirtualNodeOptions options)
        {
            ArgumentNullException.ThrowIfNull(options);
            _options = options;
            Machine = new VirtualMachine(options.Machine, options.Seed);
            Machine.Apply(options.Faults);
            Board = new VirtualEsp32(new VirtualEsp32Options
            {
                Name = options.Id.Text,
                Seed = options.Seed,
                Pace = options.Pace,
                StartUtc = options.StartUtc ?? DateTime.UtcNow,
                VolumeFolder = options.VolumeFolder,
            });
            Wire();
            Board.Radio.Add(new AccessPoint(Ssid, WifiPassword));
            Board.Run(options.Faults);
            NodeSettings.Write(Board, options, Ssid, WifiPassword);
        }

        /// <summary>Gets the board.</summary>
        public VirtualEsp32 Board { get; }

        /// <summary>Gets the machine the node is bolted to.</summary>
        public VirtualMachine Machine { get; }

        /// <summary>Gets the identifier.</summary>
        public string Id => _options.Id.Text;

        /// <summary>Switches the node on: the firmware starts in threads of its own.</summary>
        public void Start() => Board.PowerOn(_options.Firmware);

        /// <summary>Cuts the node's power for good.</summary>
        public void Dispose() => Board.Dispose();

        private void Wire()
        {
            IVibrationSource vibration = Machine.Vibration;
            ITemperatureSource temperature = Machine.Temperature;
            ICurrentSource current = Machine.Current;
            switch (_options.Replay?.Quantity)
            {
                case SignalQuantity.Acceleration:
                    vibration = new ReplayVibration(_options.Replay);
                    break;
                case SignalQuantity.Temperature:
                    temperature = new ReplaySlowSignal(_options.Replay);
                    break;
                case SignalQuantity.Current:
                    current = new ReplaySlowSignal(_options.Replay);
                    break;
                case SignalQuantity.Voltage:
                    throw new RecordException("No point of the node measures a voltage. Allowed units: g, mg, m/s2, degC, A, mA.");
                case null:
                    break;
            }

            Board.WireSpi(SpiBusOfSlot0, Esp32DevKitC.Slot0ChipSelectPin, new VirtualAdxl345(Board.Time, vibration, _options.Seed));
            Board.WireI2c(I2cBus, Tmp117Address, new VirtualTmp117(Board.Time, temperature, _options.Seed));
            Board.WireI2c(I2cBus, Ina226Address, new VirtualIna226(Board.Time, current, _options.Seed));
        }
    }
}
