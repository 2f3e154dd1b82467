using System;
using NanoFramework.Pc;
using NanoFramework.Pc.Device;
using Sensors.Platform.Tests.Scripted;
using Code = NanoFramework.Pc.Device.IOException.IOExceptionErrorCode;

namespace Sensors.Platform.Tests.Files
{
    public class DeviceFileTests
    {
        private static readonly byte[] Some = { 1, 2, 3 };

        [Fact]
        public void What_is_written_is_read_back()
        {
            TestBoard.Start();
            File.WriteAllBytes("I:\\a.bin", Some);
            Assert.Equal(Some, File.ReadAllBytes("I:\\a.bin"));
            Assert.True(File.Exists("I:\\a.bin"));
            Assert.Equal(Some, File.ReadAllBytes("i:/a.bin"));
        }

        [Fact]
        public void Writing_again_replaces_the_content()
        {
            TestBoard.Start();
            File.WriteAllBytes("I:\\a.bin", new byte[5000]);
            File.WriteAllBytes("I:\\a.bin", Some);
            Assert.Equal(Some, File.ReadAllBytes("I:\\a.bin"));
        }

        [Fact]
        public void Appending_adds_at_the_end()
        {
            TestBoard.Start();
            File.WriteAllBytes("I:\\a.bin", Some);
            using (var stream = new FileStream("I:\\a.bin", FileMode.Append))
            {
                Assert.Equal(3, stream.Position);
                stream.WriteByte(4);
                Assert.Throws<IOException>(() => stream.Position = 0);
                Assert.False(stream.CanRead);
            }

            Assert.Equal(new byte[] { 1, 2, 3, 4 }, File.ReadAllBytes("I:\\a.bin"));
        }

        [Fact]
        public void A_stream_seeks_and_changes_in_the_middle()
        {
            TestBoard.Start();
            File.WriteAllBytes("I:\\a.bin", Some);
            using (FileStream stream = File.Open("I:\\a.bin", FileMode.Open))
            {
                stream.Seek(-2, System.IO.SeekOrigin.End);
                stream.WriteByte(9);
                stream.Position = 0;
                Assert.Equal(1, stream.ReadByte());
                Assert.Equal(9, stream.ReadByte());
                Assert.Equal(3, stream.ReadByte());
                Assert.Equal(-1, stream.ReadByte());
                Assert.Equal(3, stream.Length);
            }

            Assert.Equal(new byte[] { 1, 9, 3 }, File.ReadAllBytes("I:\\a.bin"));
        }

        [Fact]
        public void Writing_beyond_the_end_fills_with_zeros()
        {
            TestBoard.Start();
            using (FileStream stream = File.Create("I:\\a.bin"))
            {
                stream.Position = 4;
                stream.WriteByte(7);
                stream.SetLength(6);
                stream.SetLength(5);
            }

            Assert.Equal(new byte[] { 0, 0, 0, 0, 7 }, File.ReadAllBytes("I:\\a.bin"));
        }

        [Fact]
        public void A_missing_file_is_not_found()
        {
            TestBoard.Start();
            Assert.Equal(Code.FileNotFound, Assert.Throws<IOException>(() => File.ReadAllBytes("I:\\none")).ErrorCode);
            Assert.Equal(Code.FileNotFound, Assert.Throws<IOException>(() => File.Open("I:\\none", FileMode.Truncate)).ErrorCode);
            Assert.False(File.Exists("I:\\none"));
        }

        [Fact]
        public void Deleting_a_missing_file_does_nothing()
        {
            TestBoard.Start();
            File.Delete("I:\\none");
        }

        [Fact]
        public void Move_never_replaces()
        {
            TestBoard.Start();
            File.WriteAllBytes("I:\\a", Some);
            File.WriteAllBytes("I:\\b", new byte[1]);
            Assert.Equal(Code.PathAlreadyExists, Assert.Throws<IOException>(() => File.Move("I:\\a", "I:\\b")).ErrorCode);
            Assert.Equal(Code.FileNotFound, Assert.Throws<IOException>(() => File.Move("I:\\c", "I:\\d")).ErrorCode);
            File.Move("I:\\a", "I:\\c");
            Assert.False(File.Exists("I:\\a"));
            Assert.Equal(Some, File.ReadAllBytes("I:\\c"));
        }

        [Fact]
        public void Create_new_refuses_a_name_that_exists()
        {
            TestBoard.Start();
            File.WriteAllBytes("I:\\a", Some);
            IOException error = Assert.Throws<IOException>(() => new FileStream("I:\\a", FileMode.CreateNew));
            Assert.Equal(Code.PathAlreadyExists, error.ErrorCode);
        }

