namespace Sensors.VirtualBoard
{
    /// <content>The register map as bytes: what reading shows and clears, what writing changes, where the address goes.</content>
    public sealed partial class VirtualIis3dwb
    {
        private const int UsualWrongIdentity = 0x6B; // an ISM330DHCX
        private const long BootNanoseconds = 10_000_000;
        private const long ResetNanoseconds = 50_000;
        private const double CelsiusAtZero = 25;
        private const double DigitsPerCelsius = 256;

        private long _readyAt;
        private long _resetUntil;
        private bool _outputTaken;

        private protected override bool OutputWired => (_registers[Iis3dwbMap.Ctrl3] & Iis3dwbMap.ThreeWire) == 0;

        private short TemperatureDigits => (short)((_options.Celsius - CelsiusAtZero) * DigitsPerCelsius);

        private protected override int NextRegister(int register)
        {
            if ((_registers[Iis3dwbMap.Ctrl3] & Iis3dwbMap.Increment) == 0)
            {
                return register;
            }

            return register == Iis3dwbMap.FifoLast ? Iis3dwbMap.FifoTag : (register + 1) & AddressMask;
        }

        private protected override byte ReadRegister(int register, long nanoseconds)
        {
            if (nanoseconds < _readyAt)
            {
                return 0; // still loading its trim: it does not know the register yet
            }

            if (!Iis3dwbMap.IsReadable(register))
            {
                return RefuseRead(register, nanoseconds);
            }

            if (register > Iis3dwbMap.FifoTag)
            {
                return SlotByte(register - Iis3dwbMap.FifoTag);
            }

            CatchUp(nanoseconds);
            if (register == Iis3dwbMap.FifoTag)
            {
                TakeSlot(nanoseconds);
                return SlotByte(0);
            }

            if (register is >= Iis3dwbMap.OutXLow and <= Iis3dwbMap.OutZHigh)
            {
                _outputTaken |= (_registers[Iis3dwbMap.Ctrl3] & Iis3dwbMap.BlockDataUpdate) != 0;
                _fresh = false;
            }

            byte value = Content(register, nanoseconds);
            if (register == Iis3dwbMap.FifoStatus2)
            {
                _latched = false;
            }

            return value;
        }

        private byte Content(int register, long nanoseconds) => register switch
        {
            Iis3dwbMap.WhoAmI => (byte)Faults.Identity(_registers[register], UsualWrongIdentity),
            Iis3dwbMap.Ctrl3 when nanoseconds < _resetUntil => (byte)(_registers[register] | Iis3dwbMap.SoftReset),
            Iis3dwbMap.Status => (byte)((_fresh ? Iis3dwbMap.DataReady : 0) | (Measuring ? Iis3dwbMap.TemperatureReady : 0)),
            Iis3dwbMap.OutTempLow => (byte)TemperatureDigits,
            Iis3dwbMap.OutTempHigh => (byte)(TemperatureDigits >> 8),
            >= Iis3dwbMap.OutXLow and <= Iis3dwbMap.OutZHigh => OutputByte(register - Iis3dwbMap.OutXLow),
            Iis3dwbMap.FifoStatus1 => (byte)_level,
            Iis3dwbMap.FifoStatus2 => FifoStatus2(),
            >= Iis3dwbMap.Timestamp0 and <= Iis3dwbMap.Timestamp3 => (byte)(Timestamp(nanoseconds) >> (8 * (register - Iis3dwbMap.Timestamp0))),
            _ => _registers[register],
        };

        private byte OutputByte(int index) => (byte)(_output[index / 2] >> (8 * (index % 2)));

        private byte FifoStatus2()
        {
            int value = _level >> 8;
            value |= Watermark > 0 && _level >= Watermark ? Iis3dwbMap.StatusWatermark : 0;
            value |= _level == Capacity ? Iis3dwbMap.StatusOverrun : 0;
            value |= _level >= Capacity - 1 ? Iis3dwbMap.StatusFull : 0;
            value |= _latched ? Iis3dwbMap.StatusLatched : 0;
            return (byte)value;
        }

