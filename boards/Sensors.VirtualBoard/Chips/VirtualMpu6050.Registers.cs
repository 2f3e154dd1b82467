using System;

namespace Sensors.VirtualBoard
{
    /// <content>The register map as bytes: what reading shows and clears, what writing changes.</content>
    public sealed partial class VirtualMpu6050
    {
        private const long StartUpNanoseconds = 100_000_000;
        private const long WakeUpNanoseconds = 30_000_000;

        private long _readyFrom;
        private bool _resetting;
        private byte _status;
        private byte _lastByte;
        private int _latchedCount;

        private protected override int NextRegister(int register) =>
            register == Mpu6050Map.FifoRw ? register : (register + 1) & Mpu6050Map.AddressMask;

        private protected override int DecodePointer(byte value, out bool moves)
        {
            moves = true;
            return value & Mpu6050Map.AddressMask;
        }

        private protected override void EndTransaction(long nanoseconds) => _held = false;

        private protected override byte ReadRegister(int register, long nanoseconds)
        {
            if (!Mpu6050Map.IsReadable(register, _wide))
            {
                return RefuseRead(register, nanoseconds);
            }

            CatchUp(nanoseconds);
            switch (register)
            {
                case Mpu6050Map.FifoRw:
                    _lastByte = _fifoCount > 0 ? PopByte() : _lastByte;
                    return _lastByte;
                case Mpu6050Map.FifoCountH:
                    _latchedCount = _fifoCount;
                    break;
                case >= Mpu6050Map.AccelXoutH and <= Mpu6050Map.GyroZoutL:
                    _held = true; // a burst sees one sample
                    break;
            }

            byte value = Content(register, nanoseconds);
            if (register == Mpu6050Map.IntStatus)
            {
                _status = 0;
            }

            return value;
        }

        private byte Content(int register, long nanoseconds) => register switch
        {
            Mpu6050Map.WhoAmI => (byte)Faults.Identity(_registers[register], Mpu6050Map.CloneId),
            Mpu6050Map.PwrMgmt1 when _resetting && nanoseconds < _readyFrom => (byte)(_registers[register] | Mpu6050Map.DeviceReset),
            Mpu6050Map.IntStatus => _status,
            >= Mpu6050Map.AccelXoutH and <= Mpu6050Map.AccelZoutL => HighFirst(_output[(register - Mpu6050Map.AccelXoutH) / 2], register - Mpu6050Map.AccelXoutH),
            Mpu6050Map.TempOutH or Mpu6050Map.TempOutL => HighFirst(Temperature(), register - Mpu6050Map.TempOutH),
            Mpu6050Map.FifoCountH => (byte)(_latchedCount >> 8),
            Mpu6050Map.FifoCountL => (byte)_latchedCount,
            _ => _registers[register],
        };

        private static byte HighFirst(int word, int index) => (byte)(word >> (index % 2 == 0 ? 8 : 0));

        // T = raw / 340 + 36.53; from the MPU6500 on raw / 333.87 + 21.
        private int Temperature() =>
            (int)Math.Round(_wide ? (_options.Celsius - 21) * 333.87 : (_options.Celsius - 36.53) * 340);

        private protected override void WriteRegister(int register, byte value, long nanoseconds)
        {
            if (!Mpu6050Map.IsWritable(register, _wide))
            {
                RefuseWrite(register, value, nanoseconds);
                return;
            }

            CatchUp(nanoseconds);
            if (nanoseconds < _readyFrom)
            {
                Violations.Add(nanoseconds, $"write of register 0x{register:X2} less than 100 ms after power or reset");
                return;
            }

            byte old = _registers[register];
            _registers[register] = value;
            switch (register)
            {
                case Mpu6050Map.PwrMgmt1:
                    WritePower(old, value, nanoseconds);
                    break;
                case Mpu6050Map.UserCtrl:
                    WriteUserControl(value, nanoseconds);
                    break;
                case Mpu6050Map.SmplrtDiv or Mpu6050Map.Config when old != value:
                    BeginSampling(nanoseconds, 0);
                    break;
                case Mpu6050Map.AccelConfig2 when (value & Mpu6050Map.NoFchoice) != 0:
                    Violations.Add(nanoseconds, "the accelerometer without its low-pass is not modelled");
                    break;
                default:
                    ConfigureElement();
                    break;
            }
        }

        private void WritePower(byte old, byte value, long nanoseconds)
        {
            _resetting = (value & Mpu6050Map.DeviceReset) != 0;
            if (_resetting)
            {
                LoadResetValues(nanoseconds);
            }
            else if (((old ^ value) & Mpu6050Map.Sleep) != 0)
            {
                BeginSampling(nanoseconds, WakeUpNanoseconds);
            }
        }

        private void WriteUserControl(byte value, long nanoseconds)
        {
            _registers[Mpu6050Map.UserCtrl] = (byte)(value & ~Mpu6050Map.UserSelfClearing);
            if ((value & Mpu6050Map.UserFifoReset) == 0)
            {
                return;
            }

            if ((value & Mpu6050Map.UserFifoEn) != 0)
            {
                Violations.Add(nanoseconds, "FIFO_RESET while FIFO_EN is set, which does nothing");
                return;
            }

            ClearFifo();
        }
    }
}
