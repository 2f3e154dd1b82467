using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    // Defects of other people's drivers, one test each; docs/regressions.md lists them all.
    public partial class Mpu6050Tests
    {
        [Fact]
        public void Binding_defect_an_MPU6050_is_not_written_at_1Dh_which_it_has_not()
        {
            foreach (string identity in new[] { "68", "98", "72" })
            {
                string[] settings = identity == "68" ? Settings16G1000 : ["", "01", "00", "00", "01", "18", "00", "10", "08", "40"];
                Started(identity, settings: settings); // a write that is not on the list fails
            }
        }

        [Fact]
        public void Binding_defect_enabling_the_fifo_is_not_resetting_it()
        {
            using var bench = new LabBench(Wiring.FastI2c);
            (Mpu6050 driver, VirtualMpu6050 chip) = Open(bench, new Mpu6050Options { NoiseFactor = 0 });
            driver.Start(Mpu6050Range.G16, Mpu6050Rate.Hz1000, Mpu6050Filter.Widest);
            Assert.Equal(0x40, chip.Peek(0x6A)); // FIFO_EN is bit 6, FIFO_RESET bit 2
            bench.Pass(50);
            Assert.InRange(driver.ReadFifo(new short[300], 0, 100), 45, 55);
        }
    }
}
