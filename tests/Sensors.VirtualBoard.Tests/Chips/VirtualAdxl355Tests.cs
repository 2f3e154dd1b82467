using System;
using System.Device.I2c;
using System.Device.Spi;
using System.Linq;

namespace Sensors.VirtualBoard.Tests
{
    /// <summary>What ADXL355 and ADXL357 have in common, on the wire; and the ADXL355's own figures.</summary>
    public sealed class VirtualAdxl355Tests
    {
        [Fact]
        public void Registers_hold_their_reset_values()
        {
            var bench = new Adxl35xBench();
            Assert.Equal([0xAD, 0x1D, 0xED, 0x01, 0x00, 0x00, 0x00, 0x00], bench.Read(0x00, 8));
            Assert.Equal(
                [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x00, 0x60, 0x00, 0x00, 0x81, 0x01, 0x00],
                bench.Read(0x1E, 17));
            Assert.Equal(0, bench.Chip.Violations.Count);
            Assert.Equal(0, bench.Chip.Strays.Count);
        }

        [Fact]
        public void The_address_is_shifted_and_bit_0_reads()
        {
            var bench = new Adxl35xBench();
            Assert.Equal(0xED, bench.Send(0x05, 0x00)[1]); // 02h << 1 | 1
            bench.Send(0x50, 0x03);                        // 28h << 1
            Assert.Equal(0x03, bench.Chip.Peek(0x28));
            bench.Send(0x3C, 0x12, 0x34);                  // two bytes from 1Eh
            Assert.Equal([0x12, 0x34], bench.Read(0x1E, 2));

            // Without the shift, 82h, the way to read an ADXL345's 02h, writes to 41h.
            bench.Send(0x82, 0x00);
            Assert.Contains("0x41", bench.Chip.Violations.Texts.Single());
        }

        [Fact]
        public void An_ESP32_s_opening_frame_is_a_write_to_read_only_registers_and_harmless()
        {
            var bench = new Adxl35xBench();
            bench.Send(0, 0, 0, 0);
            Assert.Equal([0xAD, 0x1D, 0xED], bench.Read(0x00, 3));
            Assert.Equal(0, bench.Chip.Violations.Count);
        }

        [Fact]
        public void Wrong_modes_fast_clocks_and_short_gaps_are_noted()
        {
            var bench = new Adxl35xBench { Mode = SpiMode.Mode3 };
            Assert.NotEqual(0xAD, bench.Read(0x00));
            bench.Mode = SpiMode.Mode0;
            bench.ClockHz = 16_000_000;
            Assert.Equal(0xAD, bench.Read(0x00));
            bench.ClockHz = 10_000_000;
            bench.After(39, 0x01, 0);
            bench.After(40, 0x01, 0);
            string[] texts = bench.Chip.Violations.Texts.ToArray();
            Assert.Equal(3, texts.Length);
            Assert.Contains("Mode3", texts[0]);
            Assert.Contains("16000000 Hz", texts[1]);
            Assert.Contains("40 ns", texts[2]);
        }

        [Theory]
        [InlineData((byte)0x00)]
        [InlineData((byte)0x05)]
        [InlineData((byte)0x11)]
        [InlineData((byte)0x12)]
        [InlineData((byte)0x30)]
        [InlineData((byte)0x40)]
        [InlineData((byte)0x50)]
        public void Read_only_and_reserved_registers_take_no_write(byte register)
        {
            var bench = new Adxl35xBench();
            byte before = bench.Chip.Peek(register);
            bench.Write(register, 0x5A);
            Assert.Equal(before, bench.Chip.Peek(register));
            Assert.Contains("0x" + register.ToString("X2"), bench.Chip.Violations.Texts.Single());
        }

        [Theory]
        [InlineData((byte)0x12)]
        [InlineData((byte)0x1D)]
        [InlineData((byte)0x2F)]
        [InlineData((byte)0x4F)]
        [InlineData((byte)0x55)]
        public void Reserved_registers_read_0_and_are_noted(byte register)
        {
            var bench = new Adxl35xBench();
            Assert.Equal(0, bench.Read(register));
            Assert.Equal(1, bench.Chip.Strays.Count);
        }

