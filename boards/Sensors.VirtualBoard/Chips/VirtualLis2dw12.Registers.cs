using System;

namespace Sensors.VirtualBoard
{
    /// <content>The register map as bytes: what reading shows and clears, what writing changes.</content>
    public sealed partial class VirtualLis2dw12
    {
        private const int UsualWrongIdentity = 0x33; // a LIS3DH: same package, same addresses
        private const long BootNanoseconds = 20_000_000;
        private const long SoftResetNanoseconds = 200_000;
        private const double LsbPerCelsius = 16;     // OUT_T_H, OUT_T_L: 12 bits left-justified, 0 at 25 °C

        private long _busyUntil;
        private byte _busyBit;

        private protected override bool OutputWired =>
            ((_registers[Lis2dw12Map.Ctrl2] & Lis2dw12Map.Sim) != 0) == _options.ThreeWire;

        private protected override bool IsDeaf(long nanoseconds) => (_registers[Lis2dw12Map.Ctrl2] & Lis2dw12Map.I2cDisable) != 0;

        private protected override int NextRegister(int register)
        {
            if ((_registers[Lis2dw12Map.Ctrl2] & Lis2dw12Map.IfAddInc) == 0)
            {
                return register;
            }

            return register == Lis2dw12Map.OutZH && FifoOn ? Lis2dw12Map.OutXL : (register + 1) & Lis2dw12Map.AddressMask;
        }

        private protected override int DecodePointer(byte value, out bool moves)
        {
            moves = true;
            return value & Lis2dw12Map.AddressMask;
        }

        private protected override void Passed(int register, long nanoseconds)
        {
            if (register == Lis2dw12Map.OutZH)
            {
                _taken = false;
            }
        }

        private protected override void EndTransaction(long nanoseconds) => _taken = false;

        private protected override byte ReadRegister(int register, long nanoseconds)
        {
            if (!Lis2dw12Map.IsReadable(register))
            {
                return RefuseRead(register, nanoseconds);
            }

            CatchUp(nanoseconds);
            if (register is >= Lis2dw12Map.OutXL and <= Lis2dw12Map.OutZH)
            {
                TakeData();
            }

            return Content(register, nanoseconds);
        }

        private byte Content(int register, long nanoseconds) => register switch
        {
            Lis2dw12Map.WhoAmI => (byte)Faults.Identity(_registers[register], UsualWrongIdentity),
            Lis2dw12Map.OutTL => (byte)(Temperature() << 4),
            Lis2dw12Map.OutTH => (byte)(Temperature() >> 4),
            Lis2dw12Map.OutT => (byte)(Temperature() >> 4), // 1 °C a digit
            Lis2dw12Map.Ctrl2 when nanoseconds < _busyUntil => (byte)(_registers[register] | _busyBit),
            Lis2dw12Map.Status => (byte)((DataReady ? Lis2dw12Map.StatusDrdy : 0) | (AtThreshold ? Lis2dw12Map.StatusFifoThs : 0)),
            Lis2dw12Map.StatusDup => (byte)((DataReady ? Lis2dw12Map.StatusDrdy : 0) | (_overrun ? Lis2dw12Map.DupOvr : 0)),
            Lis2dw12Map.FifoSamples => (byte)(_fifo.Count | (_overrun ? Lis2dw12Map.FifoOvr : 0) | (AtThreshold ? Lis2dw12Map.FifoFth : 0)),
            >= Lis2dw12Map.OutXL and <= Lis2dw12Map.OutZH => (byte)(_output[(register - Lis2dw12Map.OutXL) / 2] >> (8 * (register % 2))),
            _ => _registers[register],
        };

        private int Temperature() => (int)Math.Round((_options.Celsius - 25) * LsbPerCelsius);

        private protected override void WriteRegister(int register, byte value, long nanoseconds)
        {
            if (!Lis2dw12Map.IsWritable(register))
            {
                RefuseWrite(register, value, nanoseconds);
                return;
            }

            CatchUp(nanoseconds);
            if (nanoseconds < _busyUntil)
            {
                Violations.Add(nanoseconds, $"write of register 0x{register:X2} while the chip boots or resets");
                return;
            }

            byte old = _registers[register];
            _registers[register] = value;
            switch (register)
            {
                case Lis2dw12Map.Ctrl1 when old != value:
                    CheckMode(value, nanoseconds);
                    BeginSampling(nanoseconds, 0);
                    break;
                case Lis2dw12Map.Ctrl2:
                    WriteControl2(value, nanoseconds);
                    break;
                case Lis2dw12Map.FifoCtrl:
                    ChangeFifo(old);
                    break;
                default:
                    ConfigureElement();
                    break;
            }
        }

        private void CheckMode(byte value, long nanoseconds)
        {
            if (((value >> 2) & 3) >= Lis2dw12Map.OnDemand || value >> 4 > 9)
            {
                Violations.Add(nanoseconds, $"CTRL1 set to 0x{value:X2}: on-demand conversion is not modelled, and rates end at code 9");
            }
        }

        private void WriteControl2(byte value, long nanoseconds)
        {
            if ((value & Lis2dw12Map.SoftReset) != 0)
            {
                LoadResetValues(nanoseconds);
                _busyUntil = nanoseconds + SoftResetNanoseconds;
                _busyBit = Lis2dw12Map.SoftReset;
            }
            else if ((value & Lis2dw12Map.Boot) != 0)
            {
                _registers[Lis2dw12Map.Ctrl2] = (byte)(value & ~Lis2dw12Map.Boot);
                _busyUntil = nanoseconds + BootNanoseconds;
                _busyBit = Lis2dw12Map.Boot;
            }
        }

        private void LoadResetValues(long nanoseconds)
        {
            for (int register = 0; register < _registers.Length; register++)
            {
                _registers[register] = Lis2dw12Map.ResetValue(register);
            }

            _fifo.Clear();
            Array.Clear(_output);
            _fresh = false;
            _overrun = false;
            _triggered = false;
            _taken = false;
            BeginSampling(nanoseconds, 0);
        }
    }
}
