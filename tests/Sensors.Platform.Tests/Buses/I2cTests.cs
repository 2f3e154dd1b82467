using System;
using System.Device.Gpio;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;
using NanoFramework.Pc;
using Sensors.Platform.Tests.Scripted;

namespace Sensors.Platform.Tests.Buses
{
    public class I2cTests
    {
        [Fact]
        public void A_missing_chip_is_a_status_not_an_exception()
        {
            TestBoard board = TestBoard.Start();
            board.OnI2c = (_, _, _, _) => I2cTransferStatus.SlaveAddressNotAcknowledged;
            using var device = new I2cDevice(new I2cConnectionSettings(1, 0x48));
            I2cTransferResult result = device.WriteRead(new byte[] { 0 }, new byte[2]);
            Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, result.Status);
            Assert.Equal(0u, result.BytesTransferred);
        }

        [Fact]
        public void A_stuck_clock_is_a_status_too()
        {
            TestBoard.Start().OnI2c = (_, _, _, _) => I2cTransferStatus.ClockStretchTimeout;
            using var device = new I2cDevice(new I2cConnectionSettings(1, 0x48));
            Assert.Equal(I2cTransferStatus.ClockStretchTimeout, device.Write(new byte[] { 1 }).Status);
        }

        [Fact]
        public void A_partial_transfer_is_never_told()
        {
            TestBoard.Start().OnI2c = (_, _, _, _) => I2cTransferStatus.PartialTransfer;
            using var device = new I2cDevice(new I2cConnectionSettings(1, 0x48));
            I2cTransferResult result = device.Write(new byte[] { 1, 2, 3 });
            Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, result.Status);
            Assert.Equal(0u, result.BytesTransferred);
        }

        [Fact]
        public void A_good_transfer_counts_the_bytes_of_both_directions()
        {
            TestBoard board = TestBoard.Start();
            board.OnI2c = (bus, address, write, read) =>
            {
                Assert.Equal(2, bus);
                Assert.Equal(0x76, address);
                Assert.Equal(new byte[] { 0xD0 }, write.ToArray());
                read.Fill(0x60);
                return I2cTransferStatus.FullTransfer;
            };
            using var device = new I2cDevice(new I2cConnectionSettings(2, 0x76));
            byte[] buffer = new byte[4];
            I2cTransferResult result = device.WriteRead(new byte[] { 0xD0 }, new SpanByte(buffer, 1, 2));
            Assert.Equal(3u, result.BytesTransferred);
            Assert.Equal(new byte[] { 0, 0x60, 0x60, 0 }, buffer);
        }

        [Fact]
        public void ReadByte_hides_the_status_and_gives_back_the_old_byte()
        {
            TestBoard board = TestBoard.Start();
            board.OnI2c = (_, _, _, read) =>
            {
                read.Fill(0x33);
                return I2cTransferStatus.FullTransfer;
            };
            using var device = new I2cDevice(new I2cConnectionSettings(1, 0x19));
            Assert.Equal(0x33, device.ReadByte());
            board.OnI2c = (_, _, _, _) => I2cTransferStatus.SlaveAddressNotAcknowledged;
            Assert.Equal(0x33, device.ReadByte());
        }

        [Fact]
        public void A_write_of_nothing_does_nothing_and_finds_no_chip()
        {
            TestBoard board = TestBoard.Start();
            board.OnI2c = (_, _, _, _) => I2cTransferStatus.SlaveAddressNotAcknowledged;
            using var device = new I2cDevice(new I2cConnectionSettings(1, 0x48));
            Assert.Equal(I2cTransferStatus.FullTransfer, device.Write(Array.Empty<byte>()).Status);
            Assert.Equal(0, board.I2cTransfers);
        }

        [Theory]
        [InlineData(I2cBusSpeed.StandardMode, 100_000)]
        [InlineData(I2cBusSpeed.FastMode, 400_000)]
        [InlineData(I2cBusSpeed.FastModePlus, 1_000_000)]
        public void The_last_device_created_sets_the_speed_for_all(I2cBusSpeed speed, int hertz)
        {
            TestBoard board = TestBoard.Start();
            using var first = new I2cDevice(new I2cConnectionSettings(1, 0x48));
            first.WriteByte(0);
            Assert.Equal(400_000, board.LastI2cClock);
            using var second = new I2cDevice(new I2cConnectionSettings(1, 0x49, speed));
            first.WriteByte(0);
            Assert.Equal(hertz, board.LastI2cClock);
        }

        [Fact]
        public void The_speed_of_one_bus_is_nothing_to_the_other()
        {
            TestBoard board = TestBoard.Start();
            using var first = new I2cDevice(new I2cConnectionSettings(1, 0x48));
            using var second = new I2cDevice(new I2cConnectionSettings(2, 0x48, I2cBusSpeed.StandardMode));
            first.WriteByte(0);
            Assert.Equal(400_000, board.LastI2cClock);
        }

        [Fact]
        public void A_pin_in_use_refuses_the_device_with_a_plain_exception()
        {
            TestBoard.Start();
            using var gpio = new GpioController();
            gpio.OpenPin(18);
            Exception error = Assert.Throws<Exception>(() => new I2cDevice(new I2cConnectionSettings(1, 0x48)));
            Assert.Contains("18", error.Message, StringComparison.Ordinal);
        }

        [Fact]
        public void The_same_address_may_be_opened_twice()
        {
            TestBoard board = TestBoard.Start();
            using var first = new I2cDevice(new I2cConnectionSettings(1, 0x48));
            using var second = new I2cDevice(new I2cConnectionSettings(1, 0x48));
            second.Dispose();
            first.WriteByte(1);
            Assert.Equal(1, board.I2cTransfers);
        }

        [Fact]
        public void A_bus_that_does_not_exist_is_an_argument_error()
        {
            TestBoard.Start("ESP32_C3");
            Assert.Throws<ArgumentException>(() => new I2cDevice(new I2cConnectionSettings(2, 0x48)));
            Assert.Throws<ArgumentException>(() => new I2cDevice(new I2cConnectionSettings(0, 0x48)));
        }

        [Fact]
        public void Pins_must_be_assigned_before_opening_where_a_target_has_none()
        {
            TestBoard board = TestBoard.Start("ESP32_S3_QUAD");
            Assert.Throws<Exception>(() => new I2cDevice(new I2cConnectionSettings(1, 0x48)));
            Configuration.SetPinFunction(8, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(9, DeviceFunction.I2C1_CLOCK);
            using var device = new I2cDevice(new I2cConnectionSettings(1, 0x48));
            Assert.Equal((8, (int)DeviceFunction.I2C1_DATA), board.Functions[0]);
        }

        [Fact]
        public void A_closed_device_is_refused_when_it_was_the_last()
        {
            TestBoard.Start();
            var device = new I2cDevice(new I2cConnectionSettings(1, 0x48));
            device.Dispose();
            device.Dispose();
            Assert.Throws<InvalidOperationException>(() => device.WriteByte(0));
        }

        [Fact]
        public void A_transfer_allocates_nothing()
        {
            TestBoard.Start();
            using var device = new I2cDevice(new I2cConnectionSettings(1, 0x48));
            byte[] write = new byte[1];
            byte[] read = new byte[192];
            long allocated = Allocation.Of(() =>
            {
                device.WriteRead(write, new SpanByte(read, 0, 192));
                device.WriteByte(1);
                device.ReadByte();
            });
            Assert.Equal(0, allocated);
        }

        [Fact]
        public void A_board_without_power_ends_the_caller()
        {
            TestBoard board = TestBoard.Start();
            using var device = new I2cDevice(new I2cConnectionSettings(1, 0x48));
            board.PowerOff();
            Assert.Throws<BoardOffException>(() => device.WriteByte(0));
            Assert.Throws<BoardOffException>(() => new I2cDevice(new I2cConnectionSettings(1, 0x49)));
        }
    }
}
