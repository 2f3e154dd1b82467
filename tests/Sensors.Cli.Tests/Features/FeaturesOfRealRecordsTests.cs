using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;
using Sensors.VirtualBoard.Tests;

namespace Sensors.Cli.Tests.Features
{
    /// <summary>Real machines, through the whole command; the expected values were computed with NumPy and SciPy in float64. Skipped where the records are not at hand.</summary>
    public sealed class FeaturesOfRealRecordsTests : IDisposable
    {
        private const double Gravity = 9.80665;
        private const double CountG = 0.00016243512974051748;
        private const string InnerRace = "cwru_ir007_0hp_de12.i16";
        private static readonly string[] Bearing6205 = ["--rpm", "1797", "--bearing", TestRecord.Bearing];

        private readonly string _folder = Directory.CreateTempSubdirectory("sensorctl-real-").FullName;

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        [Fact]
        public async Task AWholeRecordAgreesWithItsReference()
        {
            JsonElement x = Of(await Json(ReferenceData.Record(InnerRace), "--rate", "12000", "--unit", "g", "--scale", Text(CountG)), "x");
            Near(0.013443559443270595 * Gravity, x, "mean", 1e-5);
            Near(0.2912159093346982 * Gravity, x, "rms", 1e-6);
            Near(1.7255869395587096 * Gravity, x, "peak", 1e-6);
            Near(3.1189169261476763 * Gravity, x, "p2p", 1e-6);
            Near(5.9254555958186685, x, "crest", 1e-6);
            Near(0.16402951244231587, x, "skew", 1e-5);
            Near(5.3958637730385774, x, "kurt_pearson", 1e-6);
        }

        [Fact]
        public async Task ALongTransformAgreesWithItsReference()
        {
            JsonElement x = Of(await Json(ReferenceData.Record(InnerRace), "--rate", "12000", "--unit", "g", "--scale", Text(CountG), "--length", "65536", "--block", "65536"), "x");
            Near(0.22412193243685688, x, "vel", 1e-5);
            Near(3586.890852693169, x, "f1", 1e-6);
            Near(0.13155265431570942 * Gravity, x, "a1", 1e-5);
            Near(2616.80866339558, x, "f2", 1e-6);
            Near(0.10479413374145687 * Gravity, x, "a2", 1e-5);
        }

        [Theory]
        [InlineData("cwru_normal_0hp_de.i16", 48000, 0.00020861538461540638, "healthy", null)]
        [InlineData(InnerRace, 12000, CountG, "inner-race", "inner")]
        [InlineData("cwru_or007c6_0hp_de12.i16", 12000, 0.00040608782435128983, "outer-race", "outer")]
        public async Task ARaceStandsOutWhereItIsBad(string record, double rate, double scale, string hint, string? line)
        {
            JsonElement result = await Json(ReferenceData.Record(record), ["--rate", Text(rate), "--unit", "g", "--scale", Text(scale), .. Bearing6205]);
            Assert.Equal(hint, result.GetProperty("condition").GetProperty("hint").GetString());
            foreach (string each in new[] { "outer", "inner" })
            {
                double ratio = result.GetProperty("bearing").GetProperty(each).GetProperty("overFloor").GetProperty("x").GetDouble();
                Assert.True(each == line ? ratio >= 8 : ratio < 8, $"{each} {ratio}");
            }
        }

        [Fact]
        public async Task WavAndTextGiveTheNumbersOfTheCounts()
        {
            byte[] bytes = File.ReadAllBytes(ReferenceData.Record(InnerRace))[..(2 * 8192)];
            short[] counts = [.. Enumerable.Range(0, 8192).Select(i => BitConverter.ToInt16(bytes, 2 * i))];
            string wav = Path.Combine(_folder, "a.wav");
            string csv = Path.Combine(_folder, "a.csv");
            File.WriteAllBytes(wav, TestRecord.Wav(1, 16, false, bytes));
            File.WriteAllLines(csv, counts.Select(count => Text(count * CountG)));
            string[] machine = ["--unit", "g", "--rate", "12000", .. Bearing6205];
            JsonElement expected = Of(await Json(ReferenceData.Record(InnerRace), ["--length", "8192", "--scale", Text(CountG), .. machine]), "x");
            foreach (JsonElement found in new[] { await Json(wav, ["--scale", Text(CountG * 32768), .. machine]), await Json(csv, machine) })
            {
                foreach (JsonProperty feature in expected.EnumerateObject())
                {
                    Near(feature.Value.GetDouble(), Of(found, "x"), feature.Name, 1e-6);
                }
            }
        }

        [Theory]
        [InlineData("mcsa_1_1_h_425_hi.i16", 49.9865, 0.0376, -57.3)]
        [InlineData("mcsa_6_1_h_425_hi.i16", 49.9804, 0.0382, -48.4)] // the shaft is out of line
        public async Task SidebandsTellAMisalignedMotor(string record, double hertz, double distortion, double sidebands)
        {
            JsonElement current = Of(await Json(ReferenceData.Record(record), "--rate", "12800", "--unit", "V", "--scale", "1e-5", "--rpm", "425"), "voltage");
            Near(hertz, current, "frequency", 1e-5);
            Near(distortion, current, "thd", 0.01);
            Assert.Equal(sidebands, (current.GetProperty("sideband_low").GetDouble() + current.GetProperty("sideband_high").GetDouble()) / 2, 1.0);
        }

        private static void Near(double expected, JsonElement features, string name, double part) =>
            Assert.InRange(features.GetProperty(name).GetDouble(), expected - (part * Math.Abs(expected)), expected + (part * Math.Abs(expected)));

        private static JsonElement Of(JsonElement result, string axis) => result.GetProperty("features").GetProperty(axis);

        private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

        private static async Task<JsonElement> Json(string file, params string[] options)
        {
            var host = new TestHost();
            int exit = await host.RunAsync(["features", file, "--json", .. options]);
            Assert.True(exit == 0, host.Error);
            return JsonDocument.Parse(Assert.Single(host.OutLines)).RootElement;
        }
    }
}