        [Theory]
        [InlineData((byte)0x28, (byte)0x0B)] // no such rate
        [InlineData((byte)0x28, (byte)0x70)] // no such high-pass
        [InlineData((byte)0x29, (byte)0)]
        [InlineData((byte)0x29, (byte)97)]
        [InlineData((byte)0x2B, (byte)0x03)]
        [InlineData((byte)0x2C, (byte)0x80)] // no such range
        [InlineData((byte)0x2F, (byte)0x53)] // not the reset code
        public void What_the_data_sheet_does_not_define_is_refused(byte register, byte value)
        {
            var bench = new Adxl35xBench();
            byte before = bench.Chip.Peek(register);
            bench.Write(register, value);
            Assert.Equal(before, bench.Chip.Peek(register));
            Assert.Contains("does not define", bench.Chip.Violations.Texts.Single());
        }

        [Fact]
        public void Reserved_bits_read_0()
        {
            var bench = new Adxl35xBench();
            foreach ((byte register, byte bits) in new (byte, byte)[] { (0x24, 0x07), (0x2C, 0xC3), (0x2E, 0x03), (0x2D, 0x07) })
            {
                bench.Write(register, 0xFF);
                Assert.Equal(bits, bench.Read(register));
            }
        }

        [Theory]
        [InlineData((byte)0x1E, (byte)0x01, false)]
        [InlineData((byte)0x24, (byte)0x01, false)]
        [InlineData((byte)0x28, (byte)0x01, false)]
        [InlineData((byte)0x28, (byte)0x10, true)] // the high-pass may change
        [InlineData((byte)0x28, (byte)0x11, false)]
        [InlineData((byte)0x29, (byte)0x30, false)]
        [InlineData((byte)0x2A, (byte)0x01, true)]
        [InlineData((byte)0x2B, (byte)0x04, false)]
        [InlineData((byte)0x2C, (byte)0x82, false)]
        [InlineData((byte)0x2E, (byte)0x01, true)]
        public void Settings_may_only_be_written_in_standby(byte register, byte value, bool allowed)
        {
            var bench = new Adxl35xBench().Measure();
            bench.Write(register, value);
            Assert.Equal(allowed, bench.Read(register) == value);
            Assert.Equal(allowed ? 0 : 1, bench.Chip.Violations.Count);
        }

        [Fact]
        public void While_its_memory_loads_the_chip_reads_ones_takes_no_write_and_does_not_acknowledge()
        {
            var bench = new Adxl35xBench();
            bench.Write(0x28, 0x05);
            bench.Write(0x2F, 0x52);
            Assert.Equal([0xFF, 0xFF], bench.Read(0x00, 2));
            Assert.False(bench.Chip.Start(false, bench.Time.Nanoseconds));
            bench.Chip.Stop(bench.Time.Nanoseconds);
            bench.Write(0x28, 0x05);
            Assert.Contains("loads its memory", bench.Chip.Violations.Texts.Single());
            bench.WaitMilliseconds(2);
            Assert.Equal(0x10, bench.Read(0x04)); // NVM_BUSY is cleared by a read after the loading
            Assert.Equal(0x00, bench.Read(0x04));
            Assert.Equal(0x00, bench.Read(0x28)); // as after power-on
        }

        [Fact]
        public void A_spoiled_reset_shows_in_the_shadow_registers_and_in_the_data_until_the_next()
        {
            var bench = new Adxl35xBench();
            byte[] shadow = bench.Read(0x50, 5);
            bench.Chip.SpoilResets(1);
            Reset();
            Assert.NotEqual(shadow, bench.Read(0x50, 5));
            bench.Measure().Settled();
            bench.WaitMilliseconds(1);
            Assert.Equal(128_000, Adxl35xBench.Digits(bench.Words(1)[0]));
            Reset();
            Assert.Equal(shadow, bench.Read(0x50, 5));
            Assert.Equal(0, bench.Chip.Violations.Count);

            void Reset()
            {
                bench.Write(0x2F, 0x52);
                bench.WaitMilliseconds(5);
            }
        }

