namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualAdxl345FifoTests
    {
        private static Adxl345Bench Counting(byte rate, byte fifo, Adxl345Options? options = null)
        {
            var bench = new Adxl345Bench(new CountingSource(), options);
            bench.Send(0x31, 0x0B);
            bench.Send(0x2C, rate);
            bench.Send(0x38, fifo);
            bench.Send(0x2D, 0x08);
            return bench;
        }

        [Fact]
        public void A_stream_is_read_without_a_gap_and_each_burst_takes_one_entry()
        {
            Adxl345Bench bench = Counting(rate: 0x0D, fifo: 0x90); // 800 Hz
            int expected = 0;
            for (int round = 0; round < 50; round++)
            {
                bench.WaitMilliseconds(20);
                int entries = bench.Read(0x39);
                Assert.InRange(entries, 10, 20);
                for (int i = 0; i < entries; i++)
                {
                    Assert.Equal(expected++, bench.ReadEntry().X);
                }
            }

            Assert.Equal(0, bench.Chip.SamplesLost);
            Assert.Equal(0, bench.Chip.Violations.Count);
        }

        [Fact]
        public void A_burst_past_the_data_registers_takes_one_entry_and_does_not_wrap()
        {
            Adxl345Bench bench = Counting(rate: 0x0D, fifo: 0x90);
            bench.WaitMilliseconds(20);
            int entries = bench.Read(0x39);
            byte[] miso = bench.Send(0xF2, 0, 0, 0, 0, 0, 0, 0); // 32h to 38h
            Assert.Equal(0x90, miso[7]);
            Assert.Equal(entries - 1, bench.Read(0x39));
        }

        [Fact]
        public void A_partial_read_loses_the_rest_of_the_entry()
        {
            Adxl345Bench bench = Counting(rate: 0x0D, fifo: 0x90);
            bench.WaitMilliseconds(20);
            Assert.Equal(0, bench.Read(0x32));
            Assert.Equal(1, bench.Read(0x32));
        }

        [Fact]
        public void A_full_stream_holds_33_drops_the_oldest_and_says_so()
        {
            Adxl345Bench bench = Counting(rate: 0x0D, fifo: 0x90);
            bench.WaitMilliseconds(1.1 + 40 * 1.25 + 0.1);
            Assert.Equal(33, bench.Read(0x39));
            Assert.Equal(0x83, bench.Read(0x30)); // DATA_READY, watermark, overrun
            Assert.Equal(0x83, bench.Read(0x30)); // reading INT_SOURCE does not clear them
            Assert.Equal(7, bench.ReadEntry().X);
            Assert.Equal(0x82, bench.Read(0x30)); // reading data does
            Assert.Equal(7, bench.Chip.SamplesLost);
        }

        [Fact]
        public void Fifo_mode_stops_when_full_and_bypass_empties_it()
        {
            Adxl345Bench bench = Counting(rate: 0x0F, fifo: 0x40);
            bench.WaitMilliseconds(1000); // 3,200 samples, far more than one batch
            Assert.Equal(33, bench.Read(0x39));
            Assert.Equal(0x01, bench.Read(0x30) & 0x01);
            Assert.Equal(0, bench.ReadEntry().X);
            bench.Send(0x38, 0x00);
            Assert.Equal(0, bench.Read(0x39));
        }

        [Fact]
        public void The_watermark_follows_the_number_of_entries()
        {
            Adxl345Bench bench = Counting(rate: 0x0A, fifo: 0x84); // 100 Hz, 4 entries
            bench.WaitMilliseconds(35);
            Assert.Equal(0x80, bench.Read(0x30));
            bench.WaitMilliseconds(10);
            Assert.Equal(0x82, bench.Read(0x30));
            bench.ReadEntry();
            Assert.Equal(0x80, bench.Read(0x30));
        }

        [Fact]
        public void Standby_keeps_the_entries_and_makes_no_new_ones()
        {
            Adxl345Bench bench = Counting(rate: 0x0A, fifo: 0x84);
            bench.WaitMilliseconds(35);
            bench.Send(0x2D, 0x00);
            int entries = bench.Read(0x39);
            bench.WaitMilliseconds(1000);
            Assert.Equal(3, entries);
            Assert.Equal(3, bench.Read(0x39));
        }

        [Fact]
        public void Trigger_mode_keeps_what_came_before_the_event_and_fills_up()
        {
            Adxl345Bench bench = Counting(rate: 0x0A, fifo: 0xC5); // 5 before the trigger
            bench.WaitMilliseconds(1000);
            bench.Chip.SignalEvent(0x10);
            Assert.Equal(0x85, bench.Read(0x39)); // triggered, 5 entries
            Assert.Equal(0x10, bench.Read(0x30) & 0x10);
            Assert.Equal(0x00, bench.Read(0x30) & 0x10); // reading INT_SOURCE clears an event
            bench.WaitMilliseconds(1000);
            Assert.Equal(0xA1, bench.Read(0x39)); // 33 and no more
        }

        [Theory]
        [InlineData(5_000_000, 3_300, 1)] // 1.6 us of address + 3.3 us: too soon
        [InlineData(5_000_000, 3_400, 0)]
        [InlineData(1_600_000, 150, 0)] // the address alone takes 5 us
        [InlineData(2_000_000, 150, 1)]
        public void Data_reads_need_five_microseconds_between_them(int clockHz, long gap, int violations)
        {
            Adxl345Bench bench = Counting(rate: 0x0D, fifo: 0x90);
            bench.WaitMilliseconds(20);
            bench.ClockHz = clockHz;
            Assert.Equal(0, bench.ReadEntry().X);
            Assert.Equal(1 - violations, bench.ReadEntry(gap).X); // too soon: the same entry once more
            Assert.Equal(violations, bench.Chip.Violations.Count);
            Assert.Equal(2 - violations, bench.ReadEntry().X); // nothing was taken
        }

        [Fact]
        public void A_status_read_too_soon_still_counts_the_entry()
        {
            Adxl345Bench bench = Counting(rate: 0x0A, fifo: 0x90);
            bench.WaitMilliseconds(60);
            int entries = bench.Read(0x39);
            bench.ReadEntry();
            Assert.Equal(entries, bench.After(200, 0xB9, 0)[1]);
            Assert.Equal(entries - 1, bench.Read(0x39));
            Assert.Equal(1, bench.Chip.Violations.Count);
        }

        [Theory]
        [InlineData(0, 0.0, 3200)]
        [InlineData(20_000, 0.0, 3264)]
        [InlineData(0, -3.0, 3104)]
        public void The_real_rate_is_nominal_and_the_part_s_error(double ppm, double percent, int expected)
        {
            Adxl345Bench bench = Counting(rate: 0x0F, fifo: 0x90, new Adxl345Options { NoiseFactor = 0, OutputRateErrorPpm = ppm });
            bench.Chip.Faults.RateErrorPercent = percent;
            bench.WaitMilliseconds(1001.1);
            bench.Read(0x39);
            Assert.InRange(bench.Chip.SamplesMade, expected - 2, expected + 2);
        }

        [Fact]
        public void Bypass_shows_the_latest_sample_and_an_unread_one_replaced()
        {
            Adxl345Bench bench = Counting(rate: 0x0A, fifo: 0x00);
            bench.WaitMilliseconds(12);
            Assert.Equal(0x82, bench.Read(0x30));
            bench.WaitMilliseconds(10);
            Assert.Equal(0x83, bench.Read(0x30));
            Assert.Equal(1, bench.ReadEntry().X);
            Assert.Equal(0x02, bench.Read(0x30));
        }

        [Fact]
        public void The_first_sample_comes_1_1_ms_and_a_period_after_measure()
        {
            Adxl345Bench bench = Counting(rate: 0x0A, fifo: 0x90);
            bench.WaitMilliseconds(11.0);
            Assert.Equal(0, bench.Read(0x39));
            bench.WaitMilliseconds(0.1);
            Assert.Equal(1, bench.Read(0x39));
        }

        [Fact]
        public void Interrupt_pins_show_enabled_sources_as_mapped()
        {
            Adxl345Bench bench = Counting(rate: 0x0A, fifo: 0x84);
            bench.Send(0x2F, 0x02); // watermark to INT2
            bench.Send(0x2E, 0x82);
            Assert.False(bench.Chip.InterruptPin(1));
            bench.WaitMilliseconds(12);
            Assert.True(bench.Chip.InterruptPin(1));
            Assert.False(bench.Chip.InterruptPin(2));
            bench.WaitMilliseconds(40);
            Assert.True(bench.Chip.InterruptPin(2));
            bench.Send(0x31, 0x2B); // INT_INVERT
            Assert.False(bench.Chip.InterruptPin(2));
        }

        // A register header of others has the watermark's bit of INT_MAP at 2, where INACTIVITY is.
        [Theory]
        [InlineData(0x02, 2)]
        [InlineData(0x04, 1)]
        public void Defect_the_watermark_is_bit_1_of_INT_MAP_and_not_bit_2(int map, int pin)
        {
            Adxl345Bench bench = Counting(rate: 0x0A, fifo: 0x84);
            bench.Send(0x2F, (byte)map);
            bench.Send(0x2E, 0x02);
            bench.WaitMilliseconds(60);
            Assert.True(bench.Chip.InterruptPin(pin));
            Assert.False(bench.Chip.InterruptPin(3 - pin));
        }
    }
}
