namespace Sensors.VirtualBoard
{
    /// <content>The wires: how the address moves on, and when a read of data ends.</content>
    public sealed partial class VirtualAdxl345
    {
        private const byte AddressMask = 0x3F;

        private protected override bool OutputWired =>
            ((_registers[Adxl345Map.DataFormat] & Adxl345Map.ThreeWireSpi) != 0) == _options.ThreeWire;

        private protected override int NextRegister(int register) => (register + 1) & AddressMask;

        private protected override int DecodePointer(byte value, out bool moves)
        {
            moves = true;
            return value & AddressMask;
        }

        private protected override void Passed(int register, long nanoseconds)
        {
            if (register == Adxl345Map.DataZ1)
            {
                EndDataRead(nanoseconds);
            }
        }

        private protected override void EndTransaction(long nanoseconds) => EndDataRead(nanoseconds);
    }
}