        [Fact]
        public void Fifo_words_carry_20_bits_the_marker_of_X_and_nothing_else()
        {
            Adxl35xBench bench = new Adxl35xBench(new ConstantSource().WithAcceleration(-1, 0.5, 1.25)).Measure().Settled();
            bench.WaitMilliseconds(1);
            int[] words = bench.Words(6);
            Assert.Equal([0xC18001, 0x1F4000, 0x4E2000], words[..3]); // -256000, 128000, 320000, left-justified
            Assert.Equal(words[..3], words[3..]);
            Assert.Equal([0xC1, 0x80, 0x00, 0x1F, 0x40, 0x00, 0x4E, 0x20, 0x00], bench.Read(0x08, 9)); // the data registers have no marker
            Assert.Equal(-256_000, Adxl35xBench.Digits(words[0]));
        }

        [Fact]
        public void An_empty_fifo_says_so_in_every_word()
        {
            Adxl35xBench bench = new Adxl35xBench().Measure(filter: 0x03).Settled(); // 500 Hz
            bench.WaitMilliseconds(2.1);
            Assert.Equal(3, bench.Read(0x05));
            Assert.Equal([0, 0, 0, 2, 2], bench.Words(5).Select(word => word & 0x02 | (word >> 24)));
            Assert.Equal(0, bench.Read(0x05));
        }

        [Fact]
        public void Each_third_byte_of_a_burst_takes_a_word_and_a_new_transaction_begins_a_word()
        {
            Adxl35xBench bench = new Adxl35xBench(new SteppingSource()).Measure().Settled();
            bench.WaitMilliseconds(2);
            int entries = bench.Read(0x05);
            bench.Words(4);
            Assert.InRange(bench.Read(0x05), entries - 4, entries - 4 + 3);
            Assert.Equal(0, bench.Chip.Violations.Count);
            entries = bench.Read(0x05);
            bench.Read(0x11, 4); // two words are touched
            Assert.InRange(bench.Read(0x05), entries - 2, entries - 2 + 3);
            Assert.Contains("inside a word", bench.Chip.Violations.Texts.Single());
            Assert.Equal(1, bench.Words(1)[0] & 1); // 4 + 2 words gone: X again
        }

        [Fact]
        public void A_burst_from_below_reads_zeros_at_FIFO_DATA_goes_on_and_is_noted()
        {
            Adxl35xBench bench = new Adxl35xBench().Measure().Settled();
            bench.WaitMilliseconds(1);
            int entries = bench.Read(0x05);
            Assert.Equal(0, bench.Read(0x10, 2)[1]);
            Assert.InRange(bench.Read(0x05), entries, entries + 3);
            Assert.Contains("contradicts itself", bench.Chip.Violations.Texts.Single());
        }

        [Fact]
        public void A_stream_is_read_without_a_gap()
        {
            Adxl35xBench bench = new Adxl35xBench(new SteppingSource()).Measure().Settled();
            long lost = bench.Chip.SamplesLost; // while settling
            var samples = bench.Samples(3000);
            for (int i = 1; i < samples.Count; i++)
            {
                int step = samples[i][0] - samples[i - 1][0];
                Assert.Contains(step, new[] { 256, -999 * 256 });
                Assert.Equal(samples[i][0], -samples[i][1]); // X and Y of one sample
            }

            Assert.Equal(lost, bench.Chip.SamplesLost);
            Assert.Equal(0, bench.Chip.Violations.Count);
        }

        [Fact]
        public void A_full_fifo_holds_96_words_drops_the_oldest_and_says_so_until_status_is_read()
        {
            Adxl35xBench bench = new Adxl35xBench(new SteppingSource()).Measure().Settled();
            long made = bench.Chip.SamplesMade;
            long lost = bench.Chip.SamplesLost;
            bench.WaitMilliseconds(1000); // 4000 samples, far more than one batch
            Assert.Equal([0x07, 96], bench.Read(0x04, 2)); // DATA_RDY, FIFO_FULL, FIFO_OVR
            bench.After(200, 0x01, 0);
            int[] words = bench.Words(96);
            Assert.All(words, (word, i) => Assert.Equal(i % 3 == 0 ? 1 : 0, word & 1));
            Assert.Equal(0, bench.Read(0x04) & 0x06);
            Assert.InRange(bench.Chip.SamplesMade - made - 32 - (bench.Chip.SamplesLost - lost), 0, 1);
        }

