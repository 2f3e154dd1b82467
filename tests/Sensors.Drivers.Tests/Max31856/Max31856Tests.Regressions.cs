using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    // Defects of other people's drivers, one test each; docs/regressions.md lists them all.
    public partial class Max31856Tests
    {
        // One driver adds CJTO (09h) to a sum that the chip has made already.
        [Fact]
        public void Disagreement_the_cold_junction_offset_is_not_added_twice()
        {
            using var bench = new MaximBench();
            RegisterBus bus = bench.Board.OpenSpi(1, Max31856.Spi);
            bus.Write(0x09, 0x10); // 1 °C, left by an earlier program
            var driver = new Max31856(bus, bench.Clock);
            Started(bench, driver);
            Assert.Equal(0x00, bus.Read(0x09));
            Assert.Equal(25, Measure(bench, driver));
            Assert.Equal(22, driver.ColdJunction * Max31856.ColdCelsiusPerDigit);

            driver.StartOneShot();
            bus.Write(0x09, 0x10); // an offset that is none of ours is no temperature at all
            bench.Pass(400);
            Assert.Equal(SensorFault.Corrupt, Assert.Throws<SensorException>(() => driver.TryRead(out _)).Fault);
        }

        [Theory]
        [InlineData(Max31856Type.B, 0)]
        [InlineData(Max31856Type.K, 3)]
        [InlineData(Max31856Type.T, 7)]
        public void Binding_defect_the_type_is_the_one_asked_for_and_not_T(Max31856Type type, int field)
        {
            using var bench = new MaximBench();
            bench.Hot.Celsius = 300;
            Max31856 driver = bench.OpenMax31856();
            driver.Start(type, Max31856Averages.One, Max31856Filter.Hz50, Max31856Mode.OneShot);
            Assert.Equal(field, ReadRegister(bench, 0x01) & 0x0F);
            Assert.Equal(300, Measure(bench, driver));
        }

        [Fact]
        public void Binding_defect_an_open_thermocouple_is_told_and_not_read_as_a_temperature()
        {
            using var bench = new MaximBench();
            Max31856 driver = Started(bench);
            bench.Thermocouple.ProbeFault = ThermocoupleFault.Open;
            driver.StartOneShot();
            bench.Pass(400);
            Assert.Equal(0, driver.TryRead(out int digits));
            Assert.Equal((0, SensorFault.SensorOpen), (digits, driver.ProbeFault));
            Assert.Equal(1, driver.LastFaultStatus & 1);
        }
    }
}
