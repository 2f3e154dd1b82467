using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Globalization;

namespace Sensors.Edge
{
    /// <summary>Units of SenML. A pack of version 10 may use primary units only, so others are converted to them.</summary>
    public static class SenmlUnit
    {
        // RFC 8428, 12.1, and RFC 8798, 2. Those that RFC 8428 marks as not recommended are in the last two lines.
        private static readonly FrozenSet<string> Primary = new[]
        {
            "m", "kg", "s", "A", "K", "cd", "mol", "Hz", "rad", "sr", "N", "Pa", "J", "W", "C", "V", "F", "Ohm", "S", "Wb", "T", "H", "Cel", "lm", "lx", "Bq",
            "Gy", "Sv", "kat", "m2", "m3", "m/s", "m/s2", "m3/s", "W/m2", "cd/m2", "bit", "bit/s", "lat", "lon", "pH", "dB", "dBW", "count", "/", "%RH", "%EL",
            "EL", "1/s", "S/m", "B", "VA", "VAs", "var", "vars", "J/m", "kg/m3",
            "g", "l", "l/s", "Bspl", "1/min", "beat/min", "beats",
            "deg",
        }.ToFrozenSet(StringComparer.Ordinal);

        // Secondary units of RFC 8798, 3, and units of this project's channels that no registry has: mm/s and um. A power of ten only moves the decimal point.
        private static readonly FrozenDictionary<string, Conversion> Others = new Dictionary<string, Conversion>(StringComparer.Ordinal)
        {
            ["mm/s"] = Conversion.PowerOfTen("m/s", -3),
            ["um"] = Conversion.PowerOfTen("m", -6),
            ["%"] = Conversion.PowerOfTen("/", -2), // percent, as people write it; as a unit of SenML it is a discouraged name of the ratio
            ["/100"] = Conversion.PowerOfTen("/", -2),
            ["/1000"] = Conversion.PowerOfTen("/", -3),
            ["ppm"] = Conversion.PowerOfTen("/", -6),
            ["ms"] = Conversion.PowerOfTen("s", -3),
            ["min"] = Conversion.Factor("s", 60),
            ["h"] = Conversion.Factor("s", 3600),
            ["MHz"] = Conversion.PowerOfTen("Hz", 6),
            ["kW"] = Conversion.PowerOfTen("W", 3),
            ["kVA"] = Conversion.PowerOfTen("VA", 3),
            ["kvar"] = Conversion.PowerOfTen("var", 3),
            ["Ah"] = Conversion.Factor("C", 3600),
            ["Wh"] = Conversion.Factor("J", 3600),
            ["kWh"] = Conversion.Factor("J", 3_600_000),
            ["varh"] = Conversion.Factor("vars", 3600),
            ["kvarh"] = Conversion.Factor("vars", 3_600_000),
            ["kVAh"] = Conversion.Factor("VAs", 3_600_000),
            ["Wh/km"] = Conversion.Factor("J/m", 3.6),
            ["KiB"] = Conversion.Factor("B", 1024),
            ["GB"] = Conversion.PowerOfTen("B", 9),
            ["Mbit/s"] = Conversion.PowerOfTen("bit/s", 6),
            ["B/s"] = Conversion.Factor("bit/s", 8),
            ["MB/s"] = Conversion.Factor("bit/s", 8_000_000),
            ["mV"] = Conversion.PowerOfTen("V", -3),
            ["mA"] = Conversion.PowerOfTen("A", -3),
            ["dBm"] = new Conversion("dBW", value => value - 30),
            ["ug/m3"] = Conversion.PowerOfTen("kg/m3", -9),
            ["mm/h"] = new Conversion("m/s", value => value / 3_600_000),
            ["m/h"] = new Conversion("m/s", value => value / 3600),
            ["hPa"] = Conversion.PowerOfTen("Pa", 2),
            ["mm"] = Conversion.PowerOfTen("m", -3),
            ["cm"] = Conversion.PowerOfTen("m", -2),
            ["km"] = Conversion.PowerOfTen("m", 3),
            ["km/h"] = new Conversion("m/s", value => value / 3.6),
        }.ToFrozenDictionary(StringComparer.Ordinal);

        /// <summary>Converts a value to a primary unit.</summary>
        /// <param name="unit">The unit it has, such as <c>mm/s</c>.</param>
        /// <param name="value">The value.</param>
        /// <param name="primary">The primary unit, such as <c>m/s</c>.</param>
        /// <param name="converted">The value in it.</param>
        /// <returns>False when SenML has no unit for it, as for <c>Cel/min</c>.</returns>
        public static bool TryConvert(string unit, double value, out string primary, out double converted)
        {
            if (Primary.Contains(unit))
            {
                (primary, converted) = (unit, value);
                return true;
            }

            if (Others.TryGetValue(unit, out Conversion? conversion))
            {
                (primary, converted) = (conversion.Unit, conversion.Convert(value));
                return double.IsFinite(converted);
            }

            (primary, converted) = (string.Empty, value);
            return false;
        }

        // 4.70877 mm/s is 0.00470877 m/s; a multiplication would make 0.004708770000000001 of some such numbers.
        private static double MovePoint(double value, int places)
        {
            string digits = value.ToString("R", CultureInfo.InvariantCulture);
            int e = digits.IndexOf('E', StringComparison.Ordinal);
            int exponent = e < 0 ? 0 : int.Parse(digits.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            string moved = (e < 0 ? digits : digits[..e]) + "E" + (exponent + places).ToString(CultureInfo.InvariantCulture);
            return double.Parse(moved, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        private sealed record Conversion(string Unit, Func<double, double> Convert)
        {
            public static Conversion PowerOfTen(string unit, int places) => new(unit, value => MovePoint(value, places));

            public static Conversion Factor(string unit, double factor) => new(unit, value => value * factor);
        }
    }
}
