using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Sensors.Cli.Tests.Features
{
    /// <summary>A record of a bearing whose outer race is struck, in every form a file can have.</summary>
    internal static class TestRecord
    {
        public const double Rate = 3200;
        public const int Samples = 2048;
        public const double GPerCount = 1 / 4096.0;
        public const double Rpm = 1200; // 20 Hz
        public const double UnbalanceG = 0.05;

        /// <summary>BPFO is 3.5848 times the shaft's 20 Hz.</summary>
        public const string Bearing = "9,7.94,39.04,0";

        private const double NoiseG = 0.06; // from end to end
        private const double StrikeHertz = 71.7;
        private const double RingHertz = 900;
        private const double RingDecay = 250; // per second

        /// <summary>Counts of one axis: unbalance, strikes that ring, gravity, and noise that stands well above the rounding of a float.</summary>
        public static short[] Counts(int axis = 0)
        {
            var counts = new short[Samples];
            uint random = 12345u + (uint)axis;
            for (int i = 0; i < Samples; i++)
            {
                random = (random * 1664525u) + 1013904223u; // Numerical Recipes
                counts[i] = (short)Math.Round((Value(i / Rate, axis) + (NoiseG * ((random / (double)uint.MaxValue) - 0.5))) / GPerCount);
            }

            return counts;
        }

        public static byte[] Int16(params short[][] channels)
        {
            byte[] bytes = new byte[channels.Length * channels[0].Length * sizeof(short)];
            for (int i = 0; i < bytes.Length / sizeof(short); i++)
            {
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * sizeof(short)), channels[i % channels.Length][i / channels.Length]);
            }

            return bytes;
        }

        public static byte[] Wav(short channels, short bits, bool isFloat, byte[] data)
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            short width = (short)(channels * bits / 8);
            writer.Write("RIFF"u8);
            writer.Write(36 + data.Length);
            writer.Write("WAVEfmt "u8);
            writer.Write(16);
            writer.Write((short)(isFloat ? 3 : 1));
            writer.Write(channels);
            writer.Write((int)Rate);
            writer.Write((int)Rate * width);
            writer.Write(width);
            writer.Write(bits);
            writer.Write("data"u8);
            writer.Write(data.Length);
            writer.Write(data);
            return stream.ToArray();
        }

        public static string Csv(double factor, string format, params short[][] channels)
        {
            using var text = new StringWriter { NewLine = "\n" };
            text.WriteLine("time," + string.Join(',', channels.Select((_, i) => "a" + (i + 1))));
            for (int i = 0; i < channels[0].Length; i++)
            {
                text.WriteLine((i / Rate).ToString("R", CultureInfo.InvariantCulture) + "," + string.Join(',', channels.Select(channel => (channel[i] * factor).ToString(format, CultureInfo.InvariantCulture))));
            }

            return text.ToString();
        }

        private static double Value(double seconds, int axis)
        {
            double sinceStrike = seconds % (1 / StrikeHertz);
            double strike = (axis == 0 ? 0.4 : 0.1) * Math.Exp(-RingDecay * sinceStrike) * Math.Sin(2 * Math.PI * RingHertz * sinceStrike);
            double gravity = axis == 2 ? 1 : 0;
            return gravity + strike + (UnbalanceG * Math.Sin((2 * Math.PI * Rpm / 60 * seconds) + axis));
        }
    }
}
