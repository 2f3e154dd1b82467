using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml.Linq;
using Sensors.Cli.Tests.Support;
using Sensors.Node;
using Spectre.Console;

namespace Sensors.Cli.Tests.Features
{
    public sealed class FeaturesTests : IDisposable
    {
        private const float Gravity = 9.80665f;
        private static readonly string[] Int16Options = ["--rate", "3200", "--scale", "0.000244140625", "--unit", "g"];
        private static readonly string[] Machine = ["--rpm", "1200", "--bearing", TestRecord.Bearing];

        private readonly string _folder = Directory.CreateTempSubdirectory("sensorctl-features-").FullName;

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        [Fact]
        public async Task APipeGetsLines()
        {
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync(["features", Write("outer.i16", TestRecord.Int16(TestRecord.Counts())), .. Int16Options, .. Machine, "--zones", "class1"]));
            Assert.Empty(host.Error);
            GoldenFile.Check("features.txt", host.Out);
        }

        [Theory]
        [InlineData("features-wide.txt", 130)]
        [InlineData("features-narrow.txt", 80)]
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
            string file = Write("xyz.i16", TestRecord.Int16(TestRecord.Counts(0), TestRecord.Counts(1), TestRecord.Counts(2)));
            Assert.Equal(0, await CommandLine.RunAsync(["features", file, .. Int16Options, "--channels", "3", "--bands", "none", "--rpm", "1200"], host, TestContext.Current.CancellationToken));
            GoldenFile.Check(golden, string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd())));
        }

        /// <summary>The numbers are those of the node's own class, bit by bit, and read back as the same floats.</summary>
        [Fact]
        public async Task TheNumbersAreTheNodes()
        {
            short[][] axes = [TestRecord.Counts(0), TestRecord.Counts(1), TestRecord.Counts(2)];
            JsonElement result = await Json("xyz.bin", TestRecord.Int16(axes), [.. Int16Options, "--channels", "3", .. Machine, "--block", "1024"]);
            var options = new VibrationOptions { SpeedRpm = (float)TestRecord.Rpm, Bearing = new BearingGeometry(9, 7.94, 39.04, 0), TransformSamples = 1024 };
            var node = new VibrationFeatures(options, VibrationOptions.LongestBlock);
            float[] values = new float[VibrationFields.Count];
            for (int axis = 0; axis < axes.Length; axis++)
            {
                node.ComputeAxis(axes[axis], 0, 1, TestRecord.Samples, axis, (float)(TestRecord.GPerCount * 9.80665), (float)TestRecord.Rate, true, -32768, 32767, values);
            }

            int compared = 0;
            foreach (Channel channel in VibrationFeatures.Channels(options))
            {
                string name = channel.Name[2..];
                if (name.StartsWith("env", StringComparison.Ordinal) || name.StartsWith("bp", StringComparison.Ordinal) || name is "bsf2" or "ftf" || float.IsNaN(values[channel.Field]))
                {
                    continue; // the envelope has a test of its own
                }

                Assert.Equal(values[channel.Field], result.GetProperty("features").GetProperty(channel.Name[..1]).GetProperty(name).GetSingle());
                Assert.Equal(channel.Unit, result.GetProperty("units").GetProperty(name).GetString());
                compared++;
            }

            Assert.True(compared > 60, $"only {compared} values were compared");
        }

        [Fact]
        public async Task TheEnvelopeIsTheNodes()
        {
            JsonElement result = await Json("outer.i16", TestRecord.Int16(TestRecord.Counts()), [.. Int16Options, .. Machine]);
            var options = new VibrationOptions { SpeedRpm = (float)TestRecord.Rpm, Bearing = new BearingGeometry(9, 7.94, 39.04, 0) };
            float[] values = new float[VibrationFields.PerAxis];
            short[] counts = TestRecord.Counts();
            new EnvelopeAnalysis(options, new RealFft(1024), new float[1024]).Compute(
                counts, 0, 1, counts.Length, counts.Average(count => (double)count), (float)(TestRecord.GPerCount * 9.80665), (float)TestRecord.Rate, values, 0);
            JsonElement x = result.GetProperty("features").GetProperty("x");
            Assert.Equal(values[VibrationFields.Envelope], x.GetProperty("env").GetSingle());
            Assert.Equal(values[VibrationFields.EnvelopeFloor], x.GetProperty("env_floor").GetSingle());
            Assert.Equal(values[VibrationFields.OuterRace], x.GetProperty("bpfo").GetSingle());
            JsonElement outer = result.GetProperty("bearing").GetProperty("outer");
            Assert.Equal(3.5848f, outer.GetProperty("order").GetSingle(), 1e-4f);
            Assert.Equal(71.696f, outer.GetProperty("hertz").GetSingle(), 1e-2f);
            Assert.Equal(values[VibrationFields.OuterRace] / values[VibrationFields.EnvelopeFloor], outer.GetProperty("overFloor").GetProperty("x").GetSingle());
            Assert.True(outer.GetProperty("overFloor").GetProperty("x").GetSingle() >= 8);
            Assert.True(result.GetProperty("bearing").GetProperty("inner").GetProperty("overFloor").GetProperty("x").GetSingle() < 8);
            Assert.Equal("outer-race", result.GetProperty("condition").GetProperty("hint").GetString());
            Assert.True(result.GetProperty("condition").GetProperty("evidence").GetProperty("outer-line").GetSingle() >= 8);
        }

        [Theory]
        [InlineData("wav16", "--unit", "g", "--scale", "8")]
        [InlineData("wav24", "--unit", "mg", "--scale", "8000")]
        [InlineData("wavfloat", "--unit", "g", "--scale", "1")]
        [InlineData("csvcounts", "--unit", "g", "--scale", "0.000244140625")]
        [InlineData("csvms2", "--unit", "m/s2")]
        [InlineData("csvshort", "--unit", "m/s2")]
        [InlineData("turned", "--unit", "g", "--rate", "3200", "--scale", "-0.000244140625")]
        public async Task EveryFormGivesTheSameNumbers(string form, params string[] options)
        {
            short[] counts = TestRecord.Counts();
            (string name, byte[] bytes) = form switch
            {
                "wav16" => ("a.wav", TestRecord.Wav(1, 16, false, TestRecord.Int16(counts))),
                "wav24" => ("a.wav", TestRecord.Wav(1, 24, false, [.. counts.SelectMany(count => new byte[] { 0, (byte)count, (byte)(count >> 8) })])),
                "wavfloat" => ("a.wav", TestRecord.Wav(1, 32, true, [.. counts.SelectMany(count => BitConverter.GetBytes((float)(count * TestRecord.GPerCount)))])),
                "csvcounts" => ("a.csv", Encoding.ASCII.GetBytes(TestRecord.Csv(1, "R", counts))),
                "csvms2" => ("a.csv", Encoding.ASCII.GetBytes(TestRecord.Csv(TestRecord.GPerCount * 9.80665, "R", counts))),
                "csvshort" => ("a.txt", Encoding.ASCII.GetBytes(TestRecord.Csv(TestRecord.GPerCount * 9.80665, "F5", counts))),
                _ => ("a.raw", TestRecord.Int16([.. counts.Select(count => (short)-count)])),
            };
            JsonElement expected = (await Json("outer.i16", TestRecord.Int16(counts), [.. Int16Options, .. Machine])).GetProperty("features").GetProperty("x");
            JsonElement result = await Json(name, bytes, [.. options, .. Machine]);
            Assert.NotEqual("rounded", result.GetProperty("counts").GetProperty("x").GetProperty("source").GetString());
            Assert.Equal(TestRecord.Rate, result.GetProperty("rate").GetDouble(), 1e-6);
            JsonElement found = result.GetProperty("features").GetProperty("x");
            Assert.Equal(expected.EnumerateObject().Select(feature => feature.Name), found.EnumerateObject().Select(feature => feature.Name));
            foreach (JsonProperty feature in expected.EnumerateObject())
            {
                double value = feature.Value.GetDouble();
                Assert.Equal(value, found.GetProperty(feature.Name).GetDouble(), 3e-6 * Math.Abs(value));
            }
        }

        [Fact]
        public async Task WhatIsRoundedIsSaid()
        {
            string csv = "x\n" + string.Join('\n', Enumerable.Range(0, 4096).Select(i => (2.5 * Math.Sin(i * 0.7654321)).ToString("R", CultureInfo.InvariantCulture)));
            string file = Write("noise.csv", Encoding.ASCII.GetBytes(csv));
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("features", file, "--rate", "4000", "--unit", "m/s2"));
            Assert.Contains("16-bit, rounded: one is 7.6299e-5 m/s², a value is off by at most 3.81", host.Out);
            JsonElement counts = (await Json("noise.csv", null, "--rate", "4000", "--unit", "m/s2")).GetProperty("counts").GetProperty("x");
            Assert.Equal("rounded", counts.GetProperty("source").GetString());
            Assert.InRange(counts.GetProperty("error").GetDouble(), 3e-5, 3.82e-5);
        }

        [Fact]
        public async Task APartIsTaken()
        {
            short[] counts = TestRecord.Counts();
            JsonElement bySamples = await Json("a.i16", TestRecord.Int16(counts), [.. Int16Options, "--start", "1600", "--length", "64"]);
            JsonElement bySeconds = await Json("a.i16", null, [.. Int16Options, "--start", "0.5s", "--length", "0.02s"]);
            Assert.Equal((1600, 64), (bySeconds.GetProperty("start").GetInt32(), bySeconds.GetProperty("samples").GetInt32()));
            Assert.Equal(bySamples.GetRawText(), bySeconds.GetRawText());
            float mean = (float)(counts[1600..1664].Average(count => (double)count) * (float)(TestRecord.GPerCount * Gravity));
            Assert.Equal(mean, bySamples.GetProperty("features").GetProperty("x").GetProperty("mean").GetSingle(), 1e-6f);
        }

        [Fact]
        public async Task WhatAWindowCannotSupportIsAbsentWithItsReason()
        {
            JsonElement result = await Json("a.i16", TestRecord.Int16(TestRecord.Counts()), [.. Int16Options, .. Machine, "--length", "512", "--bands", "10-100,1500-1700"]);
            JsonElement absent = result.GetProperty("absent").GetProperty("x");
            Assert.Contains("0.5 s", absent.GetProperty("vel").GetString());
            Assert.Contains("0.5 s", absent.GetProperty("bpfo").GetString());
            Assert.Contains("half the rate", absent.GetProperty("b2").GetString());
            Assert.Contains("velocity-window", result.GetProperty("notes").EnumerateArray().Select(note => note.GetString()));
            Assert.Contains("envelope-window", result.GetProperty("notes").EnumerateArray().Select(note => note.GetString()));
            string[] told = [.. result.GetProperty("features").GetProperty("x").EnumerateObject().Select(feature => feature.Name)];
            Assert.Empty(told.Intersect(absent.EnumerateObject().Select(feature => feature.Name)));
            Assert.DoesNotContain("NaN", result.GetRawText());
        }

        [Theory]
        [InlineData(0)]
        [InlineData(-32768)]
        public async Task SilenceAndAStuckSensorGiveNoNaN(short stuck)
        {
            JsonElement result = await Json("a.i16", TestRecord.Int16([.. Enumerable.Repeat(stuck, 4096)]), [.. Int16Options, .. Machine, "--svg", _folder]);
            Assert.DoesNotContain("NaN", result.GetRawText());
            Assert.DoesNotContain("Infinity", result.GetRawText());
            Assert.Equal("all samples are the same", result.GetProperty("absent").GetProperty("x").GetProperty("kurt_pearson").GetString());
            Assert.Equal(stuck == 0 ? 0 : 4096, result.GetProperty("clipped").GetInt32());
            Assert.All(Directory.GetFiles(_folder, "*.svg"), file => Assert.DoesNotContain("NaN", File.ReadAllText(file)));
        }

        [Fact]
        public async Task ACurrentIsAnalysedAsTheNodeDoes()
        {
            short[] counts = [.. Enumerable.Range(0, 12800).Select(i => (short)Math.Round((10000 * Math.Sin(2 * Math.PI * 49.97 * i / TestRecord.Rate)) + (400 * Math.Sin(2 * Math.PI * 5 * 49.97 * i / TestRecord.Rate))))];
            JsonElement result = await Json("motor.i16", TestRecord.Int16(counts), "--rate", "3200", "--scale", "0.001", "--unit", "A", "--rpm", "1480", "--svg", _folder);
            JsonElement current = result.GetProperty("features").GetProperty("current");
            Assert.Equal(49.97, current.GetProperty("frequency").GetDouble(), 0.005);
            Assert.Equal(0.04, current.GetProperty("thd").GetDouble(), 0.0005);
            Assert.Equal(Math.Sqrt(((10 * 10) + (0.4 * 0.4)) / 2), current.GetProperty("rms").GetDouble(), 0.005);
            Assert.True(current.GetProperty("sideband_low").GetDouble() < -60);
            Assert.Equal(["motor-spectrum.svg", "motor-waveform.svg"], Directory.GetFiles(_folder, "*.svg").Select(Path.GetFileName).Order());
        }

        [Fact]
        public async Task AVoltageIsToldInVolts()
        {
            short[] counts = [.. Enumerable.Range(0, 3200).Select(i => (short)Math.Round(325 * Math.Sin(2 * Math.PI * 60 * i / TestRecord.Rate)))];
            JsonElement result = await Json("mains.i16", TestRecord.Int16(counts), "--rate", "3200", "--unit", "V");
            Assert.Equal("V", result.GetProperty("units").GetProperty("rms").GetString());
            Assert.Equal(60, result.GetProperty("features").GetProperty("voltage").GetProperty("frequency").GetDouble(), 0.01);
        }

        [Fact]
        public async Task ATemperatureIsAnalysedAsTheNodeDoes()
        {
            string csv = "time_s;T\n" + string.Join('\n', Enumerable.Range(0, 61).Select(i => FormattableString.Invariant($"{i * 10};{20 + (i * 0.25)}")));
            JsonElement result = await Json("t.csv", Encoding.ASCII.GetBytes(csv), "--unit", "degC", "--ambient", "18");
            JsonElement temperature = result.GetProperty("features").GetProperty("temperature");
            Assert.Equal(1.5, temperature.GetProperty("slope").GetDouble(), 1e-5);
            Assert.Equal(27.5, temperature.GetProperty("mean").GetDouble(), 1e-5);
            Assert.Equal(9.5, temperature.GetProperty("rise").GetDouble(), 1e-5);
            Assert.Equal("Cel/min", result.GetProperty("units").GetProperty("slope").GetString());
        }

        [Fact]
        public async Task PicturesAreAsInTheGoldenFiles()
        {
            var host = new TestHost();
            string file = Write("outer.i16", TestRecord.Int16(TestRecord.Counts()));
            string prefix = Path.Combine(_folder, "new", "run<1>");
            Assert.Equal(0, await host.RunAsync(["features", file, .. Int16Options, .. Machine, "--block", "256", "--svg", prefix]));
            string[] names = ["waveform", "spectrum", "envelope"];
            Assert.Equal(names.Select(name => $"drawn: {prefix}-{name}.svg"), host.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            foreach (string name in names)
            {
                GoldenFile.Check($"features-{name}.svg", await File.ReadAllTextAsync($"{prefix}-{name}.svg", TestContext.Current.CancellationToken));
            }
        }

        [Fact]
        public async Task PicturesShowWhatWasFound()
        {
            string file = Write("a&b.i16", TestRecord.Int16(TestRecord.Counts(0), TestRecord.Counts(1), TestRecord.Counts(2)));
            JsonElement result = await Json("a&b.i16", null, [.. Int16Options, .. Machine, "--channels", "3", "--svg", _folder + Path.DirectorySeparatorChar]);
            XElement[] pictures = [.. new[] { "waveform", "spectrum", "envelope" }.Select(name => XDocument.Load(Path.Combine(_folder, $"a&b-{name}.svg")).Root!)];
            Assert.True(File.Exists(file));
            foreach (XElement picture in pictures)
            {
                Assert.Equal("180mm", picture.Attribute("width")!.Value); // fits A4
                Assert.DoesNotContain(picture.Descendants(), element => element.Name.LocalName is "script" or "foreignObject" or "image" or "a");
                Assert.Equal(3, WithClass(picture, "curve").Count());
                Assert.Contains(Texts(picture), text => text.EndsWith("of a&b.i16", StringComparison.Ordinal));
                Assert.Contains("prefers-color-scheme:dark", picture.ToString());
            }

            Assert.Contains("Time / s", Texts(pictures[0]));
            Assert.Contains("Acceleration (peak) / m/s²", Texts(pictures[1]));
            Assert.Equal(3, Texts(pictures[2]).Count(text => text == "8 x floor"));

            // The mark of BPFO stands at its frequency: the axis ends with the last line, at 511 of 1024 parts of the envelope's rate.
            double hertz = result.GetProperty("bearing").GetProperty("outer").GetProperty("hertz").GetDouble();
            JsonElement envelope = result.GetProperty("envelope");
            double last = envelope.GetProperty("lineHertz").GetDouble() * ((envelope.GetProperty("block").GetInt32() / 2) - 1);
            XElement frame = WithClass(pictures[2], "frame").First();
            double left = Number(frame.Attribute("x")!.Value);
            double x = left + (Number(frame.Attribute("width")!.Value) * hertz / last);
            Assert.Equal(x, Number(WithClass(pictures[2], "outer").First().Attribute("d")!.Value[1..].Split(' ')[0]), 0.02);
        }

        /// <summary>A single spike among a million samples is still seen.</summary>
        [Fact]
        public async Task ALongRecordKeepsItsPeaksAndStaysSmall()
        {
            short[] counts = new short[1_000_000];
            counts[654_321] = 30000;
            JsonElement result = await Json("long.i16", TestRecord.Int16(counts), "--rate", "10000", "--unit", "g", "--scale", "0.001", "--svg", _folder);
            Assert.Equal(30, result.GetProperty("features").GetProperty("x").GetProperty("peak").GetDouble() / Gravity, 1e-3);
            string path = Path.Combine(_folder, "long-waveform.svg");
            Assert.InRange(new FileInfo(path).Length, 1000, 60_000);
            double[] heights = [.. WithClass(XDocument.Load(path).Root!, "curve").Single().Attribute("d")!.Value.Split('M', 'L').Skip(1).Select(point => Number(point.Split(' ')[1]))];
            Assert.True(heights.Max() - heights.Min() > 250);
        }

        [Theory]
        [InlineData(3, "S205", "there is no such file", "features", "none.i16", "--rate", "100")]
        [InlineData(3, "S205", "no samples", "features", "empty.i16", "--rate", "100")]
        [InlineData(3, "S205", "3 bytes are no whole number of 16-bit counts", "features", "odd.i16", "--rate", "100")]
        [InlineData(3, "S205", "4 bytes are no whole number of samples of 3 16-bit counts", "features", "two.i16", "--rate", "100", "--channels", "3")]
        [InlineData(3, "S205", "line 3: 'NaN' in column 1 is no number", "features", "nan.csv", "--rate", "100")]
        [InlineData(3, "S205", "no column 'y'. Allowed: 1 to 1, or one of x", "features", "nan.csv", "--rate", "100", "--column", "y")]
        [InlineData(3, "S205", "'.mp3' is no known extension", "features", "a.mp3", "--rate", "100")]
        [InlineData(3, "S205", "this is no WAV file", "features", "odd.wav")]
        [InlineData(3, "S221", "cannot be written", "features", "two.i16", "--rate", "100", "--svg", "two.i16/x")]
        [InlineData(2, "S122", "does not tell its sampling rate", "features", "two.i16")]
        [InlineData(2, "S104", "--rate: '0' is not a number from", "features", "two.i16", "--rate", "0")]
        [InlineData(2, "S104", "--scale: '0' is not a number other than 0", "features", "two.i16", "--rate", "1", "--scale", "0")]
        [InlineData(2, "S104", "--unit: 'furlong' is none of g, mg", "features", "two.i16", "--rate", "1", "--unit", "furlong")]
        [InlineData(2, "S104", "--block: '1000' is no power of two from 256 to 65536", "features", "two.i16", "--rate", "1", "--block", "1000")]
        [InlineData(2, "S104", "--start: 'soon' is neither a number of samples", "features", "two.i16", "--rate", "1", "--start", "soon")]
        [InlineData(2, "S104", "--velocity: '1000-10': velocity must be a band", "features", "two.i16", "--rate", "1", "--velocity", "1000-10")]
        [InlineData(2, "S104", "--mains: '55': mains must be 50 or 60", "features", "two.i16", "--rate", "1", "--mains", "55")]
        [InlineData(2, "S104", "class9 is no zone table", "features", "two.i16", "--rate", "1", "--zones", "class9")]
        [InlineData(2, "S103", "", "features")]
        [InlineData(2, "S106", "degC is no unit of vibration", "features", "two.i16", "--rate", "1", "--unit", "degC", "--kind", "vibration")]
        [InlineData(2, "S106", "--column is for text files", "features", "two.i16", "--rate", "1", "--column", "2")]
        [InlineData(2, "S106", "--channels is for files of counts", "features", "nan.csv", "--rate", "1", "--channels", "2")]
        [InlineData(2, "S106", "2 columns are chosen, and current is analysed by one", "features", "two.i16", "--rate", "1", "--channels", "2", "--channel", "1,2", "--unit", "A")]
        [InlineData(2, "S106", "--bearing says nothing about a record of current", "features", "two.i16", "--rate", "1", "--unit", "A", "--bearing", "9,7.94,39.04,0", "--rpm", "100")]
        [InlineData(2, "S106", "--rpm says nothing about a record of temperature", "features", "two.i16", "--rate", "1", "--unit", "degC", "--rpm", "100")]
        [InlineData(2, "S106", "A bearing's lines follow from the speed", "features", "two.i16", "--rate", "1", "--bearing", "9,7.94,39.04,0")]
        [InlineData(2, "S121", "'9;7' is not n,d,D,angle", "features", "two.i16", "--rate", "1", "--bearing", "9;7")]
        [InlineData(2, "S121", "pitch diameter is larger", "features", "two.i16", "--rate", "1", "--bearing", "9,40,39,0")]
        [InlineData(2, "S121", "3 to 100 elements", "features", "two.i16", "--rate", "1", "--bearing", "2.5,4,39,0")]
        [InlineData(2, "S121", "0 to below 90", "features", "two.i16", "--rate", "1", "--bearing", "9,4,39,90")]
        [InlineData(2, "S123", "--start 5 is sample 5, and", "features", "two.i16", "--rate", "1", "--start", "5")]
        [InlineData(2, "S123", "--length 2s is 20 samples, and from sample 1 on", "features", "two.i16", "--rate", "10", "--start", "1", "--length", "2s")]
        [InlineData(2, "S123", "1 sample is no signal", "features", "two.i16", "--rate", "10", "--length", "1")]
        public async Task MistakesAreExplained(int exit, string code, string says, params string[] args)
        {
            Write("empty.i16", []);
            Write("odd.i16", [1, 2, 3]);
            Write("odd.wav", [1, 2, 3]);
            Write("a.mp3", [1, 2, 3]);
            Write("two.i16", [1, 0, 2, 0]);
            Write("nan.csv", "x\n1\nNaN\n"u8.ToArray());
            var host = new TestHost();
            Assert.Equal(exit, await host.RunAsync([.. args.Select(arg => arg.Contains(".i16", StringComparison.Ordinal) || Path.HasExtension(arg) && !char.IsDigit(arg[0]) && !arg.Contains(',') ? Path.Combine(_folder, arg) : arg)]));
            Assert.Empty(host.Out);
            Assert.Contains($"error {code}: ", host.Error);
            Assert.Contains(says, host.Error);
            Assert.Contains("\nHint: ", host.Error);
        }

        private async Task<JsonElement> Json(string name, byte[]? bytes, params string[] options)
        {
            string file = bytes is null ? Path.Combine(_folder, name) : Write(name, bytes);
            var host = new TestHost();
            int exit = await host.RunAsync(["features", file, "--json", .. options]);
            Assert.True(exit == 0, host.Error);
            return JsonDocument.Parse(Assert.Single(host.OutLines)).RootElement;
        }

        private string Write(string name, byte[] bytes)
        {
            string path = Path.Combine(_folder, name);
            File.WriteAllBytes(path, bytes);
            return path;
        }

        private static IEnumerable<XElement> WithClass(XElement picture, string name) => picture.Descendants().Where(element => element.Attribute("class")?.Value == name);

        private static string[] Texts(XElement picture) => [.. picture.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];

        private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
