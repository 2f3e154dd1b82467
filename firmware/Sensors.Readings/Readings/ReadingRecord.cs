using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// The stored form of a reading: compact, versioned, with a check. <c>docs/payloads.md</c> specifies it byte by byte; messages are written
    /// from it, so that a reading sent twice, live and from a store, has the same bytes. Allocates nothing per reading. One thread at a time.
    /// </summary>
    public sealed class ReadingRecord
    {
        /// <summary>The bytes that no record exceeds: a vibration point's with every field of three axes.</summary>
        public const int MaxLength = RecordBuffer.MostHead + Fixed + (4 * RecordBuffer.MostVarint) + (3 * Condition.MostEvidence)
            + ((PointKinds.MostFields + 7) / 8) + (VibrationFields.Axes * VibrationFields.RecordBytes) + RecordBuffer.CheckLength;

        private const int Fixed = 10; // fault, notes, rate, zone and alarm, hint, fields

        private readonly RecordBuffer _buffer = new RecordBuffer();
        private readonly Point[] _points;

        /// <summary>Makes the reader and writer of a node's records.</summary>
        /// <param name="points">The node's points.</param>
        public ReadingRecord(Point[] points)
        {
            _points = points;
        }

        /// <summary>Writes a reading.</summary>
        /// <param name="reading">The reading; values that are NaN or infinite are left out.</param>
        /// <param name="time">Milliseconds, below 2^47 in size: since the board's start, or since 1970 when a state is given.</param>
        /// <param name="state">How the time is known; <see cref="ClockState.Unset"/> for a time since this start.</param>
        /// <param name="bytes">Receives at most <see cref="MaxLength"/> bytes.</param>
        /// <param name="at">Where the first byte goes.</param>
        /// <returns>The record's length in bytes.</returns>
        [HotPath]
        public int Write(Reading reading, long time, ClockState state, byte[] bytes, int at)
        {
            Point point = reading.Point;
            Quality quality = reading.Quality;
            Condition condition = reading.Condition;
            RecordBuffer buffer = _buffer;
            int flags = (int)state | ((int)quality.SelfTest << 2) | (reading.UncertaintyCode << RecordBuffer.UncertaintyShift);
            buffer.Begin(bytes, at, point.KindNumber, point.NameBytes, reading.Sequence, time, flags);
            buffer.PutLow((int)quality.Fault, 1);
            buffer.PutLow(quality.Notes, 2);
            buffer.PutFloat(quality.Rate);
            buffer.PutVarint(quality.Samples);
            buffer.PutVarint(quality.Lost);
            buffer.PutVarint(quality.Clipped);
            buffer.PutVarint(quality.Retries);
            buffer.PutLow(condition.Zone | ((int)condition.Alarm << 3), 1);
            buffer.PutLow((int)condition.Hint | (condition.EvidenceCount << 5), 1);
            for (int i = 0; i < condition.EvidenceCount; i++)
            {
                buffer.PutLow((int)condition.Evidences[i], 1);
                buffer.PutLow(LogScale.EncodeSigned(condition.Strengths[i]), 2);
            }

            PutValues(point, reading.Values);
            return buffer.Close();
        }

        /// <summary>Reads a record.</summary>
        /// <param name="bytes">Holds it.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="reading">Receives everything but the epoch; <see cref="Reading.Taken"/> receives the time.</param>
        /// <param name="state">How the time is known.</param>
        /// <returns>False when the check is wrong, the version or a field is unknown, or the point is none of the node's: then the reading is of no use.</returns>
        [HotPath]
        public bool TryRead(byte[] bytes, int at, int length, Reading reading, out ClockState state)
        {
            state = ClockState.Unset;
            RecordBuffer buffer = _buffer;
            Point point = buffer.Open(bytes, at, length, _points);
            if (point == null || point.KindNumber != buffer.Kind || buffer.At + Fixed > buffer.End)
            {
                return false;
            }

            reading.Point = point;
            reading.Sequence = buffer.Sequence;
            reading.Taken = buffer.Time;
            state = (ClockState)(buffer.Flags & 3);
            reading.UncertaintyCode = buffer.Flags >> RecordBuffer.UncertaintyShift;
            Quality quality = reading.Quality;
            quality.SelfTest = (SelfTestState)((buffer.Flags >> 2) & 3);
            quality.Fault = (SensorFault)buffer.GetLow(1);
            quality.Notes = (int)buffer.GetLow(2);
            quality.Rate = buffer.GetFloat();
            quality.Samples = buffer.GetVarint();
            quality.Lost = buffer.GetVarint();
            quality.Clipped = buffer.GetVarint();
            quality.Retries = buffer.GetVarint();
            return GetCondition(reading.Condition) && GetValues(point, reading.Values) && buffer.At == buffer.End;
        }

        [HotPath]
        private bool GetCondition(Condition condition)
        {
            RecordBuffer buffer = _buffer;
            condition.Clear();
            if (buffer.At + 2 > buffer.End) { return false; }
            int first = (int)buffer.GetLow(1);
            int second = (int)buffer.GetLow(1);
            condition.Zone = first & 7;
            condition.Alarm = (AlarmLevel)((first >> 3) & 3);
            condition.Hint = (Hint)(second & 31);
            for (int i = 0; i < second >> 5; i++)
            {
                if (buffer.At + 3 > buffer.End) { return false; }
                int evidence = (int)buffer.GetLow(1);
                condition.Add((Evidence)evidence, LogScale.DecodeSigned((int)buffer.GetLow(2)));
            }

            return true;
        }

        // How many fields the kind had when this was written, a bit for each that is there, low bit first, then their values.
        [HotPath]
        private void PutValues(Point point, float[] values)
        {
            RecordBuffer buffer = _buffer;
            byte[] bytes = buffer.Bytes;
            int fields = point.FieldCount;
            buffer.PutLow(fields, 1);
            int bits = buffer.At;
            int end = bits + ((fields + 7) >> 3);
            for (int i = bits; i < end; i++) { bytes[i] = 0; }
            buffer.At = end;
            for (int field = 0; field < fields; field++)
            {
                float value = values[field];
                if (!DigitWriter.IsWritable(value)) { continue; }
                bytes[bits + (field >> 3)] |= (byte)(1 << (field & 7));
                switch (point.FormOf(field))
                {
                    case ValueForm.Amplitude:
                        buffer.PutLow(LogScale.Encode(value, LogScale.AmplitudeBits), 2);
                        break;
                    case ValueForm.Signed:
                        buffer.PutLow(LogScale.EncodeSigned(value), 2);
                        break;
                    case ValueForm.Fine:
                        buffer.PutLow(LogScale.Encode(value, LogScale.FineBits), 3);
                        break;
                    default:
                        buffer.PutFloat(value);
                        break;
                }
            }
        }

        [HotPath]
        private bool GetValues(Point point, float[] values)
        {
            RecordBuffer buffer = _buffer;
            for (int i = 0; i < values.Length; i++) { values[i] = float.NaN; }
            if (buffer.At >= buffer.End) { return false; }
            int fields = (int)buffer.GetLow(1);
            int bits = buffer.At;
            buffer.At += (fields + 7) >> 3;
            if (fields > point.FieldCount || buffer.At > buffer.End) { return false; }
            for (int field = 0; field < fields; field++)
            {
                if ((buffer.Bytes[bits + (field >> 3)] & (1 << (field & 7))) == 0) { continue; }
                ValueForm form = point.FormOf(field);
                int size = form == ValueForm.Float ? 4 : form == ValueForm.Fine ? 3 : 2;
                if (buffer.At + size > buffer.End) { return false; }
                switch (form)
                {
                    case ValueForm.Amplitude:
                        values[field] = LogScale.Decode((int)buffer.GetLow(2), LogScale.AmplitudeBits);
                        break;
                    case ValueForm.Signed:
                        values[field] = LogScale.DecodeSigned((int)buffer.GetLow(2));
                        break;
                    case ValueForm.Fine:
                        values[field] = LogScale.Decode((int)buffer.GetLow(3), LogScale.FineBits);
                        break;
                    default:
                        values[field] = buffer.GetFloat();
                        break;
                }
            }

            return true;
        }
    }
}
