using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sensors.Edge
{
    /// <summary>Writes captures as files; specified in <c>docs/capture.md</c>.</summary>
    public static class CaptureFile
    {
        private const int ObjectVersion = 1;
        private const short Pcm = 1;
        private const short IeeeFloat = 3;
        private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        /// <summary>Gets the extensions that can be written.</summary>
        public static IReadOnlyList<string> Extensions { get; } = [".wav", ".csv", ".i16"];

        /// <summary>Writes a capture, as its name's extension says, and beside it what is known of it as <c>.json</c>.</summary>
        /// <param name="capture">The capture.</param>
        /// <param name="path">The file; one that exists is overwritten.</param>
        /// <param name="floats">Whether a <c>.wav</c> holds m/s² as 32-bit floats instead of counts.</param>
        /// <exception cref="ArgumentException">The extension is none of <see cref="Extensions"/>.</exception>
        /// <exception cref="IOException">It cannot be written.</exception>
        public static void Write(RawCapture capture, string path, bool floats = false)
        {
            ArgumentNullException.ThrowIfNull(capture);
            using (FileStream stream = File.Create(path))
            {
                switch (Path.GetExtension(path).ToLowerInvariant())
                {
                    case ".wav":
                        WriteWav(capture, stream, floats);
                        break;
                    case ".csv":
                        WriteCsv(capture, stream);
                        break;
                    case ".i16":
                        WriteCounts(capture, stream);
                        break;
                    case string other:
                        throw new ArgumentException($"'{other}' is none of {string.Join(", ", Extensions)}.", nameof(path));
                }
            }

            File.WriteAllText(path + ".json", Describe(capture, Path.GetFileName(path)).ToJsonString(Indented) + "\n");
        }

        /// <summary>Tells what is known of a capture beside its samples.</summary>
        /// <param name="capture">The capture.</param>
        /// <param name="file">Name of the file that holds the samples.</param>
        /// <returns>The object.</returns>
        public static JsonObject Describe(RawCapture capture, string file)
        {
            ArgumentNullException.ThrowIfNull(capture);
            var blocks = new JsonArray();
            int first = 0;
            for (int i = 0; i < capture.Blocks.Count; i++)
            {
                RawBlock block = capture.Blocks[i];
                var about = new JsonObject { ["first"] = first, ["samples"] = block.Samples, ["axes"] = block.AxisNames, ["ts"] = block.UtcMilliseconds, ["clock"] = Name(block.Clock) };
                if (block.Rate is { } measured)
                {
                    about["rate"] = measured;
                }

                about["weight"] = block.Weight;
                about["lost"] = block.Lost;
                about["trigger"] = i == capture.Trigger;
                blocks.Add(about);
                first += block.Samples;
            }

            var result = new JsonObject
            {
                ["version"] = ObjectVersion,
                ["file"] = file,
                ["id"] = capture.Id,
                ["point"] = capture.Point,
                ["epoch"] = capture.Epoch,
                ["capture"] = capture.Number,
                ["reason"] = capture.Cause == CaptureCause.Alarm ? "alarm" : "command",
                ["missed"] = capture.Missed,
                ["unit"] = "m/s2",
                ["axes"] = capture.Axes,
                ["samples"] = first,
            };
            if (capture.TriggerBlock.Rate is { } rate)
            {
                result["rate"] = rate;
            }

            result["blocks"] = blocks;
            return result;
        }

        private static void WriteWav(RawCapture capture, Stream stream, bool floats)
        {
            const int HeadLength = 36;
            int channels = capture.Blocks[0].Axes;
            int width = floats ? sizeof(float) : sizeof(short);
            int length = capture.Blocks.Sum(block => block.Counts.Length) * width;
            int rate = Math.Max(1, (int)Math.Round(capture.TriggerBlock.Rate ?? 0));
            using var writer = new BinaryWriter(stream, Encoding.ASCII, leaveOpen: true);
            writer.Write("RIFF"u8);
            writer.Write(HeadLength + length);
            writer.Write("WAVEfmt "u8);
            writer.Write(16);
            writer.Write(floats ? IeeeFloat : Pcm);
            writer.Write((short)channels);
            writer.Write(rate);
            writer.Write(rate * channels * width);
            writer.Write((short)(channels * width));
            writer.Write((short)(8 * width));
            writer.Write("data"u8);
            writer.Write(length);
            foreach (RawBlock block in capture.Blocks)
            {
                foreach (short count in block.Counts.Span)
                {
                    if (floats)
                    {
                        writer.Write(count * block.Weight);
                    }
                    else
                    {
                        writer.Write(count);
                    }
                }
            }
        }

        private static void WriteCounts(RawCapture capture, Stream stream)
        {
            using var writer = new BinaryWriter(stream, Encoding.ASCII, leaveOpen: true);
            foreach (RawBlock block in capture.Blocks)
            {
                foreach (short count in block.Counts.Span)
                {
                    writer.Write(count);
                }
            }
        }

        private static void WriteCsv(RawCapture capture, Stream stream)
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\n" };
            writer.WriteLine("block,time," + string.Join(',', capture.Axes.ToCharArray()));
            RawBlock trigger = capture.TriggerBlock;
            double length = trigger.Rate is { } rate ? (trigger.Samples - 1) / (double)rate : double.NaN; // from its first sample to its last
            for (int i = 0; i < capture.Blocks.Count; i++)
            {
                RawBlock block = capture.Blocks[i];
                bool timed = block.Rate is not null && (block.Clock == ClockQuality.Unset) == (trigger.Clock == ClockQuality.Unset) && double.IsFinite(length);
                ReadOnlySpan<short> counts = block.Counts.Span;
                for (int k = 0; k < block.Samples; k++)
                {
                    writer.Write(i.ToString(CultureInfo.InvariantCulture));
                    writer.Write(',');
                    if (timed)
                    {
                        double last = length + ((block.UtcMilliseconds - trigger.UtcMilliseconds) / 1000.0);
                        double time = last - ((block.Samples - 1 - k) / (double)block.Rate!.Value);
                        writer.Write(time.ToString("F6", CultureInfo.InvariantCulture));
                    }

                    foreach (char axis in capture.Axes)
                    {
                        writer.Write(',');
                        int at = block.AxisNames.IndexOf(axis);
                        if (at >= 0)
                        {
                            writer.Write((counts[(k * block.Axes) + at] * block.Weight).ToString("R", CultureInfo.InvariantCulture));
                        }
                    }

                    writer.WriteLine();
                }
            }
        }

        private static string Name(ClockQuality clock) => clock switch
        {
            ClockQuality.Synced => "synced",
            ClockQuality.Holdover => "holdover",
            _ => "unset",
        };
    }
}
