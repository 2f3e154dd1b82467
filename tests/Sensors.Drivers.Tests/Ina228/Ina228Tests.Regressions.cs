using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    // Defects of other people's drivers, one test each; docs/regressions.md lists them all.
    public partial class Ina228Tests
    {
        [Fact]
        public void Defect_the_small_range_needs_four_times_the_calibration()
        {
            Assert.Equal(4 * Ina228.Calibration(16_200, 2_000, Ina228Range.Millivolts164), Ina228.Calibration(16_200, 2_000, Ina228Range.Millivolts41));
        }

        [Fact]
        public void Defect_a_ready_flag_that_clears_by_itself_is_latched()
        {
            using var board = new VirtualEsp32();
            PcBoard.Enter(board);
            board.WireI2c(1, 0x40, new VirtualIna228(board.Time, new ConstantSource { Amperes = 1 }, 1));
            var chip = new Ina228(new Esp32DevKitC().OpenI2c(1, 0x40));
            Start(chip);
            int results = 0;
            for (int i = 0; i < 100; i++)
            {
                board.Time.Advance(10_000_000); // a look each 10 ms at a result each 2.2 ms: unlatched, the flag shows only for a moment
                results += chip.TryRead(out _, out _);
            }

            Assert.Equal(100, results);
        }
    }
}
