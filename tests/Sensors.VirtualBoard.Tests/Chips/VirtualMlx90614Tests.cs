using System;
using System.Device.I2c;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualMlx90614Tests : IDisposable
    {
        private const int Address = 0x5A;
        private const int Clock = 100_000;
        private readonly VirtualEsp32 _board = new(new VirtualEsp32Options { TransactionOverheadMicroseconds = 0 });
        private readonly ConstantAir _surface = new() { Celsius = 60 };
        private readonly ConstantAir _housing = new() { Celsius = 25 };
        private readonly VirtualMlx90614 _chip;

        public VirtualMlx90614Tests()
        {
            _chip = new VirtualMlx90614(_board.Time, _surface, _housing, 1, options: new Mlx90614Options { NoiseCelsius = 0 });
            _board.WireI2c(Wire.I2cBus, Address, _chip);
            _board.Sleep(300);
        }

        public void Dispose() => _board.Dispose();

        [Fact] // the data sheet's read word: SA 5Ah, command 07h, D2h 3Ah, PEC 30h
        public void The_data_sheet_s_read_word_comes_with_its_error_code()
        {
            _surface.Celsius = (0x3AD2 * 0.02) - 273.15;
            _board.Sleep(100);
            Assert.Equal([0xD2, 0x3A, 0x30], Read(0x07));
        }

        [Theory] // 0.02 K per digit, and the ends of the ranges
        [InlineData(-70.01, 0x27AD)]
        [InlineData(-100, 0x27AD)]
        [InlineData(382.19, 0x7FFF)]
        [InlineData(500, 0x7FFF)]
        [InlineData(0.01, 0x355A)]
        [InlineData(-0.01, 0x3559)]
        [InlineData(-20.01, 0x3171)]
        public void Object_temperatures_have_their_words(double celsius, int word)
        {
            _surface.Celsius = celsius;
            _board.Sleep(100);
            Assert.Equal(word, Word(0x07));
            Assert.Equal(word, Word(0x08));
        }

        [Theory]
        [InlineData(-38.19, 0x2DE4)]
        [InlineData(-60, 0x2DE4)]
        [InlineData(125, 0x4DC4)]
        [InlineData(200, 0x4DC4)]
        [InlineData(25, 0x3A3C)]
        public void Ambient_temperatures_have_their_words(double celsius, int word)
        {
            _housing.Celsius = celsius;
            _board.Sleep(100);
            Assert.InRange(Word(0x06), word - 1, word + 1);
        }

        [Fact]
        public void A_word_is_made_every_100_ms()
        {
            int before = Word(0x07);
            _surface.Celsius = 100;
            _board.Sleep(100);
            int after = Word(0x07);
            Assert.Equal((273.15 + 100) / 0.02, after, 1.0);
            Assert.Equal((273.15 + 60) / 0.02, before, 1.0);
        }

        [Fact]
        public void Nothing_is_measured_until_250_ms_after_power()
        {
            _chip.BrownOut();
            Assert.Equal(0, Word(0x07));
            Assert.Equal(0, Word(0x06));
            Assert.Equal(0, Word(0xF0) & 0x10);
            _board.Sleep(250);
            Assert.NotEqual(0, Word(0x07));
            Assert.Equal(0x10, Word(0xF0));
        }

        [Fact]
        public void The_EEPROM_holds_its_address_and_what_it_was_delivered_with()
        {
            Assert.Equal(0xBE5A, Word(0x2E));
            Assert.Equal(0xFFFF, Word(0x24)); // emissivity 1
            Assert.Equal(0x9FB4, Word(0x25));
            _chip.Faults.WrongIdentity = -1;
            Assert.Equal(0xBE5B, Word(0x2E));
        }

        [Fact]
        public void Wired_elsewhere_it_answers_there_under_that_address()
        {
            var second = new VirtualMlx90614(_board.Time, _surface, _housing, 1, "ir2");
            _board.WireI2c(Wire.I2cBus, 0x2A, second);
            var answer = new byte[3];
            Assert.Equal(I2cTransferStatus.FullTransfer, _board.TransferI2c(Wire.I2cBus, 0x2A, Clock, [0x2E], answer));
            Assert.Equal([0x2A, 0xBE, Crc([0x54, 0x2E, 0x55, 0x2A, 0xBE])], answer);
        }

        [Fact]
        public void A_write_needs_its_error_code_and_wears_the_EEPROM()
        {
            Write(0x24, 0xB3, 0x33, 0x00); // wrong code
            Assert.Equal(0xFFFF, Word(0x24));
            Assert.Equal(1, _chip.Violations.Count);
            byte[] frame = [0xB4, 0x24, 0xB3, 0xD9];
            Write(0x24, 0xB3, 0xD9, Crc(frame));
            Assert.Equal(0x80, Word(0xF0) & 0x80);
            Assert.Equal(0xD9B3, Word(0x24));
            Assert.Equal(1, _chip.EepromWrites);
            _board.Sleep(10);
            Assert.Equal(0, Word(0xF0) & 0x80);
            byte[] ram = [0xB4, 0x07, 0x01, 0x02];
            Write(0x07, 0x01, 0x02, Crc(ram)); // RAM cannot be written
            Assert.Equal(2, _chip.Violations.Count);
            Assert.Equal(1, _chip.EepromWrites);
        }

        [Fact] // the data sheet's sleep command: FFh with PEC E8h
        public void The_sleep_command_silences_it_until_power_returns()
        {
            Assert.Equal(I2cTransferStatus.FullTransfer, _board.TransferI2c(Wire.I2cBus, Address, Clock, [0xFF, 0xE8], []));
            Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, Try(0x07, new byte[3]));
            _chip.BrownOut();
            Assert.Equal(I2cTransferStatus.FullTransfer, Try(0x07, new byte[3]));
            Assert.Equal(0, _chip.Violations.Count);
        }

        [Fact]
        public void A_bus_above_100_kHz_is_noted_and_not_understood()
        {
            Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, _board.TransferI2c(Wire.I2cBus, Address, 400_000, [0x07], new byte[3]));
            Assert.Equal(1, _chip.Violations.Count);
            Assert.Equal(I2cTransferStatus.FullTransfer, Try(0x07, new byte[3]));
            Assert.Equal(1, _chip.Violations.Count);
        }

        [Fact]
        public void Fast_traffic_to_another_chip_of_its_bus_is_noted_too()
        {
            var other = new VirtualTmp117(_board.Time, _surface, 1);
            _board.WireI2c(Wire.I2cBus, 0x48, other);
            _board.Word(0x48, 0x0F); // at 400 kHz
            Assert.Equal(1, _chip.Violations.Count);
            Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, _board.TransferI2c(2, 0x48, 400_000, [0x0F], new byte[2]));
            Assert.Equal(1, _chip.Violations.Count); // another bus is none of its business
        }

        [Fact]
        public void A_read_without_a_command_and_a_longer_write_are_refused()
        {
            Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, _board.TransferI2c(Wire.I2cBus, Address, Clock, [], new byte[3]));
            Assert.Equal(
                I2cTransferStatus.SlaveAddressNotAcknowledged, _board.TransferI2c(Wire.I2cBus, Address, Clock, [0x24, 1, 2, 3, 4], []));
            Assert.True(_chip.Violations.Count >= 2);
            Assert.Equal(0, _chip.EepromWrites);
        }

        [Fact]
        public void Undefined_words_read_zero_and_are_strays()
        {
            Assert.Equal(0, Word(0x1F));
            Assert.Equal(1, _chip.Strays.Count);
            Assert.Equal(0, _chip.Violations.Count);
        }

        [Fact]
        public void Faults_show_on_the_wire()
        {
            int good = Word(0x07);
            _chip.ErrorFlag = true;
            Assert.Equal(good | 0x8000, Word(0x07));
            Assert.Equal(0, Word(0x06) & 0x8000);
            _chip.ErrorFlag = false;
            _chip.CorruptNext(1);
            byte[] answer = Read(0x07);
            Assert.NotEqual(Crc([0xB4, 0x07, 0xB5, answer[0], answer[1]]), answer[2]);
            answer = Read(0x07);
            Assert.Equal(Crc([0xB4, 0x07, 0xB5, answer[0], answer[1]]), answer[2]);
            _chip.Faults.StuckData = true;
            _surface.Celsius = 100;
            _board.Sleep(1000);
            Assert.Equal(good, Word(0x07));
            _chip.Faults.StuckData = false;
            Assert.NotEqual(good, Word(0x07));
            _chip.Faults.NackNext(1);
            Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, Try(0x07, new byte[3]));
        }

        private static byte Crc(ReadOnlySpan<byte> bytes)
        {
            int crc = 0;
            foreach (byte value in bytes)
            {
                for (int bit = 7; bit >= 0; bit--)
                {
                    int top = (crc >> 7) ^ ((value >> bit) & 1);
                    crc = ((crc << 1) & 0xFF) ^ (top == 1 ? 0x07 : 0);
                }
            }

            return (byte)crc;
        }

        private I2cTransferStatus Try(byte command, byte[] answer) => _board.TransferI2c(Wire.I2cBus, Address, Clock, [command], answer);

        private void Write(params byte[] frame) => Assert.Equal(I2cTransferStatus.FullTransfer, _board.TransferI2c(Wire.I2cBus, Address, Clock, frame, []));

        private byte[] Read(byte command)
        {
            var answer = new byte[3];
            Assert.Equal(I2cTransferStatus.FullTransfer, Try(command, answer));
            return answer;
        }

        private int Word(byte command)
        {
            byte[] answer = Read(command);
            return answer[0] | (answer[1] << 8);
        }
    }
}
