using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    // Defects of other people's drivers, one test each; docs/regressions.md lists them all.
    public partial class Ina226Tests
    {
        [Fact]
        public void Defect_words_are_not_least_significant_byte_first()
        {
            (Ina226 chip, ScriptedBus bus) = Started();
            bus.Expect("R 06 0008", "R 01 0102", "R 02 2580", "R 04 FF38", "R 05 0800");
            Assert.Equal(1, chip.TryRead(out int current, out int volts));
            Assert.Equal((-200, 9600), (current, volts));
            Assert.Equal(12, volts * (double)Ina226.VoltsPerDigit, 1e-5);
            bus.Done();
        }

        [Fact]
        public void Defect_an_INA219_s_figures_are_not_an_INA226_s()
        {
            // 0.04096 against 0.00512, 4 mV in the upper 13 bits against 1.25 mV, 10 uV against 2.5 uV.
            Assert.Equal((512, 4096), (Ina226.Calibration(100_000, 100), Ina219.Calibration(100_000, 100)));
            Assert.Equal((0.00125f, 0.004f), (Ina226.VoltsPerDigit, Ina219.VoltsPerDigit));
            Assert.Equal((0.0000025f, 0.00001f), (Ina226.ShuntVoltsPerDigit, Ina219.ShuntVoltsPerDigit));
        }
    }
}
