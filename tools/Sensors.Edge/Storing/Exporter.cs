using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace Sensors.Edge
{
    /// <summary>Writes what is stored as tables and lines, one message at a time, by node, epoch and number.</summary>
    /// <remarks>
    /// CSV is that of RFC 4180 in UTF-8, lines ended by a line feed. <c>time</c> is ISO 8601 in UTC and empty where the node knew no UTC; then <c>ts</c>
    /// counts milliseconds since its start. Memory does not grow with the number of messages.
    /// </remarks>
    public sealed class Exporter
    {
        private const string Named = "id,point,kind,epoch,seq,time,ts,clock,uncertainty,arrived";

        private readonly ReadingArchive _archive;
        private readonly ArchiveFilter _filter;

        /// <summary>Makes an exporter.</summary>
        /// <param name="archive">The store.</param>
        /// <param name="filter">Which messages.</param>
        public Exporter(ReadingArchive archive, ArchiveFilter filter)
        {
            ArgumentNullException.ThrowIfNull(archive);
            ArgumentNullException.ThrowIfNull(filter);
            _archive = archive;
            _filter = filter;
        }

        /// <summary>Writes readings as CSV, a line each; columns are those of all channels that occur. The store is read twice.</summary>
        /// <param name="to">Gets the text.</param>
        /// <returns>How many lines were written, the head left out.</returns>
        /// <exception cref="StoreException">The file cannot be read.</exception>
        public long WriteCsv(TextWriter to)
        {
            ArgumentNullException.ThrowIfNull(to);
            using ReadingArchive.Snapshot snapshot = _archive.Freeze();
            var columns = new ChannelColumns();
            foreach (StoredMessage message in _archive.Messages(StoreKind.Reading, _filter)) { columns.Enter(ReadingMessage.Parse(message.Payload).Values); }
            to.Write(Named + ",fault");
            foreach (string channel in columns.Names)
            {
                to.Write(',');
                to.Write(Quoted(channel));
            }

            to.Write('\n');
            long lines = 0;
            var values = new double?[columns.Names.Count];
            foreach (StoredMessage message in _archive.Messages(StoreKind.Reading, _filter))
            {
                ReadingMessage reading = ReadingMessage.Parse(message.Payload);
                WriteNamed(to, message, reading);
                Write(to, Quoted(reading.Quality.Fault ?? ""));
                Array.Clear(values);
                foreach (ChannelValue value in reading.Values) { values[columns[value.Channel]] = value.Value; }
                foreach (double? value in values) { Write(to, Text(value)); }
                to.Write('\n');
                lines++;
            }

            return lines;
        }

        /// <summary>Writes readings as CSV, a line for each value; one without values has a line with its fault.</summary>
        /// <param name="to">Gets the text.</param>
        /// <returns>How many lines were written, the head left out.</returns>
        /// <exception cref="StoreException">The file cannot be read.</exception>
        public long WriteLongCsv(TextWriter to)
        {
            ArgumentNullException.ThrowIfNull(to);
            to.Write(Named + ",fault,channel,value\n");
            long lines = 0;
            foreach (StoredMessage message in _archive.Messages(StoreKind.Reading, _filter))
            {
                ReadingMessage reading = ReadingMessage.Parse(message.Payload);
                IReadOnlyList<ChannelValue> values = reading.Values;
                for (int i = 0; i < Math.Max(1, values.Count); i++)
                {
                    WriteNamed(to, message, reading);
                    Write(to, Quoted(reading.Quality.Fault ?? ""));
                    Write(to, values.Count == 0 ? "" : Quoted(values[i].Channel));
                    Write(to, values.Count == 0 ? "" : Text(values[i].Value));
                    to.Write('\n');
                    lines++;
                }
            }

            return lines;
        }

        /// <summary>Writes alarms as CSV, a line each.</summary>
        /// <param name="to">Gets the text.</param>
        /// <returns>How many lines were written, the head left out.</returns>
        /// <exception cref="StoreException">The file cannot be read.</exception>
        public long WriteAlarmsCsv(TextWriter to)
        {
            ArgumentNullException.ThrowIfNull(to);
            to.Write(Named + ",channel,alarm,was,cause,value,limit\n");
            long lines = 0;
            foreach (StoredMessage message in _archive.Messages(StoreKind.Alarm, _filter))
            {
                AlarmMessage alarm = AlarmMessage.Parse(message.Payload);
                WriteNamed(to, message, alarm.Point, alarm.Kind, alarm.Sequence, alarm.UtcMilliseconds, alarm.Clock, alarm.Uncertainty);
                Write(to, Quoted(alarm.Channel));
                Write(to, Text(alarm.Alarm));
                Write(to, Text(alarm.Was));
                Write(to, Quoted(alarm.Cause));
                Write(to, Text(alarm.Value));
                Write(to, Text(alarm.Limit));
                to.Write('\n');
                lines++;
            }

            return lines;
        }

        /// <summary>Writes what nodes said of numbers that will not come as CSV, a line for each range. Where no end is known, <c>to</c> is empty.</summary>
        /// <param name="to">Gets the text.</param>
        /// <returns>How many lines were written, the head left out.</returns>
        /// <exception cref="StoreException">The file cannot be read.</exception>
        public long WriteGapsCsv(TextWriter to)
        {
            ArgumentNullException.ThrowIfNull(to);
            to.Write("id,epoch,from,to,reason,count,time,ts,clock,uncertainty,arrived\n");
            long lines = 0;
            foreach (StoredMessage message in _archive.Messages(StoreKind.Gap, _filter))
            {
                GapMessage gap = GapMessage.Parse(message.Payload);
                foreach (SequenceRange range in gap.Ranges)
                {
                    to.Write(Quoted(message.Id));
                    Write(to, Text(gap.Epoch));
                    Write(to, Text(range.From));
                    Write(to, range.IsOpen ? "" : Text(range.To));
                    Write(to, gap.Reason);
                    Write(to, gap.Count is { } count ? Text(count) : "");
                    WriteTime(to, gap.UtcMilliseconds, gap.Clock, gap.Uncertainty, message.Arrived);
                    to.Write('\n');
                    lines++;
                }
            }

            return lines;
        }

        /// <summary>Writes messages as they came, a line each, with the member <c>arrived</c> (UTC in ms) behind the others.</summary>
        /// <param name="kind">Readings, alarms or gaps.</param>
        /// <param name="to">Gets the text, UTF-8.</param>
        /// <returns>How many lines were written.</returns>
        /// <exception cref="StoreException">The file cannot be read.</exception>
        public long WriteJsonLines(StoreKind kind, Stream to)
        {
            ArgumentNullException.ThrowIfNull(to);
            long lines = 0;
            foreach (StoredMessage message in _archive.Messages(kind, _filter))
            {
                byte[] text = message.Payload;
                for (int i = 0; i < text.Length; i++)
                {
                    if (text[i] is (byte)'\n' or (byte)'\r') { text[i] = (byte)' '; } // between members only: strings bear them escaped
                }

                to.Write(text, 0, Array.LastIndexOf(text, (byte)'}'));
                to.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($",\"arrived\":{message.Arrived.ToUnixTimeMilliseconds()}}}\n")));
                lines++;
            }

            return lines;
        }

        private static void WriteNamed(TextWriter to, StoredMessage message, ReadingMessage reading) =>
            WriteNamed(to, message, reading.Point, reading.Kind, reading.Sequence, reading.UtcMilliseconds, reading.Clock, reading.Uncertainty);

        private static void WriteNamed(TextWriter to, StoredMessage message, string point, string kind, long sequence, long time, ClockQuality clock, long? uncertainty)
        {
            to.Write(Quoted(message.Id));
            Write(to, Quoted(point));
            Write(to, Quoted(kind));
            Write(to, Text(message.Epoch));
            Write(to, Text(sequence));
            WriteTime(to, time, clock, uncertainty, message.Arrived);
        }

        private static void WriteTime(TextWriter to, long time, ClockQuality clock, long? uncertainty, DateTimeOffset arrived)
        {
            Write(to, clock == ClockQuality.Unset ? "" : Text(DateTimeOffset.FromUnixTimeMilliseconds(time)));
            Write(to, Text(time));
            Write(to, clock switch { ClockQuality.Unset => "unset", ClockQuality.Holdover => "holdover", _ => "synced" });
            Write(to, uncertainty is { } milliseconds ? Text(milliseconds) : "");
            Write(to, Text(arrived));
        }

        private static void Write(TextWriter to, string field)
        {
            to.Write(',');
            to.Write(field);
        }

        private static string Quoted(string text) => text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

        private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

        private static string Text(double? value) => value is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : "";

        private static string Text(AlarmGrade grade) => grade switch { AlarmGrade.Warning => "warning", AlarmGrade.Danger => "danger", _ => "none" };

        private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }
}
