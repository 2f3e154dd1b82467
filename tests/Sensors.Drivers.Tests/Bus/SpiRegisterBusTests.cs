using System;
using System.Device.Spi;
using nanoFramework.Hardware.Esp32;
using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    public class SpiRegisterBusTests
    {
        private readonly WireBoard _board = new();

        public SpiRegisterBusTests()
        {
            Configuration.SetPinFunction(14, DeviceFunction.SPI1_CLOCK);
            Configuration.SetPinFunction(13, DeviceFunction.SPI1_MOSI);
            Configuration.SetPinFunction(27, DeviceFunction.SPI1_MISO);
            _board.Take();
        }

        [Fact]
        public void A_read_is_one_full_duplex_frame_behind_the_command_byte()
        {
            SpiRegisterBus bus = Open(new SpiProfile(SpiMode.Mode3, 5_000_000, 0x80, 0x40, 0, 6));
            Assert.Equal("SPI1 CS33", bus.Name);
            _board.Answer("FF010203040506");
            var buffer = new byte[7];
            bus.Read(0x32, buffer, 6);
            Assert.Equal([1, 2, 3, 4, 5, 6, 0], buffer);
            _board.Answer("FFE5");
            Assert.Equal(0xE5, bus.Read(0x00));
            string[] frames = _board.Take();
            Assert.Equal("SPI1 CS33 mode3 5000k F2000000000000", frames[0]); // read and multi-byte bit
            Assert.StartsWith("SPI1 CS33 mode3 5000k 80", frames[1]); // a single byte needs no multi-byte bit
            Assert.Equal("SPI1 CS33 mode3 5000k ".Length + 4, frames[1].Length);
        }

        [Fact]
        public void A_write_carries_no_read_flag()
        {
            SpiRegisterBus bus = Open(new SpiProfile(SpiMode.Mode3, 5_000_000, 0x80, 0x40, 0, 6));
            bus.Write(0x2D, 0x08);
            bus.Write(0x1E, [0xA1, 0xA2], 2);
            Assert.Equal(["SPI1 CS33 mode3 5000k 2D08", "SPI1 CS33 mode3 5000k 5EA1A2"], _board.Take());
        }

        [Fact]
        public void The_address_may_be_shifted_and_the_flag_low()
        {
            SpiRegisterBus bus = Open(new SpiProfile(SpiMode.Mode0, 10_000_000, 0x01, 0x00, 1)); // ADXL355
            bus.Read(0x08, new byte[9], 9);
            bus.Write(0x2F, 0x52);
            string[] frames = _board.Take();
            Assert.Equal("SPI1 CS33 mode0 10000k 11000000000000000000", frames[0]);
            Assert.Equal("SPI1 CS33 mode0 10000k 5E52", frames[1]);
        }

        [Fact]
        public void The_flag_may_mark_writes()
        {
            var profile = SpiProfile.WithWriteFlag(SpiMode.Mode3, 5_000_000, 0x80, 8); // MAX31865
            Assert.Equal((0x00, 0x80, 1, 8), (profile.ReadFlag, profile.WriteFlag, profile.CommandBytes, profile.LargestBurst));
            SpiRegisterBus bus = Open(profile);
            _board.Answer("FF0102");
            Assert.Equal(0x0102, bus.ReadWord(0x01));
            bus.Write(0x03, [0xA1, 0xA2, 0xA3], 3);
            Assert.Equal(["SPI1 CS33 mode3 5000k 010000", "SPI1 CS33 mode3 5000k 83A1A2A3"], _board.Take());
        }

        [Fact]
        public void A_chip_without_registers_gets_no_command_byte()
        {
            var profile = SpiProfile.WithoutCommand(SpiMode.Mode0, 5_000_000, 4); // MAX31855
            Assert.Equal((0, 4), (profile.CommandBytes, profile.LargestBurst));
            SpiRegisterBus bus = Open(profile);
            Assert.Equal(0, bus.LeadInMicroseconds);
            _board.Answer("01901900");
            var buffer = new byte[4];
            bus.Read(0, buffer, 4);
            Assert.Equal([0x01, 0x90, 0x19, 0x00], buffer); // the first byte is data already
            Assert.Equal(["SPI1 CS33 mode0 5000k 00000000"], _board.Take());
            Assert.ThrowsAny<Exception>(() => bus.Read(0, new byte[5], 5));
        }

        [Fact]
        public void The_profile_says_how_long_a_burst_may_be()
        {
            SpiRegisterBus bus = Open(new SpiProfile(SpiMode.Mode3, 8_000_000, 0x80, 0, 0, 3584)); // a whole FIFO of an IIS3DWB
            bus.Read(0x78, new byte[3584], 3584);
            Assert.ThrowsAny<Exception>(() => bus.Read(0x78, new byte[3585], 3585));
            Assert.Equal(16, SpiProfile.DefaultLargestBurst);
            Assert.Throws<ArgumentOutOfRangeException>(() => Open(new SpiProfile(SpiMode.Mode3, 1, 0, 0, 0, 0)));
            Assert.Throws<ArgumentOutOfRangeException>(() => Open(new SpiProfile(SpiMode.Mode3, 1, 0, 0, 0, 16384))); // with the command 16,385
        }

        [Fact]
        public void Closed_and_opened_again()
        {
            SpiRegisterBus bus = Open(new SpiProfile(SpiMode.Mode3, 5_000_000, 0x80, 0x40, 0));
            bus.Close();
            bus.Close();
            BusException error = Assert.Throws<BusException>(() => bus.Read(0x0F));
            Assert.Equal(("SPI1 CS33", (byte)0x0F, BusStatus.NotOpen), (error.Bus, error.Register, error.Status));
            bus.Reopen();
            bus.Reopen();
            _board.Take();
            bus.Read(0x0F);
            Assert.Single(_board.Take());
        }

        [Fact]
        public void A_chip_select_in_use_cannot_be_opened()
        {
            var profile = new SpiProfile(SpiMode.Mode3, 5_000_000, 0x80, 0x40, 0);
            Open(profile);
            Assert.Equal(BusStatus.NotOpen, Assert.Throws<BusException>(() => Open(profile)).Status);
            Assert.Equal(BusStatus.NotOpen, Assert.Throws<BusException>(() => new SpiRegisterBus(2, 33, profile)).Status);
        }

        [Theory]
        [InlineData(5_000_000, 1)]
        [InlineData(1_600_000, 5)]
        [InlineData(10_000_000, 0)]
        public void Addressing_takes_its_time(int clockHz, int microseconds)
        {
            Assert.Equal(microseconds, Open(new SpiProfile(SpiMode.Mode0, clockHz, 0x80, 0, 0)).LeadInMicroseconds);
        }

        private SpiRegisterBus Open(SpiProfile profile)
        {
            var bus = new SpiRegisterBus(1, 33, profile);
            _board.Take(); // opening clocks zeros into the chip: the firmware's doing
            return bus;
        }
    }
}