        [Fact]
        public void Words_of_a_sample_enter_one_after_the_other()
        {
            var options = new Adxl35xOptions { NoiseFactor = 0, WordMicroseconds = 50 };
            Adxl35xBench bench = new Adxl35xBench(options: options).Measure(filter: 0x02).Settled();
            var seen = new System.Collections.Generic.HashSet<int>();
            for (int i = 0; i < 2000; i++)
            {
                bench.WaitMilliseconds(0.01);
                seen.Add(bench.Read(0x05) % 3);
                bench.Words(bench.Read(0x05) / 3 * 3);
            }

            Assert.Equal([0, 1, 2], seen.Order());
        }

        [Fact]
        public void Data_ready_is_cleared_by_reading_status_only()
        {
            Adxl35xBench bench = new Adxl35xBench().Measure(filter: 0x05).Settled(); // 125 Hz
            bench.WaitMilliseconds(9);
            bench.Read(0x08, 9);
            Assert.Equal(0x01, bench.Read(0x04));
            Assert.Equal(0x00, bench.Read(0x04));
            bench.Chip.SignalActivity();
            Assert.Equal(0x08, bench.Read(0x04));
            Assert.Equal(0x00, bench.Read(0x04));
        }

        [Fact]
        public void The_watermark_shows_at_the_pin_it_is_mapped_to_in_the_polarity_chosen()
        {
            var bench = new Adxl35xBench();
            bench.Write(0x29, 9);
            bench.Write(0x2A, 0x20); // FULL_EN2
            bench.Measure(filter: 0x03, range: 0xC1).Settled();
            Assert.False(bench.Chip.InterruptPin(2));
            bench.WaitMilliseconds(6.1);
            Assert.True(bench.Chip.InterruptPin(2));
            Assert.False(bench.Chip.InterruptPin(1));
            bench.Words(3);
            Assert.False(bench.Chip.InterruptPin(2));
            bench.Write(0x2D, 0x01);
            bench.Write(0x2C, 0x81); // active low
            Assert.True(bench.Chip.InterruptPin(2));
        }

        [Fact]
        public void Standby_empties_the_fifo_and_stops()
        {
            Adxl35xBench bench = new Adxl35xBench().Measure().Settled();
            bench.WaitMilliseconds(100);
            bench.Write(0x2D, 0x01);
            Assert.Equal([0x00, 0x00], bench.Read(0x04, 2));
            bench.WaitMilliseconds(100);
            Assert.Equal([0x00, 0x00], bench.Read(0x04, 2));
            bench.Write(0x2D, 0x00);
            bench.WaitMilliseconds(1.1);
            Assert.Equal(12, bench.Read(0x05));
        }

        [Fact]
        public void The_output_settles_for_10_ms_after_standby()
        {
            Adxl35xBench bench = new Adxl35xBench(new ConstantSource()).Measure();
            bench.WaitMilliseconds(11);
            int[] first = bench.Words(96);
            int[] x = first.Where((_, i) => i % 3 == 0).Select(Adxl35xBench.Digits).ToArray();
            Assert.InRange(x[0], 256, 20 * 256); // more than 1 mg
            Assert.True(x[0] > x[20]);
            bench.WaitMilliseconds(1);
            Assert.Equal(0, Adxl35xBench.Digits(bench.Words(1)[0]));
        }

        [Theory]
        [InlineData((byte)0x81, 0.5, 128_000)]
        [InlineData((byte)0x82, 0.5, 64_000)]
        [InlineData((byte)0x83, 0.5, 32_000)]
        [InlineData((byte)0x01, -1, -256_000)] // the speed bit of I2C has no part in it
        [InlineData((byte)0x81, 2.04, 522_240)]
        [InlineData((byte)0x81, 3, 524_287)]
        [InlineData((byte)0x83, -9, -524_288)]
        public void A_range_sets_weight_and_ends(byte range, double g, int digits)
        {
            Adxl35xBench bench = new Adxl35xBench(new ConstantSource().WithAcceleration(g, 0, 0)).Measure(range: range).Settled();
            bench.WaitMilliseconds(1);
            Assert.Equal(digits, Adxl35xBench.Digits(bench.Words(1)[0]), 1.0);
        }

        [Theory]
        [InlineData(0, 4000)]
        [InlineData(1, 2000)]
        [InlineData(3, 500)]
        [InlineData(6, 62.5)]
        [InlineData(10, 3.90625)]
        public void Each_rate_code_halves_the_rate(byte code, double hertz)
        {
            Adxl35xBench bench = new Adxl35xBench().Measure(filter: code);
            Assert.Equal(hertz, bench.Chip.ActualRateHertz);
            bench.WaitMilliseconds(10_010 / hertz);
            bench.Read(0x05);
            Assert.Equal(10, bench.Chip.SamplesMade);
        }

