using System;
using System.Linq;
using System.Net;
using Sensors.Boards;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Cli.VirtualNodes
{
    /// <summary>One node on virtual wiring: the unmodified firmware and board file, with virtual chips at the real pins.</summary>
    public sealed class VirtualNode : IDisposable
    {
        private const string Ssid = "virtual";
        private const string WifiPassword = "no radio waves here";
        private const int PortalPort = 80;

        // Esp32DevKitC: slots 0 and 1 are on SPI1, 2 and 3 on SPI2.
        private static readonly (int Bus, int ChipSelect)[] Slots =
        [
            (1, Esp32DevKitC.Slot0ChipSelectPin),
            (1, Esp32DevKitC.Slot1ChipSelectPin),
            (2, Esp32DevKitC.Slot2ChipSelectPin),
            (2, Esp32DevKitC.Slot3ChipSelectPin),
        ];

        // What every node carries unless something else is declared for the point or the place. The firmware finds these by itself.
        private static readonly SensorDeclaration[] Usual =
        [
            SensorDeclaration.Parse("vib1 ADXL345 spi0"),
            SensorDeclaration.Parse("temp1 TMP117 i2c1:0x48"),
            SensorDeclaration.Parse("cur1 INA226 i2c1:0x40"),
        ];

        private readonly VirtualNodeOptions _options;
        private bool _isOn;

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
                Name = options.Id?.Text ?? "board",
                Seed = options.Seed,
                Pace = options.Pace,
                StartUtc = options.StartUtc ?? DateTime.UtcNow,
                VolumeFolder = options.VolumeFolder,
            });
            Wire();
            if (options.Id is null)
            {
                options.Air.Surround(Board);
            }
            else
            {
                Board.Radio.Add(new AccessPoint(Ssid, WifiPassword));
                NodeSettings.Write(Board, options, options.Id, Ssid, WifiPassword);
            }

            Board.Run(options.Faults);
        }

        /// <summary>Gets the SPI slots of the board.</summary>
        public static int SlotCount => Slots.Length;

        /// <summary>Gets the I2C buses of the board.</summary>
        public static int I2cBusCount => 2;

        /// <summary>Gets the board.</summary>
        public VirtualEsp32 Board { get; }

        /// <summary>Gets the machine the node is bolted to.</summary>
        public VirtualMachine Machine { get; }

        /// <summary>Gets the identifier; of a node whose volume is left as it is the board's name.</summary>
        public string Id => _options.Id?.Text ?? Board.Name;

        /// <summary>Gets where its portal listens; null while it is closed, or its access point away.</summary>
        public IPEndPoint? Portal => Board.PortEndpoint(PortalPort);

        /// <summary>Switches the node on: the firmware starts in threads of its own.</summary>
        /// <remarks>One that runs already goes on.</remarks>
        public void Start()
        {
            if (!_isOn)
            {
                _isOn = true;
                Board.PowerOn(_options.Firmware);
            }
        }

        /// <summary>Cuts the node's power for good.</summary>
        public void Dispose() => Board.Dispose();

        private void Wire()
        {
            ChipWorld world = World();
            SensorDeclaration[] all = [.. Usual.Where(usual => !_options.Sensors.Any(usual.Clashes)), .. _options.Sensors];
            foreach (SensorDeclaration sensor in all)
            {
                if (all.First(sensor.IsAtPlaceOf) != sensor)
                {
                    continue; // a second quantity of a chip that is wired already
                }

                VirtualChip chip = ChipShelf.Make(sensor.Chip.Name, world, sensor.Point);
                if (sensor.Slot >= 0)
                {
                    (int bus, int chipSelect) = Slots[sensor.Slot];
                    Board.WireSpi(bus, chipSelect, (ISpiChip)chip);
                }
                else
                {
                    Board.WireI2c(sensor.I2cBus, sensor.Address, (II2cChip)chip);
                }
            }
        }

        private ChipWorld World()
        {
            ChipWorld world = ChipWorld.At(Machine, Board.Time, _options.Seed);
            switch (_options.Replay?.Quantity)
            {
                case SignalQuantity.Acceleration:
                    return world with { Vibration = new ReplayVibration(_options.Replay) };
                case SignalQuantity.Temperature:
                    return world with { Temperature = new ReplaySlowSignal(_options.Replay) };
                case SignalQuantity.Current:
                    var recorded = new ReplaySlowSignal(_options.Replay);
                    return world with { Direct = recorded, Mains = recorded };
                case SignalQuantity.Voltage:
                    throw new RecordException("No point of the node measures a voltage. Allowed units: g, mg, m/s2, degC, A, mA.");
                default:
                    return world;
            }
        }
    }
}
