using System;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Runtime
{
    /// <summary>A small file outlives power cuts, refusals and bad bytes.</summary>
    public class TwinFileTests
    {
        private const int Head = 10;

        private readonly MemoryVolume _volume = new MemoryVolume();

        [Fact]
        public void A_generation_has_its_version_its_counter_and_its_check()
        {
            TwinFile file = Open(out byte[]? none);
            Assert.Null(none);
            Assert.False(file.IsDamaged);
            file.Write(Content(0x77));
            file.Write(Content(0x78));
            Assert.Equal("0300000000000100000077C21A6401", Convert.ToHexString(_volume.Files["x.a"]));
            Assert.Equal("0300000000000200000078837D7BD6", Convert.ToHexString(_volume.Files["x.b"]));
            Assert.Equal(["x.a", "x.b"], _volume.Written);
        }

        [Fact]
        public void The_files_take_turns_across_starts()
        {
            for (byte i = 1; i <= 5; i++)
            {
                Open(out _).Write(Content(i));
                Assert.Equal(i, Kept());
                Assert.Equal(i % 2 == 1 ? "x.a" : "x.b", _volume.Written[^1]);
            }
        }

        [Fact]
        public void A_counter_that_begins_anew_tells_which_is_newer()
        {
            Open(out _).Write(Content(1));
            byte[] last = _volume.Files["x.a"];
            LittleEndian.Put(last, 6, uint.MaxValue, 4);
            LittleEndian.Put(last, last.Length - 4, Crc32.Compute(last, 0, last.Length - 4), 4);
            Open(out _).Write(Content(2));
            Assert.Equal(2, Kept());
            Assert.Equal("x.b", _volume.Written[^1]);
        }

        [Theory]
        [InlineData(Fate.CutBefore)]
        [InlineData(Fate.CutBetween)]
        [InlineData(Fate.CutTorn)]
        [InlineData(Fate.CutAfter)]
        public void A_power_cut_at_any_write_leaves_the_generation_before_or_the_new_one(object fate)
        {
            byte kept = 0;
            for (byte i = 1; i <= 9; i++)
            {
                _volume.Plan = _ => (Fate)fate;
                TwinFile file = Open(out _);
                Assert.Throws<PowerCutException>(() => file.Write(Content((byte)(100 + i))));
                Assert.Equal((Fate)fate == Fate.CutAfter ? (byte)(100 + i) : kept, Kept());
                _volume.Plan = _ => Fate.Done;
                file = Open(out _);
                Assert.Equal((Fate)fate == Fate.CutTorn, file.IsDamaged);
                file.Write(Content(i)); // over what was cut off, never over what counts
                kept = i;
                Assert.Equal(kept, Kept());
                Assert.False(Open(out _).IsDamaged);
            }
        }

        [Fact]
        public void What_the_volume_refuses_is_written_to_the_same_place_later()
        {
            TwinFile file = Open(out _);
            file.Write(Content(1));
            _volume.Plan = _ => Fate.Refused;
            Assert.Throws<VolumeException>(() => file.Write(Content(2)));
            Assert.Equal(1, Kept());
            _volume.Plan = _ => Fate.Done;
            file.Write(Content(3));
            Assert.Equal(3, Kept());
            Assert.Equal(["x.a", "x.b"], _volume.Written);
        }

        [Fact]
        public void No_bad_byte_no_other_version_and_no_other_length_counts()
        {
            TwinFile file = Open(out _);
            file.Write(Content(1));
            file.Write(Content(2));
            byte[] good = _volume.Files["x.b"];
            for (int i = 0; i < good.Length; i++)
            {
                byte[] bad = (byte[])good.Clone();
                bad[i] ^= 0x10;
                Holds(bad);
                Holds(good[..i]);
            }

            byte[] other = (byte[])good.Clone();
            other[0] = 4;
            LittleEndian.Put(other, other.Length - 4, Crc32.Compute(other, 0, other.Length - 4), 4);
            Holds(other);

            byte[] shorter = new byte[Head + 3];
            shorter[0] = 3;
            LittleEndian.Put(shorter, Head - 1, Crc32.Compute(shorter, 0, Head - 1), 4);
            Holds(shorter);
        }

        [Fact]
        public void With_both_files_damaged_there_is_none_and_writing_begins_anew()
        {
            _volume.Files["x.a"] = new byte[20];
            _volume.Files["x.b"] = [];
            TwinFile file = Open(out byte[]? none);
            Assert.Null(none);
            Assert.True(file.IsDamaged);
            file.Write(Content(1));
            Assert.Equal(1, Kept());
            Assert.True(Open(out _).IsDamaged);
            Open(out _).Write(Content(2));
            Assert.Equal(2, Kept());
            Assert.False(Open(out _).IsDamaged);
        }

        [Fact]
        public void One_generation_only_may_have_had_a_later_one()
        {
            Assert.False(Open(out _).IsAlone);
            Open(out _).Write(Content(1));
            Assert.True(Open(out _).IsAlone); // the other was never written: nothing tells that from a loss
            Open(out _).Write(Content(2));
            Assert.False(Open(out _).IsAlone);
            _volume.Files["x.a"][3]++;
            Assert.True(Open(out _).IsAlone);
            _volume.Files.Remove("x.a");
            Assert.True(Open(out _).IsAlone);
            Assert.Equal(2, Kept());
        }

        private static byte[] Content(byte value)
        {
            byte[] bytes = new byte[Head + 1 + TwinFile.Check];
            bytes[Head] = value;
            return bytes;
        }

        private TwinFile Open(out byte[]? newest)
        {
            var file = new TwinFile(_volume, "x", 3, Head, 6);
            newest = file.Read();
            return file;
        }

        private byte Kept()
        {
            Open(out byte[]? newest);
            return newest == null ? (byte)0 : newest[Head];
        }

        // Generation 2 as given: generation 1 counts.
        private void Holds(byte[] second)
        {
            _volume.Files["x.b"] = second;
            Assert.True(Open(out byte[]? newest).IsDamaged);
            Assert.Equal(1, newest![Head]);
        }
    }
}