        private protected override void WriteRegister(int register, byte value, long nanoseconds)
        {
            if (nanoseconds < _readyAt || nanoseconds < _resetUntil)
            {
                return; // nobody listens yet
            }

            if (!Iis3dwbMap.IsWritable(register))
            {
                RefuseWrite(register, value, nanoseconds);
                return;
            }

            CatchUp(nanoseconds);
            Judge(register, value, nanoseconds);
            bool measured = Measuring;
            byte old = _registers[register];
            _registers[register] = value;
            switch (register)
            {
                case Iis3dwbMap.Ctrl3:
                    ChangeControl3(value, nanoseconds);
                    break;
                case Iis3dwbMap.Ctrl1 when Measuring != measured:
                    BeginSampling(nanoseconds, TurnOnNanoseconds);
                    break;
                case Iis3dwbMap.FifoCtrl4:
                    ChangeFifo(old & Iis3dwbMap.ModeMask);
                    break;
                case Iis3dwbMap.Timestamp2:
                    _registers[register] = 0;
                    _counts = value == Iis3dwbMap.TimestampResetCode ? 0 : _counts;
                    break;
                case Iis3dwbMap.Ctrl10:
                    CountTo(nanoseconds, (old & Iis3dwbMap.TimestampOn) != 0);
                    break;
                case Iis3dwbMap.Ctrl5:
                    ChangeSelfTest(old, value);
                    break;
                default:
                    ConfigureElement();
                    break;
            }
        }

        private protected override void EndTransaction(long nanoseconds)
        {
            _outputTaken = false;
            if (_taken && _given < Iis3dwbMap.SlotBytes)
            {
                Violations.Add(nanoseconds, $"frame ended after {_given} of a slot's 7 bytes");
            }

            _taken = false;
        }

        private void ChangeControl3(byte value, long nanoseconds)
        {
            if ((value & Iis3dwbMap.Boot) != 0)
            {
                _registers[Iis3dwbMap.Ctrl3] = (byte)(value & ~Iis3dwbMap.Boot);
                _readyAt = nanoseconds + BootNanoseconds;
            }

            if ((value & Iis3dwbMap.SoftReset) != 0)
            {
                ResetRegisters(nanoseconds);
                _resetUntil = nanoseconds + ResetNanoseconds;
            }
        }

        // What the data sheet reserves, or the model does not have.
        private void Judge(int register, byte value, long nanoseconds)
        {
            string? wrong = register switch
            {
                Iis3dwbMap.PinCtrl when (value & ~Iis3dwbMap.PinCtrlSdoPullUp) != Iis3dwbMap.PinCtrlReset => "fixed bits of PIN_CTRL changed",
                Iis3dwbMap.FifoCtrl3 when value is not (0 or Iis3dwbMap.BatchEverySample) => "reserved BDR_XL",
                Iis3dwbMap.FifoCtrl4 when (value & Iis3dwbMap.ModeMask) is 2 or 5 => "reserved FIFO mode",
                Iis3dwbMap.FifoCtrl4 when ((value >> Iis3dwbMap.TemperatureShift) & Iis3dwbMap.TemperatureMask) is 1 or 2 => "reserved temperature batching",
                Iis3dwbMap.Ctrl1 when (value & Iis3dwbMap.EnableMask) is not (0 or Iis3dwbMap.EnableOn) => "reserved XL_EN",
                Iis3dwbMap.Ctrl5 when (value & Iis3dwbMap.SelfTestMask) == Iis3dwbMap.SelfTestMask => "reserved self-test",
                Iis3dwbMap.Ctrl6 when (value & Iis3dwbMap.AxisMask) != 0 => "single-axis mode, which is not modelled",
                Iis3dwbMap.Ctrl8 when (value & Iis3dwbMap.HighPass) != 0 => "high-pass path, which is not modelled",
                _ => null,
            };
            if (wrong is not null && !PortOpens)
            {
                Violations.Add(nanoseconds, $"write of 0x{value:X2} to register 0x{register:X2}: {wrong}");
            }
        }
    }
}
