using System;
using System.Device.Gpio;
using System.Device.Spi;
using nanoFramework.Hardware.Esp32;
using Sensors.Platform.Tests.Scripted;

namespace Sensors.Platform.Tests.Buses
{
    public class SpiTests
    {
        [Fact]
        public void Opening_clocks_four_zero_bytes_with_the_chip_select_active()
        {
            TestBoard board = TestBoard.Start();
            using var device = new SpiDevice(new SpiConnectionSettings(1, 27));
            SpiFrame frame = Assert.Single(board.Frames);
            Assert.Equal(27, frame.ChipSelect);
            Assert.Equal(new byte[4], frame.Sent);
            Assert.Equal(PinMode.Output, board.Modes[27]);
            Assert.Equal(new[] { "pin 27 high", "spi" }, board.Wire);
        }

        [Fact]
        public void All_devices_of_a_bus_share_clock_mode_and_bit_order_of_the_first()
        {
            TestBoard board = TestBoard.Start();
            using var first = new SpiDevice(new SpiConnectionSettings(1, 27) { Mode = SpiMode.Mode3, ClockFrequency = 5_000_000 });
            using var second = new SpiDevice(
                new SpiConnectionSettings(1, 26) { Mode = SpiMode.Mode1, ClockFrequency = 1_000_000, DataFlow = DataFlow.LsbFirst });
            board.Frames.Clear();
            second.TransferFullDuplex(new byte[] { 0x01 }, new byte[1]);
            Assert.Equal(SpiMode.Mode3, board.Frames[0].Mode);
            Assert.Equal(5_000_000, board.Frames[0].ClockHz);
            Assert.Equal(0x01, board.Frames[0].Sent[0]);
        }

        [Fact]
        public void The_settings_of_the_first_hold_until_the_last_device_is_closed()
        {
            TestBoard board = TestBoard.Start();
            var first = new SpiDevice(new SpiConnectionSettings(1, 27) { Mode = SpiMode.Mode3 });
            var second = new SpiDevice(new SpiConnectionSettings(1, 26) { Mode = SpiMode.Mode1 });
            first.Dispose();
            second.WriteByte(1);
            Assert.Equal(SpiMode.Mode3, board.Frames[^1].Mode);
            second.Dispose();
            using var third = new SpiDevice(new SpiConnectionSettings(1, 26) { Mode = SpiMode.Mode1 });
            Assert.Equal(SpiMode.Mode1, board.Frames[^1].Mode);
        }

        [Fact]
        public void The_two_buses_do_not_share()
        {
            TestBoard board = TestBoard.Start();
            AssignSpi2();
            using var first = new SpiDevice(new SpiConnectionSettings(1, 27) { Mode = SpiMode.Mode3 });
            using var second = new SpiDevice(new SpiConnectionSettings(2, 26) { Mode = SpiMode.Mode1 });
            second.WriteByte(1);
            Assert.Equal(SpiMode.Mode1, board.Frames[^1].Mode);
            Assert.Equal(2, board.Frames[^1].Bus);
        }

        [Fact]
        public void A_fourth_device_on_a_bus_is_refused()
        {
            TestBoard.Start();
            using var a = new SpiDevice(new SpiConnectionSettings(1, 27));
            using var b = new SpiDevice(new SpiConnectionSettings(1, 26));
            using var c = new SpiDevice(new SpiConnectionSettings(1, 33));
            Assert.Throws<IndexOutOfRangeException>(() => new SpiDevice(new SpiConnectionSettings(1, 32)));
            b.Dispose();
            using var d = new SpiDevice(new SpiConnectionSettings(1, 32));
        }

        [Fact]
        public void There_is_no_third_bus()
        {
            TestBoard.Start();
            Assert.Throws<ArgumentException>(() => new SpiDevice(new SpiConnectionSettings(3, 27)));
        }

        [Fact]
        public void A_chip_select_taken_on_the_bus_has_its_own_exception()
        {
            TestBoard.Start();
            using var first = new SpiDevice(new SpiConnectionSettings(1, 27));
            Assert.Throws<SpiDeviceAlreadyInUseException>(() => new SpiDevice(new SpiConnectionSettings(1, 27)));
        }

        [Fact]
        public void A_pin_in_use_refuses_the_bus()
        {
            TestBoard.Start();
            using var gpio = new GpioController();
            gpio.OpenPin(23);
            Assert.Throws<ArgumentException>(() => new SpiDevice(new SpiConnectionSettings(1, 27)));
            gpio.ClosePin(23);
            gpio.OpenPin(27);
            Assert.Throws<Exception>(() => new SpiDevice(new SpiConnectionSettings(1, 27)));
            using var other = new SpiDevice(new SpiConnectionSettings(1, 26)); // the failed open left the bus free
        }

        [Fact]
        public void A_chip_select_cannot_be_opened_as_a_gpio_pin()
        {
            TestBoard.Start();
            using var gpio = new GpioController();
            var device = new SpiDevice(new SpiConnectionSettings(1, 27));
            Assert.Throws<InvalidOperationException>(() => gpio.OpenPin(27));
            Assert.Throws<InvalidOperationException>(() => gpio.OpenPin(23));
            device.Dispose();
            gpio.OpenPin(27);
            gpio.OpenPin(23);
        }

        [Fact]
        public void More_than_16384_bytes_in_one_transfer_fail()
        {
            TestBoard.Start();
            using var device = new SpiDevice(new SpiConnectionSettings(1, 27));
            device.TransferFullDuplex(new byte[16384], new byte[16384]);
            Assert.Throws<ArgumentException>(() => device.TransferFullDuplex(new byte[16385], new byte[16385]));
            Assert.Throws<ArgumentException>(() => device.Write(new byte[16385]));
            Assert.Throws<ArgumentException>(() => device.Read(new ushort[8193]));
        }

