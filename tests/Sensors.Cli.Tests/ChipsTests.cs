using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Threading.Tasks;
using Sensors.Cli.Catalogue;
using Sensors.Cli.Tests.Support;
using Sensors.Drivers;
using Spectre.Console;

namespace Sensors.Cli.Tests
{
    public class ChipsTests
    {
        [Fact]
        public async Task APipeGetsALinePerChip()
        {
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("chips"));
            Assert.Equal(ChipCatalogue.All.Select(chip => chip.Chip), host.OutLines.Select(line => line.Split(' ')[0]));
            Assert.All(host.OutLines, line => Assert.Contains("  virtual chip  covered: ", line));
            Assert.Contains("MAX31865", host.Out);
            Assert.Empty(host.Error);
        }

        [Theory]
        [InlineData("chips-current.txt", 160)]
        [InlineData("chips-current-narrow.txt", 80)]
        public async Task ATerminalGetsATable(string golden, int width)
        {
            using var text = new StringWriter { NewLine = "\n" };
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(text),
            });
            console.Profile.Width = width;
            console.Profile.Capabilities.Unicode = true;
            var host = new Host.CliHost { Out = TextWriter.Null, Error = TextWriter.Null, In = TextReader.Null, Terminal = console };
            Assert.Equal(0, await CommandLine.RunAsync(["chips", "--kind", "current"], host, TestContext.Current.CancellationToken));
            GoldenFile.Check(golden, string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd())));
        }

        [Theory]
        [InlineData("TMP117", "chip-tmp117.txt")]
        [InlineData("mpu6500", "chip-mpu6050.txt")] // by another name of the family, and in small letters
        [InlineData("SHT3X", "chip-sht3x.txt")]
        public async Task OneChipIsShownInFull(string name, string golden)
        {
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("chips", name));
            GoldenFile.Check(golden, host.Out);
        }

        [Fact]
        public async Task JsonIsAnObjectPerLine()
        {
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("chips", "--json"));
            JsonElement[] chips = [.. host.OutLines.Select(line => JsonDocument.Parse(line).RootElement)];
            Assert.Equal(ChipCatalogue.All.Count, chips.Length);
            Assert.All(chips, chip => Assert.Equal(1, chip.GetProperty("version").GetInt32()));
            JsonElement first = chips.Single(chip => chip.GetProperty("chip").GetString() == "ADXL345");
            Assert.Equal(
                """[{"bus":"SPI","hertz":5000000,"mode":3},{"bus":"I2C","hertz":400000,"addresses":["0x53","0x1D"]}]""",
                first.GetProperty("buses").GetRawText());
            Assert.Equal("""{"virtual":true,"clr":false,"board":false}""", first.GetProperty("proof").GetRawText());
        }

        [Theory]
        [InlineData("vibration", "ADXL345", "TMP117")]
        [InlineData("temperature", "SHT3X", "ADXL345")]
        [InlineData("humidity", "SHT3X", "TMP117")]
        [InlineData("current", "ADS1115", "SHT3X")]
        public async Task KindsAreFiltered(string kind, string there, string away)
        {
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("chips", "--kind", kind));
            Assert.Contains(host.OutLines, line => line.StartsWith(there + " ", StringComparison.Ordinal));
            Assert.DoesNotContain(host.OutLines, line => line.StartsWith(away + " ", StringComparison.Ordinal));
        }

        [Theory]
        [InlineData("S111", "the nearest name is ADXL345", "chips", "adxl354")]
        [InlineData("S111", "sensorctl chips lists all.", "chips", "toaster")]
        [InlineData("S104", "is none of vibration", "chips", "--kind", "noise")]
        [InlineData("S106", "give one of them", "chips", "TMP117", "--kind", "current")]
        public async Task MistakesAreExplained(string code, string says, params string[] args)
        {
            var host = new TestHost();
            Assert.Equal(2, await host.RunAsync(args));
            Assert.Empty(host.Out);
            Assert.Contains($"error {code}: ", host.Error);
            Assert.Contains(says, host.Error);
        }

        [Fact]
        public void EveryEntryIsComplete()
        {
            string[] names = [.. ChipCatalogue.All.SelectMany(chip => chip.Names)];
            Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            foreach (ChipEntry chip in ChipCatalogue.All)
            {
                Assert.NotEmpty(chip.Kinds);
                Assert.Subset(ChipCatalogue.Kinds.ToHashSet(), chip.Kinds.ToHashSet());
                Assert.All([chip.Maker, chip.What, chip.Rate, .. chip.Covered, .. chip.NotCovered], Assert.NotEmpty);
                Assert.NotEmpty(chip.Covered);
                Assert.NotEmpty(chip.NotCovered);
                Assert.NotEmpty(chip.Buses);
                Assert.All(chip.Buses, bus => Assert.Equal(bus.Bus, bus.Mode is null ? "I2C" : "SPI"));
                Assert.All(chip.Buses, bus => Assert.Equal(bus.Mode is null, bus.Addresses is { Count: > 0 }));
            }
        }

        /// <summary>What the catalogue says of a wire is what the driver uses.</summary>
        [Fact]
        public void BusesAreThoseOfTheDrivers()
        {
            int compared = 0;
            foreach (ChipEntry chip in ChipCatalogue.All)
            {
                if (typeof(RegisterBus).Assembly.GetTypes().FirstOrDefault(type => type.Name.Equals(chip.Chip, StringComparison.OrdinalIgnoreCase)) is not { } driver)
                {
                    continue;
                }

                foreach (MemberInfo member in driver.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy))
                {
                    object? value = member switch
                    {
                        FieldInfo field => field.GetValue(null),
                        PropertyInfo property => property.GetValue(null),
                        _ => null,
                    };
                    if (value is SpiProfile profile)
                    {
                        ChipBus spi = chip.Buses.Single(bus => bus.Bus == "SPI");
                        Assert.Equal(((int)profile.Mode, profile.ClockHz), (spi.Mode, spi.Hertz));
                        compared++;
                    }
                    else if (value is int address && member.Name.Contains("I2cAddress", StringComparison.Ordinal))
                    {
                        Assert.Contains($"0x{address:X2}", chip.Buses.Single(bus => bus.Bus == "I2C").Addresses!);
                        compared++;
                    }
                }
            }

            Assert.True(compared >= 4, "the drivers' addresses and profiles were not found");
        }
    }
}