        [Fact]
        public void The_clock_runs_as_fast_as_the_part_and_its_fault()
        {
            Adxl35xBench bench = new Adxl35xBench(options: new Adxl35xOptions { OutputRateErrorPpm = 20_000 }).Measure();
            Assert.Equal(4080, bench.Chip.ActualRateHertz, 1e-6);
            bench.Chip.Faults.RateErrorPercent = -10;
            Assert.Equal(3672, bench.Chip.ActualRateHertz, 1e-6);
        }

        [Fact]
        public void Offset_registers_weigh_16_digits_and_are_added_last()
        {
            var bench = new Adxl35xBench();
            bench.Send(0x3C, 0x00, 0x01, 0xFF, 0xFF, 0x80, 0x00); // 1Eh: +1, -1, -32768
            bench.Measure().Settled();
            bench.WaitMilliseconds(1);
            Assert.Equal([16, -16, 256_000 - 524_288], bench.Words(3).Select(Adxl35xBench.Digits));
        }

        [Theory]
        [InlineData(50, 1.0)]
        [InlineData(500, 0.9701)]
        [InlineData(1000, 0.7071)]
        [InlineData(2000, 0.2425)]
        public void A_sine_comes_through_as_the_stated_response_says(double hertz, double gain)
        {
            Adxl35xBench bench = new Adxl35xBench(new ConstantSource().WithSine(hertz + 0.5, 1, 0, 0)).Measure().Settled();
            double[] g = bench.Samples(16_000).Select(sample => sample[0] / 256_000.0).ToArray();
            Assert.Equal(gain / Math.Sqrt(2), Deviation(g), gain * 0.01);
        }

        [Theory]
        [InlineData(1, 9.88, 0.7071)]
        [InlineData(1, 98.8, 0.995)]
        [InlineData(1, 1.976, 0.196)]
        [InlineData(2, 2.483, 0.7071)]
        [InlineData(3, 0.6218, 0.7071)]
        public void The_high_pass_is_of_first_order_at_a_part_of_the_rate(byte code, double hertz, double gain)
        {
            Adxl35xBench bench = new Adxl35xBench(new ConstantSource().WithAcceleration(0.7, 0, 0).WithSine(hertz, 1, 0, 0))
                .Measure(filter: (byte)(code << 4)).Settled();
            bench.Samples((int)(3 * 4000 / hertz)); // what is constant dies out
            double periods = Math.Max(4, Math.Round(hertz));
            double[] g = bench.Samples((int)(periods * 4000 / hertz)).Select(sample => sample[0] / 256_000.0).ToArray();
            Assert.Equal(gain / Math.Sqrt(2), Deviation(g), 0.01);
            Assert.Equal(0, g.Average(), 0.02);
        }

        [Theory]
        [InlineData((byte)0x00, 4000)]
        [InlineData((byte)0x03, 500)]
        public void Noise_has_the_typical_density(byte filter, double hertz)
        {
            Adxl35xBench bench = new Adxl35xBench(options: new Adxl35xOptions()).Measure(filter, 0x83).Settled();
            double[] g = bench.Samples(3000).Select(sample => sample[1] / 64_000.0).ToArray();
            double expected = 22.5e-6 * Math.Sqrt(hertz / 2);
            Assert.Equal(expected, Deviation(g), expected * 0.06);
        }

        [Theory]
        [InlineData(25, 1885)]
        [InlineData(36, 1785)] // 1785.45
        [InlineData(-40, 2473)]
        public void Temperature_falls_9_05_digits_per_degree_from_1885(double celsius, int digits)
        {
            var options = new Adxl35xOptions { Temperature = new ConstantSource { Celsius = celsius } };
            var bench = new Adxl35xBench(options: options);
            Assert.Equal([0, 0], bench.Read(0x06, 2)); // standby: no conversion yet
            bench.Measure().Settled();
            Assert.Equal([(byte)(digits >> 8), (byte)digits], bench.Read(0x06, 2));
        }

