namespace Sensors.Drivers
{
    // "Self-test" in AN5038: the limits are the data sheet's ("Mechanical characteristics", Vst), in mg.
    public sealed partial class Lis2dw12
    {
        private const int SelfTestSettleMicroseconds = 100000;
        private const int SelfTestSamples = 5;
        private const int SelfTestLow = 144;   // 70 mg at 0.488 mg a digit
        private const int SelfTestHigh = 3073; // 1500 mg

        private readonly int[] _rest = new int[Axes];

        /// <inheritdoc/>
        /// <remarks>
        /// Takes about 0.6 s at ±4 g and 50 Hz and needs a machine at rest: vibration adds to what is measured. Each axis must move by 70 to
        /// 1500 mg, either way. Afterwards the chip is powered down; call <see cref="Start"/>.
        /// </remarks>
        public override bool SelfTest(int[] change)
        {
            Reset();
            Configure(Lis2dw12Range.G4, Lis2dw12Rate.Hz50, Lis2dw12Filter.Half, Control3.NoSelfTest);
            Average(SelfTestSettleMicroseconds, SelfTestSamples, _rest);
            Configure(Lis2dw12Range.G4, Lis2dw12Rate.Hz50, Lis2dw12Filter.Half, Control3.SelfTestPositive);
            Average(SelfTestSettleMicroseconds, SelfTestSamples, change);
            Stop();
            Bus.Write(Register.Control3, Control3.NoSelfTest); // lets the sensing element go
            return Moved(_rest, change, SelfTestLow, SelfTestHigh);
        }
    }
}
