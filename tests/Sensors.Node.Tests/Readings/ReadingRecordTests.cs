using System;
using System.Linq;
using Sensors.Drivers;
using Sensors.Node;

namespace Sensors.Node.Tests.Readings
{
    /// <summary>Stored records: what is written comes back, within the bounds of its forms; what is damaged does not.</summary>
    public class ReadingRecordTests
    {
        private static readonly Point[] Points =
        {
            PointKinds.Make("vib1", PointKinds.Vibration),
            PointKinds.Make("temp12", PointKinds.Temperature),
            PointKinds.Make("hum1", PointKinds.Humidity),
            PointKinds.Make("cur1", PointKinds.Current),
        };

        private readonly byte[] _bytes = new byte[ReadingRecord.MaxLength + 10];

        [Theory]
        [InlineData(1)]
        [InlineData(2)]
        [InlineData(3)]
        public void What_is_written_comes_back(int seed)
        {
            var chance = new Random(seed);
            var record = new ReadingRecord(Points);
            var read = new Reading(PointKinds.MostFields);
            for (int i = 0; i < 2000; i++)
            {
                Reading written = Draw(chance);
                long time = chance.NextInt64(-(1L << 46), 1L << 46);
                var state = (ClockState)chance.Next(3);
                int at = chance.Next(10);
                int length = record.Write(written, time, state, _bytes, at);
                Assert.InRange(length, 1, ReadingRecord.MaxLength);
                Assert.True(record.TryRead(_bytes, at, length, read, out ClockState told));
                Assert.Equal(state, told);
                Assert.Equal(time, read.Taken);
                Same(written, read);

                // A record that was read is written again with the same bytes: a store may pass it on.
                byte[] first = _bytes.AsSpan(at, length).ToArray();
                Assert.Equal(length, record.Write(read, time, state, _bytes, 0));
                Assert.Equal(first, _bytes.AsSpan(0, length).ToArray());
            }
        }

        [Fact]
        public void Every_turned_bit_and_every_cut_is_noticed()
        {
            var record = new ReadingRecord(Points);
            var read = new Reading(PointKinds.MostFields);
            Reading written = Draw(new Random(7));
            int length = record.Write(written, 4711, ClockState.Unset, _bytes, 0);
            for (int bit = 0; bit < 8 * length; bit++)
            {
                _bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(record.TryRead(_bytes, 0, length, read, out _));
                _bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            for (int cut = 0; cut < length; cut++)
            {
                Assert.False(record.TryRead(_bytes, 0, cut, read, out _));
            }

            Assert.True(record.TryRead(_bytes, 0, length, read, out _));
        }

        [Fact]
        public void Garbage_with_a_good_check_is_refused_or_read_and_never_throws()
        {
            var chance = new Random(8);
            var record = new ReadingRecord(Points);
            var alarm = new AlarmRecord(Points);
            var read = new Reading(PointKinds.MostFields);
            for (int i = 0; i < 50000; i++)
            {
                int length = record.Write(Draw(chance), 1, ClockState.Synced, _bytes, 0);
                int damage = 1 + chance.Next(6);
                for (int d = 0; d < damage; d++)
                {
                    _bytes[chance.Next(length - 4)] = (byte)chance.Next(256);
                }

                length = chance.Next(3) == 0 ? 8 + chance.Next(length - 8) : length;
                BitConverter.TryWriteBytes(_bytes.AsSpan(length - 4), Crc32.Compute(_bytes, 0, length - 4));
                record.TryRead(_bytes, 0, length, read, out _);
                alarm.TryRead(_bytes, 0, length);
            }
        }

        [Fact]
        public void A_record_of_another_node_s_point_or_version_is_refused()
        {
            var record = new ReadingRecord(Points);
            var read = new Reading(PointKinds.MostFields);
            int length = record.Write(Draw(new Random(9)), 1, ClockState.Unset, _bytes, 0);
            Assert.False(new ReadingRecord(new[] { PointKinds.Make("vib9", PointKinds.Vibration) }).TryRead(_bytes, 0, length, read, out _));
            _bytes[0] = 2;
            BitConverter.TryWriteBytes(_bytes.AsSpan(length - 4), Crc32.Compute(_bytes, 0, length - 4));
            Assert.False(record.TryRead(_bytes, 0, length, read, out _));
        }

        [Fact]
        public void The_full_set_of_three_axes_with_its_quality_takes_at_most_128_bytes_an_axis()
        {
            var reading = new Reading(PointKinds.MostFields) { Point = PointKinds.Make("vib16", PointKinds.Vibration), Sequence = (1L << 48) - 1 };
            Array.Fill(reading.Values, 123.456f);
            reading.Quality.Clear();
            reading.Quality.Rate = 26667;
            reading.Quality.Samples = reading.Quality.Lost = reading.Quality.Clipped = reading.Quality.Retries = int.MaxValue;
            reading.Quality.Notes = (1 << QualityNotes.Count) - 1;
            reading.Condition.Zone = 4;
            reading.Condition.Hint = Hint.Unknown;
            for (int i = 0; i < Condition.MostEvidence; i++)
            {
                reading.Condition.Add(Evidence.Kurtosis, 12f);
            }

            int length = new ReadingRecord(Points).Write(reading, 1L << 46, ClockState.Synced, _bytes, 0);
            Assert.InRange(length, 300, 3 * 128);
            Assert.InRange(ReadingRecord.MaxLength - length, 0, 11); // a name of 16 characters
        }

        [Fact]
        public void Alarms_come_back()
        {
            var chance = new Random(10);
            var record = new AlarmRecord(Points);
            string[] channels = { "vel", "x_kurt_pearson", new string('a', AlarmEvent.MaxChannelLength) };
            for (int i = 0; i < 1000; i++)
            {
                var change = new AlarmEvent
                {
                    Channel = new WatchedChannel(channels[chance.Next(3)]),
                    Level = (AlarmLevel)chance.Next(3),
                    Was = (AlarmLevel)chance.Next(3),
                    Value = (float)chance.NextDouble(),
                    Limit = chance.Next(2) == 0 ? float.NaN : 7.1f,
                    Cause = (AlarmCause)chance.Next(4),
                };
                Point point = Points[chance.Next(Points.Length)];
                int length = record.Write(point, i, 1000 - i, ClockState.Holdover, i & 15, change, _bytes, 3);
                Assert.True(record.TryRead(_bytes, 3, length));
                Assert.Same(point, record.Point);
                Assert.Equal(i, record.Sequence);
                Assert.Equal(1000 - i, record.Time);
                Assert.Equal(ClockState.Holdover, record.State);
                Assert.Equal(i & 15, record.UncertaintyCode);
                Assert.Equal(change.Channel.Name, record.Change.Channel.Name);
                Assert.Equal((change.Level, change.Was, change.Cause), (record.Change.Level, record.Change.Was, record.Change.Cause));
                Assert.Equal(change.Value, record.Change.Value);
                Assert.Equal(change.Limit, record.Change.Limit);
                _bytes[3 + chance.Next(length)] ^= 4;
                Assert.False(record.TryRead(_bytes, 3, length));
            }
        }

        [Fact]
        public void Nothing_is_allocated_for_a_record()
        {
            var record = new ReadingRecord(Points);
            var read = new Reading(PointKinds.MostFields);
            Reading written = Draw(new Random(11));
            record.TryRead(_bytes, 0, record.Write(written, 1, ClockState.Unset, _bytes, 0), read, out _);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                record.TryRead(_bytes, 0, record.Write(written, 1, ClockState.Unset, _bytes, 0), read, out _);
            }

            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }

