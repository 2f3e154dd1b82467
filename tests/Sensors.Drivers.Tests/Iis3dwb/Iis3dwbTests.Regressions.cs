using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    // Defects of other people's drivers, one test each; docs/regressions.md lists them all.
    public partial class Iis3dwbTests
    {
        [Theory] // one driver kept the first status register and looked for the second one's bits in it
        [InlineData("C800", 0)] // 200 slots: bits 7, 6 and 3 of the first register are a number
        [InlineData("C801", 0)] // 456 slots
        [InlineData("0140", 1)] // bit 6 of the second is the flag
        public void Defect_flags_of_the_second_status_register_are_not_looked_for_in_the_first(string status, int overruns)
        {
            (Iis3dwb chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 3A " + status);
            chip.ReadFifo(new short[3], 0, 0);
            Assert.Equal(overruns, chip.Overruns);
            bus.Done();
        }

        [Theory] // the user who took the low five bits of 11h for the kind found 17
        [InlineData("11")]
        [InlineData("12")]
        [InlineData("14")]
        [InlineData("17")]
        public void Defect_the_kind_of_a_slot_is_not_its_tag_s_low_five_bits(string tag)
        {
            (Iis3dwb chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 3A 0100", "R 78 " + tag + "010002000300");
            var xyz = new short[3];
            Assert.Equal(1, chip.ReadFifo(xyz, 0, 1));
            Assert.Equal([1, 2, 3], xyz);
            bus.Done();
        }

        [Fact]
        public void Words_at_odd_offsets_of_the_burst_are_whole()
        {
            (Iis3dwb chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 3A 0200", "R 78 11" + "0180FF7F5AA5" + "12" + "A55A34120080"); // words begin at 1, 3, 5 and at 8, 10, 12
            var xyz = new short[6];
            Assert.Equal(2, chip.ReadFifo(xyz, 0, 2));
            Assert.Equal([-32767, 32767, unchecked((short)0xA55A), 0x5AA5, 0x1234, -32768], xyz);
            bus.Done();
        }

        [Theory] // the maker's driver says 25 us, the samples' 26.667 kHz = 80 kHz / 3 says 12.5
        [InlineData(12.5)]
        [InlineData(25)]
        public void Disagreement_what_a_timestamp_is_worth_changes_no_count(double microseconds)
        {
            using var bench = new Iis3dwbBench(Iis3dwbBench.Quiet(timestampMicroseconds: microseconds));
            bench.Start();
            bench.Begin();
            bench.ReadUntil(2000);
            bench.Pass(40); // twice what the FIFO holds
            bench.ReadUntil(4000);
            Assert.True(bench.Driver.Lost > 0);
            Assert.Equal(bench.Missing(1), bench.Driver.Lost);
        }
    }
}
