using System;
using System.Linq;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class FaultPlanTests
    {
        [Theory]
        [InlineData("unbalance=4@10s", "unbalance", "", 4, 10, double.PositiveInfinity)]
        [InlineData("unbalance@10s", "unbalance", "", 4, 10, double.PositiveInfinity)]
        [InlineData("nack:vib1@5s+3s", "nack", "vib1", 0, 5, 3)]
        [InlineData("stuck:temp1@5s+2s", "stuck", "temp1", 0, 5, 2)]
        [InlineData("identity:cur1@0s", "identity", "cur1", -1, 0, double.PositiveInfinity)]
        [InlineData("brownout:cur1@8s", "brownout", "cur1", 0, 8, 0)]
        [InlineData("rate:vib1=3@0s", "rate", "vib1", 3, 0, double.PositiveInfinity)]
        [InlineData("rate:vib1=-2.5@1500ms", "rate", "vib1", -2.5, 1.5, double.PositiveInfinity)]
        [InlineData("wifi@10s+5s", "wifi", "", 0, 10, 5)]
        [InlineData("broker@2m+1h", "broker", "", 0, 120, 3600)]
        [InlineData("power@12s", "power", "", 0, 12, 1)]
        public void A_fault_is_read(string text, string kind, string target, double value, double start, double duration)
        {
            Fault fault = FaultPlan.ParseOne(text);
            Assert.Equal(kind, fault.Kind.Name);
            Assert.Equal(target, fault.Target);
            Assert.Equal(value, fault.Value);
            Assert.Equal(start, fault.StartSeconds, 1e-9);
            Assert.Equal(duration, fault.DurationSeconds);
        }

        [Theory]
        [InlineData("unbalance", "no @", "KIND[:TARGET]")]
        [InlineData("", "no @", "KIND[:TARGET]")]
        [InlineData("rust@1s", "'rust' is no kind", "unbalance, misalignment")]
        [InlineData("nack@1s", "does not say which chip", "nack:vib1")]
        [InlineData("nack:@1s", "does not say which chip", "nack:vib1")]
        [InlineData("wifi:vib1@1s", "takes no target but has 'vib1'", "wifi without")]
        [InlineData("wifi=3@1s", "takes no value but has '3'", "wifi without")]
        [InlineData("rate:vib1@1s", "'rate' needs a value", "percent from -50 to 50")]
        [InlineData("rate:vib1=80@1s", "the value '80' does not fit", "percent from -50 to 50")]
        [InlineData("unbalance=much@1s", "the value 'much' does not fit", "factor from 0 to 100")]
        [InlineData("unbalance=@1s", "the value '' does not fit", "factor from 0 to 100")]
        [InlineData("unbalance@10", "the start '10' is no time", "ms, s, m or h")]
        [InlineData("unbalance@-1s", "the start '-1s' is no time", "ms, s, m or h")]
        [InlineData("unbalance@", "the start '' is no time", "ms, s, m or h")]
        [InlineData("unbalance@1s+0s", "the duration '0s' is no time of more than 0", "ms, s, m or h")]
        [InlineData("unbalance@1s+x", "the duration 'x' is no time of more than 0", "ms, s, m or h")]
        [InlineData("brownout:vib1@1s+2s", "'brownout' happens once", "brownout:CHIP@START")]
        public void A_wrong_fault_says_what_is_wrong_and_what_is_allowed(string text, string what, string allowed)
        {
            string message = Assert.Throws<FormatException>(() => FaultPlan.ParseOne(text)).Message;
            Assert.StartsWith("Fault '" + text + "': ", message);
            Assert.Contains(what, message);
            Assert.Contains(allowed, message[message.IndexOf("Allowed:", StringComparison.Ordinal)..]);
        }

        [Fact]
        public void Every_kind_parses_its_own_text_again_and_has_help()
        {
            foreach (FaultKind kind in FaultKind.All)
            {
                string target = kind.Target == FaultTarget.Chip ? ":vib1" : string.Empty;
                string value = double.IsNaN(kind.DefaultValue) ? "=2" : string.Empty;
                Fault fault = FaultPlan.ParseOne(kind.Name + target + value + "@1.5s");
                Assert.Equal(fault, FaultPlan.ParseOne(fault.ToString()));
                Assert.NotEmpty(kind.Help);
            }
        }

        [Fact]
        public void A_plan_for_a_chip_that_is_not_wired_is_refused()
        {
            using var board = new VirtualEsp32();
            board.WireI2c(1, 0x48, new VirtualTmp117(board.Time, new ConstantSource(), 1));
            string message = Assert.Throws<FormatException>(() => board.Run(FaultPlan.Parse("nack:vib9@1s"))).Message;
            Assert.Contains("no chip 'vib9'", message);
            Assert.Contains("temp1", message);
        }

        [Fact]
        public void Chip_faults_come_and_go_at_their_times()
        {
            using var board = new VirtualEsp32();
            var bench = new ConstantSource { Amperes = 1, Volts = 12 };
            var chip = new VirtualIna226(board.Time, bench, 1);
            board.WireI2c(1, 0x40, chip);
            var adxl = new VirtualAdxl345(board.Time, bench, 1);
            board.WireSpi(Wire.SpiBus, Wire.ChipSelect, adxl);
            board.Run(FaultPlan.Parse(
                "identity:cur1@1s+1s", "brownout:cur1@3s", "rate:vib1=3@1s+1s", "miso:vib1=0@4s+1s", "selftest:vib1=2@1s+1s", "stuck:cur1@1s+1s", "hold:cur1@6s+1s", "nack:cur1@8s+1s"));
            board.WriteWord(0x40, 0x05, 0x0200);
            board.Sleep(1_500);
            Assert.Equal(0x0000, board.Word(0x40, 0xFF));
            Assert.Equal(3, adxl.Faults.RateErrorPercent);
            Assert.Equal(2, adxl.Faults.FailedSelfTestAxes);
            Assert.True(chip.Faults.StuckData);
            board.Sleep(1_000);
            Assert.Equal(0x2260, board.Word(0x40, 0xFF));
            Assert.Equal(0, adxl.Faults.RateErrorPercent);
            Assert.Equal(0x0200, board.Word(0x40, 0x05));
            board.Sleep(1_000);
            Assert.Equal(0x0000, board.Word(0x40, 0x05));
            board.Sleep(1_000);
            Assert.Equal(0x00, board.Spi(0x80, 0)[1]);
            board.Sleep(1_000);
            Assert.Equal(0xE5, board.Spi(0x80, 0)[1]);
            board.Sleep(1_000);
            Assert.True(chip.HoldsBus);
            board.Sleep(1_000);
            Assert.False(chip.HoldsBus);
            board.Sleep(1_000);
            Assert.NotEqual(System.Device.I2c.I2cTransferStatus.FullTransfer, board.TransferI2c(1, 0x40, 400_000, [0], new byte[2]));
        }

        [Fact]
        public void The_broker_s_faults_are_left_to_its_owner()
        {
            FaultPlan plan = FaultPlan.Parse("broker@10s+5s", "unbalance=2@1s");
            Assert.Equal(2, plan.Count);
            Fault broker = Assert.Single(plan, fault => fault.Kind.Target == FaultTarget.Broker);
            Assert.True(broker.IsActive(12));
            Assert.False(broker.IsActive(15));
            Assert.Empty(FaultPlan.None);
            Assert.Equal(FaultKind.All.Count, FaultKind.All.Select(kind => kind.Name).Distinct().Count());
        }
    }
}
