namespace Sensors.Drivers
{
    // "Self-Test" in the data sheet; limits of its table for full resolution, scaled to 3.3 V with the table of supply factors.
    public sealed partial class Adxl345
    {
        private const int SelfTestSettle = 4;              // samples to discard after SELF_TEST changes
        private const int SelfTestSamples = 20;            // 0.1 s at 200 Hz, a rate every bus carries
        private const int SelfTestTimeoutMicroseconds = 500000;
        private const int SelfTestLowXY = 88;
        private const int SelfTestHighXY = 956;
        private const int SelfTestLowZ = 110;
        private const int SelfTestHighZ = 1286;

        private readonly short[] _single = new short[Axes];
        private readonly int[] _rest = new int[Axes];

        /// <inheritdoc/>
        /// <remarks>
        /// Takes about 0.3 s and needs a machine at rest: vibration adds to what is measured. Afterwards the chip stands by; call
        /// <see cref="Start"/>. X must move by 88 to 956, Y by -956 to -88 and Z by 110 to 1286 digits.
        /// </remarks>
        public override bool SelfTest(int[] change)
        {
            Clock.Wait(PowerUpMicroseconds);
            CheckIdentity();
            Configure(Adxl345Range.G16, Adxl345Rate.Hz200, false);
            Average(_rest);
            Configure(Adxl345Range.G16, Adxl345Rate.Hz200, true);
            Average(change);
            Stop();
            Bus.Write(Register.DataFormat, DataFormat.FullResolution); // lets the sensing element go
            for (int axis = 0; axis < Axes; axis++)
            {
                change[axis] -= _rest[axis];
            }

            return change[0] >= SelfTestLowXY && change[0] <= SelfTestHighXY
                && change[1] >= -SelfTestHighXY && change[1] <= -SelfTestLowXY
                && change[2] >= SelfTestLowZ && change[2] <= SelfTestHighZ;
        }

        private void Average(int[] mean)
        {
            long start = Clock.Microseconds;
            int read = 0;
            mean[0] = mean[1] = mean[2] = 0;
            while (read < SelfTestSettle + SelfTestSamples)
            {
                if (ReadFifo(_single, 0, 1) != 0)
                {
                    read++;
                    for (int axis = 0; axis < Axes && read > SelfTestSettle; axis++)
                    {
                        mean[axis] += _single[axis];
                    }
                }
                else if (Clock.Microseconds - start > SelfTestTimeoutMicroseconds)
                {
                    throw new SensorException(Part, SensorFault.NoData, Register.FifoStatus, 0, 1);
                }
                else
                {
                    Clock.Wait(FastestPeriod);
                }
            }

            for (int axis = 0; axis < Axes; axis++)
            {
                mean[axis] /= SelfTestSamples;
            }
        }
    }
}