        [Fact]
        public void An_open_file_cannot_be_opened_deleted_or_moved()
        {
            TestBoard.Start();
            using (FileStream stream = File.Create("I:\\a"))
            {
                Assert.Equal(Code.UnauthorizedAccess, Assert.Throws<IOException>(() => File.OpenRead("I:\\a")).ErrorCode);
                Assert.Equal(Code.UnauthorizedAccess, Assert.Throws<IOException>(() => File.Delete("I:\\a")).ErrorCode);
                Assert.Equal(Code.UnauthorizedAccess, Assert.Throws<IOException>(() => File.Move("I:\\a", "I:\\b")).ErrorCode);
            }

            File.Delete("I:\\a");
        }

        [Fact]
        public void Two_readers_share_when_both_say_so()
        {
            TestBoard.Start();
            File.WriteAllBytes("I:\\a", Some);
            using var first = new FileStream("I:\\a", FileMode.Open, FileAccess.Read, FileShare.Read);
            using var second = new FileStream("I:\\a", FileMode.Open, FileAccess.Read, FileShare.Read);
            Assert.Equal(1, second.ReadByte());
        }

        [Fact]
        public void A_path_is_shorter_than_246_characters()
        {
            TestBoard.Start();
            string longest = "I:\\" + new string('a', 242);
            File.WriteAllBytes(longest, Some);
            Assert.Equal(Code.PathTooLong, Assert.Throws<IOException>(() => File.WriteAllBytes(longest + "a", Some)).ErrorCode);
        }

        [Theory]
        [InlineData("I:\\a\\..\\b")]
        [InlineData("I:\\a*b")]
        [InlineData("I:\\a:b")]
        [InlineData("")]
        public void A_path_that_could_be_none_is_an_argument_error(string path)
        {
            TestBoard.Start();
            Assert.Throws<ArgumentException>(() => File.WriteAllBytes(path, Some));
            Assert.False(File.Exists(path));
        }

        [Fact]
        public void There_is_no_other_volume()
        {
            TestBoard.Start();
            Assert.Equal(Code.VolumeNotFound, Assert.Throws<IOException>(() => File.WriteAllBytes("D:\\a", Some)).ErrorCode);
        }

        [Fact]
        public void Folders_hold_files_and_names_come_back_whole()
        {
            TestBoard.Start();
            Assert.Equal(Code.DirectoryNotFound, Assert.Throws<IOException>(() => File.WriteAllBytes("I:\\d\\a", Some)).ErrorCode);
            Assert.Equal("d", Directory.CreateDirectory("I:\\d").Name);
            Directory.CreateDirectory("I:\\d");
            File.WriteAllBytes("I:\\d\\b", Some);
            File.WriteAllBytes("I:\\d\\a", Some);
            File.WriteAllBytes("I:\\c", Some);
            Assert.Equal(new[] { "I:\\d\\a", "I:\\d\\b" }, Directory.GetFiles("I:\\d"));
            Assert.Equal(new[] { "I:\\c" }, Directory.GetFiles("I:\\"));
            Assert.Equal(new[] { "I:\\d" }, Directory.GetDirectories("I:\\"));
            Assert.True(Directory.Exists("I:\\d\\"));
            Assert.Equal(Code.DirectoryNotEmpty, Assert.Throws<IOException>(() => Directory.Delete("I:\\d")).ErrorCode);
            Directory.Delete("I:\\d", true);
            Assert.False(File.Exists("I:\\d\\a"));
        }

        [Fact]
        public void A_closed_stream_refuses_work()
        {
            TestBoard.Start();
            FileStream stream = File.Create("I:\\a");
            stream.Close();
            Assert.Throws<ObjectDisposedException>(() => stream.WriteByte(1));
            Assert.Throws<ObjectDisposedException>(() => stream.Length);
        }

        [Fact]
        public void A_mode_that_writes_needs_the_access()
        {
            TestBoard.Start();
            Assert.Throws<ArgumentException>(() => new FileStream("I:\\a", FileMode.Create, FileAccess.Read));
            Assert.Throws<ArgumentException>(() => new FileStream("I:\\a", FileMode.Append, FileAccess.ReadWrite));
            File.WriteAllBytes("I:\\a", Some);
            using FileStream stream = File.OpenRead("I:\\a");
            Assert.Throws<NotSupportedException>(() => stream.WriteByte(1));
        }

        [Fact]
        public void The_drive_tells_its_size_and_can_be_formatted()
        {
            TestBoard.Start();
            File.WriteAllBytes("I:\\a", Some);
            DriveInfo drive = Assert.Single(DriveInfo.GetDrives());
            Assert.Equal(PcVolume.DefaultCapacity, drive.TotalSize);
            drive.Format("LITTLEFS", 0);
            Assert.Empty(Directory.GetFiles("I:\\"));
        }

        [Fact]
        public void Text_is_UTF8()
        {
            TestBoard.Start();
            File.WriteAllText("I:\\a", "Grüße");
            File.AppendAllText("I:\\a", "!");
            Assert.Equal("Grüße!", File.ReadAllText("I:\\a"));
            Assert.Equal(8, File.ReadAllBytes("I:\\a").Length);
        }
    }
}
