namespace Sensors.Drivers
{
    // "Self-test": at ±4 g, off, pushed up and pushed down, each settled for 0.1 s; the mean of five samples behind one that is dropped.
    public sealed partial class Iis3dwb
    {
        private const int SelfTestSettleMicroseconds = 100000;
        private const int SelfTestDropped = 1;
        private const int SelfTestSamples = 5;
        private const int SelfTestTimeoutMicroseconds = 100000;
        private const int SelfTestPollMicroseconds = 1000;
        private const int SelfTestLow = 6558;               // 800 mg of 0.122 mg a digit
        private const int SelfTestHigh = 26229;             // 3200 mg

        private readonly short[] _single = new short[Axes];
        private readonly int[] _rest = new int[Axes];
        private readonly int[] _down = new int[Axes];

        /// <inheritdoc/>
        /// <remarks>
        /// Takes about 0.5 s and needs a machine at rest: vibration adds to what is measured. Pushes up, which <paramref name="change"/>
        /// tells in digits of 0.122 mg, then down; each axis must move by 800 to 3200 mg each way, and the two ways must be opposite.
        /// Afterwards the chip stands by; call <see cref="Start"/>.
        /// </remarks>
        public override bool SelfTest(int[] change)
        {
            Boot();
            Configure(Iis3dwbRange.G4, Iis3dwbFilter.Wide, Iis3dwbMode.Continuous);
            Average(_rest);
            Push(Control5.PushUp);
            Average(change);
            Push(Control5.PushDown);
            Average(_down);
            Bus.Write(Register.Control5, 0); // lets the sensing element go
            Stop();
            bool passes = true;
            for (int axis = 0; axis < Axes; axis++)
            {
                change[axis] -= _rest[axis];
                int down = _down[axis] - _rest[axis];
                passes &= change[axis] < 0 ? Moved(-change[axis], down) : Moved(change[axis], -down);
            }

            return passes;
        }

        // A write that the chip missed would pass for an axis that is stuck.
        private void Push(byte way)
        {
            Bus.Write(Register.Control5, way);
            if (Bus.Read(Register.Control5) != way)
            {
                throw new BusException(Bus.Name, Register.Control5, BusStatus.Silent);
            }
        }

        private static bool Moved(int there, int back)
        {
            return there >= SelfTestLow && there <= SelfTestHigh && back >= SelfTestLow && back <= SelfTestHigh;
        }

        private void Average(int[] mean)
        {
            Clock.Wait(SelfTestSettleMicroseconds);
            Begin();
            long start = Clock.Microseconds;
            int read = 0;
            mean[0] = mean[1] = mean[2] = 0;
            while (read < SelfTestDropped + SelfTestSamples)
            {
                if (ReadFifo(_single, 0, 1) != 0)
                {
                    read++;
                    for (int axis = 0; axis < Axes && read > SelfTestDropped; axis++)
                    {
                        mean[axis] += _single[axis];
                    }
                }
                else if (Clock.Microseconds - start > SelfTestTimeoutMicroseconds)
                {
                    throw new SensorException(Part, SensorFault.NoData, Register.FifoStatus1, 0, 1);
                }
                else
                {
                    Clock.Wait(SelfTestPollMicroseconds);
                }
            }

            for (int axis = 0; axis < Axes; axis++)
            {
                mean[axis] /= SelfTestSamples;
            }
        }
    }
}
