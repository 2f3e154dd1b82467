using System;
using System.Collections.Generic;
using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using System.Threading;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class BoardFaceTests
    {
        [Fact]
        public void A_transaction_costs_its_wire_time_and_the_overhead()
        {
            using var board = new VirtualEsp32();
            var chip = new VirtualAdxl345(board.Time, new ConstantSource(), 1);
            board.WireSpi(Wire.SpiBus, Wire.ChipSelect, chip);
            board.SpiAt(2_000_000, SpiMode.Mode3, 0x80, 0);
            Assert.Equal(60_000 + (16 * 500), board.Time.Nanoseconds);
            long before = board.Time.Nanoseconds;
            board.TransferI2c(1, 0x11, 100_000, [0x00], []); // nobody there: the address alone
            Assert.Equal(60_000 + (9 * 10_000), board.Time.Nanoseconds - before);
        }

        [Fact]
        public void Reading_the_clock_takes_10_us_so_a_spinning_wait_ends()
        {
            using var board = new VirtualEsp32();
            long end = board.ReadMicroseconds() + 100;
            int turns = 0;
            while (board.ReadMicroseconds() < end)
            {
                turns++;
            }

            Assert.InRange(turns, 8, 10);
        }

        [Fact]
        public void The_crystal_s_error_shows_in_both_clocks()
        {
            using var board = new VirtualEsp32(new VirtualEsp32Options { CrystalErrorPpm = 100 });
            board.UtcNow = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            board.Sleep(10_000_000);
            Assert.Equal(10_001.0, (board.UtcNow - new DateTime(2026, 1, 1)).TotalSeconds, 0.001);
            Assert.Equal(10_001.0, board.ReadMicroseconds() * 1e-6, 0.001);
        }

        [Fact]
        public void Empty_wires_answer_nothing()
        {
            using var board = new VirtualEsp32();
            Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, board.TransferI2c(1, 0x48, 100_000, [0x00], new byte[2]));
            Assert.Equal([0xFF, 0xFF], board.Spi(0x80, 0x00));
        }

        [Fact]
        public void Two_chips_cannot_share_an_address_or_a_chip_select()
        {
            using var board = new VirtualEsp32();
            var bench = new ConstantSource();
            board.WireI2c(1, 0x48, new VirtualTmp117(board.Time, bench, 1));
            board.WireI2c(2, 0x48, new VirtualTmp117(board.Time, bench, 1, "temp2"));
            Assert.Throws<ArgumentException>(() => board.WireI2c(1, 0x48, new VirtualTmp117(board.Time, bench, 1, "temp3")));
            Assert.Throws<ArgumentOutOfRangeException>(() => board.WireI2c(1, 0x80, new VirtualTmp117(board.Time, bench, 1, "temp3")));
            board.WireSpi(1, 5, new VirtualAdxl345(board.Time, bench, 1));
            Assert.Throws<ArgumentException>(() => board.WireSpi(1, 5, new VirtualAdxl345(board.Time, bench, 1, "vib2")));
        }

        [Fact]
        public void Pins_show_what_is_wired_pulled_or_driven()
        {
            using var board = new VirtualEsp32();
            bool pressed = false;
            var driven = new List<(int Pin, bool High)>();
            board.Pins.Driven += (pin, high) => driven.Add((pin, high));
            board.Pins.Wire(0, () => !pressed);
            board.SetPinMode(0, PinMode.InputPullUp);
            board.SetPinMode(4, PinMode.InputPullUp);
            board.SetPinMode(2, PinMode.Output);
            Assert.True(board.ReadPin(0));
            pressed = true;
            Assert.False(board.ReadPin(0));
            Assert.True(board.ReadPin(4));
            board.WritePin(2, true);
            Assert.True(board.ReadPin(2));
            Assert.Equal([(2, true)], driven);
            board.SetPinFunction(21, 0x10200);
            Assert.Equal(0x10200, board.Pins.Function(21));
            Assert.Throws<ArgumentOutOfRangeException>(() => board.ReadPin(64));
        }

        [Fact]
        public void A_timer_calls_in_the_board_s_time_until_it_is_disposed()
        {
            using var board = new VirtualEsp32();
            int calls = 0;
            IDisposable timer = board.StartTimer(1000, 1000, () => Interlocked.Increment(ref calls));
            board.Time.Advance(900_000);
            Thread.Sleep(20);
            Assert.Equal(0, calls);
            for (int i = 0; i < 5; i++)
            {
                board.Sleep(1);
            }

            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref calls) == 5, 2000));
            timer.Dispose();
            board.Sleep(10);
            Thread.Sleep(20);
            Assert.Equal(5, calls);
        }
    }
}
