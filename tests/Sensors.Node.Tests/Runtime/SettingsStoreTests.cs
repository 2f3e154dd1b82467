using System;
using System.Linq;
using System.Text;
using NanoFramework.Pc;
using Sensors.Firmware;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Runtime
{
    /// <summary>Settings live through power cuts at any moment, and give way to a file that somebody wrote anew.</summary>
    public class SettingsStoreTests
    {
        private const string Original = "id=88.118.12345/NODE-0001\n";

        [Fact]
        public void A_volume_without_settings_has_none_and_takes_some()
        {
            var volume = new MemoryVolume();
            var store = new SettingsStore(volume);
            Assert.Null(store.Text);
            Assert.False(store.IsGeneration);
            store.Write(Bytes("one"));
            Assert.Equal("one", Text(store));
            Assert.Equal("one", Text(new SettingsStore(volume)));
        }

        [Fact]
        public void The_file_counts_until_the_node_has_written_and_then_what_it_wrote_last()
        {
            MemoryVolume volume = Paired();
            Assert.Equal(Original, Text(new SettingsStore(volume)));
            var store = new SettingsStore(volume);
            for (int i = 0; i < 9; i++)
            {
                store.Write(Bytes("change " + i));
                Assert.Equal("change " + i, Text(new SettingsStore(volume)));
                Assert.True(new SettingsStore(volume).IsGeneration);
                store = i % 3 == 0 ? new SettingsStore(volume) : store;
            }

            Assert.Equal(Original, Encoding.UTF8.GetString(volume.Files[Settings.FileName]));
        }

        [Fact]
        public void A_file_that_somebody_wrote_anew_counts_and_is_changed_from_there()
        {
            MemoryVolume volume = Paired();
            new SettingsStore(volume).Write(Bytes("change"));
            volume.Files[Settings.FileName] = Bytes("another");
            var store = new SettingsStore(volume);
            Assert.Equal("another", Text(store));
            Assert.False(store.IsGeneration);
            store.Write(Bytes("another, changed"));
            Assert.Equal("another, changed", Text(new SettingsStore(volume)));
        }

        [Fact]
        public void A_file_that_is_gone_or_written_as_it_was_changes_nothing()
        {
            MemoryVolume volume = Paired();
            new SettingsStore(volume).Write(Bytes("change"));
            volume.Files.Remove(Settings.FileName);
            Assert.Equal("change", Text(new SettingsStore(volume)));
            new SettingsStore(volume).Write(Bytes("change 2"));
            volume.Files[Settings.FileName] = Bytes(Original);
            Assert.Equal("change 2", Text(new SettingsStore(volume)));
        }

        [Fact]
        public void A_counter_that_begins_anew_still_tells_which_is_newer()
        {
            MemoryVolume volume = Paired();
            var store = new SettingsStore(volume);
            store.Write(Bytes("x"));
            byte[] last = volume.Files["settings.a"];
            BitConverter.GetBytes(uint.MaxValue).CopyTo(last, 4);
            BitConverter.GetBytes(Crc32.Compute(last, 0, last.Length - 4)).CopyTo(last, last.Length - 4);
            store.Read();
            store.Write(Bytes("y"));
            Assert.Equal("y", Text(new SettingsStore(volume)));
        }

        [Fact]
        public void Any_byte_that_is_wrong_makes_the_generation_before_count()
        {
            MemoryVolume volume = Paired();
            var store = new SettingsStore(volume);
            store.Write(Bytes("first"));
            store.Write(Bytes("second"));
            byte[] good = volume.Files["settings.b"];
            for (int i = 0; i < good.Length; i++)
            {
                byte[] bad = (byte[])good.Clone();
                bad[i] ^= 0x10;
                volume.Files["settings.b"] = bad;
                string text = Text(new SettingsStore(volume));
                Assert.True(text == "first" || (text == "second" && i is >= 1 and <= 3), "byte " + i);
                volume.Files["settings.b"] = good[..i];
                Assert.Equal("first", Text(new SettingsStore(volume)));
            }
        }

        [Theory]
        [InlineData(Fate.CutBefore)]
        [InlineData(Fate.CutBetween)]
        [InlineData(Fate.CutTorn)]
        [InlineData(Fate.CutAfter)]
        public void A_power_cut_at_any_change_leaves_the_old_settings_or_the_new(object fate)
        {
            for (int cut = 0; cut < 6; cut++)
            {
                MemoryVolume volume = Paired();
                string kept = Original;
                string wanted = Original;
                volume.Plan = change => change == cut ? (Fate)fate : Fate.Done;
                for (int i = 0; i < 6; i++)
                {
                    wanted = "change " + i;
                    try
                    {
                        new SettingsStore(volume).Write(Bytes(wanted));
                        kept = wanted;
                    }
                    catch (PowerCutException)
                    {
                        string after = Text(new SettingsStore(volume));
                        Assert.Equal((Fate)fate == Fate.CutAfter ? wanted : kept, after);
                        kept = after;
                    }
                }

                Assert.Equal(kept, Text(new SettingsStore(volume)));
            }
        }

        [Fact]
        public void On_the_boards_own_volume_too_at_every_operation()
        {
            var board = new FakeBoard();
            PcBoard.Enter(board);
            var volume = new FlashVolume(@"I:\");
            volume.Write(Settings.FileName, Bytes(Original));
            string kept = Original;
            int cuts = 0;
            for (int operation = 1; operation <= 60; operation++)
            {
                string wanted = new string((char)('a' + (operation % 26)), operation * 40); // more than one block in the end
                board.Volume.CutPowerAtOperation(1 + (operation % 5));
                try
                {
                    new SettingsStore(volume).Write(Bytes(wanted));
                    kept = wanted;
                }
                catch (Exception exception) when (exception is VolumeException or BoardOffException)
                {
                    cuts++;
                }

                board.Volume.CutPowerAtOperation(0);
                board.PowerOn();
                string after = Text(new SettingsStore(volume));
                Assert.True(after == kept || after == wanted, "operation " + operation);
                kept = after;
            }

            Assert.InRange(cuts, 20, 59);
        }

        [Fact]
        public void A_volume_that_refuses_keeps_what_it_had()
        {
            MemoryVolume volume = Paired();
            var store = new SettingsStore(volume);
            store.Write(Bytes("kept"));
            volume.Plan = _ => Fate.Refused;
            Assert.Throws<VolumeException>(() => store.Write(Bytes("refused")));
            Assert.Equal("kept", Text(store));
            Assert.Equal("kept", Text(new SettingsStore(volume)));
            volume.Plan = _ => Fate.Done;
            store.Write(Bytes("taken"));
            Assert.Equal("taken", Text(new SettingsStore(volume)));
            Assert.Equal(2, volume.Files.Keys.Count(name => name.StartsWith("settings.", StringComparison.Ordinal) && name != Settings.FileName));
        }

        private static MemoryVolume Paired()
        {
            var volume = new MemoryVolume();
            volume.Files[Settings.FileName] = Bytes(Original);
            return volume;
        }

        private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

        private static string Text(SettingsStore store) => Encoding.UTF8.GetString(store.Text);
    }
}
