using System;

namespace Sensors.VirtualBoard
{
    /// <content>The register map as bytes: what reading shows and clears, what writing changes.</content>
    public sealed partial class VirtualLis3dh
    {
        private const int UsualWrongIdentity = 0x44; // a LIS2DW12: same package, same addresses
        private const long BootNanoseconds = 5_000_000;
        private const int TurnOnPeriods = 7;         // in high resolution

        private long _bootEnd;

        private protected override bool OutputWired =>
            ((_registers[Lis3dhMap.Ctrl4] & Lis3dhMap.Sim) != 0) == _options.ThreeWire;

        private protected override int NextRegister(int register) =>
            register == Lis3dhMap.OutZH && FifoOn ? Lis3dhMap.OutXL : (register + 1) & Lis3dhMap.I2cAddressMask;

        private protected override int DecodePointer(byte value, out bool moves)
        {
            moves = (value & Lis3dhMap.I2cAutoIncrement) != 0;
            return value & Lis3dhMap.I2cAddressMask;
        }

        private protected override void Passed(int register, long nanoseconds)
        {
            if (register == Lis3dhMap.OutZH)
            {
                _taken = false;
            }
        }

        private protected override void EndTransaction(long nanoseconds) => _taken = false;

        private protected override byte ReadRegister(int register, long nanoseconds)
        {
            if (!Lis3dhMap.IsReadable(register))
            {
                return RefuseRead(register, nanoseconds);
            }

            CatchUp(nanoseconds);
            if (register is >= Lis3dhMap.OutXL and <= Lis3dhMap.OutZH)
            {
                TakeData();
            }

            return Content(register, nanoseconds);
        }

        private byte Content(int register, long nanoseconds) => register switch
        {
            Lis3dhMap.WhoAmI => (byte)Faults.Identity(_registers[register], UsualWrongIdentity),
            Lis3dhMap.Ctrl5 when nanoseconds < _bootEnd => (byte)(_registers[register] | Lis3dhMap.Boot),
            Lis3dhMap.Status => (byte)((DataReady ? Lis3dhMap.Zyxda : 0) | (_replaced ? Lis3dhMap.Zyxor : 0)),
            Lis3dhMap.FifoSrc => FifoSource(),
            >= Lis3dhMap.OutXL and <= Lis3dhMap.OutZH => DataByte(register - Lis3dhMap.OutXL),
            _ => _registers[register],
        };

        private byte FifoSource()
        {
            int source = Math.Min(_fifo.Count, Lis3dhMap.FssMask); // five bits
            source |= _fifo.Count == 0 ? Lis3dhMap.Empty : 0;
            source |= _full ? Lis3dhMap.OvrnFifo : 0;
            return (byte)(source | (AtWatermark ? Lis3dhMap.Wtm : 0));
        }

        private byte DataByte(int index)
        {
            bool bigEndian = (_registers[Lis3dhMap.Ctrl4] & Lis3dhMap.Ble) != 0;
            bool high = (index % 2 != 0) != bigEndian;
            return (byte)(_output[index / 2] >> (high ? 8 : 0));
        }

        private protected override void WriteRegister(int register, byte value, long nanoseconds)
        {
            if (!Lis3dhMap.IsWritable(register))
            {
                RefuseWrite(register, value, nanoseconds);
                return;
            }

            CatchUp(nanoseconds);
            if (nanoseconds < _bootEnd)
            {
                Violations.Add(nanoseconds, $"write of register 0x{register:X2} while the chip boots");
                return;
            }

            byte old = _registers[register];
            _registers[register] = value;
            switch (register)
            {
                case Lis3dhMap.Ctrl1 when old != value:
                case Lis3dhMap.Ctrl4 when ((old ^ value) & Lis3dhMap.Hr) != 0:
                    CheckMode(nanoseconds);
                    BeginSampling(nanoseconds, HighResolution && Measuring ? (long)((TurnOnPeriods - 1) * 1e9 / ActualRateHertz) : 0);
                    break;
                case Lis3dhMap.Ctrl5:
                    if ((value & Lis3dhMap.Boot) != 0)
                    {
                        _registers[register] = (byte)(value & ~Lis3dhMap.Boot);
                        _bootEnd = nanoseconds + BootNanoseconds;
                    }

                    ChangeFifo();
                    break;
                case Lis3dhMap.FifoCtrl:
                    ChangeFifo();
                    break;
                default:
                    ConfigureElement();
                    break;
            }
        }

        private void CheckMode(long nanoseconds)
        {
            int code = _registers[Lis3dhMap.Ctrl1] >> 4;
            if (LowPower && HighResolution)
            {
                Violations.Add(nanoseconds, "low power and high resolution at once, which is not allowed");
            }

            if (code > 9 || (code == 8 && !LowPower))
            {
                Violations.Add(nanoseconds, $"rate code {code}, which the mode does not have");
            }

            if (code != 0 && (_registers[Lis3dhMap.Ctrl1] & Lis3dhMap.AxesMask) != Lis3dhMap.AxesMask)
            {
                Violations.Add(nanoseconds, "an axis is switched off, which is not modelled");
            }
        }
    }
}
