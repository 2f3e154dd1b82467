using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Edge
{
    /// <summary>SenML packs (RFC 8428): made from readings, and resolved into records that stand for themselves.</summary>
    public static class SenmlPack
    {
        /// <summary>Times below this many seconds count from now, others from 1970-01-01T00:00:00Z (RFC 8428, 4.5.3).</summary>
        public const double FirstAbsoluteTime = 1 << 28;

        private const string Evidence = "state/evidence/";

        /// <summary>Makes the records of a reading, as <c>docs/senml.md</c> specifies them. They need no record before them.</summary>
        /// <param name="reading">The reading.</param>
        /// <param name="meta">What the node says of its channels; null when it is not known.</param>
        /// <param name="received">When the reading came: its time if the node knew none; null when not known.</param>
        /// <returns>The records; the first one bears the base name and the base time.</returns>
        public static IReadOnlyList<SenmlRecord> Of(ReadingMessage reading, MetaMessage? meta, DateTimeOffset? received = null)
        {
            var records = new List<SenmlRecord>();
            foreach (ChannelValue value in reading.Values) { records.Add(Channel(value, meta?.Channel(reading.Point, value.Channel)?.Unit)); }
            if (reading.State is { } state) { Add(records, state); }
            Add(records, reading.Quality);
            double? time = TimeOf(reading);
            if (reading.Clock != ClockQuality.Synced)
            {
                records.Add(Text("quality/clock", reading.Clock == ClockQuality.Unset ? "unset" : "holdover"));
            }

            if (time is null)
            {
                records.Add(Number("quality/uptime", "s", reading.UtcMilliseconds / 1000.0));
                time = received is { } came ? came.ToUnixTimeMilliseconds() / 1000.0 : 0; // 0 is now
            }

            records.Add(Number("epoch", null, reading.Epoch));
            records.Add(Number("seq", "count", reading.Sequence));
            records[0] = records[0] with { BaseName = reading.Id + "/" + SenmlName.Escape(reading.Point) + "/", BaseTime = time };
            return records;
        }

        /// <summary>Resolves a pack: names in full, times absolute, no base fields but a version that is not 10 (RFC 8428, 4.6).</summary>
        /// <param name="pack">The records, in the pack's order.</param>
        /// <param name="now">What times below 2^28 s count from.</param>
        /// <returns>The records, the oldest first.</returns>
        /// <exception cref="SenmlException">A name or version is not allowed, or a record has no value or two.</exception>
        public static IReadOnlyList<SenmlRecord> Resolve(IEnumerable<SenmlRecord> pack, DateTimeOffset now)
        {
            var resolved = new List<SenmlRecord>();
            SenmlRecord bases = new();
            int? version = null;
            foreach (SenmlRecord record in pack)
            {
                bases = new SenmlRecord
                {
                    BaseName = record.BaseName ?? bases.BaseName,
                    BaseTime = record.BaseTime ?? bases.BaseTime,
                    BaseUnit = record.BaseUnit ?? bases.BaseUnit,
                    BaseValue = record.BaseValue ?? bases.BaseValue,
                    BaseSum = record.BaseSum ?? bases.BaseSum,
                };
                version = Version(record, version, isFirst: resolved.Count == 0);
                resolved.Add(Resolve(record, bases, version, now));
            }

            return [.. resolved.OrderBy(record => record.Time)]; // stable: records of one time keep their order
        }

        private static SenmlRecord Resolve(SenmlRecord record, SenmlRecord bases, int? version, DateTimeOffset now)
        {
            string name = bases.BaseName + record.Name;
            if (!SenmlName.IsValid(name)) { throw new SenmlException("\"" + name + "\" is no name of a SenML record."); }
            double? value = record.Value + (bases.BaseValue ?? 0);
            if (record.Values == 0) { value = bases.BaseValue; } // a missing part counts as 0
            double? sum = record.Sum is null && bases.BaseSum is null ? null : (record.Sum ?? 0) + (bases.BaseSum ?? 0);
            int values = value is null || record.Value is not null ? record.Values : 1;
            if (values > 1 || (values == 0 && sum is null))
            {
                throw new SenmlException("The record \"" + name + "\" has " + (values == 0 ? "no value." : "more than one value."));
            }

            double time = (bases.BaseTime ?? 0) + (record.Time ?? 0);
            if (time < FirstAbsoluteTime) { time += now.ToUnixTimeMilliseconds() / 1000.0; }
            return new SenmlRecord
            {
                BaseVersion = version is null or SenmlRecord.DefaultVersion ? null : version,
                Name = name,
                Unit = record.Unit ?? bases.BaseUnit,
                Time = time,
                UpdateTime = record.UpdateTime,
                Value = value,
                StringValue = record.StringValue,
                BooleanValue = record.BooleanValue,
                DataValue = record.DataValue,
                Sum = sum,
            };
        }

        // All records of a pack have one version (RFC 8428, 4.4); one above 10 is not understood.
        private static int? Version(SenmlRecord record, int? version, bool isFirst)
        {
            if (record.BaseVersion is not { } own) { return version; }
            if (own is < 1 or > SenmlRecord.DefaultVersion) { throw new SenmlException("Version " + own + " of SenML is not understood."); }
            return isFirst || own == (version ?? SenmlRecord.DefaultVersion) ? own : throw new SenmlException("The pack has records of two versions.");
        }

        // Milliseconds in a double of seconds: the nearest one prints with three decimals until far beyond the year 9999.
        private static double? TimeOf(ReadingMessage reading)
        {
            double seconds = reading.UtcMilliseconds / 1000.0;
            return reading.Clock == ClockQuality.Unset || seconds < FirstAbsoluteTime ? null : seconds;
        }

        private static SenmlRecord Channel(ChannelValue value, string? unit)
        {
            string name = SenmlName.Escape(value.Channel);
            return unit is not null && SenmlUnit.TryConvert(unit, value.Value, out string primary, out double converted)
                ? Number(name, primary, converted)
                : Number(name + "/" + SenmlName.Escape(unit ?? "unknown"), null, value.Value);
        }

        private static void Add(List<SenmlRecord> records, ReadingState state)
        {
            if (state.Zone is { } zone) { records.Add(Text("state/zone", zone)); }
            records.Add(Text("state/alarm", state.Alarm switch { AlarmGrade.Danger => "danger", AlarmGrade.Warning => "warning", _ => "none" }));
            if (state.Hint is { } hint) { records.Add(Text("state/hint", hint)); }
            foreach (HintEvidence evidence in state.Evidence)
            {
                records.Add(Number(Evidence + SenmlName.Escape(evidence.Name), evidence.Name == "sidebands" ? "dB" : "/", evidence.Value));
            }
        }

        private static void Add(List<SenmlRecord> records, ReadingQuality quality)
        {
            if (quality.Rate is { } rate) { records.Add(Number("quality/rate", "Hz", rate)); }
            records.Add(Number("quality/samples", "count", quality.Samples));
            records.Add(Number("quality/lost", "count", quality.Lost));
            records.Add(Number("quality/clipped", "count", quality.Clipped));
            records.Add(Number("quality/retries", "count", quality.Retries));
            if (quality.Fault is { } fault) { records.Add(Text("quality/fault", fault)); }
            if (quality.Notes.Count > 0) { records.Add(Text("quality/notes", string.Join(' ', quality.Notes))); }
            if (quality.SelfTest is { } selfTest) { records.Add(Text("quality/selftest", selfTest)); }
        }

        private static SenmlRecord Number(string name, string? unit, double value) => new() { Name = name, Unit = unit, Value = value };

        private static SenmlRecord Text(string name, string value) => new() { Name = name, StringValue = value };
    }
}
