using System;
using System.IO;
using System.Linq;
using System.Text;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class RecordedSignalTests : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("record").FullName;

        public void Dispose() => Directory.Delete(_folder, true);

        [Theory]
        [InlineData("1\n2\n3\n", "1", "1 2 3")]
        [InlineData("time,acc\n0,1.5\n1,-2.5e-1\n", "acc", "1.5 -0.25")]
        [InlineData("time,acc\n0,1.5\n1,2\n", "2", "1.5 2")]
        [InlineData("# from the lab\n\n\"t\";\"a\"\n0;1,5\n1;2,5\n", "a", "1.5 2.5")]
        [InlineData("0\t7\r\n1\t8\r\n", "2", "7 8")]
        public void CSV_files_are_read(string text, string column, string expected)
        {
            RecordedSignal signal = Load("a.csv", Encoding.UTF8.GetBytes(text), new RecordOptions { RateHertz = 10, Column = column });
            Assert.Equal(expected, string.Join(' ', signal.Values.ToArray().Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        }

        [Theory]
        [InlineData("a.csv", "1\nx\n", "line 2: 'x' in column 1 is no number")]
        [InlineData("a.csv", "a,b\n1,2\n3\n", "line 3: there are 1 columns, column 2 is missing")]
        [InlineData("a.csv", "a,c\n1,2\n", "no column 'b'. Allowed: 1 to 2, or one of a, c")]
        [InlineData("a.csv", "1,NaN\n", "no column 'b'")]
        [InlineData("a.txt", "b\n", "holds no samples")]
        [InlineData("a.i16", "abc", "3 bytes are no whole number")]
        [InlineData("a.i16", "", "holds no samples")]
        [InlineData("a.wav", "RIFFxxxxWAV", "no WAV file")]
        [InlineData("a.wav", "RIFFxxxxWAVEdata\u0002\0\0\0ab", "no 'fmt ' chunk")]
        [InlineData("a.mp3", "x", "'.mp3' is no known extension. Allowed: .csv")]
        public void A_wrong_file_is_refused_with_what_is_wrong(string name, string text, string what)
        {
            string column = name == "a.csv" && text.Contains(',') ? "b" : "1";
            string message = Assert.Throws<RecordException>(
                () => Load(name, Encoding.ASCII.GetBytes(text), new RecordOptions { RateHertz = 10, Column = column })).Message;
            Assert.Contains(what, message);
            Assert.Contains(name, message);
        }

        [Fact]
        public void Options_that_make_no_sense_are_refused()
        {
            Assert.Contains("no such file", Error("none.csv", null, new RecordOptions()));
            Assert.Contains("does not tell its sampling rate", Error("a.csv", "1\n", new RecordOptions()));
            Assert.Contains("does not tell its sampling rate", Error("a.csv", "1\n", new RecordOptions { RateHertz = -5 }));
            Assert.Contains("the scale is 0", Error("a.csv", "1\n", new RecordOptions { RateHertz = 1, Scale = 0 }));
            Assert.Contains("'furlong' is no unit. Allowed: g, mg", Error("a.csv", "1\n", new RecordOptions { RateHertz = 1, Unit = "furlong" }));
            Assert.Contains("no column 3. Allowed: 1 to 1", Error("a.csv", "1\n", new RecordOptions { RateHertz = 1, Column = "3" }));
        }

        [Theory]
        [InlineData("g", 1, SignalQuantity.Acceleration)]
        [InlineData("mg", 0.001, SignalQuantity.Acceleration)]
        [InlineData("m/s2", 1 / 9.80665, SignalQuantity.Acceleration)]
        [InlineData("degC", 1, SignalQuantity.Temperature)]
        [InlineData("mA", 0.001, SignalQuantity.Current)]
        [InlineData("mV", 0.001, SignalQuantity.Voltage)]
        public void Counts_are_scaled_into_the_kept_unit(string unit, double factor, SignalQuantity quantity)
        {
            RecordedSignal signal = Load("a.i16", [0x00, 0x01, 0x00, 0x80], new RecordOptions { RateHertz = 5, Scale = 0.5, Unit = unit });
            Assert.Equal([(float)(128 * factor), (float)(-16384 * factor)], signal.Values.ToArray());
            Assert.Equal(quantity, signal.Quantity);
            Assert.Equal(0.4, signal.Seconds, 1e-9);
        }

        [Theory]
        [InlineData(1, 16, "00 40 00 C0 00 20 00 E0", 2, "-0.5 -0.25")]
        [InlineData(1, 24, "00 00 40 00 00 C0", 2, "-0.5")]
        [InlineData(1, 32, "00 00 00 40 00 00 00 C0", 1, "0.5")]
        [InlineData(3, 32, "00 00 80 3E 00 00 00 BF", 2, "-0.5")]
        public void WAV_files_tell_their_rate_and_have_channels(int coding, int bits, string data, int channel, string expected)
        {
            byte[] samples = Convert.FromHexString(data.Replace(" ", string.Empty));
            RecordedSignal signal = Load("a.wav", Wav(coding, 2, 8000, bits, samples), new RecordOptions { Channel = channel });
            Assert.Equal(8000, signal.RateHertz);
            Assert.Equal(expected, string.Join(' ', signal.Values.ToArray().Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        }

        [Fact]
        public void Wrong_WAV_files_are_refused()
        {
            Assert.Contains("coding 1 with 8 bits is not supported", WavError(Wav(1, 1, 8000, 8, [1, 2]), 1));
            Assert.Contains("no channel 2. Allowed: 1 to 1", WavError(Wav(1, 1, 8000, 16, [1, 2]), 2));
            Assert.Contains("3 bytes of data are no whole number of frames of 2", WavError(Wav(1, 1, 8000, 16, [1, 2, 3]), 1));
            Assert.Contains("cut off, 4 bytes are announced and 3 are there", WavError(Wav(1, 1, 8000, 16, [1, 2, 3, 4])[..^1], 1));
        }

        private static byte[] Wav(int coding, int channels, int rate, int bits, byte[] data)
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            writer.Write("RIFF"u8);
            writer.Write(36 + data.Length);
            writer.Write("WAVEfmt "u8);
            writer.Write(16);
            writer.Write((short)coding);
            writer.Write((short)channels);
            writer.Write(rate);
            writer.Write(rate * channels * bits / 8);
            writer.Write((short)(channels * bits / 8));
            writer.Write((short)bits);
            writer.Write("data"u8);
            writer.Write(data.Length);
            writer.Write(data);
            writer.Flush();
            return stream.ToArray();
        }

        private string WavError(byte[] bytes, int channel) =>
            Assert.Throws<RecordException>(() => Load("a.wav", bytes, new RecordOptions { Channel = channel })).Message;

        private string Error(string name, string? text, RecordOptions options) =>
            Assert.Throws<RecordException>(() => Load(name, text is null ? null : Encoding.ASCII.GetBytes(text), options)).Message;

        private RecordedSignal Load(string name, byte[]? bytes, RecordOptions options)
        {
            string path = Path.Combine(_folder, name);
            if (bytes is not null)
            {
                File.WriteAllBytes(path, bytes);
            }

            return RecordedSignal.Load(path, options);
        }
    }
}
