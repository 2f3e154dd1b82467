using System;

namespace Sensors.Drivers.Tests.Wire
{
    /// <summary>A bus in front of another, where a test can let something happen just before or after the next read of a register.</summary>
    internal sealed class PausingBus : RegisterBus
    {
        private readonly RegisterBus _bus;
        private byte _register;
        private Action? _before;
        private Action? _after;

        public PausingBus(RegisterBus bus)
            : base(bus.Name) => _bus = bus;

        public override int LeadInMicroseconds => _bus.LeadInMicroseconds;

        public void BeforeNext(byte register, Action action) => (_register, _before) = (register, action);

        public void AfterNext(byte register, Action action) => (_register, _after) = (register, action);

        public override void Read(byte register, byte[] buffer, int count)
        {
            Run(register, ref _before);
            _bus.Read(register, buffer, count);
            Run(register, ref _after);
        }

        public override void Write(byte register, byte[] buffer, int count) => _bus.Write(register, buffer, count);

        public override void Reopen() => _bus.Reopen();

        public override void Close() => _bus.Close();

        private void Run(byte register, ref Action? action)
        {
            Action? now = register == _register ? action : null;
            action = now == null ? action : null;
            now?.Invoke();
        }
    }
}
