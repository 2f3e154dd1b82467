using System;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;
using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    public class I2cRegisterBusTests
    {
        private readonly WireBoard _board = new();

        public I2cRegisterBusTests()
        {
            Configuration.SetPinFunction(21, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(22, DeviceFunction.I2C1_CLOCK);
            _board.Take();
        }

        [Fact]
        public void Opening_does_not_talk_to_the_chip()
        {
            I2cRegisterBus bus = Open();
            Assert.Equal("I2C1 0x48", bus.Name);
            Assert.Empty(_board.Take());
        }

        [Fact]
        public void A_read_is_one_transaction_pointer_and_repeated_start()
        {
            I2cRegisterBus bus = Open();
            _board.Answer("010203");
            var buffer = new byte[4];
            bus.Read(0x32, buffer, 3);
            Assert.Equal([1, 2, 3, 0], buffer);
            Assert.Equal(["I2C1 48 400k W32 R3"], _board.Take());
        }

        [Fact]
        public void A_write_is_one_transaction_with_the_pointer_in_front()
        {
            I2cRegisterBus bus = Open();
            bus.Write(0x1E, [0xA1, 0xA2, 0xA3], 2);
            bus.Write(0x2D, 0x08);
            bus.WriteWord(0x05, 0x1234);
            Assert.Equal(["I2C1 48 400k W1EA1A2 R0", "I2C1 48 400k W2D08 R0", "I2C1 48 400k W051234 R0"], _board.Take());
        }

        [Fact]
        public void A_burst_flag_is_set_when_more_than_one_byte_moves()
        {
            var settings = new I2cConnectionSettings(1, 0x18, I2cBusSpeed.FastMode);
            var bus = new I2cRegisterBus(settings, I2cRegisterBus.DefaultLargestWrite, 0x80);
            bus.Read(0x28, new byte[6], 6);
            bus.Read(0x2F);
            bus.Write(0x20, [0x01, 0x02], 2);
            bus.Write(0x20, 0x57);
            Assert.Equal(
                ["I2C1 18 400k WA8 R6", "I2C1 18 400k W2F R1", "I2C1 18 400k WA00102 R0", "I2C1 18 400k W2057 R0"],
                _board.Take());
        }

        [Fact]
        public void A_word_travels_most_significant_byte_first()
        {
            I2cRegisterBus bus = Open();
            _board.Answer("F380");
            Assert.Equal(0xF380, bus.ReadWord(0x00));
            _board.Answer("E5");
            Assert.Equal(0xE5, bus.Read(0x0F));
            Assert.Equal(["I2C1 48 400k W00 R2", "I2C1 48 400k W0F R1"], _board.Take());
        }

        [Theory]
        [InlineData(I2cTransferStatus.SlaveAddressNotAcknowledged, BusStatus.NotAcknowledged)]
        [InlineData(I2cTransferStatus.ClockStretchTimeout, BusStatus.Timeout)]
        [InlineData(I2cTransferStatus.UnknownError, BusStatus.Unknown)]
        [InlineData(I2cTransferStatus.PartialTransfer, BusStatus.NotAcknowledged)] // the firmware reports no partial transfers
        public void Every_failure_is_an_exception_with_bus_register_and_cause(I2cTransferStatus status, BusStatus expected)
        {
            I2cRegisterBus bus = Open();
            _board.Answer("", status);
            Check(Assert.Throws<BusException>(() => bus.Read(0x0F)), 0x0F, expected);
            _board.Answer("", status);
            Check(Assert.Throws<BusException>(() => bus.Write(0x2D, 8)), 0x2D, expected);
        }

        [Fact]
        public void Closed_and_opened_again()
        {
            I2cRegisterBus bus = Open();
            bus.Close();
            bus.Close();
            Check(Assert.Throws<BusException>(() => bus.Read(0x0F)), 0x0F, BusStatus.NotOpen);
            Check(Assert.Throws<BusException>(() => bus.Write(0x0F, 1)), 0x0F, BusStatus.NotOpen);
            bus.Reopen();
            bus.Reopen();
            bus.Read(0x0F);
            Assert.Equal(["I2C1 48 400k W0F R1"], _board.Take());
        }

        [Fact]
        public void A_bus_without_pins_cannot_be_opened()
        {
            Configuration.SetPinFunction(16, DeviceFunction.I2C2_DATA);
            var settings = new I2cConnectionSettings(9, 0x48);
            Assert.Equal(BusStatus.NotOpen, Assert.Throws<BusException>(() => new I2cRegisterBus(settings)).Status);
        }

        [Theory]
        [InlineData(I2cBusSpeed.StandardMode, 290)] // 29 bit times
        [InlineData(I2cBusSpeed.FastMode, 72)]
        [InlineData(I2cBusSpeed.FastModePlus, 29)]
        public void Addressing_takes_its_time(I2cBusSpeed speed, int microseconds)
        {
            Assert.Equal(microseconds, new I2cRegisterBus(new I2cConnectionSettings(1, 0x48, speed)).LeadInMicroseconds);
        }

        [Fact]
        public void The_largest_write_fits()
        {
            var bus = new I2cRegisterBus(new I2cConnectionSettings(1, 0x48), 3);
            bus.Write(0x00, [1, 2, 3], 3);
            Assert.ThrowsAny<Exception>(() => bus.Write(0x00, [1, 2, 3, 4], 4));
            Assert.Equal(["I2C1 48 400k W00010203 R0"], _board.Take());
        }

        private static I2cRegisterBus Open() => new(new I2cConnectionSettings(1, 0x48));

        private static void Check(BusException error, byte register, BusStatus status)
        {
            Assert.Equal(("I2C1 0x48", register, status), (error.Bus, error.Register, error.Status));
            Assert.Contains("0x" + register.ToString("X2"), error.Message);
        }
    }
}
