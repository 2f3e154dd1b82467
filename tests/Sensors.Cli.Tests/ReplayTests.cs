using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;
using Sensors.Edge;

namespace Sensors.Cli.Tests
{
    /// <summary>A record through the whole chain: file, option, chip, driver, firmware, broker, view.</summary>
    public sealed class ReplayTests : IDisposable
    {
        private const double StandardGravity = 9.80665;
        private const double AmplitudeG = 0.5;
        private const double SineHertz = 100; // 32 periods in the 1,024 samples of a reading
        private const double RecordHertz = 8000;
        private const int Samples = 8000;
        private const int CountsPerG = 4096;

        private readonly string _folder = Directory.CreateTempSubdirectory("sensorctl-replay-").FullName;

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        [Theory]
        [InlineData("csv", "--rate", "8000", "--unit", "m/s2", "--column", "acceleration")]
        [InlineData("i16", "--rate", "8000", "--unit", "g", "--scale", "0.000244140625")]
        [InlineData("wav", "--unit", "mg", "--scale", "8000", "--channel", "2")]
        public async Task TheRmsOfARecordedSineIsThatOfTheFile(string kind, params string[] options)
        {
            using var stop = new CancellationTokenSource();
            var host = new TestHost { Nodes = node => node with { Pace = 5 } };
            Task<int> demo = host.RunAsync(stop.Token, ["demo", "--json", "--interval", "1", "--seed", "1", "--replay", Record(kind), .. options]);
            await TestHost.UntilAsync(() => host.Out, "\"point\":\"vib1\"");
            await stop.CancelAsync();
            Assert.Equal(130, await demo);
            ReadingMessage vibration = host.OutLines.Select(line => ReadingMessage.Parse(Encoding.UTF8.GetBytes(line))).First(reading => reading.Point == "vib1");
            double expected = AmplitudeG / Math.Sqrt(2) * StandardGravity;
            Assert.InRange(vibration.Value("x_rms")!.Value, 0.98 * expected, 1.02 * expected);
            Assert.InRange(vibration.Value("y_rms")!.Value, 0, 0.1 * expected); // the record moves one axis
        }

        private string Record(string kind)
        {
            string path = Path.Combine(_folder, "sine." + kind);
            double[] sine = [.. Enumerable.Range(0, Samples).Select(i => AmplitudeG * Math.Sin(2 * Math.PI * SineHertz * i / RecordHertz))];
            short[] counts = [.. sine.Select(g => (short)Math.Round(g * CountsPerG))];
            switch (kind)
            {
                case "csv":
                    File.WriteAllLines(path, sine.Select((g, i) => string.Create(CultureInfo.InvariantCulture, $"{i / RecordHertz},{g * StandardGravity}")).Prepend("time,acceleration"));
                    break;
                case "i16":
                    File.WriteAllBytes(path, Bytes(counts));
                    break;
                default:
                    File.WriteAllBytes(path, Wav([.. counts.SelectMany(count => new short[] { 0, count })], channels: 2));
                    break;
            }

            return path;
        }

        private static byte[] Wav(short[] counts, short channels)
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            byte[] data = Bytes(counts);
            writer.Write("RIFF"u8);
            writer.Write(36 + data.Length);
            writer.Write("WAVEfmt "u8);
            writer.Write(16);
            writer.Write((short)1); // PCM
            writer.Write(channels);
            writer.Write((int)RecordHertz);
            writer.Write((int)RecordHertz * channels * sizeof(short));
            writer.Write((short)(channels * sizeof(short)));
            writer.Write((short)16);
            writer.Write("data"u8);
            writer.Write(data.Length);
            writer.Write(data);
            return stream.ToArray();
        }

        private static byte[] Bytes(short[] counts)
        {
            byte[] bytes = new byte[counts.Length * sizeof(short)];
            for (int i = 0; i < counts.Length; i++)
            {
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * sizeof(short)), counts[i]);
            }

            return bytes;
        }
    }
}
