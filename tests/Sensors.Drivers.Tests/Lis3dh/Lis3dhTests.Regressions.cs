namespace Sensors.Drivers.Tests
{
    // Defects of other people's drivers, one test each; docs/regressions.md lists them all.
    public partial class Lis3dhTests
    {
        [Fact]
        public void Defect_the_second_address_is_not_the_first()
        {
            Assert.Equal((0x18, 0x19), (Lis3dh.I2cAddress, Lis3dh.I2cAlternateAddress));
        }

        [Fact]
        public void Defect_at_8_g_a_digit_weighs_4_mg_and_at_16_g_12()
        {
            (Lis3dh chip, _, _) = Started(Lis3dhRange.G16, Lis3dhRate.Fastest, Lis3dhMode.Normal, ["00", "00", "B0", "40", "00", "80", "97"]);
            Assert.Equal(0.012f, chip.GPerDigit);
            (chip, _, _) = Started(Lis3dhRange.G8, Lis3dhRate.Fastest, Lis3dhMode.Normal, ["00", "00", "A0", "40", "00", "80", "97"]);
            Assert.Equal(0.004f, chip.GPerDigit);
        }
    }
}
