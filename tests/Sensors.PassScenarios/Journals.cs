using System;
using Sensors.Node;

namespace Sensors.PassScenarios
{
    /// <summary>What a reading costs that goes into the journal, and comes back: vibration with speed and bearing, three axes, no bands.</summary>
    public sealed class Journals
    {
        private const int Records = 8;

        private readonly Volume _volume = new SmallVolume();
        private readonly Journal _journal;
        private readonly JournalSegment _segment = new JournalSegment();
        private readonly byte[][] _records = new byte[Records][];
        private int _number;

        /// <summary>Makes records and a journal that holds them.</summary>
        public Journals()
        {
            Reading reading = new Reading(VibrationFields.Count);
            reading.Point = new Point("vib1", PointKinds.Vibration, VibrationFeatures.Channels(new VibrationOptions { SpeedRpm = 1500f }));
            ReadingRecord record = new ReadingRecord(new[] { reading.Point });
            byte[] bytes = new byte[ReadingRecord.MaxLength];
            uint noise = 1;
            for (int i = 0; i < Records; i++)
            {
                reading.Clear();
                reading.Sequence = i + 1;
                for (int field = 0; field < VibrationFields.Count; field++)
                {
                    int ofAxis = field % VibrationFields.PerAxis;
                    if (ofAxis >= VibrationFields.FirstBand && ofAxis < VibrationFields.Envelope) { continue; }
                    noise = (noise * 1664525) + 1013904223;
                    reading.Values[field] = (ofAxis + 1) * (1f + (0.1f * ((noise >> 16) / 65536f)));
                }

                int length = record.Write(reading, 1763600000000 + (150000L * i), ClockState.Synced, bytes, 0);
                _records[i] = new byte[length];
                Array.Copy(bytes, 0, _records[i], 0, length);
            }

            _journal = new Journal(_volume, 4 * Volume.BlockBytes);
            _journal.Begin("88.118.12345/NODE-0001", 2801152377749507, null);
            while (_number < Records)
            {
                if (!Add())
                {
                    _journal.Commit();
                    Add();
                }
            }

            _journal.Commit();
        }

        /// <summary>Packs a reading.</summary>
        /// <returns>That there was room.</returns>
        [Scenario("vibration record into the journal", Budget = 6000)]
        public bool Add()
        {
            int number = _number++ % Records;
            return _journal.Add(_records[number], 0, _records[number].Length, number + 1, number + 1);
        }

        /// <summary>Packs a reading and commits it; the volume's own time is not in it.</summary>
        /// <returns>That the volume took it.</returns>
        [Scenario("vibration record into the journal, committed")]
        public bool AddAndCommit()
        {
            return Add() && _journal.Commit();
        }

        /// <summary>Reads a segment back, unpacks and checks all of it.</summary>
        /// <returns>That there was one.</returns>
        [Scenario("segment of the journal, 8 vibration records, read")]
        public bool Load()
        {
            return _journal.LoadOldest(_segment);
        }

        // One file in memory.
        private sealed class SmallVolume : Volume
        {
            private readonly byte[] _bytes = new byte[BlockBytes];
            private readonly string[] _names = new string[1];
            private int _length;

            public override int CapacityBytes
            {
                get { return 64 * BlockBytes; }
            }

            public override byte[] Read(string name)
            {
                return null;
            }

            public override int Read(string name, byte[] buffer)
            {
                Array.Copy(_bytes, 0, buffer, 0, _length < buffer.Length ? _length : buffer.Length);
                return _length;
            }

            public override void Write(string name, byte[] bytes)
            {
            }

            public override void Append(string name, byte[] bytes, int start, int count)
            {
                Array.Copy(bytes, start, _bytes, _length, count);
                _length += count;
                _names[0] = name;
            }

            public override void Delete(string name)
            {
                _length = 0;
            }

            public override string[] List()
            {
                return _names;
            }
        }
    }
}
