using System.Device.I2c;
using nanoFramework.Hardware.Esp32;

namespace Sensors.Boards
{
    /// <summary>Espressif ESP32-DevKitC-VE with an ESP32-WROVER-E module: 4 MB flash, and PSRAM for long windows. The file is the wiring plan.</summary>
    /// <remarks>
    /// GPIO 6 to 11 belong to the flash. 34 to 39 can only be inputs and have no pull resistors. 0, 2, 5, 12 and 15 decide at
    /// reset how the chip boots. 1 and 3 are the USB bridge. 16 and 17 carry the PSRAM: so there are three slots, and no pin for a watchdog.
    /// </remarks>
    public sealed class Esp32WroverDevKitC : Board
    {
        // Connector J2, left of the USB socket held downwards: SPI1 with slots 0 and 1, I2C2.

        /// <summary>SPI1, clock.</summary>
        public const int Spi1ClockPin = 14;

        /// <summary>SPI1, data to the chips.</summary>
        public const int Spi1MosiPin = 13;

        /// <summary>SPI1, data from the chips.</summary>
        public const int Spi1MisoPin = 27;

        /// <summary>Chip select of slot 0, on SPI1.</summary>
        public const int Slot0ChipSelectPin = 33;

        /// <summary>Chip select of slot 1, on SPI1.</summary>
        public const int Slot1ChipSelectPin = 32;

        /// <summary>I2C2, data.</summary>
        public const int I2c2DataPin = 25;

        /// <summary>I2C2, clock.</summary>
        public const int I2c2ClockPin = 26;

        // Connector J3, right: SPI2 with slot 2, I2C1, button.

        /// <summary>SPI2, clock.</summary>
        public const int Spi2ClockPin = 18;

        /// <summary>SPI2, data to the chips.</summary>
        public const int Spi2MosiPin = 23;

        /// <summary>SPI2, data from the chips.</summary>
        public const int Spi2MisoPin = 19;

        /// <summary>Chip select of slot 2, on SPI2.</summary>
        public const int Slot2ChipSelectPin = 4;

        /// <summary>I2C1, data.</summary>
        public const int I2c1DataPin = 21;

        /// <summary>I2C1, clock.</summary>
        public const int I2c1ClockPin = 22;

        /// <summary>Button BOOT; pressed is low.</summary>
        public const int ButtonPin = 0;

        /// <summary>Why a strapping pin is in use.</summary>
        public const string Strapping0Reason = "Button BOOT is soldered to it; an input, and only a press at reset enters the loader.";

        /// <summary>I2C1: chips that all keep up with 400 kHz.</summary>
        public const I2cBusSpeed I2c1Speed = I2cBusSpeed.FastMode;

        /// <summary>I2C2: 100 kHz, for whatever is slow or on a long cable; one slow chip slows its whole bus.</summary>
        public const I2cBusSpeed I2c2Speed = I2cBusSpeed.StandardMode;

        private static readonly I2cBusSpeed[] Speeds = { I2c1Speed, I2c2Speed };
        private static readonly byte[] Buses = { 1, 1, 2 };
        private static readonly byte[] ChipSelects = { Slot0ChipSelectPin, Slot1ChipSelectPin, Slot2ChipSelectPin };

        /// <summary>Gives the buses their pins, which the firmware wants before any of them is opened. Drives nothing yet.</summary>
        public Esp32WroverDevKitC()
        {
            Configuration.SetPinFunction(Spi1ClockPin, DeviceFunction.SPI1_CLOCK);
            Configuration.SetPinFunction(Spi1MosiPin, DeviceFunction.SPI1_MOSI);
            Configuration.SetPinFunction(Spi1MisoPin, DeviceFunction.SPI1_MISO);
            Configuration.SetPinFunction(Spi2ClockPin, DeviceFunction.SPI2_CLOCK);
            Configuration.SetPinFunction(Spi2MosiPin, DeviceFunction.SPI2_MOSI);
            Configuration.SetPinFunction(Spi2MisoPin, DeviceFunction.SPI2_MISO);
            Configuration.SetPinFunction(I2c1DataPin, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(I2c1ClockPin, DeviceFunction.I2C1_CLOCK);
            Configuration.SetPinFunction(I2c2DataPin, DeviceFunction.I2C2_DATA);
            Configuration.SetPinFunction(I2c2ClockPin, DeviceFunction.I2C2_CLOCK);
        }

        /// <inheritdoc/>
        public override string Name => "ESP32-DevKitC-VE (WROVER-E)";

        /// <inheritdoc/>
        public override string FirmwareTarget => "ESP32_PSRAM_REV3";

        /// <inheritdoc/>
        public override MemoryClass Memory => MemoryClass.External;

        /// <inheritdoc/>
        public override int FlashMebibytes => 4;

        /// <inheritdoc/>
        public override int Button => ButtonPin;

        /// <inheritdoc/>
        protected override I2cBusSpeed[] I2cSpeeds => Speeds;

        /// <inheritdoc/>
        protected override byte[] SlotBuses => Buses;

        /// <inheritdoc/>
        protected override byte[] SlotChipSelects => ChipSelects;
    }
}
