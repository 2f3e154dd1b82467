using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// Encodes readings of one identity as JSON; the form is specified byte by byte in <c>docs/payloads.md</c>. Allocates nothing
    /// per reading. One thread at a time.
    /// </summary>
    public sealed class ReadingJson
    {
        private const int ClockStates = (int)ClockState.Synced + 1;
        private const int Faults = (int)SensorFault.BusConflict + 2; // the last one is for numbers without a name

        private readonly JsonWriter _json = new JsonWriter();
        private readonly byte[] _identifier;
        private readonly byte[][] _clockNames = new byte[ClockStates][];
        private readonly byte[][] _faultNames = new byte[Faults][];

        private readonly byte[] _id = JsonText.NameOf("id");
        private readonly byte[] _point = JsonText.NameOf("point");
        private readonly byte[] _kind = JsonText.NameOf("kind");
        private readonly byte[] _epoch = JsonText.NameOf("epoch");
        private readonly byte[] _sequence = JsonText.NameOf("seq");
        private readonly byte[] _time = JsonText.NameOf("ts");
        private readonly byte[] _clock = JsonText.NameOf("clock");
        private readonly byte[] _values = JsonText.NameOf("values");
        private readonly byte[] _quality = JsonText.NameOf("quality");
        private readonly byte[] _rate = JsonText.NameOf("rate");
        private readonly byte[] _samples = JsonText.NameOf("samples");
        private readonly byte[] _lost = JsonText.NameOf("lost");
        private readonly byte[] _clipped = JsonText.NameOf("clipped");
        private readonly byte[] _retries = JsonText.NameOf("retries");
        private readonly byte[] _fault = JsonText.NameOf("fault");

        /// <summary>Makes the encoder of an identity.</summary>
        /// <param name="identifier">Whose readings: the identity they were read under.</param>
        public ReadingJson(Identifier identifier)
        {
            _identifier = JsonText.Of(identifier.Text);
            for (int i = 0; i < ClockStates; i++) { _clockNames[i] = JsonText.Of(WireNames.Of((ClockState)i)); }
            for (int i = 1; i < Faults; i++) { _faultNames[i] = JsonText.Of(WireNames.Of((SensorFault)i)); }
        }

        /// <summary>Encodes a reading of this start of the board.</summary>
        /// <param name="reading">The reading; values that are NaN or infinite are left out.</param>
        /// <param name="clock">Tells the UTC of the time it was taken, as known now.</param>
        /// <param name="buffer">Receives the message; <see cref="MaxLength"/> bytes are always enough.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>The message's length in bytes, or <see cref="JsonWriter.DoesNotFit"/>.</returns>
        [HotPath]
        public int Encode(Reading reading, Clock clock, byte[] buffer, int offset)
        {
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
            JsonWriter json = _json;
            Point point = reading.Point;
            json.Begin(buffer, offset);
            json.OpenObject();
            json.Name(_id);
            json.Text(_identifier);
            json.Name(_point);
            json.Text(point.NameJson);
            json.Name(_kind);
            json.Text(point.KindJson);
            json.Name(_epoch);
            json.Number(reading.Epoch);
            json.Name(_sequence);
            json.Number(reading.Sequence);
            json.Name(_time);
            json.Number(utcMilliseconds);
            json.Name(_clock);
            json.Text(_clockNames[(int)state]);
            json.Name(_values);
            WriteValues(json, point.Channels, reading.Values);
            json.Name(_quality);
            WriteQuality(json, reading.Quality);
            json.CloseObject();
            return json.End();
        }

        /// <summary>Computes the length that no message of a point exceeds.</summary>
        /// <param name="point">The point.</param>
        /// <returns>Bytes; the size a buffer needs.</returns>
        public int MaxLength(Point point)
        {
            int length = Member(_id, _identifier.Length) + Member(_point, point.NameJson.Length) + Member(_kind, point.KindJson.Length)
                + 3 * DigitWriter.MaxLongLength + Member(_epoch, 0) + Member(_sequence, 0) + Member(_time, 0)
                + Member(_clock, Longest(_clockNames)) + Member(_values, 2) + Member(_quality, 2)
                + Member(_rate, DigitWriter.MaxFloatLength) + 4 * DigitWriter.MaxLongLength
                + Member(_samples, 0) + Member(_lost, 0) + Member(_clipped, 0) + Member(_retries, 0) + Member(_fault, Longest(_faultNames))
                + 2;

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
                float value = values[i];
                if (!DigitWriter.IsWritable(value)) { continue; }
                json.Name(channels[i].NameJson);
                json.Number(value);
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

            json.CloseObject();
        }

        private static int Member(byte[] name, int valueLength)
        {
            return name.Length + valueLength + 1; // a comma; the last member of an object leaves it spare
        }

        private static int Longest(byte[][] names)
        {
            int longest = 0;
            for (int i = 0; i < names.Length; i++)
            {
                if (names[i] != null && names[i].Length > longest) { longest = names[i].Length; }
            }

            return longest;
        }
    }
}
