using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NanoFramework.Pc;
using Sensors.Samples;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests.Samples
{
    /// <summary>The programs of <c>drivers/samples</c>, run to their end on virtual wiring.</summary>
    public sealed class SampleTests : IDisposable
    {
        private readonly TextWriter _console = Console.Out;
        private readonly StringWriter _printed = new() { NewLine = "\n" };

        private readonly VirtualEsp32 _wires = new();
        private readonly ConstantSource _source = new();

        public SampleTests()
        {
            Console.SetOut(_printed);
            PcBoard.Enter(_wires);
            _wires.WireSpi(1, 33, new VirtualAdxl345(_wires.Time, _source, 1, "vib1", new Adxl345Options { NoiseFactor = 0 }));
            _wires.WireI2c(1, 0x48, new VirtualTmp117(_wires.Time, _source, 2));
            _wires.WireI2c(1, 0x40, new VirtualIna226(_wires.Time, _source, 3, "cur1", new Ina226Options { ShuntOhms = 0.1 }));
        }

        public void Dispose()
        {
            Console.SetOut(_console);
            _wires.Dispose();
        }

        [Fact]
        public void Vibration_tells_what_shakes_the_chip_and_loses_nothing()
        {
            _source.WithSine(50, 0, 0, 2);
            int[][] lines = Run(Vibration.Main, @"^z: (\d+) mg peak to peak, (\d+) of (\d+) samples lost$");
            Assert.All(lines, line => Assert.InRange(line[0], 3960, 4040));
            Assert.All(lines, line => Assert.Equal(0, line[1]));
            Assert.All(lines, line => Assert.InRange(line[2], 3200, 3232));
            Assert.InRange(_wires.Time.Seconds, 10, 11);
        }

        [Fact]
        public void Temperature_tells_it_each_second()
        {
            _source.Celsius = 61.5;
            int[][] lines = Run(Temperature.Main, @"^(\d+) thousandths of a degree Celsius$");
            Assert.All(lines, line => Assert.InRange(line[0], 61400, 61600));
            Assert.InRange(_wires.Time.Seconds, 9, 12);
        }

        [Fact]
        public void Current_tells_its_sign()
        {
            _source.Amperes = -0.5;
            _source.Volts = 24;
            int[][] lines = Run(Current.Main, @"^(-?\d+) mA, (\d+) mV$");
            Assert.All(lines, line => Assert.InRange(line[0], -502, -498));
            Assert.All(lines, line => Assert.InRange(line[1], 23990, 24010));
        }

        [Fact]
        public void A_current_beyond_the_shunt_is_said_to_be()
        {
            _source.Amperes = 5;
            Run(Current.Main, @"^\d+ mA, \d+ mV, beyond the shunt's range$");
        }

        /// <summary>Runs a program: ten lines of a form, their numbers.</summary>
        private int[][] Run(Action program, string form)
        {
            program();
            string[] lines = _printed.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(10, lines.Length);
            return [.. lines.Select(line =>
            {
                Match match = Regex.Match(line, form);
                Assert.True(match.Success, line);
                return match.Groups.Values.Skip(1).Select(group => int.Parse(group.Value, CultureInfo.InvariantCulture)).ToArray();
            })];
        }
    }
}
