using System;
using NanoFramework.Pc;
using NanoFramework.Pc.Device;
using Sensors.Platform.Tests.Scripted;
using Path = System.IO.Path;
using PcDirectory = System.IO.Directory;
using PcFile = System.IO.File;

namespace Sensors.Platform.Tests.Files
{
    public class PcVolumeTests
    {
        private const int Block = PcVolume.BlockBytes;

        [Fact]
        public void What_was_not_closed_is_lost_and_the_old_content_stays()
        {
            TestBoard board = TestBoard.Start();
            File.WriteAllBytes("I:\\a", new byte[] { 1 });
            FileStream stream = File.Open("I:\\a", FileMode.Append);
            stream.WriteByte(2);
            stream.Flush();
            CutAndRestart(board);
            Assert.Equal(new byte[] { 1 }, File.ReadAllBytes("I:\\a"));
        }

        [Fact]
        public void A_truncated_file_that_was_not_closed_keeps_its_old_content()
        {
            TestBoard board = TestBoard.Start();
            File.WriteAllBytes("I:\\a", new byte[] { 1, 2, 3 });
            FileStream stream = File.Create("I:\\a");
            stream.WriteByte(9);
            CutAndRestart(board);
            Assert.Equal(new byte[] { 1, 2, 3 }, File.ReadAllBytes("I:\\a"));
        }

        [Fact]
        public void A_new_file_that_was_not_closed_is_left_behind_empty()
        {
            TestBoard board = TestBoard.Start();
            FileStream stream = File.Create("I:\\a");
            stream.WriteByte(9);
            CutAndRestart(board);
            Assert.Empty(File.ReadAllBytes("I:\\a"));
        }

        [Fact]
        public void A_handle_from_before_the_cut_is_dead()
        {
            TestBoard board = TestBoard.Start();
            FileStream stream = File.Create("I:\\a");
            CutAndRestart(board);
            Assert.Throws<BoardOffException>(() => stream.WriteByte(1));
            stream.Dispose();
            Assert.Empty(File.ReadAllBytes("I:\\a"));
        }

        [Fact]
        public void Without_power_nothing_works_until_it_is_mounted()
        {
            TestBoard board = TestBoard.Start();
            board.Volume.CutPower();
            Assert.Throws<BoardOffException>(() => File.WriteAllBytes("I:\\a", new byte[1]));
            Assert.Throws<BoardOffException>(() => File.Exists("I:\\a"));
            Assert.True(board.Volume.Mount());
            File.WriteAllBytes("I:\\a", new byte[1]);
        }

        [Fact]
        public void The_power_can_be_cut_at_every_operation()
        {
            // Replacing a file takes four: truncate, write, close, delete of the older one.
            for (int at = 1; at <= 5; at++)
            {
                TestBoard board = TestBoard.Start();
                File.WriteAllBytes("I:\\new", new byte[] { 1 });
                File.WriteAllBytes("I:\\old", new byte[] { 0 });
                int cuts = 0;
                board.Volume.PowerCut += () => cuts++;
                board.Volume.CutPowerAtOperation(at);
                Action replace = () =>
                {
                    File.WriteAllBytes("I:\\new", new byte[] { 2 });
                    File.Delete("I:\\old");
                };
                if (at <= 4)
                {
                    Assert.Throws<BoardOffException>(replace);
                    Assert.Equal(1, cuts);
                    board.Volume.Mount();
                }
                else
                {
                    replace();
                    Assert.Equal(0, cuts);
                }

                Assert.Equal(at <= 3 ? 1 : 2, File.ReadAllBytes("I:\\new")[0]);
                Assert.Equal(at <= 4, File.Exists("I:\\old"));
            }
        }

        [Fact]
        public void Writes_and_closes_are_counted_and_reads_are_not()
        {
            TestBoard board = TestBoard.Start();
            using (FileStream stream = File.Create("I:\\a"))
            {
                stream.Write(new byte[10], 0, 10);
                stream.Write(new byte[10], 0, 10);
            }

            Assert.Equal(2, board.Volume.Writes);
            Assert.Equal(1, board.Volume.Closes);
            Assert.Equal(4, board.Volume.Operations);
            File.ReadAllBytes("I:\\a");
            Assert.Equal(4, board.Volume.Operations);
        }

        [Fact]
        public void Space_is_counted_in_blocks_and_ends()
        {
            TestBoard board = TestBoard.Start(volume: new PcVolume(8 * Block));
            Assert.Equal(2 * Block, board.Volume.UsedBytes);
            File.WriteAllBytes("I:\\a", new byte[1]);
            Assert.Equal(3 * Block, board.Volume.UsedBytes);
            File.WriteAllBytes("I:\\b", new byte[Block + 1]);
            Assert.Equal(5 * Block, board.Volume.UsedBytes);
            Assert.Throws<IOException>(() => File.WriteAllBytes("I:\\c", new byte[(3 * Block) + 1]));
            File.Delete("I:\\b");
            Assert.Equal(4 * Block, board.Volume.UsedBytes);
        }

