using Sensors.Bindings;

namespace Sensors.Node.Tests.Bindings
{
    public class Crc8Tests
    {
        [Theory] // SHT3x-DIS, Table 20, and what zeros and ones would have to carry
        [InlineData(0xBE, 0xEF, 0x92)]
        [InlineData(0x00, 0x00, 0x81)]
        [InlineData(0xFF, 0xFF, 0xAC)]
        public void Sensirion(byte high, byte low, byte crc)
        {
            byte sum = Crc8.Add(Crc8.SensirionSeed, high, Crc8.SensirionPolynomial);
            Assert.Equal(crc, Crc8.Add(sum, low, Crc8.SensirionPolynomial));
        }

        [Theory] // MLX90614: the data sheet's read word and its sleep command; and the catalogue's check value of CRC-8
        [InlineData(new byte[] { 0xB4, 0x07, 0xB5, 0xD2, 0x3A }, 0x30)]
        [InlineData(new byte[] { 0xB4, 0xFF }, 0xE8)]
        [InlineData(new byte[] { 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39 }, 0xF4)]
        [InlineData(new byte[0], 0x00)]
        public void SmBus(byte[] bytes, byte crc)
        {
            byte sum = 0;
            foreach (byte value in bytes)
            {
                sum = Crc8.Add(sum, value, Crc8.SmBusPolynomial);
            }

            Assert.Equal(crc, sum);
        }
    }
}