        [Fact]
        public void Full_duplex_moves_both_ways_at_once()
        {
            TestBoard board = TestBoard.Start();
            using var device = new SpiDevice(new SpiConnectionSettings(1, 27));
            byte[] read = new byte[3];
            device.TransferFullDuplex(new byte[] { 0x80, 0, 1 }, read);
            Assert.Equal(new byte[] { 0x7F, 0xFF, 0xFE }, read);
            Assert.Equal(new byte[] { 0x80, 0, 1 }, board.Frames[^1].Sent);
        }

        [Theory]
        [InlineData(1, 3)]
        [InlineData(3, 1)]
        public void Unequal_lengths_use_the_larger(int write, int read)
        {
            TestBoard board = TestBoard.Start();
            using var device = new SpiDevice(new SpiConnectionSettings(1, 27));
            byte[] sent = new byte[write];
            Array.Fill(sent, (byte)0x55);
            byte[] received = new byte[read];
            device.TransferFullDuplex(sent, received);
            Assert.Equal(3, board.Frames[^1].Sent.Length);
            Assert.Equal(0xAA, received[0]);
        }

        [Fact]
        public void Half_duplex_sends_zeros_while_it_reads_and_drops_what_comes_while_it_writes()
        {
            TestBoard board = TestBoard.Start();
            using var device = new SpiDevice(new SpiConnectionSettings(1, 27));
            byte[] read = new byte[2];
            device.Read(read);
            Assert.Equal(new byte[] { 0xFF, 0xFF }, read);
            Assert.Equal(new byte[2], board.Frames[^1].Sent);
            device.Write(new byte[] { 1, 2, 3 });
            Assert.Equal(new byte[] { 1, 2, 3 }, board.Frames[^1].Sent);
            device.WriteByte(9);
            Assert.Equal(new byte[] { 9 }, board.Frames[^1].Sent);
            Assert.Equal(0xFF, device.ReadByte());
        }

        [Fact]
        public void Half_duplex_16_bit_reads_copy_elements_as_bytes()
        {
            TestBoard board = TestBoard.Start();
            using var device = new SpiDevice(new SpiConnectionSettings(1, 27));
            ushort[] read = new ushort[4];
            device.Read(read);
            Assert.Equal(8, board.Frames[^1].Sent.Length);
            Assert.Equal(new ushort[] { 0xFFFF, 0xFFFF, 0, 0 }, read);
        }

        [Fact]
        public void Full_duplex_needs_a_device_that_was_opened_so()
        {
            TestBoard.Start();
            using var device = new SpiDevice(new SpiConnectionSettings(1, 27) { Configuration = SpiBusConfiguration.HalfDuplex });
            Assert.Throws<InvalidOperationException>(() => device.TransferFullDuplex(new byte[1], new byte[1]));
        }

        [Fact]
        public void Least_significant_bit_first_turns_the_bits_round_on_both_wires()
        {
            TestBoard board = TestBoard.Start();
            using var device = new SpiDevice(new SpiConnectionSettings(1, 27) { DataFlow = DataFlow.LsbFirst });
            byte[] read = new byte[1];
            device.TransferFullDuplex(new byte[] { 0x01 }, read);
            Assert.Equal(0x80, board.Frames[^1].Sent[0]);
            Assert.Equal(0xFE, read[0]);
        }

        [Fact]
        public void A_chip_select_that_is_active_high_goes_high_around_the_transfer()
        {
            TestBoard board = TestBoard.Start();
            using var device = new SpiDevice(new SpiConnectionSettings(1, 27) { ChipSelectLineActiveState = PinValue.High });
            Assert.Equal(new[] { "pin 27 low", "pin 27 high", "spi", "pin 27 low" }, board.Wire);
            Assert.Equal(-1, board.Frames[0].ChipSelect);
        }

        [Fact]
        public void Bus_info_reports_40_MHz_whatever_the_pins_do()
        {
            TestBoard.Start();
            Assert.Equal(40_000_000, SpiDevice.GetBusInfo(1).MaxClockFrequency);
            Assert.Equal(78_125, SpiDevice.GetBusInfo(1).MinClockFrequency);
            Assert.Throws<ArgumentException>(() => SpiDevice.GetBusInfo(9).MaxClockFrequency);
        }

        [Fact]
        public void Settings_start_as_the_package_starts_them()
        {
            var settings = new SpiConnectionSettings(1);
            Assert.Equal(-1, settings.ChipSelectLine);
            Assert.Equal(500_000, settings.ClockFrequency);
            Assert.Equal(8, settings.DataBitLength);
            Assert.Equal(SpiMode.Mode0, settings.Mode);
            Assert.Equal(PinValue.Low, settings.ChipSelectLineActiveState);
        }

        [Fact]
        public void A_transfer_allocates_nothing()
        {
            TestBoard board = TestBoard.Start();
            using var device = new SpiDevice(new SpiConnectionSettings(1, 27));
            board.NotesFrames = false;
            byte[] write = new byte[193];
            byte[] read = new byte[193];
            long allocated = Allocation.Of(() =>
            {
                device.TransferFullDuplex(write, read);
                device.TransferFullDuplex(new SpanByte(write, 0, 1), read);
                device.Write(write);
                device.Read(read);
                device.ReadByte();
                device.WriteByte(1);
            });
            Assert.Equal(0, allocated);
        }

        private static void AssignSpi2()
        {
            Configuration.SetPinFunction(13, DeviceFunction.SPI2_MOSI);
            Configuration.SetPinFunction(12, DeviceFunction.SPI2_MISO);
            Configuration.SetPinFunction(14, DeviceFunction.SPI2_CLOCK);
        }
    }
}
