using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    /// <summary>Memory whose first register has bits that clear themselves at once, as a chip's that is always done.</summary>
    internal sealed class MaximBus : RegisterBus
    {
        private readonly int _selfClearing;

        public MaximBus(int selfClearing)
            : base("SPI1 CS33")
        {
            _selfClearing = selfClearing;
        }

        public byte[] Memory { get; } = new byte[16];

        public override void Read(byte register, byte[] buffer, int count)
        {
            for (int i = 0; i < count; i++)
            {
                buffer[i] = Memory[register + i];
            }
        }

        public override void Write(byte register, byte[] buffer, int count)
        {
            for (int i = 0; i < count; i++)
            {
                Memory[register + i] = buffer[i];
            }

            Memory[0] = (byte)(Memory[0] & ~_selfClearing);
        }

        public override void Reopen()
        {
        }

        public override void Close()
        {
        }
    }
}
