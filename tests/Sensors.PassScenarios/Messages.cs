using Sensors.Node;

namespace Sensors.PassScenarios
{
    /// <summary>What a reading costs after it was computed: a vibration reading with every field, the longest there is.</summary>
    public sealed class Messages
    {
        private const long Epoch = 2801152377749507;
        private const long Taken = 1763600000123;

        private readonly Reading _reading = new Reading(VibrationFields.Count);
        private readonly Reading _read = new Reading(VibrationFields.Count);
        private readonly ReadingRecord _record;
        private readonly ReadingJson _json = new ReadingJson(Identifier.Parse("88.118.12345/NODE-0001"));
        private readonly byte[] _bytes;
        private readonly byte[] _stored = new byte[ReadingRecord.MaxLength];
        private readonly int _storedLength;

        /// <summary>Makes a reading and its encoders.</summary>
        public Messages()
        {
            var options = new VibrationOptions { SpeedRpm = 1500f, Bearing = new BearingGeometry(9, 7.94, 39.04, 0) };
            _reading.Point = new Point("vib1", PointKinds.Vibration, VibrationFeatures.Channels(options));
            _reading.Clear();
            _reading.Epoch = Epoch;
            _reading.Sequence = 1842;
            _reading.Quality.Rate = 3201.4f;
            _reading.Quality.Samples = 4096;
            for (int i = 0; i < VibrationFields.Count; i++)
            {
                _reading.Values[i] = 0.01f * (i + 1) * (i + 1);
            }

            _bytes = new byte[_json.MaxLength(_reading.Point)];
            _record = new ReadingRecord(new[] { _reading.Point });
            _storedLength = _record.Write(_reading, Taken, ClockState.Synced, _stored, 0);
        }

        /// <summary>Writes the stored form.</summary>
        /// <returns>Its length.</returns>
        [Scenario("reading to record")]
        public int Write()
        {
            return _record.Write(_reading, Taken, ClockState.Synced, _stored, 0);
        }

        /// <summary>Reads the stored form.</summary>
        /// <returns>That it could be read.</returns>
        [Scenario("record to reading")]
        public bool Read()
        {
            return _record.TryRead(_stored, 0, _storedLength, _read, out _);
        }

        /// <summary>Writes the message.</summary>
        /// <returns>Its length.</returns>
        [Scenario("reading to JSON")]
        public int Encode()
        {
            return _json.Encode(_reading, Taken, ClockState.Synced, _bytes, 0);
        }
    }
}
