namespace Sensors.Drivers
{
    // "Self-test" in AN3308: the limits are the data sheet's ("Mechanical characteristics", Vst), 17 to 360 digits of 4 mg.
    public sealed partial class Lis3dh
    {
        private const int SelfTestSettleMicroseconds = 90000;
        private const int SelfTestSamples = 5;
        private const int SelfTestLow = 68;
        private const int SelfTestHigh = 1440;

        private readonly int[] _rest = new int[Axes];

        /// <inheritdoc/>
        /// <remarks>
        /// Takes about 0.5 s at ±2 g, 50 Hz and normal mode and needs a machine at rest: vibration adds to what is measured. Each axis must move by
        /// 68 to 1440 mg, either way. Afterwards the chip is powered down; call <see cref="Start"/>.
        /// </remarks>
        public override bool SelfTest(int[] change)
        {
            Boot();
            Configure(Lis3dhRange.G2, Lis3dhRate.Hz50, Lis3dhMode.Normal, Control4.NoSelfTest);
            Average(SelfTestSettleMicroseconds, SelfTestSamples, _rest);
            Configure(Lis3dhRange.G2, Lis3dhRate.Hz50, Lis3dhMode.Normal, Control4.SelfTest0);
            Average(SelfTestSettleMicroseconds, SelfTestSamples, change);
            Stop();
            Bus.Write(Register.Control4, Control4.NoSelfTest); // lets the sensing element go
            return Moved(_rest, change, SelfTestLow, SelfTestHigh);
        }
    }
}
