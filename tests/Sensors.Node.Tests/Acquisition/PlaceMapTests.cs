using System.Linq;
using System.Text;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Acquisition
{
    /// <summary>Which point's sensor is wired where, remembered.</summary>
    public class PlaceMapTests
    {
        private readonly MemoryVolume _volume = new MemoryVolume();

        [Fact]
        public void What_was_added_is_there_after_a_restart()
        {
            PlaceMap map = Make();
            map.Add("vib1", "SPI1 CS33");
            map.Add("temp1", "I2C1 0x48");
            PlaceMap again = Make();
            Assert.Equal(2, again.Count);
            Assert.Equal("vib1", again.NameOf(0));
            Assert.Equal("SPI1 CS33", again.PlaceOf("vib1"));
            Assert.Equal("temp1", again.NameOf(1));
            Assert.Equal("I2C1 0x48", again.PlaceOf("temp1"));
            Assert.Null(again.PlaceOf("vib2"));
            Assert.True(again.Has("SPI1 CS33"));
            Assert.False(again.Has("SPI1 CS32"));
        }

        [Fact]
        public void The_file_is_readable_lines_and_a_check()
        {
            Make().Add("vib1", "SPI1 CS33");
            const string Line = "vib1=SPI1 CS33\n";
            uint crc = Crc32.Compute(Encoding.ASCII.GetBytes(Line), 0, Line.Length);
            Assert.Equal(Line + "crc=" + crc.ToString("X8", System.Globalization.CultureInfo.InvariantCulture) + "\n", Text());
        }

        [Fact]
        public void A_file_cut_short_anywhere_counts_as_none()
        {
            byte[] whole = TwoPoints();
            for (int length = 0; length < whole.Length; length++)
            {
                _volume.Files[PlaceMap.FileName] = whole[..length];
                Assert.Equal(0, Make().Count);
            }
        }

        [Fact]
        public void A_file_with_any_bit_wrong_counts_as_none()
        {
            byte[] whole = TwoPoints();
            for (int bit = 0; bit < whole.Length * 8; bit++)
            {
                byte[] damaged = (byte[])whole.Clone();
                damaged[bit / 8] ^= (byte)(1 << (bit % 8));
                _volume.Files[PlaceMap.FileName] = damaged;
                Assert.Equal(0, Make().Count);
            }
        }

        [Theory]
        [InlineData("")]
        [InlineData("vib1=SPI1 CS33\n")]
        [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
        [InlineData("crc=00000000\n\n\n\n")]
        public void Garbage_counts_as_no_file_and_is_written_over(string garbage)
        {
            _volume.Files[PlaceMap.FileName] = Encoding.UTF8.GetBytes(garbage);
            PlaceMap map = Make();
            Assert.Equal(0, map.Count);
            map.Add("vib1", "SPI1 CS32");
            Assert.Equal("SPI1 CS32", Make().PlaceOf("vib1"));
        }

        [Fact]
        public void A_power_cut_at_any_write_leaves_a_map_that_was_right_once()
        {
            foreach (Fate fate in new[] { Fate.CutBefore, Fate.CutBetween, Fate.CutTorn, Fate.CutAfter })
            {
                for (int cutAt = 0; cutAt < 3; cutAt++)
                {
                    var volume = new MemoryVolume();
                    volume.Plan = change => change == cutAt ? fate : Fate.Done;
                    try
                    {
                        var map = new PlaceMap(volume, PointTable.Most);
                        map.Add("vib1", "SPI1 CS33");
                        map.Add("vib2", "SPI1 CS32");
                        map.Add("temp1", "I2C1 0x48");
                    }
                    catch (PowerCutException)
                    {
                        // What matters is what the next start reads.
                    }

                    var after = new PlaceMap(volume, PointTable.Most);
                    string[] names = Enumerable.Range(0, after.Count).Select(after.NameOf).ToArray();
                    Assert.Equal(new[] { "vib1", "vib2", "temp1" }.Take(names.Length), names);
                    Assert.All(names, name => Assert.Equal(name == "vib1" ? "SPI1 CS33" : name == "vib2" ? "SPI1 CS32" : "I2C1 0x48", after.PlaceOf(name)));
                }
            }
        }

        [Fact]
        public void A_volume_that_refuses_costs_the_memory_of_it_and_nothing_else()
        {
            PlaceMap map = Make();
            _volume.Plan = _ => Fate.Refused;
            map.Add("vib1", "SPI1 CS33");
            Assert.Equal("SPI1 CS33", map.PlaceOf("vib1"));
            Assert.Equal(0, Make().Count);
            _volume.Plan = _ => Fate.Done;
            map.Add("vib2", "SPI1 CS32"); // writes both
            Assert.Equal("SPI1 CS33", Make().PlaceOf("vib1"));
        }

        [Fact]
        public void A_full_map_takes_no_more_and_keeps_what_it_has()
        {
            PlaceMap map = new PlaceMap(_volume, 2);
            map.Add("vib1", "a");
            map.Add("vib2", "b");
            map.Add("vib3", "c");
            Assert.Equal(2, map.Count);
            Assert.Null(map.PlaceOf("vib3"));
            Assert.Equal(2, Make().Count);
            Assert.Equal(1, new PlaceMap(_volume, 1).Count); // a later version that has room for fewer
        }

        private PlaceMap Make() => new PlaceMap(_volume, PointTable.Most);

        private byte[] TwoPoints()
        {
            PlaceMap map = Make();
            map.Add("vib1", "SPI1 CS33");
            map.Add("vib2", "SPI1 CS32");
            return _volume.Read(PlaceMap.FileName)!;
        }

        private string Text() => Encoding.UTF8.GetString(_volume.Files[PlaceMap.FileName]);
    }
}
