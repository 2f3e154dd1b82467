using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests.Wire
{
    /// <summary>A bus on which the chip misses one chosen frame.</summary>
    internal sealed class LossyBus : RegisterBus
    {
        private readonly RegisterBus _bus;
        private readonly ChipFaults _chip;
        private int _left = -1;

        public LossyBus(RegisterBus bus, ChipFaults chip)
            : base(bus.Name)
        {
            _bus = bus;
            _chip = chip;
        }

        /// <summary>Lets so many frames pass and the next get lost.</summary>
        public void LoseAfter(int frames) => _left = frames;

        public override void Read(byte register, byte[] buffer, int count)
        {
            Count();
            _bus.Read(register, buffer, count);
        }

        public override void Write(byte register, byte[] buffer, int count)
        {
            Count();
            _bus.Write(register, buffer, count);
        }

        public override void Reopen() => _bus.Reopen();

        public override void Close() => _bus.Close();

        private void Count()
        {
            if (_left-- == 0)
            {
                _chip.NackNext(1);
            }
        }
    }
}
