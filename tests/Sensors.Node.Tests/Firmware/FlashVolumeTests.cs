using System;
using System.Linq;
using NanoFramework.Pc;
using Sensors.Firmware;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Firmware
{
    /// <summary>The node's files on a volume with the rules of the device's file system.</summary>
    public class FlashVolumeTests
    {
        private static readonly byte[] Old = { 1, 2, 3 };
        private static readonly byte[] New = { 4, 5, 6, 7, 8 };

        private readonly FakeBoard _board = new FakeBoard();
        private readonly FlashVolume _volume = new FlashVolume(@"I:\");

        public FlashVolumeTests()
        {
            PcBoard.Enter(_board);
        }

        [Fact]
        public void What_was_written_is_read_back_whole()
        {
            byte[] large = Enumerable.Range(0, 9000).Select(i => (byte)i).ToArray();
            _volume.Write("large", large);
            _volume.Write("empty", Array.Empty<byte>());
            Assert.Equal(large, _volume.Read("large"));
            Assert.Empty(_volume.Read("empty"));
        }

        [Fact]
        public void A_file_that_is_not_there_reads_as_null()
        {
            Assert.Null(_volume.Read("nothing"));
        }

        [Fact]
        public void A_shorter_file_leaves_nothing_of_a_longer_one()
        {
            _volume.Write("f", New);
            _volume.Write("f", Old);
            Assert.Equal(Old, _volume.Read("f"));
        }

        [Fact]
        public void Files_are_listed_without_their_path_until_they_are_deleted()
        {
            _volume.Write("epoch.a", Old);
            _volume.Write("last.txt", Old);
            Assert.Equal(new[] { "epoch.a", "last.txt" }, _volume.List().Order());
            _volume.Delete("epoch.a");
            _volume.Delete("never-there");
            Assert.Equal(new[] { "last.txt" }, _volume.List());
        }

        [Fact]
        public void What_was_written_survives_a_power_cut()
        {
            _volume.Write("f", New);
            _board.Volume.CutPower();
            _board.Volume.Mount();
            Assert.Equal(New, _volume.Read("f"));
        }

        [Fact]
        public void A_power_cut_at_any_step_of_a_write_costs_the_new_content_only()
        {
            _volume.Write("other", Old);
            int survived = 0;
            for (int step = 1; step <= 4; step++)
            {
                _volume.Write("f", Old);
                _board.Volume.CutPowerAtOperation(step);
                try
                {
                    _volume.Write("f", New);
                    survived++;
                }
                catch (Exception exception) when (exception is VolumeException || exception is BoardOffException)
                {
                    // Either way the board is off.
                }

                _board.Volume.CutPowerAtOperation(0);
                _board.PowerOn();
                byte[] after = _volume.Read("f");
                Assert.True(after.SequenceEqual(Old) || after.SequenceEqual(New), "step " + step);
                Assert.Equal(Old, _volume.Read("other"));
            }

            Assert.InRange(survived, 1, 3); // some cuts hit the write, a later one comes after it
        }

        [Fact]
        public void Appending_makes_a_file_and_adds_to_its_end()
        {
            _volume.Append("j", New, 1, 3);
            Assert.Equal(new byte[] { 5, 6, 7 }, _volume.Read("j"));
            _volume.Append("j", Old, 0, 2);
            Assert.Equal(new byte[] { 5, 6, 7, 1, 2 }, _volume.Read("j"));
            byte[] large = Enumerable.Range(0, 9000).Select(i => (byte)(i * 7)).ToArray();
            _volume.Append("j", large, 0, large.Length);
            Assert.Equal(new byte[] { 5, 6, 7, 1, 2 }.Concat(large), _volume.Read("j"));
        }

        [Fact]
        public void A_power_cut_at_any_step_of_an_append_leaves_the_old_content_or_all()
        {
            int survived = 0;
            byte[] whole = [.. Old, .. New];
            for (int step = 1; step <= 4; step++)
            {
                _volume.Write("f", Old);
                _board.Volume.CutPowerAtOperation(step);
                try
                {
                    _volume.Append("f", New, 0, New.Length);
                    survived++;
                }
                catch (Exception exception) when (exception is VolumeException || exception is BoardOffException)
                {
                    // Either way the board is off.
                }

                _board.Volume.CutPowerAtOperation(0);
                _board.PowerOn();
                byte[] after = _volume.Read("f");
                Assert.True(after.SequenceEqual(Old) || after.SequenceEqual(whole), "step " + step);
            }

            Assert.InRange(survived, 1, 3); // some cuts hit the append, a later one comes after it
        }

        [Fact]
        public void What_was_written_but_not_closed_is_gone_with_the_power()
        {
            _volume.Write("f", Old);
            var open = new NanoFramework.Pc.Device.FileStream(@"I:\f", NanoFramework.Pc.Device.FileMode.Append, NanoFramework.Pc.Device.FileAccess.Write);
            open.Write(New, 0, New.Length);
            open.Flush(); // which is none
            _board.Volume.CutPower();
            _board.PowerOn();
            Assert.Equal(Old, _volume.Read("f"));
        }

        [Fact]
        public void A_full_volume_refuses_an_append_and_keeps_what_there_was()
        {
            _volume.Write("f", Old);
            VolumeException error = Assert.Throws<VolumeException>(() => _volume.Append("f", new byte[PcVolume.DefaultCapacity], 0, PcVolume.DefaultCapacity));
            Assert.StartsWith("file f: ", error.Message);
            Assert.Equal(Old, _volume.Read("f").Take(Old.Length)); // and perhaps a part behind it
        }

        [Theory]
        [InlineData(0)]
        [InlineData(2)]
        [InlineData(5)]
        [InlineData(9)]
        public void Reading_into_memory_fills_what_fits_and_tells_the_whole_length(int room)
        {
            _volume.Write("f", New);
            byte[] buffer = Enumerable.Repeat((byte)0xEE, room).ToArray();
            Assert.Equal(New.Length, _volume.Read("f", buffer));
            int read = Math.Min(room, New.Length);
            Assert.Equal(New.Take(read), buffer.Take(read));
            Assert.All(buffer.Skip(read), left => Assert.Equal(0xEE, left));
            Assert.Equal(-1, _volume.Read("nothing", buffer));
        }

        [Fact]
        public void The_volume_tells_its_size()
        {
            Assert.Equal(PcVolume.DefaultCapacity, _volume.CapacityBytes);
            Assert.Equal(0, _volume.CapacityBytes % Volume.BlockBytes);
        }

        [Fact]
        public void A_full_volume_refuses_with_the_files_name_and_keeps_the_others()
        {
            _volume.Write("f", Old);
            VolumeException error = Assert.Throws<VolumeException>(() => _volume.Write("big", new byte[PcVolume.DefaultCapacity]));
            Assert.StartsWith("file big: ", error.Message);
            Assert.NotNull(error.InnerException);
            Assert.Equal(Old, _volume.Read("f"));
        }

        [Fact]
        public void Numbers_of_readings_survive_power_cuts_on_this_volume()
        {
            var random = new SeededRandom(3);
            var epochs = new System.Collections.Generic.HashSet<long>();
            for (int step = 1; step < 200; step++)
            {
                _board.Volume.CutPowerAtOperation(1 + (step % 7));
                try
                {
                    var incarnation = new Incarnation(_volume, random);
                    incarnation.Begin("88.118.12345/NODE-0001", new TestClock());
                    Assert.True(epochs.Add(incarnation.Epoch), "epoch twice at step " + step);
                    for (int i = 0; i < 3000; i++)
                    {
                        incarnation.Next();
                    }
                }
                catch (Exception exception) when (exception is VolumeException || exception is BoardOffException)
                {
                    // The cut came while the node had the volume.
                }

                _board.Volume.CutPowerAtOperation(0);
                _board.PowerOn();
            }

            Assert.InRange(epochs.Count, 50, 199);
        }
    }
}
