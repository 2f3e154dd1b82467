using System;
using System.Text.Json;

namespace Sensors.Edge
{
    /// <summary>Checks a reading in one pass and takes out what the store needs, without making anything.</summary>
    /// <remarks>It takes only what <see cref="ReadingMessage.Parse"/> takes, but not all of it: strings with escapes or beyond ASCII, members of newer
    /// versions and odd numbers are left to that, and so is saying what is wrong.</remarks>
    internal struct ReadingScan
    {
        private const int LongestMessage = 64 * 1024;
        private const int Names = 512;       // places for the names of values, a power of two
        private const int MostNames = Names / 2;
        private const int LongestPlain = 64; // a number without exponent and so short is finite

        private const int Id = 1;
        private const int Point = 2;
        private const int Kind = 4;
        private const int EpochMember = 8;
        private const int SequenceMember = 16;
        private const int Time = 32;
        private const int ClockMember = 64;
        private const int Values = 128;
        private const int Quality = 256;
        private const int Needed = (Quality << 1) - 1;
        private const int State = 512;
        private const int UncertaintyMember = 1024;

        internal string Measured { get; private set; }

        internal long Epoch { get; private set; }

        internal long Sequence { get; private set; }

        internal long UtcMilliseconds { get; private set; }

        internal ClockQuality Clock { get; private set; }

        internal long? Uncertainty { get; private set; }

        /// <summary>Reads a message.</summary>
        /// <param name="json">The message.</param>
        /// <param name="route">The topic it came on, whose identifier and point it must bear.</param>
        /// <param name="scan">What it says.</param>
        /// <returns>False when it is not sound, or not of the kind this reads.</returns>
        internal static bool TryRead(ReadOnlySpan<byte> json, TopicRoute route, out ReadingScan scan)
        {
            scan = default;
            if (json.Length > LongestMessage || json.ContainsAnyExceptInRange((byte)' ', (byte)'~') || json.Contains((byte)'\\')) { return false; }
            var reader = new PlainJsonReader(json);
            return scan.Read(ref reader, route) && !reader.Read() && reader.IsWhole;
        }

