using System;
using System.Buffers;
using System.Collections.Generic;

namespace Sensors.Edge
{
    /// <summary>SenML in CBOR: <c>application/senml+cbor</c> (RFC 8428, 6).</summary>
    public static class SenmlCbor
    {
        /// <summary>Writes a pack.</summary>
        /// <param name="pack">Its records.</param>
        /// <returns>CBOR: an array of maps with the integer labels, all of known length; numbers in the fewest bytes that are equal to them.</returns>
        /// <exception cref="SenmlException">A number is not finite.</exception>
        public static byte[] Encode(IReadOnlyCollection<SenmlRecord> pack)
        {
            var buffer = new ArrayBufferWriter<byte>();
            var writer = new CborWriter(buffer);
            writer.Array(pack.Count);
            foreach (SenmlRecord record in pack) { Write(writer, record); }
            return buffer.WrittenSpan.ToArray();
        }

        /// <summary>Reads a pack, or a stream of records in an array of unknown length. Fields it does not know are passed over; base fields are left as they
        /// are, see <see cref="SenmlPack"/>.</summary>
        /// <param name="pack">CBOR.</param>
        /// <returns>Its records.</returns>
        /// <exception cref="SenmlException">It is no pack; the message says what is wrong.</exception>
        public static IReadOnlyList<SenmlRecord> Decode(ReadOnlySpan<byte> pack)
        {
            var reader = new CborReader(pack);
            var records = new List<SenmlRecord>();
            int left = reader.Begin(CborType.Array);
            while (reader.More(ref left)) { records.Add(Read(ref reader)); }
            return reader.IsAtEnd ? records : throw new SenmlException("Bytes follow the end of the pack.");
        }

        internal static void Write(CborWriter writer, SenmlRecord record)
        {
            writer.Map(Fields(record));
            Text(writer, SenmlLabel.BaseName, record.BaseName);
            Number(writer, SenmlLabel.BaseTime, record.BaseTime);
            Text(writer, SenmlLabel.BaseUnit, record.BaseUnit);
            Number(writer, SenmlLabel.BaseVersion, record.BaseVersion);
            Number(writer, SenmlLabel.BaseValue, record.BaseValue);
            Number(writer, SenmlLabel.BaseSum, record.BaseSum);
            Text(writer, SenmlLabel.Name, record.Name);
            Text(writer, SenmlLabel.Unit, record.Unit);
            Number(writer, SenmlLabel.Time, record.Time);
            Number(writer, SenmlLabel.UpdateTime, record.UpdateTime);
            Number(writer, SenmlLabel.Value, record.Value);
            Text(writer, SenmlLabel.StringValue, record.StringValue);
            if (record.BooleanValue is { } truth)
            {
                writer.Integer((long)SenmlLabel.BooleanValue);
                writer.Boolean(truth);
            }

            if (record.DataValue is { } data)
            {
                writer.Integer((long)SenmlLabel.DataValue);
                writer.Bytes(data.Span);
            }

            Number(writer, SenmlLabel.Sum, record.Sum);
        }

        private static int Fields(SenmlRecord record)
        {
            int fields = record.Values;
            foreach (string? text in new[] { record.BaseName, record.BaseUnit, record.Name, record.Unit }) { fields += text is null ? 0 : 1; }
            foreach (double? number in new[] { record.BaseTime, record.BaseVersion, record.BaseValue, record.BaseSum, record.Time, record.UpdateTime, record.Sum })
            {
                fields += number is null ? 0 : 1;
            }

            return fields;
        }

        private static void Text(CborWriter writer, SenmlLabel label, string? text)
        {
            if (text is null) { return; }
            writer.Integer((long)label);
            writer.Text(text);
        }

        private static void Number(CborWriter writer, SenmlLabel label, double? number)
        {
            if (number is not { } value) { return; }
            writer.Integer((long)label);
            writer.Number(SenmlLabels.Finite(value));
        }

        private static SenmlRecord Read(ref CborReader reader)
        {
            var record = new SenmlRecord();
            var seen = new HashSet<long>();
            int left = reader.Begin(CborType.Map);
            while (reader.More(ref left))
            {
                if (reader.Peek() == CborType.Text)
                {
                    SenmlLabels.PassOver(reader.Text());
                    reader.Skip();
                    continue;
                }

                long number = reader.Integer();
                if (!seen.Add(number)) { throw new SenmlException("The field " + number + " is there twice."); }
                if (number is >= (long)SenmlLabel.BaseSum and <= (long)SenmlLabel.DataValue)
                {
                    record = Read(ref reader, record, (SenmlLabel)number);
                }
                else
                {
                    reader.Skip();
                }
            }

            return record;
        }

        private static SenmlRecord Read(ref CborReader reader, SenmlRecord record, SenmlLabel label)
        {
            switch (label)
            {
                case SenmlLabel.BaseVersion:
                    long version = reader.Integer();
                    return record with { BaseVersion = version is >= 0 and <= int.MaxValue ? (int)version : throw new SenmlException("Version " + version + " of SenML is not understood.") };
                case SenmlLabel.BooleanValue:
                    return record with { BooleanValue = reader.Boolean() };
                case SenmlLabel.DataValue:
                    return record with { DataValue = reader.Data() };
                default:
                    return SenmlLabels.IsText(label)
                        ? SenmlLabels.With(record, label, reader.Text())
                        : SenmlLabels.With(record, label, SenmlLabels.Finite(reader.Number()));
            }
        }
    }
}
