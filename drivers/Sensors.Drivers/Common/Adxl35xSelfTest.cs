namespace Sensors.Drivers
{
    // "Self Test" in the data sheet: with ST1 the mode, with ST2 the force; the answer is the difference between them.
    public abstract partial class Adxl35x
    {
        private const int SelfTestRange = 3;                // the largest: 1 g and the most the force may add fit
        private const int SelfTestSettleMicroseconds = 100000; // the data sheet gives no time; ten times the turn-on time
        private const int SelfTestSamples = 50;             // 0.1 s
        private const int SelfTestTimeoutMicroseconds = 500000;
        private const int SelfTestLowXY = 10;               // digits per hundred of a g: 0.1 to 0.6 g on X and Y, typically 0.3 g
        private const int SelfTestHighXY = 60;
        private const int SelfTestLowZ = 50;                // 0.5 to 3 g on Z, typically 1.5 g
        private const int SelfTestHighZ = 300;

        private readonly int[] _single = new int[Axes];
        private readonly int[] _rest = new int[Axes];

        /// <inheritdoc/>
        /// <remarks>
        /// Takes about 0.5 s. The change is in 20-bit digits of the largest range, 64000 (ADXL355) or 12800 (ADXL357) to the g. X and Y must move
        /// by 0.1 to 0.6 g, Z by 0.5 to 3 g, either way. Afterwards the chip stands by; start it anew.
        /// </remarks>
        public override bool SelfTest(int[] change)
        {
            Prepare();
            Configure(SelfTestRange, Adxl35xRate.Hz500, SelfTestControl.Mode);
            Average(_rest);
            Bus.Write(Register.SelfTest, SelfTestControl.ModeAndForce); // "Register Map": may change while measuring
            if (Bus.Read(Register.SelfTest) != SelfTestControl.ModeAndForce)
            {
                throw new BusException(Bus.Name, Register.SelfTest, BusStatus.Silent); // a missed write would pass for axes that are stuck
            }

            Average(change);
            Stop();
            Bus.Write(Register.SelfTest, 0);
            int perG = _lsbPerG >> (SelfTestRange - 1);
            bool passed = true;
            for (int axis = 0; axis < Axes; axis++)
            {
                change[axis] -= _rest[axis];
                int size = change[axis] < 0 ? -change[axis] : change[axis];
                bool isZ = axis == Axes - 1;
                if (size * 100 < perG * (isZ ? SelfTestLowZ : SelfTestLowXY) || size * 100 > perG * (isZ ? SelfTestHighZ : SelfTestHighXY))
                {
                    passed = false;
                }
            }

            return passed;
        }

        private void Average(int[] mean)
        {
            Clock.Wait(SelfTestSettleMicroseconds);
            Begin();
            long start = Clock.Microseconds;
            int read = 0;
            mean[0] = mean[1] = mean[2] = 0;
            while (read < SelfTestSamples)
            {
                if (ReadFifo(_single, 0, 1) != 0)
                {
                    read++;
                    for (int axis = 0; axis < Axes; axis++)
                    {
                        mean[axis] += _single[axis];
                    }
                }
                else if (Clock.Microseconds - start > SelfTestTimeoutMicroseconds)
                {
                    throw new SensorException(_part, SensorFault.NoData, Register.FifoEntries, 0, Axes);
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