        [Fact]
        public void Temperature_can_change_between_its_bytes_and_stands_when_off()
        {
            var warming = new ConstantSource { Celsius = 35.77 }; // 1788: 6FCh
            Adxl35xBench bench = new Adxl35xBench(options: new Adxl35xOptions { Temperature = warming }).Measure().Settled();
            byte high = bench.Read(0x06);
            warming.Celsius = 35.2; // 1793: 701h
            Assert.Equal(0x601, (high << 8) | bench.Read(0x07)); // a value that never was
            bench.Write(0x2D, 0x02); // TEMP_OFF
            warming.Celsius = 0;
            Assert.Equal([0x07, 0x01], bench.Read(0x06, 2));
        }

        [Theory]
        [InlineData(0, 0.3, 0.3, 1.5)]
        [InlineData(5, 0, 0.3, 0)]
        public void The_self_test_force_acts_with_both_bits(int failed, double x, double y, double z)
        {
            Adxl35xBench bench = new Adxl35xBench(new ConstantSource()).Measure(range: 0x83).Settled();
            bench.Chip.Faults.FailedSelfTestAxes = failed;
            bench.Write(0x2E, 0x01);
            bench.WaitMilliseconds(2);
            Assert.Equal([0, 0, 0], bench.Samples(4)[3]);
            bench.Write(0x2E, 0x03);
            bench.WaitMilliseconds(8);
            bench.Words(96);
            int[] pushed = bench.Samples(4)[3];
            Assert.Equal([(int)(x * 64_000), (int)(y * 64_000), (int)(z * 64_000)], pushed);
        }

        [Fact]
        public void Faults_show_on_the_wire()
        {
            var bench = new Adxl35xBench();
            bench.Chip.Faults.WrongIdentity = -1;
            Assert.Equal(0xE9, bench.Read(0x02)); // an ADXL359
            bench.Chip.Faults.Clear();
            bench.Chip.Faults.NackNext(1);
            Assert.Equal(0xFF, bench.Read(0x02));
            bench.Measure().Settled();
            bench.Chip.LosesMarkers = true;
            bench.WaitMilliseconds(1);
            Assert.All(bench.Words(9), word => Assert.Equal(0, word & 1));
            bench.Chip.LosesMarkers = false;
            bench.Words(96);
            bench.WaitMilliseconds(1);
            bench.Chip.LoseWords(1);
            Assert.Equal([0, 0, 1], bench.Words(3).Select(word => word & 1));
        }

        [Fact]
        public void A_brown_out_leaves_reset_values()
        {
            Adxl35xBench bench = new Adxl35xBench().Measure(filter: 0x03, range: 0x82);
            bench.Chip.BrownOut();
            bench.WaitMilliseconds(10);
            Assert.Equal([0x00, 0x60, 0x00, 0x00, 0x81, 0x01], bench.Read(0x28, 6));
            Assert.Equal(0, bench.Chip.SamplesMade);
        }

        [Fact]
        public void On_I2C_a_burst_stays_at_the_fifo_too()
        {
            using var board = new VirtualEsp32();
            var chip = new VirtualAdxl355(board.Time, new ConstantSource().WithAcceleration(0, 0, 1), 1, options: new Adxl35xOptions { NoiseFactor = 0 });
            board.WireI2c(Wire.I2cBus, 0x1D, chip);
            Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, board.TransferI2c(Wire.I2cBus, 0x1D, 400_000, [0x28, 0x03], []));
            board.Sleep(10);
            Assert.Equal(I2cTransferStatus.FullTransfer, board.TransferI2c(Wire.I2cBus, 0x1D, 400_000, [0x28, 0x03], []));
            board.TransferI2c(Wire.I2cBus, 0x1D, 400_000, [0x2D, 0x00], []);
            board.Sleep(60);
            board.TransferI2c(Wire.I2cBus, 0x1D, 400_000, [0x11], new byte[9 * 8]); // still settling
            var words = new byte[9];
            board.TransferI2c(Wire.I2cBus, 0x1D, 400_000, [0x11], words);
            Assert.Equal(0x01, words[2]);
            Assert.Equal([0x3E, 0x80, 0x00], words[6..]);
            Assert.Equal(0, chip.Violations.Count);
        }

        private static double Deviation(double[] values)
        {
            double mean = values.Average();
            return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        }
    }
}
