using Xunit;

namespace Sensors.Edge.Tests.Senml;

public sealed class SenmlUnitTests
{
    [Theory]
    [InlineData("m/s2", 9.80665, "m/s2", 9.80665)]
    [InlineData("mm/s", 4.70877, "m/s", 0.00470877)]
    [InlineData("mm/s", 1.1, "m/s", 0.0011)] // 1.1 * 0.001 is 0.0011000000000000001
    [InlineData("mm/s", 1e-5, "m/s", 1e-8)]
    [InlineData("mm/s", 3.40282e38, "m/s", 3.40282e35)]
    [InlineData("um", 28.7932, "m", 0.0000287932)]
    [InlineData("um", -1e-40, "m", -1e-46)]
    [InlineData("%", 45.5, "/", 0.455)]
    [InlineData("/100", 98, "/", 0.98)]
    [InlineData("ppm", 400, "/", 0.0004)]
    [InlineData("ms", 250, "s", 0.25)]
    [InlineData("h", 1.5, "s", 5400)]
    [InlineData("mA", 4.2, "A", 0.0042)]
    [InlineData("kWh", 2, "J", 7_200_000)]
    [InlineData("km/h", 36, "m/s", 10)]
    [InlineData("hPa", 1013.25, "Pa", 101325)]
    [InlineData("dBm", 30, "dBW", 0)]
    [InlineData("KiB", 3, "B", 3072)]
    [InlineData("%RH", 41.36, "%RH", 41.36)]
    [InlineData("Cel", -40, "Cel", -40)]
    public void A_value_has_a_primary_unit(string unit, double value, string primary, double expected)
    {
        Assert.True(SenmlUnit.TryConvert(unit, value, out string found, out double converted));
        Assert.Equal(primary, found);
        Assert.Equal(expected, converted);
    }

    [Theory]
    [InlineData("Cel/min")]
    [InlineData("%RH/min")]
    [InlineData("K/s")]
    [InlineData("cel")] // units have capitals
    [InlineData("")]
    public void Some_units_have_none(string unit)
    {
        Assert.False(SenmlUnit.TryConvert(unit, 1.5, out _, out double value));
        Assert.Equal(1.5, value);
    }

    [Fact]
    public void A_value_that_the_conversion_makes_infinite_stays_as_it_is() =>
        Assert.False(SenmlUnit.TryConvert("km", double.MaxValue, out _, out _));
}