        private bool Read(ref PlainJsonReader reader, TopicRoute route)
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) { return false; }
            int seen = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                int member = Name(reader.ValueSpan);
                reader.Read();
                if (member == 0 || (seen & member) != 0 || !Member(ref reader, member, route)) { return false; }
                seen |= member;
            }

            return (seen & Needed) == Needed;
        }

        private static int Name(ReadOnlySpan<byte> name)
        {
            switch (name.Length)
            {
                case 2 when name.SequenceEqual("id"u8): return Id;
                case 2 when name.SequenceEqual("ts"u8): return Time;
                case 3 when name.SequenceEqual("seq"u8): return SequenceMember;
                case 4 when name.SequenceEqual("kind"u8): return Kind;
                case 5 when name.SequenceEqual("point"u8): return Point;
                case 5 when name.SequenceEqual("epoch"u8): return EpochMember;
                case 5 when name.SequenceEqual("clock"u8): return ClockMember;
                case 5 when name.SequenceEqual("state"u8): return State;
                case 6 when name.SequenceEqual("values"u8): return Values;
                case 7 when name.SequenceEqual("quality"u8): return Quality;
                case 11 when name.SequenceEqual("uncertainty"u8): return UncertaintyMember;
                default: return 0;
            }
        }

        private bool Member(ref PlainJsonReader reader, int member, TopicRoute route)
        {
            long number;
            switch (member)
            {
                case Id:
                    return IsText(ref reader, route.Id);
                case Point:
                    return IsText(ref reader, route.Point);
                case Kind:
                    return reader.TokenType == JsonTokenType.String && ReadKind(reader.ValueSpan);
                case EpochMember:
                    if (!IsInteger(ref reader, 0, JsonMember.LargestInteger, out number)) { return false; }
                    Epoch = number;
                    return true;
                case SequenceMember:
                    if (!IsInteger(ref reader, 1, JsonMember.LargestInteger, out number)) { return false; }
                    Sequence = number;
                    return true;
                case Time:
                    if (!IsInteger(ref reader, 0, Payload.LatestTime, out number)) { return false; }
                    UtcMilliseconds = number;
                    return true;
                case ClockMember:
                    return reader.TokenType == JsonTokenType.String && ReadClock(reader.ValueSpan);
                case UncertaintyMember:
                    if (!IsInteger(ref reader, 0, JsonMember.LargestInteger, out number)) { return false; }
                    Uncertainty = number;
                    return true;
                case Values:
                    return AreNumbers(ref reader);
                case State:
                    return IsState(ref reader);
                default:
                    return IsQuality(ref reader);
            }
        }

        private bool ReadKind(ReadOnlySpan<byte> text)
        {
            Measured = text.SequenceEqual("vibration"u8) ? "vibration"
                : text.SequenceEqual("temperature"u8) ? "temperature"
                : text.SequenceEqual("humidity"u8) ? "humidity"
                : text.SequenceEqual("current"u8) ? "current"
                : "";
            return Measured.Length > 0;
        }

        private bool ReadClock(ReadOnlySpan<byte> text)
        {
            if (text.SequenceEqual("synced"u8)) { Clock = ClockQuality.Synced; }
            else if (text.SequenceEqual("holdover"u8)) { Clock = ClockQuality.Holdover; }
            else if (text.SequenceEqual("unset"u8)) { Clock = ClockQuality.Unset; }
            else { return false; }
            return true;
        }

        private static bool IsState(ref PlainJsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject) { return false; }
            int seen = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadOnlySpan<byte> name = reader.ValueSpan;
                int member = name.SequenceEqual("alarm"u8) ? 1 : name.SequenceEqual("zone"u8) ? 2 : name.SequenceEqual("hint"u8) ? 4 : name.SequenceEqual("evidence"u8) ? 8 : 0;
                reader.Read();
                bool sound = member switch
                {
                    1 => reader.TokenType == JsonTokenType.String
                        && (reader.ValueSpan.SequenceEqual("none"u8) || reader.ValueSpan.SequenceEqual("warning"u8) || reader.ValueSpan.SequenceEqual("danger"u8)),
                    2 => reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length == 1 && reader.ValueSpan[0] is >= (byte)'A' and <= (byte)'D',
                    4 => IsWord(ref reader),
                    8 => AreNumbers(ref reader),
                    _ => false,
                };
                if (!sound || (seen & member) != 0) { return false; }
                seen |= member;
            }

            return (seen & 1) != 0;
        }

        private static bool IsQuality(ref PlainJsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject) { return false; }
            int seen = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadOnlySpan<byte> name = reader.ValueSpan;
                int member = name.SequenceEqual("samples"u8) ? 1
                    : name.SequenceEqual("lost"u8) ? 2
                    : name.SequenceEqual("clipped"u8) ? 4
                    : name.SequenceEqual("retries"u8) ? 8
                    : name.SequenceEqual("rate"u8) ? 16
                    : name.SequenceEqual("fault"u8) ? 32
                    : name.SequenceEqual("notes"u8) ? 64
                    : name.SequenceEqual("selftest"u8) ? 128
                    : 0;
                reader.Read();
                bool sound = member switch
                {
                    1 or 2 or 4 or 8 => IsInteger(ref reader, 0, int.MaxValue, out _),
                    16 => IsFloat(ref reader),
                    32 => IsWord(ref reader),
                    64 => AreWords(ref reader),
                    128 => reader.TokenType == JsonTokenType.String && (reader.ValueSpan.SequenceEqual("passed"u8) || reader.ValueSpan.SequenceEqual("failed"u8)),
                    _ => false,
                };
                if (!sound || (seen & member) != 0) { return false; }
                seen |= member;
            }

            return (seen & 15) == 15;
        }

        private static bool IsText(ref PlainJsonReader reader, ReadOnlySpan<byte> expected) =>
            reader.TokenType == JsonTokenType.String && reader.ValueSpan.SequenceEqual(expected);

        private static bool IsWord(ref PlainJsonReader reader) => reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0;

        private static bool AreWords(ref PlainJsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartArray) { return false; }
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (!IsWord(ref reader)) { return false; }
            }

            return true;
        }

        private static bool IsInteger(ref PlainJsonReader reader, long lowest, long highest, out long value)
        {
            value = 0;
            return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out value) && value >= lowest && value <= highest;
        }

        private static bool IsFloat(ref PlainJsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.Number) { return false; }
            ReadOnlySpan<byte> digits = reader.ValueSpan;
            return (digits.Length <= LongestPlain && digits.IndexOfAny((byte)'e', (byte)'E') < 0) || (reader.TryGetDouble(out double value) && double.IsFinite(value));
        }

        // An object of numbers, no name twice. Two names with one hash are left to the other reader.
        private static bool AreNumbers(ref PlainJsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject) { return false; }
            Span<uint> names = stackalloc uint[Names];
            int count = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                uint hash = Hash(reader.ValueSpan);
                uint place = hash % Names;
                while (names[(int)place] != 0)
                {
                    if (names[(int)place] == hash) { return false; }
                    place = (place + 1) % Names;
                }

                names[(int)place] = hash;
                count++;
                reader.Read();
                if (count > MostNames || !IsFloat(ref reader)) { return false; }
            }

            return true;
        }

        // FNV-1a; 0 stands for a free place.
        private static uint Hash(ReadOnlySpan<byte> name)
        {
            uint hash = 2166136261;
            foreach (byte each in name) { hash = (hash ^ each) * 16777619; }
            return hash == 0 ? 1 : hash;
        }
    }
}
