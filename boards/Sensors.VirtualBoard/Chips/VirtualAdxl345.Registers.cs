namespace Sensors.VirtualBoard
{
    /// <content>The register map as bytes: what reading shows and clears, what writing changes.</content>
    public sealed partial class VirtualAdxl345
    {
        private const int UsualWrongIdentity = 0xE6; // an ADXL346

        private protected override byte ReadRegister(int register, long nanoseconds)
        {
            if (!Adxl345Map.IsReadable(register))
            {
                return RefuseRead(register, nanoseconds);
            }

            CatchUp(nanoseconds);
            if (register is >= Adxl345Map.DataX0 and <= Adxl345Map.DataZ1)
            {
                TakeData(nanoseconds);
            }

            byte value = Content(register);
            if (register == Adxl345Map.IntSource)
            {
                _events = 0; // DATA_READY, watermark and overrun clear by reading data only
            }
            else if (register == Adxl345Map.FifoStatus && StillSettling(nanoseconds))
            {
                value++; // the entry read last still counts
            }

            return value;
        }

        private byte Content(int register) => register switch
        {
            Adxl345Map.DevId => (byte)Faults.Identity(_registers[register], UsualWrongIdentity),
            Adxl345Map.IntSource => (byte)InterruptSources(),
            >= Adxl345Map.DataX0 and <= Adxl345Map.DataZ1 => DataByte(register - Adxl345Map.DataX0),
            Adxl345Map.FifoStatus => (byte)(_fifo.Count | (_triggered ? Adxl345Map.FifoTriggered : 0)),
            _ => _registers[register],
        };

        private byte DataByte(int index) => (byte)(_output[index / 2] >> (8 * (index % 2)));

        private int InterruptSources()
        {
            bool bypass = FifoMode == Adxl345Map.ModeBypass;
            int sources = _events;
            if (bypass ? _fresh : _fifo.Count > 0)
            {
                sources |= Adxl345Map.DataReady;
            }

            // With SAMPLES = 0, as after reset, the watermark is always reached.
            if (_fifo.Count >= (_registers[Adxl345Map.FifoCtl] & Adxl345Map.SamplesMask))
            {
                sources |= Adxl345Map.Watermark;
            }

            return _overrun ? sources | Adxl345Map.Overrun : sources;
        }

        private protected override void WriteRegister(int register, byte value, long nanoseconds)
        {
            if (!Adxl345Map.IsWritable(register))
            {
                RefuseWrite(register, value, nanoseconds);
                return;
            }

            CatchUp(nanoseconds);
            bool wasMeasuring = Measuring;
            byte old = _registers[register];
            _registers[register] = value;
            switch (register)
            {
                case Adxl345Map.PowerCtl when Measuring != wasMeasuring:
                case Adxl345Map.BwRate when (old ^ value) != 0:
                    BeginSampling(nanoseconds, WakeUpNanoseconds);
                    break;
                case Adxl345Map.BwRate:
                case Adxl345Map.PowerCtl:
                    break;
                case Adxl345Map.FifoCtl:
                    ChangeFifo(old);
                    break;
                default:
                    ConfigureElement();
                    break;
            }
        }
    }
}
