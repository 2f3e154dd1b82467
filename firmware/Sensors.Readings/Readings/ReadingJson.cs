using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// Encodes readings of one identity as JSON; the form is specified byte by byte in <c>docs/payloads.md</c>. Allocates nothing
    /// per reading. One thread at a time.
    /// </summary>
    public sealed class ReadingJson : MessageJson
    {
        private const int Faults = (int)SensorFault.BusConflict + 2; // the last one is for numbers without a name

        private const int MostUncertainty = 5; // digits of 2^15; the quality behind it is longer than the room the writer asks for

        private const int SelfTests = (int)SelfTestState.Failed + 1;
        private const int Alarms = (int)AlarmLevel.Danger + 1;
        private const int Hints = (int)Hint.Unknown + 1;
        private const int Evidences = (int)Evidence.Kurtosis + 1;

        private readonly byte[][] _faultNames = new byte[Faults][];
        private readonly byte[][] _noteNames = new byte[QualityNotes.Count][];
        private readonly byte[][] _selfTestNames = new byte[SelfTests][];
        private readonly byte[][] _zoneNames = { null, JsonText.Of("A"), JsonText.Of("B"), JsonText.Of("C"), JsonText.Of("D") };
        private readonly byte[][] _alarmNames = new byte[Alarms][];
        private readonly byte[][] _hintNames = new byte[Hints][];
        private readonly byte[][] _evidenceNames = new byte[Evidences][];

        private readonly byte[] _values = JsonText.NameOf("values");
        private readonly byte[] _quality = JsonText.NameOf("quality");
        private readonly byte[] _rate = JsonText.NameOf("rate");
        private readonly byte[] _samples = JsonText.NameOf("samples");
        private readonly byte[] _lost = JsonText.NameOf("lost");
        private readonly byte[] _clipped = JsonText.NameOf("clipped");
        private readonly byte[] _retries = JsonText.NameOf("retries");
        private readonly byte[] _fault = JsonText.NameOf("fault");
        private readonly byte[] _notes = JsonText.NameOf("notes");
        private readonly byte[] _selfTest = JsonText.NameOf("selftest");
        private readonly byte[] _state = JsonText.NameOf("state");
        private readonly byte[] _zone = JsonText.NameOf("zone");
        private readonly byte[] _alarm = JsonText.NameOf("alarm");
        private readonly byte[] _hint = JsonText.NameOf("hint");
        private readonly byte[] _evidence = JsonText.NameOf("evidence");

        /// <summary>Makes the encoder of an identity.</summary>
        /// <param name="identifier">Whose readings: the identity they were read under.</param>
        public ReadingJson(Identifier identifier)
            : base(identifier)
        {
            for (int i = 1; i < Faults; i++) { _faultNames[i] = JsonText.Of(WireNames.Of((SensorFault)i)); }
            for (int i = 0; i < QualityNotes.Count; i++) { _noteNames[i] = JsonText.Of(WireNames.OfNote(i)); }
            for (int i = 1; i < SelfTests; i++) { _selfTestNames[i] = JsonText.Of(WireNames.Of((SelfTestState)i)); }
            for (int i = 0; i < Alarms; i++) { _alarmNames[i] = JsonText.Of(WireNames.Of((AlarmLevel)i)); }
            for (int i = 1; i < Hints; i++) { _hintNames[i] = JsonText.Of(WireNames.Of((Hint)i)); }
            for (int i = 0; i < Evidences; i++) { _evidenceNames[i] = JsonText.NameOf(WireNames.Of((Evidence)i)); }
        }

        /// <summary>Encodes a reading of this start of the board.</summary>
        /// <param name="reading">The reading; values that are NaN or infinite are left out.</param>
        /// <param name="clock">Tells the UTC of the time it was taken, as known now, and how far it may be off, which the reading takes over.</param>
        /// <param name="buffer">Receives the message; <see cref="MaxLength"/> bytes are always enough.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>The message's length in bytes, or <see cref="JsonWriter.DoesNotFit"/>.</returns>
        [HotPath]
        public int Encode(Reading reading, Clock clock, byte[] buffer, int offset)
        {
            reading.UncertaintyCode = Uncertainty.CodeOf(clock.UncertaintyAt(reading.Taken));
            return Encode(reading, clock.ToUtc(reading.Taken), clock.State, buffer, offset);
        }

        /// <summary>Encodes a reading whose UTC is known otherwise, such as one of an earlier start.</summary>
        /// <param name="reading">The reading; values that are NaN or infinite are left out.</param>
        /// <param name="utcMilliseconds">When its last sample was taken, in milliseconds since 1970-01-01T00:00:00Z.</param>
        /// <param name="state">How that time is known.</param>
        /// <param name="buffer">Receives the message; <see cref="MaxLength"/> bytes are always enough.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>The message's length in bytes, or <see cref="JsonWriter.DoesNotFit"/>.</returns>
        [HotPath]
        public int Encode(Reading reading, long utcMilliseconds, ClockState state, byte[] buffer, int offset)
        {
            JsonWriter json = Begin(reading.Point, reading.Epoch, reading.Sequence, buffer, offset);
            WriteTime(utcMilliseconds, state, Uncertainty.Milliseconds(reading.UncertaintyCode));
            json.Name(_values);
            WriteValues(json, reading.Point.Channels, reading.Values);
            WriteState(json, reading.Condition);
            json.Name(_quality);
            WriteQuality(json, reading.Quality);
            return End();
        }

        /// <summary>Computes the length that no message of a point exceeds.</summary>
        /// <param name="point">The point.</param>
        /// <returns>Bytes; the size a buffer needs.</returns>
        public int MaxLength(Point point)
        {
            int length = MostFrame + MostOf(point) + MostTime + MostUncertainty + Member(_values, 2) + Member(_quality, 2)
                + Member(_rate, DigitWriter.MaxFloatLength) + 4 * DigitWriter.MaxLongLength
                + Member(_samples, 0) + Member(_lost, 0) + Member(_clipped, 0) + Member(_retries, 0) + Member(_fault, Longest(_faultNames))
                + Member(_notes, 2) + Sum(_noteNames) + Member(_selfTest, Longest(_selfTestNames))
                + Member(_state, 2) + Member(_zone, 3) + Member(_alarm, Longest(_alarmNames)) + Member(_hint, Longest(_hintNames))
                + Member(_evidence, 2) + Condition.MostEvidence * (Longest(_evidenceNames) + DigitWriter.MaxFloatLength + 1);

            Channel[] channels = point.Channels;
            for (int i = 0; i < channels.Length; i++) { length += Member(channels[i].NameJson, DigitWriter.MaxFloatLength); }
            return length;
        }

        [HotPath]
        private static void WriteValues(JsonWriter json, Channel[] channels, float[] values)
        {
            json.OpenObject();
            for (int i = 0; i < channels.Length; i++)
            {
                float value = values[channels[i].Field];
                if (!DigitWriter.IsWritable(value)) { continue; }
                json.Name(channels[i].NameJson);
                json.Number(value);
            }

            json.CloseObject();
        }

        // Left out where nothing was judged.
        [HotPath]
        private void WriteState(JsonWriter json, Condition condition)
        {
            int zone = condition.Zone;
            int hint = (int)condition.Hint;
            if (zone == 0 && hint == 0 && condition.Alarm == AlarmLevel.None)
            {
                return;
            }

            json.Name(_state);
            json.OpenObject();
            if (zone > 0 && zone < _zoneNames.Length)
            {
                json.Name(_zone);
                json.Text(_zoneNames[zone]);
            }

            json.Name(_alarm);
            json.Text(_alarmNames[(int)condition.Alarm]);
            if (hint > 0 && hint < Hints)
            {
                json.Name(_hint);
                json.Text(_hintNames[hint]);
            }

            if (condition.EvidenceCount > 0)
            {
                json.Name(_evidence);
                json.OpenObject();
                for (int i = 0; i < condition.EvidenceCount; i++)
                {
                    int evidence = (int)condition.Evidences[i];
                    if (evidence >= Evidences) { continue; }
                    json.Name(_evidenceNames[evidence]);
                    json.Number(condition.Strengths[i]);
                }

                json.CloseObject();
            }

            json.CloseObject();
        }

        [HotPath]
        private void WriteQuality(JsonWriter json, Quality quality)
        {
            json.OpenObject();
            float rate = quality.Rate;
            if (DigitWriter.IsWritable(rate))
            {
                json.Name(_rate);
                json.Number(rate);
            }

            json.Name(_samples);
            json.Number(quality.Samples);
            json.Name(_lost);
            json.Number(quality.Lost);
            json.Name(_clipped);
            json.Number(quality.Clipped);
            json.Name(_retries);
            json.Number(quality.Retries);
            int fault = (int)quality.Fault;
            if (fault != 0)
            {
                json.Name(_fault);
                json.Text(_faultNames[fault > 0 && fault < Faults ? fault : Faults - 1]);
            }

            if (quality.Notes != QualityNotes.None)
            {
                json.Name(_notes);
                json.OpenArray();
                for (int i = 0; i < QualityNotes.Count; i++)
                {
                    if ((quality.Notes & (1 << i)) != 0) { json.Text(_noteNames[i]); }
                }

                json.CloseArray();
            }

            if (quality.SelfTest != SelfTestState.None)
            {
                json.Name(_selfTest);
                json.Text(_selfTestNames[(int)quality.SelfTest]);
            }

            json.CloseObject();
        }

        private static int Sum(byte[][] names)
        {
            int sum = 0;
            for (int i = 0; i < names.Length; i++) { sum += names[i].Length + 1; }
            return sum;
        }
    }
}