        private static Reading Draw(Random chance)
        {
            Point point = Points[chance.Next(Points.Length)];
            var reading = new Reading(PointKinds.MostFields) { Point = point, Sequence = chance.NextInt64(1, 1L << 48) };
            reading.Clear();
            for (int field = 0; field < PointKinds.FieldCountOf(point.Kind); field++)
            {
                float value = (float)Math.Pow(10, (chance.NextDouble() * 8) - 4);
                bool signed = point.FormOf(field) is ValueForm.Float or ValueForm.Signed;
                reading.Values[field] = chance.Next(5) == 0 ? float.NaN : chance.Next(9) == 0 ? 0 : signed && chance.Next(2) == 0 ? -value : value;
            }

            Quality quality = reading.Quality;
            quality.Rate = chance.Next(5) == 0 ? float.NaN : 3200 + (float)chance.NextDouble();
            quality.Samples = chance.Next(30000);
            quality.Lost = chance.Next(3) == 0 ? chance.Next(1 << 20) : 0;
            quality.Clipped = chance.Next(200);
            quality.Retries = chance.Next(3);
            quality.Fault = (SensorFault)chance.Next(14);
            quality.Notes = chance.Next(1 << QualityNotes.Count);
            quality.SelfTest = (SelfTestState)chance.Next(3);
            reading.Condition.Zone = chance.Next(5);
            reading.Condition.Alarm = (AlarmLevel)chance.Next(3);
            reading.Condition.Hint = (Hint)chance.Next(9);
            for (int i = chance.Next(6); i > 0; i--)
            {
                reading.Condition.Add((Evidence)chance.Next(10), (float)chance.NextDouble() * 50);
            }

            return reading;
        }

        private static void Same(Reading written, Reading read)
        {
            Assert.Same(written.Point, read.Point);
            Assert.Equal(written.Sequence, read.Sequence);
            for (int field = 0; field < PointKinds.FieldCountOf(written.Point.Kind); field++)
            {
                float value = written.Values[field];
                double bound = written.Point.FormOf(field) switch
                {
                    ValueForm.Float => 0,
                    ValueForm.Amplitude => 0.0005 * value,
                    ValueForm.Fine => 2e-6 * value,
                    _ => Math.Max(0.0005 * Math.Abs(value), 1e-4),
                };
                if (float.IsNaN(value)) { Assert.True(float.IsNaN(read.Values[field])); }
                else { Assert.InRange(read.Values[field] - (double)value, -bound, bound); }
            }

            Assert.All(read.Values.Skip(PointKinds.FieldCountOf(written.Point.Kind)), value => Assert.True(float.IsNaN(value)));
            Assert.Equal(written.Quality.Rate, read.Quality.Rate);
            Assert.Equal(written.Quality.Samples, read.Quality.Samples);
            Assert.Equal(written.Quality.Lost, read.Quality.Lost);
            Assert.Equal(written.Quality.Clipped, read.Quality.Clipped);
            Assert.Equal(written.Quality.Retries, read.Quality.Retries);
            Assert.Equal(written.Quality.Fault, read.Quality.Fault);
            Assert.Equal(written.Quality.Notes, read.Quality.Notes);
            Assert.Equal(written.Quality.SelfTest, read.Quality.SelfTest);
            Assert.Equal(written.Condition.Zone, read.Condition.Zone);
            Assert.Equal(written.Condition.Alarm, read.Condition.Alarm);
            Assert.Equal(written.Condition.Hint, read.Condition.Hint);
            Assert.Equal(written.Condition.EvidenceCount, read.Condition.EvidenceCount);
            for (int i = 0; i < written.Condition.EvidenceCount; i++)
            {
                Assert.Equal(written.Condition.Evidences[i], read.Condition.Evidences[i]);
                Assert.InRange(read.Condition.Strengths[i] - written.Condition.Strengths[i], -0.0005 * 50, 0.0005 * 50);
            }
        }
    }
}
