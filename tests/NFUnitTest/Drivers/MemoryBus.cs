using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    /// <summary>256 registers of plain memory.</summary>
    internal sealed class MemoryBus : RegisterBus
    {
        public MemoryBus()
            : base("I2C1 0x48")
        {
        }

        public byte[] Memory { get; } = new byte[256];

        public int Transactions { get; private set; }

        public override bool TellsSilence => true;

        public override void Read(byte register, byte[] buffer, int count)
        {
            Transactions++;
            for (int i = 0; i < count; i++)
            {
                buffer[i] = Memory[(register + i) & 0xFF];
            }
        }

        public override void Write(byte register, byte[] buffer, int count)
        {
            Transactions++;
            for (int i = 0; i < count; i++)
            {
                Memory[(register + i) & 0xFF] = buffer[i];
            }
        }

        public override void Reopen()
        {
        }

        public override void Close()
        {
        }
    }
}
