using Sensors.Node;

namespace Sensors.PassScenarios
{
    /// <summary>Three axes of 1,024 samples at 3,200 Hz: a third of a second, too short for a velocity.</summary>
    public sealed class VibrationBlock1024 : VibrationScenario
    {
        private const int Samples = 1024;

        /// <summary>Makes the block.</summary>
        public VibrationBlock1024()
            : base(new VibrationOptions(), VibrationFields.Axes, Samples, Samples, UsualRate)
        {
        }

        /// <summary>Computes all features of the block.</summary>
        /// <returns>That there is a peak and no velocity.</returns>
        [Scenario("vibration 3 x 1,024", Budget = 90000)]
        public bool Compute()
        {
            ComputeAll();
            return Has(VibrationFields.FirstPeak) && !Has(VibrationFields.Velocity);
        }
    }

    /// <summary>Three axes of 4,096 samples at 3,200 Hz: 1.3 seconds. With velocity; without envelope, because this rate leaves no octave above 1 kHz.</summary>
    public sealed class VibrationBlock4096 : VibrationScenario
    {
        private const int Samples = 4096;

        /// <summary>Makes the block.</summary>
        public VibrationBlock4096()
            : base(new VibrationOptions { EnvelopeLow = 1000f }, VibrationFields.Axes, Samples, Samples, UsualRate)
        {
        }

        /// <summary>Computes all features of the block.</summary>
        /// <returns>That there is a velocity and no envelope.</returns>
        [Scenario("vibration 3 x 4,096, velocity", Budget = 420000, MemoryBudget = 48000)]
        public bool Compute()
        {
            ComputeAll();
            return Has(VibrationFields.Velocity) && !Has(VibrationFields.Envelope);
        }
    }

    /// <summary>The same with all there is: the envelope, and of a machine whose speed and bearing are known orders and the bearing's lines.</summary>
    public sealed class VibrationBlock4096All : VibrationScenario
    {
        private const int Samples = 4096;

        /// <summary>Makes the block.</summary>
        public VibrationBlock4096All()
            : base(new VibrationOptions { SpeedRpm = 1500f, Bearing = new BearingGeometry(9, 7.94, 39.04, 0) }, VibrationFields.Axes, Samples, Samples, UsualRate)
        {
        }

        /// <summary>Computes all features of the block.</summary>
        /// <returns>That there is a velocity, the line of the shaft and that of the outer race.</returns>
        [Scenario("vibration 3 x 4,096, all features", Budget = 420000, MemoryBudget = 48000)]
        public bool Compute()
        {
            ComputeAll();
            return Has(VibrationFields.Velocity) && Has(VibrationFields.FirstOrder) && Has(VibrationFields.OuterRace);
        }
    }

    /// <summary>One axis per capture, the longest block of the settings: three bursts make a reading.</summary>
    public sealed class VibrationAxis4096 : VibrationScenario
    {
        private const int Samples = 4096;

        /// <summary>Makes the block.</summary>
        public VibrationAxis4096()
            : base(new VibrationOptions { OneAxisPerCapture = true }, 1, Samples, Samples, UsualRate)
        {
        }

        /// <summary>Computes a block of each axis.</summary>
        /// <returns>That there is a velocity.</returns>
        [Scenario("vibration 4,096 of one axis, three times", Budget = 420000, MemoryBudget = 40000)]
        public bool Compute()
        {
            ComputeOneByOne();
            return Has(VibrationFields.Velocity);
        }
    }

    /// <summary>One axis per capture of a chip of 26.7 kHz without PSRAM: half a second each.</summary>
    /// <remarks>40 kB are 40,960 here: the block, transform and table take 38,988, the reading's values and the settings another 852.</remarks>
    public sealed class VibrationLongAxis : VibrationScenario
    {
        private const float Rate = 26667f;

        /// <summary>Makes the block.</summary>
        public VibrationLongAxis()
            : base(new VibrationOptions { OneAxisPerCapture = true }, 1, BlockMemory.LongAxisSamples, BlockMemory.UsualBlock, Rate)
        {
        }

        /// <summary>Computes a block of each axis.</summary>
        /// <returns>That there is a velocity.</returns>
        [Scenario("vibration 14,336 of one axis, three times", MemoryBudget = 40 * 1024)]
        public bool Compute()
        {
            ComputeOneByOne();
            return Has(VibrationFields.Velocity);
        }
    }
}
