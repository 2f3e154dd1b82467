using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    // Defects of other people's drivers, one test each; docs/regressions.md lists them all.
    public partial class Tmp117Tests
    {
        [Theory] // the same but for the field called "revision", which a mask of 0FFFh would drop; or taken all the same, with a line in the log
        [InlineData(0x2117)]
        [InlineData(0x1116)]
        [InlineData(0x1117)]
        public void Disagreement_a_TMP119_or_TMP116_is_not_taken_for_a_TMP117(int identity)
        {
            using var bench = new Bench();
            Tmp117 driver = bench.OpenTmp117();
            bench.Thermometer.Faults.WrongIdentity = identity;
            var error = Assert.Throws<SensorException>(() => driver.Start(Tmp117Cycle.Seconds1, Tmp117Averages.Eight));
            Assert.Equal((SensorFault.WrongIdentity, identity), (error.Fault, error.Found));
        }

        [Fact]
        public void The_EEPROM_is_never_unlocked_nor_the_factory_s_words_overwritten()
        {
            using var bench = new Bench();
            var bus = new WriteLog(bench.Board.OpenI2c(1, Tmp117.I2cAddress));
            var driver = new Tmp117(bus, bench.Clock);
            driver.Start(Tmp117Cycle.Milliseconds125, Tmp117Averages.Eight);
            bench.Pass(200);
            driver.TryRead(out _);
            driver.Check();
            driver.StartOneShot();
            bench.Pass(200);
            driver.TryRead(out _);
            driver.Stop();
            Assert.Equal([0x01, 0x02, 0x03, 0x07], bus.Written); // 04h unlocks, 05h, 06h and 08h hold the words
            Assert.Equal(0, bench.Thermometer.EepromWrites);
        }

        /// <summary>Notes which registers are written.</summary>
        private sealed class WriteLog : RegisterBus
        {
            private readonly RegisterBus _bus;

            public WriteLog(RegisterBus bus)
                : base(bus.Name)
            {
                _bus = bus;
            }

            public System.Collections.Generic.SortedSet<int> Written { get; } = [];

            public override void Read(byte register, byte[] buffer, int count) => _bus.Read(register, buffer, count);

            public override void Write(byte register, byte[] buffer, int count)
            {
                Written.Add(register);
                _bus.Write(register, buffer, count);
            }

            public override void Reopen() => _bus.Reopen();

            public override void Close() => _bus.Close();
        }
    }
}
