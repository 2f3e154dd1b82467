namespace NanoFramework.Pc
{
    /// <summary>Which pins are in use, by a GPIO pin or by SPI. (I2C looks here too, but reserves nothing.)</summary>
    internal sealed class PinReservations
    {
        private readonly TargetTraits _traits;
        private readonly bool[] _reserved;

        public PinReservations(TargetTraits traits)
        {
            _traits = traits;
            _reserved = new bool[traits.PinCount];
        }

        public bool TryReserve(int pin)
        {
            lock (_reserved)
            {
                if (!_traits.HasPin(pin) || _reserved[pin])
                {
                    return false;
                }

                _reserved[pin] = true;
                return true;
            }
        }

        public void Release(int pin)
        {
            lock (_reserved)
            {
                if (_traits.HasPin(pin))
                {
                    _reserved[pin] = false;
                }
            }
        }

        public bool IsReserved(int pin)
        {
            lock (_reserved)
            {
                return _traits.HasPin(pin) && _reserved[pin];
            }
        }
    }
}
