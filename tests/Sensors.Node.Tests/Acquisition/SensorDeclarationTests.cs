using System.Text;

namespace Sensors.Node.Tests.Acquisition
{
    /// <summary>The lines that declare sensors, and what is said of a wrong one.</summary>
    public class SensorDeclarationTests
    {
        private const string Good = "id=88.118.12345/NODE-0001\nwifi_ssid=Hall\nbroker_host=edge.local\n";

        [Fact]
        public void A_declaration_names_point_chip_place_and_options()
        {
            Settings settings = Parse("sensor=cur1  INA226 i2c1:0x41 shunt=2000\nsensor=vib2 adxl345 spi1\nsensor=cur2 INA226 i2c2:0x4F\nshunt_uohm=100000");
            Assert.Null(settings.Error);
            Assert.Equal(3, settings.Sensors.Length);
            SensorDeclaration first = settings.Sensors[0];
            Assert.Equal(("cur1", "INA226", -1, 1, 0x41, 2000), (first.Point, first.Chip.Name, first.Slot, first.I2cBus, first.Address, first.Options.ShuntMicroOhms));
            SensorDeclaration second = settings.Sensors[1];
            Assert.Equal(("vib2", "ADXL345", 1, 0), (second.Point, second.Chip.Name, second.Slot, second.I2cBus));
            Assert.Equal((2, 0x4F, 100000), (settings.Sensors[2].I2cBus, settings.Sensors[2].Address, settings.Sensors[2].Options.ShuntMicroOhms));
            Assert.Equal(100000, settings.Found.ShuntMicroOhms);
        }

        [Theory]
        [InlineData("", "a sensor needs a point, a chip and a place, such as: temp2 MAX31865 spi1 wires=3")]
        [InlineData("temp1 TMP117", "a sensor needs a point, a chip and a place, such as: temp2 MAX31865 spi1 wires=3")]
        [InlineData("fan1 TMP117 i2c1:0x48", "fan1 is no point: write vib1, temp1, cur1, hum1 and so on")]
        [InlineData("temp01 TMP117 i2c1:0x48", "temp01 is no point: write vib1, temp1, cur1, hum1 and so on")]
        [InlineData("temp1 TMP118 i2c1:0x48", "TMP118 is no chip the node knows")]
        [InlineData("vib1 TMP117 i2c1:0x48", "TMP117 measures no vibration")]
        [InlineData("temp1 TMP117 i2c1:0x47", "TMP117 cannot have the address 0x47")]
        [InlineData("temp1 TMP117 i2c1:48", "TMP117 cannot have the address 48")]
        [InlineData("temp1 TMP117 i2c0:0x48", "i2c0:0x48 is no place: write spi0, spi1 and so on for a slot, or i2c1:0x48 for an address")]
        [InlineData("temp1 TMP117 uart1", "uart1 is no place: write spi0, spi1 and so on for a slot, or i2c1:0x48 for an address")]
        [InlineData("temp1 TMP117 spi0", "TMP117 is not an SPI chip")]
        [InlineData("cur1 INA226 i2c1:0x40 shunt", "shunt: expected option=value")]
        [InlineData("cur1 INA226 i2c1:0x40 wires=3", "INA226 has no option wires")]
        [InlineData("cur1 INA226 i2c1:0x40 shunt=5", "shunt must be a whole number from 100 to 1000000")]
        [InlineData("temp1 MAX31865 spi1 rref=100", "rref of a pt100 is from 101 to 1000 ohms, mostly 430")]
        [InlineData("temp1 MAX31865 spi1 rtd=pt1000 rref=430", "rref of a pt1000 is from 1001 to 10000 ohms, mostly 4300")]
        [InlineData("temp1 MAX31865 spi1 rtd=pt500", "rtd must be pt100 or pt1000")]
        [InlineData("temp1 MAX31865 spi1 wires=5", "wires must be a whole number from 2 to 4")]
        [InlineData("temp1 MAX31865 spi1 mains=100", "mains must be 50 or 60")]
        [InlineData("temp1 MAX31865 i2c1:0x48", "MAX31865 is not an I2C chip")]
        [InlineData("temp1 MAX31855 spi1 type=B", "there is no MAX31855 of type B")]
        [InlineData("temp1 MAX31856 spi1 type=KK", "type must be one of B E J K N R S T")]
        [InlineData("cur1 ADS1115 i2c1:0x49 clamp=100A", "clamp must be rated current and output, such as 100A/50mA or 30A/1V")]
        [InlineData("cur1 ADS1115 i2c1:0x49 clamp=0A/1V", "clamp must be rated current and output, such as 100A/50mA or 30A/1V")]
        [InlineData("cur1 ADS1115 i2c1:0x49 clamp=30A/6V", "clamp must be rated current and output, such as 100A/50mA or 30A/1V")]
        [InlineData("cur1 ADS1115 i2c1:0x49 turns=0", "turns must be a whole number from 1 to 100")]
        [InlineData("vib1 IIS3DWB spi0 every=2", "every must be 1, 4, 8 or 20")]
        [InlineData("temp1 MLX90614 i2c2:0x5A channel=shaft", "channel must be temperature or humidity (SHT3X), object or ambient (MLX90614)")]
        [InlineData("vib1 IIS3DWB i2c1:0x6A", "IIS3DWB is not an I2C chip")]
        public void A_wrong_declaration_is_named(string line, string error)
        {
            Assert.Equal("settings.txt line 4: " + error, Parse("sensor=" + line).Error);
        }

        [Theory]
        [InlineData("100A/50mA burden=22", 90.909, 1.1)]   // 2,000 turns over 22 ohms
        [InlineData("burden=33 clamp=100A/50mA", 60.606, 1.65)]
        [InlineData("30A/1V", 30, 1)]
        [InlineData("30A/333mV turns=3", 30.030, 0.333)]
        public void A_clamp_is_read_from_what_is_printed_on_it(string text, double amperesPerVolt, double ratedVolts)
        {
            Settings settings = Parse("sensor=cur1 ADS1115 i2c1:0x49 " + (text.StartsWith("burden") ? text : "clamp=" + text));
            Assert.Null(settings.Error);
            Drivers.CurrentClamp clamp = settings.Sensors[0].Options.MakeClamp();
            Assert.Equal(amperesPerVolt, clamp.AmperesPerVolt, 0.001);
            Assert.Equal(ratedVolts, clamp.RatedVolts, 0.0001);
        }

        [Theory]
        [InlineData("", 430_000)]
        [InlineData("rref=400", 400_000)]
        [InlineData("rtd=pt1000", 4_300_000)]
        [InlineData("rtd=pt1000 rref=4000", 4_000_000)]
        public void A_reference_resistor_is_the_usual_one_of_the_element_unless_it_is_named(string options, int milliOhms)
        {
            Settings settings = Parse("sensor=temp1 MAX31865 spi1 " + options);
            Assert.Null(settings.Error);
            Assert.Equal(milliOhms, settings.Sensors[0].Options.ReferenceMilliOhms());
        }

        [Fact]
        public void A_point_or_a_place_is_declared_once()
        {
            Assert.Equal("settings.txt line 5: temp1 is declared twice", Parse("sensor=temp1 TMP117 i2c1:0x48\nsensor=temp1 TMP117 i2c1:0x49").Error);
            Assert.Equal("settings.txt line 5: temp2 and temp1 are declared at one place", Parse("sensor=temp1 TMP117 i2c1:0x48\nsensor=temp2 TMP117 i2c1:0x48").Error);
        }

        private static Settings Parse(string lines) => Settings.Parse(Encoding.UTF8.GetBytes(Good + lines));
    }
}
