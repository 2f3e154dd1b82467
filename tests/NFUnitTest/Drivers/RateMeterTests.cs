using nanoFramework.TestFramework;
using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    [TestClass]
    public class RateMeterTests
    {
        [TestMethod]
        [DataRow(3200)]
        [DataRow(3277)]
        [DataRow(801)]
        public static void The_rate_of_a_block_is_found_and_a_look_held_up_is_left_out(int hertz)
        {
            var meter = new RateMeter();
            for (int i = 0; i < 100; i++)
            {
                long time = i * 12800L; // 1.28 s in all
                long held = i == 30 ? 20000 : 0;
                meter.Add(time + held, time * hertz / 1000000);
            }

            int tenths = (int)((meter.Hertz() * 10) + 0.5f);
            Assert.IsTrue(tenths >= (hertz * 10) - 4 && tenths <= (hertz * 10) + 4);
        }
    }
}
