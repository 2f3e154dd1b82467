using System;

namespace Sensors.VirtualBoard
{
    /// <content>Sampling, made up lazily to the time asked for, and the samples' way out: data registers and a FIFO of bytes.</content>
    public sealed partial class VirtualMpu6050
    {
        private const double AccelerometerHertz = 1000;
        private const double UnfilteredHertz = 8000;
        private const double LsbPerGAt2G = 16384;
        private const double DensityMicroG = 400;
        private const double SelfTestG = 0.5;

        private static readonly double[] Corners = [260, 184, 94, 44, 21, 10, 5, 260];
        private static readonly double[] WideCorners = [460, 184, 92, 41, 20, 10, 5, 460];

        private readonly byte[] _fifo;
        private readonly int[] _output = new int[3];
        private int _fifoFirst;
        private int _fifoCount;
        private double _copies;
        private bool _held;

        private protected override double NominalRateHertz => Math.Min(AccelerometerHertz, SampleRateHertz);

        private protected override bool Measuring => (_registers[Mpu6050Map.PwrMgmt1] & Mpu6050Map.Sleep) == 0;

        private protected override bool KeepsSamples =>
            (_registers[Mpu6050Map.UserCtrl] & Mpu6050Map.UserFifoEn) != 0 && (_registers[Mpu6050Map.FifoEn] & Mpu6050Map.FifoAccel) != 0;

        private double SampleRateHertz
        {
            get
            {
                int divider = 1 + _registers[Mpu6050Map.SmplrtDiv];
                bool filtered = (_registers[Mpu6050Map.Config] & Mpu6050Map.DlpfMask) is > 0 and < 7;
                return filtered ? AccelerometerHertz / divider : _wide ? UnfilteredHertz : UnfilteredHertz / divider;
            }
        }

        private protected override void ConfigureElement()
        {
            byte config = _registers[Mpu6050Map.AccelConfig];
            ElementSettings settings = Element.Settings;
            settings.LsbPerG = LsbPerGAt2G / (1 << ((config >> 3) & 3));
            settings.Highest = short.MaxValue;
            settings.Lowest = short.MinValue;
            settings.CornerHertz = _wide
                ? WideCorners[_registers[Mpu6050Map.AccelConfig2] & Mpu6050Map.DlpfMask]
                : Corners[_registers[Mpu6050Map.Config] & Mpu6050Map.DlpfMask];
            int selfTest = config >> 5;
            for (int axis = 0; axis < 3; axis++)
            {
                settings.NoiseLsb[axis] = DensityMicroG * 1e-6 * Math.Sqrt(settings.CornerHertz) * settings.LsbPerG;
                if (selfTest != 0)
                {
                    settings.SelfTestLsb[axis] = (selfTest & (4 >> axis)) != 0 ? SelfTestG * settings.LsbPerG : 0;
                }
            }

            Element.SetSelfTest(selfTest != 0);
        }

        private protected override void Deliver(ReadOnlySpan<int> xyz, double nanoseconds)
        {
            if (!_held)
            {
                xyz.CopyTo(_output);
            }

            Raise(Mpu6050Map.DataRdy);
            if ((_registers[Mpu6050Map.UserCtrl] & Mpu6050Map.UserFifoEn) == 0)
            {
                return;
            }

            // Above 1 kHz the FIFO is written faster than the accelerometer makes samples.
            _copies += Math.Max(1, SampleRateHertz / AccelerometerHertz);
            for (; _copies >= 1; _copies--)
            {
                PushSet(xyz);
            }
        }

        // In the order of their registers: accelerometer, temperature, gyroscope.
        private void PushSet(ReadOnlySpan<int> xyz)
        {
            byte enabled = _registers[Mpu6050Map.FifoEn];
            bool lost = false;
            if ((enabled & Mpu6050Map.FifoAccel) != 0)
            {
                lost = PushWord(xyz[0]) | PushWord(xyz[1]) | PushWord(xyz[2]);
            }

            if ((enabled & Mpu6050Map.FifoTemp) != 0)
            {
                lost |= PushWord(Temperature());
            }

            foreach (byte gyroscope in (ReadOnlySpan<byte>)[Mpu6050Map.FifoGyroX, Mpu6050Map.FifoGyroY, Mpu6050Map.FifoGyroZ])
            {
                lost |= (enabled & gyroscope) != 0 && PushWord(0);
            }

            if (lost)
            {
                SamplesLost++;
                Raise(Mpu6050Map.FifoOflow);
            }
        }

        private bool PushWord(int word)
        {
            bool lost = PushByte((byte)(word >> 8));
            return PushByte((byte)word) || lost;
        }

        private bool PushByte(byte value)
        {
            bool full = _fifoCount == _fifo.Length;
            if (full)
            {
                PopByte();
            }

            _fifo[(_fifoFirst + _fifoCount) % _fifo.Length] = value;
            _fifoCount++;
            return full;
        }

        private byte PopByte()
        {
            byte value = _fifo[_fifoFirst];
            _fifoFirst = (_fifoFirst + 1) % _fifo.Length;
            _fifoCount--;
            return value;
        }

        private void ClearFifo()
        {
            _fifoFirst = 0;
            _fifoCount = 0;
            _copies = 0;
        }

        private void Raise(byte status) => _status |= (byte)(status & _registers[Mpu6050Map.IntEnable]);
    }
}
