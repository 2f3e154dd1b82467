using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace Sensors.Edge
{
    /// <summary>How SenML is written.</summary>
    public enum SenmlFormat
    {
        /// <summary><c>application/senml+json</c>.</summary>
        Json = 0,

        /// <summary><c>application/sensml+cbor</c>: CBOR in an array of unknown length, because the number of records is not known when it begins.</summary>
        Cbor = 1,
    }

    /// <summary>A reading to be written as SenML.</summary>
    /// <param name="Reading">The reading.</param>
    /// <param name="Meta">What its node says of its channels; null when it is not known.</param>
    /// <param name="Received">When it came: its time if the node knew none; null when not known.</param>
    public readonly record struct SenmlReading(ReadingMessage Reading, MetaMessage? Meta, DateTimeOffset? Received = null);

    /// <summary>Writes any number of readings as one pack, holding one reading in memory at a time.</summary>
    public static class SenmlExport
    {
        private const int Chunk = 64 * 1024;

        /// <summary>Writes readings.</summary>
        /// <param name="output">Takes the pack; neither flushed nor closed.</param>
        /// <param name="readings">The readings, in the order to write them.</param>
        /// <param name="format">How.</param>
        /// <returns>How many readings were written.</returns>
        public static long Write(Stream output, IEnumerable<SenmlReading> readings, SenmlFormat format)
        {
            ArgumentNullException.ThrowIfNull(output);
            ArgumentNullException.ThrowIfNull(readings);
            var buffer = new ArrayBufferWriter<byte>(Chunk);
            return format == SenmlFormat.Json ? WriteJson(output, readings, buffer) : WriteCbor(output, readings, buffer);
        }

        // A line for each reading, so that the file can be looked at.
        private static long WriteJson(Stream output, IEnumerable<SenmlReading> readings, ArrayBufferWriter<byte> buffer)
        {
            using Utf8JsonWriter writer = SenmlJson.MakeWriter(buffer);
            long count = 0;
            buffer.Write("["u8);
            foreach (SenmlReading reading in readings)
            {
                string separator = count++ == 0 ? "\n" : ",\n";
                foreach (SenmlRecord record in SenmlPack.Of(reading.Reading, reading.Meta, reading.Received))
                {
                    foreach (char c in separator) { buffer.Write([(byte)c]); }
                    writer.Reset();
                    SenmlJson.Write(writer, record);
                    writer.Flush();
                    separator = ",";
                }

                Drain(output, buffer, Chunk);
            }

            buffer.Write("\n]\n"u8);
            Drain(output, buffer, 0);
            return count;
        }

        private static long WriteCbor(Stream output, IEnumerable<SenmlReading> readings, ArrayBufferWriter<byte> buffer)
        {
            var writer = new CborWriter(buffer);
            long count = 0;
            writer.OpenArray();
            foreach (SenmlReading reading in readings)
            {
                count++;
                foreach (SenmlRecord record in SenmlPack.Of(reading.Reading, reading.Meta, reading.Received)) { SenmlCbor.Write(writer, record); }
                Drain(output, buffer, Chunk);
            }

            writer.Break();
            Drain(output, buffer, 0);
            return count;
        }

        private static void Drain(Stream output, ArrayBufferWriter<byte> buffer, int threshold)
        {
            if (buffer.WrittenCount < threshold) { return; }
            output.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
    }
}
