using System.Collections.Generic;
using System.Device.I2c;
using Sensors.Drivers;

namespace Sensors.Node.Tests.Fakes
{
    /// <summary>A board with one I2C bus and SPI slots, and whatever chips a test plugs in.</summary>
    internal sealed class FakePorts : BusPorts
    {
        public Dictionary<int, FakeChip> I2c { get; } = new Dictionary<int, FakeChip>();

        public FakeChip?[] Spi { get; } = new FakeChip?[2];

        /// <summary>Gets or sets whether the ports cannot be opened: pins in use.</summary>
        public bool Refuses { get; set; }

        public int Opens { get; private set; }

        public override int I2cBusCount => 1;

        public override int SpiBusOf(int slot) => 1 + (slot / 2);

        public override int I2cHertz(int bus) => 400_000;

        public override int SpiSlotCount => Spi.Length;

        public override void ReleaseChipSelects()
        {
        }

        public override RegisterBus OpenI2c(int bus, int address, byte burstFlag) => Open(I2c.TryGetValue(address, out FakeChip? chip) ? (RegisterBus)chip : new EmptyPlace("I2C1", true));

        public override I2cDevice OpenI2cDevice(int bus, int address) => throw new BusException("I2C" + bus, 0, BusStatus.NotOpen);

        public override RegisterBus OpenSpi(int slot, SpiProfile profile) => Open((RegisterBus?)Spi[slot] ?? new EmptyPlace("SPI1", false));

        private RegisterBus Open(RegisterBus bus)
        {
            Opens++;
            return Refuses ? throw new BusException(bus.Name, 0, BusStatus.NotOpen) : bus;
        }

        // I2C answers with an error where nobody is; on SPI the line floats high.
        private sealed class EmptyPlace : RegisterBus
        {
            private readonly bool _tells;

            public EmptyPlace(string name, bool tells)
                : base(name)
            {
                _tells = tells;
            }

            public override void Read(byte register, byte[] buffer, int count)
            {
                if (_tells)
                {
                    throw new BusException(Name, register, BusStatus.NotAcknowledged);
                }

                for (int i = 0; i < count; i++)
                {
                    buffer[i] = 0xFF;
                }
            }

            public override void Write(byte register, byte[] buffer, int count) => Read(register, buffer, count);

            public override void Reopen()
            {
            }

            public override void Close()
            {
            }
        }
    }
}