        [Fact]
        public void A_change_needs_its_blocks_twice_until_it_is_closed()
        {
            TestBoard board = TestBoard.Start(volume: new PcVolume(8 * Block));
            File.WriteAllBytes("I:\\a", new byte[3 * Block]);
            using (FileStream stream = File.Open("I:\\a", FileMode.Append))
            {
                stream.WriteByte(1);
                Assert.Equal(6 * Block, board.Volume.UsedBytes);
            }

            Assert.Equal(6 * Block, board.Volume.UsedBytes);
            Assert.Throws<IOException>(() => File.WriteAllBytes("I:\\a", new byte[3 * Block]));
        }

        [Fact]
        public void A_write_without_space_spoils_the_file_and_the_old_content_stays()
        {
            TestBoard.Start(volume: new PcVolume(8 * Block));
            File.WriteAllBytes("I:\\a", new byte[] { 1 });
            using (FileStream stream = File.Open("I:\\a", FileMode.Open))
            {
                stream.WriteByte(2);
                Assert.Throws<IOException>(() => stream.Write(new byte[8 * Block], 0, 8 * Block));
            }

            Assert.Equal(new byte[] { 1 }, File.ReadAllBytes("I:\\a"));
        }

        [Fact]
        public void A_volume_that_cannot_be_mounted_is_formatted()
        {
            TestBoard board = TestBoard.Start();
            File.WriteAllBytes("I:\\a", new byte[1]);
            board.Volume.CorruptVolume();
            board.Volume.CutPower();
            Assert.False(board.Volume.Mount());
            Assert.False(File.Exists("I:\\a"));
            Assert.True(board.Volume.Mount());
        }

        [Fact]
        public void A_byte_of_a_file_can_be_spoilt()
        {
            TestBoard board = TestBoard.Start();
            File.WriteAllBytes("I:\\a", new byte[] { 1, 2, 3 });
            board.Volume.CorruptFile("I:\\a");
            Assert.Equal(new byte[] { 1, 0xFD, 3 }, File.ReadAllBytes("I:\\a"));
            board.Volume.CorruptFile("I:\\a", 0);
            Assert.Equal(0xFE, File.ReadAllBytes("I:\\a")[0]);
            Assert.Throws<IOException>(() => board.Volume.CorruptFile("I:\\a", 3));
        }

        [Fact]
        public void Reading_does_not_touch_what_is_kept()
        {
            TestBoard board = TestBoard.Start();
            File.WriteAllBytes("I:\\a", new byte[] { 1, 2, 3 });
            FileStream stream = File.Open("I:\\a", FileMode.Open);
            stream.WriteByte(9);
            CutAndRestart(board);
            Assert.Equal(new byte[] { 1, 2, 3 }, File.ReadAllBytes("I:\\a"));
        }

        [Fact]
        public void A_folder_of_the_PC_keeps_the_content()
        {
            string folder = PcDirectory.CreateTempSubdirectory("volume").FullName;
            try
            {
                TestBoard.Start(volume: new PcVolume(folder: folder));
                Directory.CreateDirectory("I:\\d");
                File.WriteAllBytes("I:\\d\\a", new byte[] { 1 });
                File.WriteAllBytes("I:\\b", new byte[] { 2 });
                File.Move("I:\\b", "I:\\c");
                FileStream open = File.Open("I:\\c", FileMode.Open);
                open.WriteByte(9);

                TestBoard.Start(volume: new PcVolume(folder: folder));
                Assert.Equal(new byte[] { 1 }, File.ReadAllBytes("I:\\d\\a"));
                Assert.Equal(new byte[] { 2 }, File.ReadAllBytes("I:\\c"));
                Assert.False(File.Exists("I:\\b"));
                Directory.Delete("I:\\d", true);
                File.Delete("I:\\c");
                Assert.Empty(PcDirectory.GetFileSystemEntries(folder));
            }
            finally
            {
                PcDirectory.Delete(folder, true);
            }
        }

        [Fact]
        public void What_a_crash_of_the_PC_left_unfinished_is_swept()
        {
            string folder = PcDirectory.CreateTempSubdirectory("volume").FullName;
            try
            {
                PcFile.WriteAllBytes(Path.Combine(folder, "a"), new byte[] { 1 });
                PcFile.WriteAllBytes(Path.Combine(folder, "a.unfinished"), new byte[] { 2 });
                TestBoard.Start(volume: new PcVolume(folder: folder));
                Assert.Equal(new[] { "I:\\a" }, Directory.GetFiles("I:\\"));
                Assert.Single(PcDirectory.GetFiles(folder));
            }
            finally
            {
                PcDirectory.Delete(folder, true);
            }
        }

        [Fact]
        public void A_size_that_is_no_number_of_blocks_is_refused()
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new PcVolume(5000));
            Assert.Throws<ArgumentOutOfRangeException>(() => new PcVolume(2 * Block));
        }

        private static void CutAndRestart(TestBoard board)
        {
            board.Volume.CutPower();
            board.Volume.Mount();
        }
    }
}
