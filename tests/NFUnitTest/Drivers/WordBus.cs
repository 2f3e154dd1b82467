using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    /// <summary>256 registers of 16 bits, as TMP117 and INA226 have them.</summary>
    internal sealed class WordBus : RegisterBus
    {
        public WordBus()
            : base("I2C1 0x48")
        {
        }

        public ushort[] Memory { get; } = new ushort[256];

        public override void Read(byte register, byte[] buffer, int count)
        {
            buffer[0] = (byte)(Memory[register] >> 8);
            buffer[1] = (byte)Memory[register];
        }

        public override void Write(byte register, byte[] buffer, int count)
        {
            Memory[register] = (ushort)((buffer[0] << 8) | buffer[1]);
        }

        public override void Reopen()
        {
        }

        public override void Close()
        {
        }
    }
}
