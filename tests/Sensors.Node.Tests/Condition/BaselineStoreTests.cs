using System;
using System.Linq;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Conditions
{
    /// <summary>What was learned lives through restarts, power cuts, bad bytes and changed settings.</summary>
    public class BaselineStoreTests
    {
        [Fact]
        public void A_restart_keeps_the_baseline_and_a_half_learned_one_goes_on()
        {
            var volume = new MemoryVolume();
            int written = 0;
            MonitorBench bench = Start(volume, out BaselineStore store);
            for (int i = 0; i < 10; i++)
            {
                bench.Velocity(1 + i);
                written += store.SaveIfNeeded() ? 1 : 0;
            }

            Assert.Equal(2, written); // after 4 and after 8 of 16
            bench = Start(volume, out store);
            Assert.Equal(8, bench.Monitor.Learned);
            for (int i = 8; i < 16; i++)
            {
                bench.Velocity(1 + i);
                written += store.SaveIfNeeded() ? 1 : 0;
            }

            Assert.Equal(4, written);
            bench = Start(volume, out store);
            Assert.Equal(16, bench.Monitor.Learned);
            Assert.Equal("vel None>Warning 18/17 Baseline", bench.Velocity(18)); // the median is 8.5
            for (int i = 0; i < 1000; i++)
            {
                bench.Velocity(1);
                Assert.False(store.SaveIfNeeded());
            }
        }

        [Fact]
        public void Learning_anew_is_kept_too()
        {
            var volume = new MemoryVolume();
            MonitorBench bench = Learn(volume, out BaselineStore store);
            bench.Monitor.Relearn();
            Assert.True(store.SaveIfNeeded());
            Assert.Equal(0, Start(volume, out _).Monitor.Learned);
        }

        [Theory]
        [InlineData(Fate.CutBefore)]
        [InlineData(Fate.CutBetween)]
        [InlineData(Fate.CutTorn)]
        [InlineData(Fate.CutAfter)]
        public void A_power_cut_costs_at_most_what_was_being_written(object fate)
        {
            for (int cut = 0; cut < 4; cut++)
            {
                var volume = new MemoryVolume();
                int at = cut;
                volume.Plan = change => change == at ? (Fate)fate : Fate.Done;
                MonitorBench bench = Start(volume, out BaselineStore store);
                int learned = 0;
                try
                {
                    for (int i = 0; i < 16; i++)
                    {
                        bench.Velocity(1);
                        learned = store.SaveIfNeeded() ? bench.Monitor.Learned : learned;
                    }

                    Assert.Fail("no power cut");
                }
                catch (PowerCutException)
                {
                }

                volume.Plan = _ => Fate.Done;
                bench = Start(volume, out store);
                int expected = (Fate)fate == Fate.CutAfter ? learned + 4 : learned;
                Assert.Equal(expected, bench.Monitor.Learned);
                Assert.Equal((Fate)fate == Fate.CutTorn, store.Damaged);
                while (bench.Monitor.Learned < 16)
                {
                    bench.Velocity(1);
                    store.SaveIfNeeded();
                }

                Assert.Equal(16, Start(volume, out _).Monitor.Learned);
            }
        }

        [Fact]
        public void A_volume_that_refuses_is_asked_again()
        {
            var volume = new MemoryVolume { Plan = _ => Fate.Refused };
            MonitorBench bench = Start(volume, out BaselineStore store);
            for (int i = 0; i < 16; i++)
            {
                bench.Velocity(1);
                Assert.False(store.SaveIfNeeded());
            }

            Assert.Equal(13, store.WriteFailures);
            volume.Plan = _ => Fate.Done;
            Assert.True(store.SaveIfNeeded());
            Assert.Equal(16, Start(volume, out _).Monitor.Learned);
        }

        [Fact]
        public void No_bad_byte_is_ever_believed()
        {
            var volume = new MemoryVolume();
            Learn(volume, out _);
            string newest = volume.Written[^1];
            byte[] good = volume.Files[newest];
            foreach (string name in volume.Files.Keys.ToArray())
            {
                if (name != newest) { volume.Files.Remove(name); }
            }

            for (int i = 0; i < good.Length; i++)
            {
                volume.Files[newest] = (byte[])good.Clone();
                volume.Files[newest][i] ^= (byte)(1 << (i % 8));
                Assert.Equal(0, Start(volume, out BaselineStore store).Monitor.Learned);
                Assert.True(store.Damaged);
                volume.Files[newest] = good[..i];
                Assert.Equal(0, Start(volume, out store).Monitor.Learned);
                Assert.True(store.Damaged);
            }

            volume.Files[newest] = good;
            Assert.Equal(16, Start(volume, out _).Monitor.Learned);
        }

        [Fact]
        public void A_whole_file_with_senseless_lengths_is_no_harm()
        {
            var random = new Random(9);
            var volume = new MemoryVolume();
            Learn(volume, out _);
            string newest = volume.Written[^1];
            byte[] good = volume.Files[newest];
            for (int round = 0; round < 1000; round++)
            {
                byte[] file = good[..random.Next(12, good.Length)];
                for (int i = 0; i < 3; i++) { file[random.Next(1, file.Length - 4)] = (byte)random.Next(256); }
                BitConverter.TryWriteBytes(file.AsSpan(file.Length - 4), Crc32.Compute(file, 0, file.Length - 4));
                volume.Files[newest] = file;
                MonitorBench bench = Start(volume, out _);
                for (int i = 0; i < 20; i++) { bench.Velocity(1); }
                Assert.InRange(bench.Monitor.Learned, 0, 16);
            }
        }

        [Fact]
        public void The_newer_file_counts_whatever_its_name_even_when_the_number_begins_anew()
        {
            var volume = new MemoryVolume();
            MonitorBench bench = Start(volume, out BaselineStore store);
            for (int i = 0; i < 8; i++)
            {
                bench.Velocity(1);
                store.SaveIfNeeded();
            }

            // 4 readings in one file and 8 in the other: numbers 1 and 2, or at the end of all numbers.
            foreach ((uint first, uint second) in new[] { (1u, 2u), (uint.MaxValue, 0u) })
            {
                Renumber(volume, "baseline.a", first);
                Renumber(volume, "baseline.b", second);
                Assert.Equal(8, Start(volume, out _).Monitor.Learned);
                Renumber(volume, "baseline.a", second);
                Renumber(volume, "baseline.b", first);
                Assert.Equal(4, Start(volume, out _).Monitor.Learned);
            }
        }

        [Fact]
        public void A_point_that_is_not_there_at_present_is_kept()
        {
            var volume = new MemoryVolume();
            MonitorBench first = Bench("vib1");
            MonitorBench second = Bench("vib2");
            var both = new BaselineStore(volume, [first.Monitor, second.Monitor]);
            for (int i = 0; i < 16; i++)
            {
                first.Velocity(1);
                second.Velocity(2);
                both.SaveIfNeeded();
            }

            MonitorBench alone = Bench("vib1");
            var store = new BaselineStore(volume, [alone.Monitor]);
            alone.Monitor.Relearn();
            Assert.True(store.SaveIfNeeded());
            first = Bench("vib1");
            second = Bench("vib2");
            _ = new BaselineStore(volume, [first.Monitor, second.Monitor]);
            Assert.Equal((0, 16), (first.Monitor.Learned, second.Monitor.Learned));
        }

        [Fact]
        public void A_rule_for_another_channel_learns_its_own_and_the_others_stay()
        {
            var volume = new MemoryVolume();
            Learn(volume, out _);
            MonitorBench bench = Bench("vib1", "vib1 vel warning=x2 persistence=1", "vib1 kurt warning=x2 persistence=1");
            _ = new BaselineStore(volume, [bench.Monitor]);
            for (int i = 0; i < 16; i++) { bench.With(VibrationFields.Kurtosis, 3).Velocity(1); }
            Assert.Equal("vel None>Warning 2.1/2 Baseline; kurt None>Warning 7/6 Baseline", bench.With(VibrationFields.Kurtosis, 7).Velocity(2.1f));
        }

        private static void Renumber(MemoryVolume volume, string name, uint number)
        {
            byte[] file = volume.Files[name];
            BitConverter.TryWriteBytes(file.AsSpan(4), number);
            BitConverter.TryWriteBytes(file.AsSpan(file.Length - 4), Crc32.Compute(file, 0, file.Length - 4));
        }

        private static MonitorBench Learn(MemoryVolume volume, out BaselineStore store)
        {
            MonitorBench bench = Start(volume, out store);
            for (int i = 0; i < 16; i++)
            {
                bench.Velocity(1);
                store.SaveIfNeeded();
            }

            return bench;
        }

        private static MonitorBench Start(MemoryVolume volume, out BaselineStore store)
        {
            MonitorBench bench = Bench("vib1", "vib1 vel warning=x2 persistence=1");
            store = new BaselineStore(volume, [bench.Monitor]);
            return bench;
        }

        private static MonitorBench Bench(string name, params string[] rules) => new MonitorBench(
            new ConditionOptions { Rules = MonitorBench.Rules(rules), LearnReadings = 16, LearnMilliseconds = 0, Vibration = new VibrationOptions() }, name);
    }
}
