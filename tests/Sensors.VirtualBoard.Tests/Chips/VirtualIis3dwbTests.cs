using System;
using System.Collections.Generic;
using System.Device.Spi;
using System.Linq;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualIis3dwbTests
    {
        private const double RateHertz = 80_000 / 3.0;

        [Fact]
        public void Registers_hold_their_reset_values()
        {
            var bench = new Iis3dwbBench();
            byte[] registers =
            [
                0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x10, 0x13, 0x14, 0x15, 0x16, 0x17, 0x19, 0x1A, 0x1B, 0x1E, 0x20, 0x21,
                0x28, 0x2D, 0x3A, 0x3B, 0x40, 0x43, 0x56, 0x58, 0x5B, 0x5C, 0x5E, 0x5F, 0x63, 0x73, 0x74, 0x75,
            ];
            Assert.All(registers, register => Assert.Equal(0, bench.Read(register)));
            Assert.Equal([0x3F, 0x7B, 0x04], [bench.Read(0x02), bench.Read(0x0F), bench.Read(0x12)]);
            Assert.Equal((0L, 0L), (bench.Chip.Violations.Count, bench.Chip.Strays.Count));
        }

        [Fact]
        public void It_neither_answers_nor_listens_for_10_ms_after_power()
        {
            var bench = new Iis3dwbBench(booted: false);
            Assert.Equal(0, bench.Read(0x0F));
            bench.Send(0x09, 0x0A);
            bench.Wait(10);
            Assert.Equal((0x7B, 0x00), (bench.Read(0x0F), bench.Read(0x09)));
            bench.Send(0x12, 0x84); // BOOT
            Assert.Equal(0, bench.Read(0x0F));
            bench.Wait(10);
            Assert.Equal((0x7B, 0x04), (bench.Read(0x0F), bench.Read(0x12)));
        }

        [Fact]
        public void A_software_reset_clears_itself_and_everything_else()
        {
            var bench = new Iis3dwbBench();
            bench.Run();
            bench.Send(0x02, 0x7F);
            bench.Wait(5);
            bench.Send(0x12, 0x45);
            Assert.Equal(0x05, bench.Read(0x12)); // for 50 us
            bench.Wait(0.1);
            Assert.Equal((0x04, 0x00, 0x3F, 0), (bench.Read(0x12), bench.Read(0x10), bench.Read(0x02), bench.Level()));
        }

        [Fact]
        public void Opening_a_port_writes_zeros_into_the_first_registers()
        {
            var bench = new Iis3dwbBench();
            bench.Send(0, 0, 0, 0);
            Assert.Equal(0x00, bench.Read(0x02));
            Assert.Equal(0, bench.Chip.Violations.Count);
            bench.Send(0x02, 0x00);
            Assert.Equal(1, bench.Chip.Violations.Count);
        }

        [Theory]
        [InlineData(SpiMode.Mode0, 10_000_000)]
        [InlineData(SpiMode.Mode1, 10_000_000)]
        [InlineData(SpiMode.Mode2, 10_000_000)]
        [InlineData(SpiMode.Mode3, 10_000_001)]
        public void Another_mode_or_a_faster_clock_is_a_violation(SpiMode mode, int clockHz)
        {
            var bench = new Iis3dwbBench { Mode = mode, ClockHz = clockHz };
            byte id = bench.Read(0x0F);
            Assert.Equal(mode == SpiMode.Mode3, id == 0x7B);
            Assert.Equal(1, bench.Chip.Violations.Count);
        }

        [Theory]
        [InlineData(0x00)]
        [InlineData(0x06)]
        [InlineData(0x0F)]
        [InlineData(0x18)]
        [InlineData(0x28)]
        [InlineData(0x3A)]
        [InlineData(0x63)]
        [InlineData(0x78)]
        [InlineData(0x7F)]
        public void What_cannot_be_written_does_not_take_it(int register)
        {
            var bench = new Iis3dwbBench();
            byte before = bench.Chip.Peek(register);
            bench.Send((byte)register, 0x5A);
            Assert.Equal(before, bench.Chip.Peek(register));
            Assert.Equal(1, bench.Chip.Violations.Count);
        }

        [Theory]
        [InlineData(0x09, 0x0B)] // BDR_XL
        [InlineData(0x0A, 0x02)] // FIFO mode
        [InlineData(0x0A, 0x05)]
        [InlineData(0x0A, 0x10)] // temperature batching
        [InlineData(0x10, 0x40)] // XL_EN = 010
        [InlineData(0x10, 0x20)]
        [InlineData(0x14, 0x03)] // self-test both ways
        [InlineData(0x15, 0x01)] // single axis
        [InlineData(0x17, 0x04)] // high-pass
        public void Reserved_codes_are_violations(int register, int value)
        {
            var bench = new Iis3dwbBench();
            bench.Send((byte)register, (byte)value);
            Assert.Equal(1, bench.Chip.Violations.Count);
        }

        [Fact]
        public void The_address_moves_on_unless_told_not_to_and_an_undefined_register_reads_0()
        {
            var bench = new Iis3dwbBench();
            bench.Send(0x73, 1, 2, 3);
            Assert.Equal([1, 2, 3], bench.ReadMany(0x73, 3));
            Assert.Equal(0, bench.Read(0x11));
            Assert.Equal(1, bench.Chip.Strays.Count);
            bench.Send(0x12, 0x00);
            Assert.Equal([1, 1, 1], bench.ReadMany(0x73, 3));
        }

        [Fact]
        public void It_is_no_I2C_chip() => Assert.False(typeof(II2cChip).IsAssignableFrom(typeof(VirtualIis3dwb)));

        [Fact]
        public void Three_wire_mode_leaves_the_output_floating()
        {
            var bench = new Iis3dwbBench();
            bench.Send(0x12, 0x0C);
            Assert.Equal(0xFF, bench.Read(0x0F));
        }

        [Theory]
        [InlineData(0xA0, 0.061)]
        [InlineData(0xA4, 0.488)]
        [InlineData(0xA8, 0.122)]
        [InlineData(0xAC, 0.244)]
        public void Ranges_are_coded_2_16_4_8(int control1, double milliG)
        {
            var bench = new Iis3dwbBench(new ConstantSource().WithAcceleration(1, -1.5, 30));
            bench.Send(0x10, (byte)control1);
            bench.Wait(20);
            byte[] output = bench.ReadMany(0x28, 6);
            Assert.Equal(1000 / milliG, BitConverter.ToInt16(output, 0), 0.6);
            Assert.Equal(-1500 / milliG, BitConverter.ToInt16(output, 2), 0.6);
            Assert.Equal(32767, BitConverter.ToInt16(output, 4));
        }

        [Fact]
        public void Without_XL_EN_101_there_are_no_samples()
        {
            var bench = new Iis3dwbBench();
            bench.Send(0x10, 0x40); // the family's older ODR code
            bench.Wait(50);
            Assert.Equal((0, 0L), (bench.Read(0x1E), bench.Chip.SamplesMade));
        }

        [Fact]
        public void Data_ready_clears_when_the_output_is_read_and_BDU_holds_it_together()
        {
            var bench = new Iis3dwbBench(new CountingSource());
            bench.Send(0x12, 0x44);
            bench.Send(0x10, 0xA0);
            bench.Wait(15);
            Assert.Equal(0x03, bench.Read(0x1E));
            bench.ClockHz = 100_000; // two samples pass while six bytes do
            byte[] output = bench.ReadMany(0x28, 6);
            Assert.Equal(0, BitConverter.ToInt16(output, 0) + BitConverter.ToInt16(output, 2));
            bench.ClockHz = 10_000_000;
            bench.Wait(0.1);
            bench.Send(0x10, 0x00); // no sample comes in between
            Assert.Equal(0x01, bench.Read(0x1E));
            bench.Read(0x28);
            Assert.Equal(0x00, bench.Read(0x1E));
        }

        [Fact]
        public void Without_batching_the_fifo_stays_empty()
        {
            var bench = new Iis3dwbBench();
            bench.Send(0x0A, 0x06);
            bench.Send(0x10, 0xA0);
            bench.Wait(50);
            Assert.Equal(0, bench.Level());
        }

        [Theory]
        [InlineData(0, 0)]
        [InlineData(40_000, 0)]
        [InlineData(-20_000, 0)]
        [InlineData(0, 20)]
        [InlineData(0, -30)]
        public void The_fifo_fills_at_the_specimen_s_rate_which_the_trim_tells(double ppm, int trim)
        {
            var bench = new Iis3dwbBench(options: new Iis3dwbOptions { OutputRateErrorPpm = ppm, FrequencyTrim = (sbyte)trim });
            bench.Run();
            bench.Send(0x0A, 0x00);
            bench.Send(0x0A, 0x06);
            bench.Wait(15);
            double expected = RateHertz * (1 + (ppm * 1e-6)) * (1 + (trim * 0.0015)) * 0.015;
            Assert.Equal(expected, bench.Level(), 2.0);
            Assert.Equal(trim, (sbyte)bench.Read(0x63));
        }

        [Fact]
        public void Slots_are_tag_and_six_bytes_one_frame_reads_many_and_tags_count_with_even_ones()
        {
            var bench = new Iis3dwbBench(new CountingSource());
            bench.Run();
            bench.Wait(5);
            int level = bench.Level();
            Assert.InRange(level, 120, 145);
            List<byte[]> slots = bench.Slots(level);
            int x = BitConverter.ToInt16(slots[0], 1);
            for (int i = 0; i < level; i++)
            {
                Assert.Equal(2, slots[i][0] >> 3);
                Assert.Equal(((slots[0][0] >> 1) + i) & 3, (slots[i][0] >> 1) & 3);
                Assert.Equal(0, int.PopCount(slots[i][0]) & 1);
                Assert.Equal(x + (i * 1000 / 256.0 / 0.061), BitConverter.ToInt16(slots[i], 1), 1.0);
            }

            Assert.Contains(slots, slot => slot[0] == 0x11); // as somebody read it in the field: 0x11 >> 3 = 2
            Assert.Equal(0, bench.Chip.Violations.Count);
        }

        [Fact]
        public void Reading_an_empty_fifo_or_part_of_a_slot_is_a_violation()
        {
            var bench = new Iis3dwbBench();
            bench.Run();
            bench.Wait(1);
            bench.ReadMany(0x78, 3);
            Assert.Equal(1, bench.Chip.Violations.Count);
            bench.Send(0x0A, 0x00);
            Assert.All(bench.ReadMany(0x78, 7), value => Assert.Equal(0, value));
            Assert.Equal(2, bench.Chip.Violations.Count);
        }

        [Fact]
        public void Continuous_mode_drops_the_oldest_and_latches_that_it_was_full()
        {
            var bench = new Iis3dwbBench(new CountingSource());
            bench.Run();
            bench.Wait(100);
            byte[] status = bench.ReadMany(0x3A, 2);
            Assert.Equal([0x00, 0x6A], status); // 512 slots, overrun, full, latched; no watermark set
            Assert.True(bench.Chip.SamplesLost > 2000);
            Assert.Equal(bench.Chip.SamplesMade, bench.Chip.SamplesLost + 512);
            bench.Slots(200);
            Assert.Equal(0x09, bench.ReadMany(0x3A, 2)[1]); // it was full until the burst began
            Assert.Equal(0x01, bench.ReadMany(0x3A, 2)[1]);
        }

        [Fact]
        public void Fifo_mode_stops_when_full_and_stays_stopped_until_bypass()
        {
            var bench = new Iis3dwbBench(new CountingSource());
            bench.Run(0x01);
            bench.Wait(60);
            Assert.Equal(512, bench.Level());
            List<byte[]> slots = bench.Slots(512);
            bench.Wait(30);
            Assert.Equal(0, bench.Level());
            for (int i = 1; i < 512; i++)
            {
                Assert.Equal(((slots[0][0] >> 1) + i) & 3, (slots[i][0] >> 1) & 3);
            }

            bench.Send(0x0A, 0x00);
            bench.Send(0x0A, 0x01);
            bench.Wait(5);
            Assert.InRange(bench.Level(), 130, 137);
        }

        [Theory]
        [InlineData(0x03, true, false)] // continuous to FIFO
        [InlineData(0x04, false, true)] // bypass to continuous
        [InlineData(0x07, false, false)] // bypass to FIFO
        public void Modes_3_4_and_7_wait_for_an_event(int mode, bool fillsBefore, bool flowsAfter)
        {
            var bench = new Iis3dwbBench();
            bench.Run((byte)mode);
            bench.Wait(40);
            Assert.Equal(fillsBefore ? 512 : 0, bench.Level());
            if (fillsBefore)
            {
                bench.Slots(512);
                bench.Wait(2);
                Assert.InRange(bench.Level(), 120, 140); // with what came while they were read
            }

            bench.Chip.SignalEvent();
            bench.Wait(40);
            Assert.Equal(512, bench.Level());
            bench.Slots(512);
            bench.Wait(2);
            Assert.Equal(flowsAfter, bench.Level() > 0);
        }

        [Fact]
        public void The_watermark_is_a_flag_and_with_STOP_ON_WTM_the_depth()
        {
            var bench = new Iis3dwbBench();
            bench.Send(0x07, 0x2C, 0x01); // 300
            bench.Send(0x0D, 0x08);
            bench.Run();
            bench.Wait(0.5);
            Assert.Equal((0, false), (bench.ReadMany(0x3A, 2)[1] & 0x80, bench.Chip.InterruptPin(1)));
            bench.Wait(11);
            Assert.Equal((0x80, true, false), (bench.ReadMany(0x3A, 2)[1] & 0x80, bench.Chip.InterruptPin(1), bench.Chip.InterruptPin(2)));
            bench.Send(0x12, 0x24); // active low
            Assert.False(bench.Chip.InterruptPin(1));
            bench.Send(0x0A, 0x00);
            bench.Send(0x08, 0x81);
            bench.Send(0x0A, 0x01);
            bench.Wait(50);
            Assert.Equal(300, bench.Level());
        }

        [Theory]
        [InlineData(0xC6, 12.5, 32, 96)]
        [InlineData(0xC6, 25, 32, 48)]
        [InlineData(0x86, 12.5, 8, 24)]
        [InlineData(0x46, 12.5, 1, 3)] // the check on real hardware: three counts a sample, or one and a half
        [InlineData(0x46, 25, 2, 3)]
        public void Timestamps_come_each_1_8_or_32_samples_and_count_on_the_samples_oscillator(int control, double microseconds, int samples, int counts)
        {
            var options = new Iis3dwbOptions { NoiseFactor = 0, TimestampMicroseconds = microseconds, OutputRateErrorPpm = 31_000, FrequencyTrim = 5 };
            var bench = new Iis3dwbBench(options: options);
            bench.Run((byte)control);
            bench.Wait(6);
            List<byte[]> slots = bench.Slots(bench.Level());
            var stamps = new List<(int Sample, uint Counts)>();
            int sample = 0;
            foreach (byte[] slot in slots)
            {
                Assert.Contains(slot[0] >> 3, new[] { 2, 4 });
                if (slot[0] >> 3 == 4)
                {
                    stamps.Add((sample, BitConverter.ToUInt32(slot, 1)));
                }
                else
                {
                    sample++;
                }
            }

            Assert.True(stamps.Count > 3);
            for (int i = samples == 2 ? 2 : 1; i < stamps.Count; i++)
            {
                int back = samples == 2 ? 2 : 1; // one and a half counts a sample: each second one is three further
                Assert.Equal((samples, (uint)counts), (stamps[i].Sample - stamps[i - back].Sample, stamps[i].Counts - stamps[i - back].Counts));
            }
        }

        [Fact]
        public void The_timestamp_register_counts_when_on_and_starts_anew_with_AAh()
        {
            var bench = new Iis3dwbBench();
            bench.Wait(100);
            Assert.Equal([0, 0, 0, 0], bench.ReadMany(0x40, 4));
            bench.Send(0x19, 0x20);
            bench.Wait(1000);
            Assert.InRange(BitConverter.ToUInt32(bench.ReadMany(0x40, 4)), 79_990u, 80_010u);
            bench.Send(0x42, 0xAA);
            bench.Wait(1);
            Assert.InRange(BitConverter.ToUInt32(bench.ReadMany(0x40, 4)), 78u, 84u);
        }

        [Theory]
        [InlineData(Iis3dwbTagCount.TimeSlot)]
        [InlineData(Iis3dwbTagCount.Zero)]
        [InlineData(Iis3dwbTagCount.EverySlot)]
        public void Other_slots_come_in_front_of_their_sample_and_count_as_the_option_says(Iis3dwbTagCount count)
        {
            var bench = new Iis3dwbBench(options: new Iis3dwbOptions { Celsius = 41.5, OtherTagCount = count });
            bench.Run(0xF6);
            bench.Wait(1);
            var slots = new List<byte[]>();
            while (slots.Count < 2000)
            {
                slots.AddRange(bench.Slots(bench.Level()));
                bench.Wait(10);
            }

            byte[][] temperatures = slots.Where(slot => slot[0] >> 3 == 3).ToArray();
            Assert.InRange(temperatures.Length, 7, 9);
            Assert.All(temperatures, slot => Assert.Equal((41.5 - 25) * 256, BitConverter.ToInt16(slot, 1)));
            Assert.Equal((byte)0x80, bench.Read(0x20));
            Assert.Equal((byte)0x10, bench.Read(0x21));
            for (int i = 1; i < slots.Count; i++)
            {
                int step = ((slots[i][0] >> 1) - (slots[i - 1][0] >> 1)) & 3;
                bool sample = slots[i][0] >> 3 == 2;
                bool afterSample = slots[i - 1][0] >> 3 == 2;
                Assert.Equal(0, int.PopCount(slots[i][0]) & 1);
                if (count == Iis3dwbTagCount.EverySlot)
                {
                    Assert.Equal(1, step);
                }
                else if (count == Iis3dwbTagCount.Zero && !sample)
                {
                    Assert.Equal(0, (slots[i][0] >> 1) & 3);
                }
                else if (count == Iis3dwbTagCount.TimeSlot)
                {
                    Assert.Equal(afterSample ? 1 : 0, step);
                }
            }
        }

        [Theory]
        [InlineData(0xA0, 0x00, 6300)]
        [InlineData(0xA2, 0x00, 6300)] // a quarter of the rate is above the first filter
        [InlineData(0xA2, 0x20, 2666.7)]
        [InlineData(0xA2, 0x40, 1333.3)]
        [InlineData(0xA2, 0x60, 592.6)]
        [InlineData(0xA2, 0x80, 266.7)]
        public void A_sine_at_the_corner_is_3_dB_down_and_noise_is_75_ug_over_the_band(int control1, int control8, double corner)
        {
            double signal = Rms(new ConstantSource().WithSine(corner, 1, 0, 0), 0);
            Assert.Equal(0.5, signal, 0.02);
            double noise = Rms(new ConstantSource(), 1);
            Assert.Equal(75e-6 * Math.Sqrt(corner * 1.1107), noise, 75e-6 * Math.Sqrt(corner) * 0.06);

            double Rms(IVibrationSource source, double noiseFactor)
            {
                var bench = new Iis3dwbBench(source, new Iis3dwbOptions { NoiseFactor = noiseFactor });
                bench.Send(0x17, (byte)control8);
                bench.Run();
                bench.Send(0x10, (byte)control1);
                var g = new List<double>();
                while (g.Count < 2000)
                {
                    bench.Wait(15);
                    g.AddRange(bench.Slots(bench.Level()).Select(slot => BitConverter.ToInt16(slot, 1) * 0.061e-3));
                }

                return Math.Sqrt(g.Average(value => value * value));
            }
        }

        [Theory]
        [InlineData(0x00, 10, 0.009765625)] // 2^-10 g
        [InlineData(0x08, 10, 0.15625)] // 2^-6 g
        public void User_offsets_are_taken_off_where_switched_on(int control6, int digits, double g)
        {
            var bench = new Iis3dwbBench(new ConstantSource().WithAcceleration(0.5, 0.5, 0.5));
            bench.Send(0x15, (byte)control6);
            bench.Send(0x73, (byte)digits, unchecked((byte)-digits), 0);
            bench.Send(0x10, 0xA0);
            bench.Wait(15);
            Assert.Equal(0.5 / 0.061e-3, BitConverter.ToInt16(bench.ReadMany(0x28, 2)), 0.6);
            bench.Send(0x16, 0x02);
            bench.Wait(1);
            byte[] output = bench.ReadMany(0x28, 6);
            Assert.Equal((0.5 - g) / 0.061e-3, BitConverter.ToInt16(output, 0), 0.6);
            Assert.Equal((0.5 + g) / 0.061e-3, BitConverter.ToInt16(output, 2), 0.6);
            Assert.Equal(0.5 / 0.061e-3, BitConverter.ToInt16(output, 4), 0.6);
        }

        [Fact]
        public void Self_test_moves_both_ways_takes_time_and_can_fail_on_an_axis()
        {
            var bench = new Iis3dwbBench(new ConstantSource());
            bench.Chip.Faults.FailedSelfTestAxes = 4;
            bench.Send(0x10, 0xA8);
            bench.Wait(15);
            Assert.Equal(0, X());
            bench.Send(0x14, 0x01);
            bench.Wait(5);
            Assert.InRange(X(), 0.2, 0.7); // not there yet
            bench.Wait(100);
            Assert.Equal(1.6, X(), 0.001);
            bench.Send(0x14, 0x02);
            bench.Wait(100);
            Assert.Equal(-1.6, X(), 0.001);
            Assert.Equal(0, BitConverter.ToInt16(bench.ReadMany(0x2C, 2)));
            bench.Send(0x14, 0x00);
            bench.Wait(100);
            Assert.Equal(0, X());

            double X() => BitConverter.ToInt16(bench.ReadMany(0x28, 2)) * 0.122e-3;
        }

        [Fact]
        public void Faults_of_its_own_swallow_garble_and_slip()
        {
            var bench = new Iis3dwbBench(new CountingSource());
            bench.Run();
            bench.Wait(4);
            int level = bench.Chip.FifoLevel;
            bench.Chip.Swallow(3);
            Assert.Equal(level - 3, bench.Chip.FifoLevel);
            Assert.Equal(3, bench.Chip.SamplesLost);
            bench.Chip.Garble(1, 0, 0x10);
            List<byte[]> slots = bench.Slots(3);
            Assert.Equal([2, 0, 2], slots.Select(slot => slot[0] >> 3));
            bench.Chip.Slip(2);
            byte[] last = slots[2];
            byte[] late = bench.Slots(1)[0];
            Assert.Equal([last[5], last[6]], late[..2]);
            bench.Send(0x0A, 0x00);
            bench.Send(0x0A, 0x06);
            bench.Wait(1);
            Assert.Equal(2, bench.Slots(1)[0][0] >> 3);
        }

        [Fact]
        public void Identity_and_silence_are_faults_as_with_every_chip()
        {
            var bench = new Iis3dwbBench();
            bench.Chip.Faults.WrongIdentity = -1;
            Assert.Equal(0x6B, bench.Read(0x0F));
            bench.Chip.Faults.Clear();
            bench.Chip.Faults.NackNext(1);
            bench.Send(0x09, 0x0A);
            Assert.Equal(0x00, bench.Read(0x09));
            bench.Chip.Faults.StuckMiso = 0x00;
            Assert.Equal(0x00, bench.Read(0x0F));
        }

        [Fact]
        public void The_same_seed_gives_the_same_bytes_whenever_they_are_read()
        {
            Assert.Equal(Run(3), Run(11));

            static byte[] Run(double milliseconds)
            {
                var bench = new Iis3dwbBench(options: new Iis3dwbOptions());
                bench.Run(0xC6);
                bench.Send(0x0A, 0x00);
                bench.Send(0x0A, 0xC6);
                var bytes = new List<byte>();
                while (bytes.Count < 7 * 600)
                {
                    bench.Wait(milliseconds);
                    bytes.AddRange(bench.Slots(bench.Level()).SelectMany(slot => slot));
                }

                return bytes.Take(7 * 600).ToArray();
            }
        }
    }
}
