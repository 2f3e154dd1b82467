using System;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>Vibration features: known signals, what is absent and why, memory.</summary>
    public class VibrationFeaturesTests
    {
        private const int PerAxis = VibrationFields.PerAxis;

        [Fact]
        public void SineOnOneAxisGravityOnAnother()
        {
            const int samples = 2048;
            const float weight = 0.0383072f; // 3.9 mg
            short[] xyz = new short[3 * samples];
            for (int i = 0; i < samples; i++)
            {
                xyz[3 * i] = (short)Math.Round(10000 * Math.Sin(2 * Math.PI * i / 128));
                xyz[3 * i + 2] = 256;
            }

            float[] v = new float[VibrationFields.Count];
            Assert.Equal(0, Make(samples).Compute(xyz, 0, samples, weight, 1280, true, -32768, 32767, v));
            Assert.Equal(0f, v[VibrationFields.Mean]);
            Assert.Equal(10000 / Math.Sqrt(2) * weight, v[VibrationFields.Rms], 1e-3);
            Assert.Equal(10000 * (double)weight, v[VibrationFields.Peak], 1e-4);
            Assert.Equal(20000 * (double)weight, v[VibrationFields.PeakToPeak], 1e-4);
            Assert.Equal(Math.Sqrt(2), v[VibrationFields.Crest], 1e-4);
            Assert.Equal(0, v[VibrationFields.Skewness], 1e-6);
            Assert.Equal(1.5, v[VibrationFields.Kurtosis], 1e-4);
            Assert.Equal(10, v[VibrationFields.FirstPeak], 1e-3);
            Assert.Equal(10000 * (double)weight, v[VibrationFields.FirstPeak + 1], 0.1);

            int z = 2 * PerAxis;
            Assert.Equal(256 * (double)weight, v[z + VibrationFields.Mean], 1e-5);
            foreach (int zero in new[] { VibrationFields.Rms, VibrationFields.Peak, VibrationFields.PeakToPeak, VibrationFields.FirstBand })
            {
                Assert.Equal(0f, v[z + zero]);
            }

            foreach (int absent in new[] { VibrationFields.Crest, VibrationFields.Skewness, VibrationFields.Kurtosis, VibrationFields.Centroid, VibrationFields.FirstPeak })
            {
                Assert.True(float.IsNaN(v[z + absent]), "field " + absent + " of what does not vibrate");
            }
        }

        [Theory]
        [InlineData(0)]
        [InlineData(1)]
        public void TooFewSamplesLeaveValuesAbsent(int samples)
        {
            float[] v = new float[VibrationFields.Count];
            VibrationFeatures features = Make(1024);
            int clipped = features.Compute(new short[] { 7, 8, 9 }, 0, samples, 1f, 1000, true, -100, 100, v);
            Assert.Equal(0, clipped);
            for (int i = 0; i < v.Length; i++) { Assert.Equal(samples == 1 && i % PerAxis == VibrationFields.Mean, !float.IsNaN(v[i])); }
            Assert.Equal(QualityNotes.SpectrumWindow, features.Notes);
        }

        [Fact]
        public void ClippedSamplesAreCountedOnceEach()
        {
            short[] xyz = { 0, 0, 0, 100, 0, 0, 100, -100, 100, 99, -99, 0, 0, 0, -101 };
            float[] v = new float[VibrationFields.Count];
            VibrationFeatures features = Make(1024);
            Assert.Equal(3, features.Compute(xyz, 0, 5, 1f, 1000, true, -100, 100, v));
            Assert.Equal(0, features.Compute(xyz, 0, 1, 1f, 1000, true, -100, 100, v));
            Assert.Equal(2, features.ComputeAxis(xyz, 0, 3, 5, 0, 1f, 1000, true, -100, 100, v));
            Assert.Equal(1, features.ComputeAxis(xyz, 1, 3, 5, 1, 1f, 1000, true, -100, 100, v));
            Assert.Equal(2, features.ComputeAxis(xyz, 2, 3, 5, 2, 1f, 1000, true, -100, 100, v));
        }

        [Fact]
        public void OffsetIsRespected()
        {
            short[] xyz = { 999, 999, 1, 2, 3, 3, 4, 5, 999 };
            float[] v = new float[VibrationFields.Count];
            Make(1024).Compute(xyz, 2, 2, 1f, 1000, true, -1000, 1000, v);
            float[] expected = { 2f, 1f, 1f, 2f, 1f, 0f, 1f };
            for (int axis = 0; axis < 3; axis++)
            {
                expected[0] = axis + 2;
                Assert.Equal(expected, v.AsSpan(axis * PerAxis, 7).ToArray());
            }
        }

        [Fact]
        public void ExtremeCountsDoNotOverflow()
        {
            short[] xyz = new short[3 * 100_000];
            for (int i = 0; i < xyz.Length; i++) { xyz[i] = i / 3 % 2 == 0 ? short.MinValue : short.MaxValue; }
            float[] v = new float[VibrationFields.Count];
            VibrationFeatures features = Make(100_000);
            Assert.Equal(100_000, features.Compute(xyz, 0, 100_000, 1f, 1000, true, -32768, 32767, v));
            Assert.Equal(new[] { -0.5f, 32767.5f, 32767.5f, 65535f, 1f }, v.AsSpan(0, 5).ToArray());
            Assert.Equal(0f, v[VibrationFields.Skewness], 1e-9f);
            Assert.Equal(1f, v[VibrationFields.Kurtosis]);
            Assert.Equal(500f, v[VibrationFields.Centroid], 1f);
            Assert.NotEqual(0, features.Notes & QualityNotes.AliasingRisk);
        }

        [Theory]
        [InlineData(1, 4096)]
        [InlineData(4096, 14336)]
        [InlineData(14335, 14336)]
        [InlineData(0, 65536)]
        public void MomentsOfOneSpikeOnGravityAreExact(int at, int samples)
        {
            // The worst that one pass can meet: all the same but one, which may be the centre that powers are summed about.
            short[] counts = new short[samples];
            Array.Fill(counts, (short)16384);
            counts[at] = 32767;
            float[] v = new float[VibrationFields.Count];
            Make(4096).ComputeAxis(counts, 0, 1, samples, 0, 1f, 1000, false, short.MinValue, short.MaxValue + 1, v);
            double p = 1.0 / samples;
            double q = 1 - p;
            Assert.Equal(1, v[VibrationFields.Rms] / (16383 * Math.Sqrt(p * q)), 1e-6);
            Assert.Equal(1, v[VibrationFields.Skewness] / ((q - p) / Math.Sqrt(p * q)), 1e-6);
            Assert.Equal(1, v[VibrationFields.Kurtosis] / ((1 - 3 * p * q) / (p * q)), 1e-6);
        }

        [Fact]
        public void AGapLeavesMomentsAndNothingElse()
        {
            float[] v = new float[VibrationFields.Count];
            VibrationFeatures features = Make(1024);
            features.Compute(Noise(1024, 3, 1), 0, 1024, 1f, 1000, false, short.MinValue, short.MaxValue + 1, v);
            Assert.Equal(QualityNotes.Gap, features.Notes);
            for (int i = 0; i < v.Length; i++) { Assert.Equal(i % PerAxis <= VibrationFields.Kurtosis, !float.IsNaN(v[i])); }
        }

        [Theory]
        [InlineData(0f)]
        [InlineData(-1f)]
        [InlineData(float.NaN)]
        [InlineData(float.PositiveInfinity)]
        public void WithoutARateThereIsNoSpectrum(float rate)
        {
            float[] v = new float[VibrationFields.Count];
            VibrationFeatures features = Make(1024);
            features.Compute(Noise(1024, 3, 1), 0, 1024, 1f, rate, true, short.MinValue, short.MaxValue + 1, v);
            Assert.Equal(QualityNotes.SpectrumWindow, features.Notes);
            for (int i = 0; i < v.Length; i++) { Assert.Equal(i % PerAxis <= VibrationFields.Kurtosis, !float.IsNaN(v[i])); }
        }

        [Theory]
        [InlineData(4096, 3200, 10, 1000, 0)]                            // 1.28 s
        [InlineData(1024, 3200, 10, 1000, QualityNotes.VelocityWindow)]  // 0.32 s
        [InlineData(4096, 3200, 2, 1000, QualityNotes.VelocityWindow)]   // five periods of 2 Hz are 2.5 s
        [InlineData(4096, 2100, 10, 1000, QualityNotes.VelocityRate)]
        [InlineData(4096, 2107, 10, 1000, 0)]
        [InlineData(4096, 12000, 10, 1000, QualityNotes.VelocityWindow)] // 0.34 s
        public void VelocityNeedsItsWindowAndItsRate(int samples, float rate, float low, float high, int notes)
        {
            float[] v = new float[VibrationFields.Count];
            var features = new VibrationFeatures(new VibrationOptions { VelocityLow = low, VelocityHigh = high }, samples);
            features.Compute(Noise(samples, 3, 1), 0, samples, 1f, rate, true, short.MinValue, short.MaxValue + 1, v);
            Assert.Equal(notes, features.Notes & (QualityNotes.VelocityWindow | QualityNotes.VelocityRate));
            Assert.Equal(notes == 0, !float.IsNaN(v[VibrationFields.Velocity]));
            Assert.Equal(notes == 0, !float.IsNaN(v[VibrationFields.Displacement]));
        }

        [Fact]
        public void OrdersAreToldWhereTheyStandApart()
        {
            // 3,200 Hz, 1,024 samples: 3.1 Hz apart. 25 Hz: whole orders and halves; 12 Hz: whole ones only; 9 Hz: none.
            short[] xyz = Noise(1024, 3, 1);
            float[] v = new float[VibrationFields.Count];
            foreach ((float rpm, bool orders, bool halves) in new[] { (0f, false, false), (1500f, true, true), (720f, true, false), (540f, false, false) })
            {
                var features = new VibrationFeatures(new VibrationOptions { SpeedRpm = rpm }, 1024);
                features.Compute(xyz, 0, 1024, 1f, 3200, true, short.MinValue, short.MaxValue + 1, v);
                for (int i = 0; i < VibrationFields.Orders; i++) { Assert.Equal(orders, !float.IsNaN(v[VibrationFields.FirstOrder + i])); }
                for (int i = 0; i < VibrationFields.HalfOrders; i++) { Assert.Equal(halves, !float.IsNaN(v[VibrationFields.FirstHalfOrder + i])); }
                Assert.Equal(rpm > 0 && !orders, (features.Notes & QualityNotes.OrdersWindow) != 0);
            }
        }

        [Fact]
        public void BandsAboveHalfTheRateAreAbsent()
        {
            float[] v = new float[VibrationFields.Count];
            VibrationFeatures features = Make(1024);
            features.Compute(Noise(1024, 3, 1), 0, 1024, 1f, 2500, true, short.MinValue, short.MaxValue + 1, v);
            Assert.False(float.IsNaN(v[VibrationFields.FirstBand + 6])); // to 1,250 Hz
            Assert.True(float.IsNaN(v[VibrationFields.FirstBand + 7])); // to 1,600 Hz
            Assert.True(float.IsNaN(v[VibrationFields.FirstBand + 8])); // there is none

            features.Compute(Noise(1024, 3, 1), 0, 1024, 1f, 3190, true, short.MinValue, short.MaxValue + 1, v);
            Assert.False(float.IsNaN(v[VibrationFields.FirstBand + 7])); // a clock a little slow takes no band away
        }

        [Fact]
        public void ALineCloseToHalfTheRateIsAnAliasingRisk()
        {
            float[] v = new float[VibrationFields.Count];
            VibrationFeatures features = Make(1024);
            foreach (double part in new[] { 0.1, 0.3, 0.39, 0.42, 0.48 })
            {
                short[] xyz = Noise(1024, 3, 20);
                for (int i = 0; i < xyz.Length; i++) { xyz[i] += (short)(200 * Math.Sin(2 * Math.PI * part * (i / 3))); }
                features.Compute(xyz, 0, 1024, 1f, 3200, true, short.MinValue, short.MaxValue + 1, v);
                Assert.Equal(part > 0.4, (features.Notes & QualityNotes.AliasingRisk) != 0);
            }

            for (int seed = 0; seed < 100; seed++) // noise has no more there than elsewhere
            {
                features.Compute(Noise(1024, 3, 20, seed), 0, 1024, 1f, 3200, true, short.MinValue, short.MaxValue + 1, v);
                Assert.Equal(0, features.Notes & QualityNotes.AliasingRisk);
            }
        }

        [Fact]
        public void MemoryStaysWithinWhatADeviceHas()
        {
            // Three axes of 4,096; one of 8,192; one of 14,336, half a second at 26.7 kHz.
            Assert.InRange(2 * 3 * 4096 + new VibrationFeatures(new VibrationOptions(), 4096).WorkingBytes, 0, 46 * 1024);
            Assert.InRange(2 * 8192 + new VibrationFeatures(new VibrationOptions { OneAxisPerCapture = true }, 8192).WorkingBytes, 0, 38 * 1024);
            Assert.InRange(2 * 14336 + new VibrationFeatures(new VibrationOptions { OneAxisPerCapture = true }, 14336).WorkingBytes, 0, 39 * 1024);
            foreach ((bool single, int block) in new[] { (false, 256), (false, 1024), (false, 4096), (true, 8192), (true, 14336), (true, 26700) })
            {
                VibrationFeatures? features = null;
                long before = GC.GetAllocatedBytesForCurrentThread();
                features = new VibrationFeatures(new VibrationOptions { OneAxisPerCapture = single }, block);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, features.WorkingBytes, features.WorkingBytes + 2048);
            }
        }

        [Fact]
        public void ChannelsNameWhatTheOptionsCanYield()
        {
            const string always = "mean,rms,peak,p2p,crest,skew,kurt_pearson,vel,disp,centroid,f1,a1,f2,a2,f3,a3,";
            const string orders = "o1,o2,o3,o4,o5,o0_5,o1_5,o2_5,";
            Assert.Equal(always + "b1,b2,b3,b4,b5,b6,b7,b8,env,env_floor,mains2", NamesOf(new VibrationOptions()));
            Assert.Equal(always + "env,env_floor," + orders + "mains2", NamesOf(new VibrationOptions { BandEdges = null!, SpeedRpm = 1500 }));
            var bearing = new BearingGeometry(9, 7.94, 39.04, 0);
            Assert.Equal(always + "b1,env,env_floor,mains2", NamesOf(new VibrationOptions { BandEdges = [10, 1000], Bearing = bearing }));
            Assert.Equal(always + "b1,env,env_floor,bpfo,bpfo2,bpfi,bpfi_sb,bsf2,ftf," + orders + "mains2",
                NamesOf(new VibrationOptions { BandEdges = [10, 1000], Bearing = bearing, SpeedRpm = 1500 }));

            Channel[] channels = VibrationFeatures.Channels(new VibrationOptions { BandEdges = [10, 62.5f], VelocityLow = 2 });
            Channel band = Array.Find(channels, c => c.Name == "y_b1")!;
            Assert.Equal("RMS, 10-62.5 Hz", band.Meaning);
            Assert.Equal("m/s2", band.Unit);
            Assert.Equal(PerAxis + VibrationFields.FirstBand, band.Field);
            Assert.Equal(ValueForm.Amplitude, VibrationFields.FormOf(band.Field));
            Assert.Equal("Velocity RMS, 2-1000 Hz", Array.Find(channels, c => c.Name == "z_vel")!.Meaning);
            Assert.All(channels, c => Assert.True(c.Meaning.Length <= 40, c.Meaning));
            var point = new Point("vib1", PointKinds.Vibration, channels);
            Assert.All(channels, c => Assert.Equal(VibrationFields.FormOf(c.Field), point.FormOf(c.Field)));
            Assert.Equal(channels.Length, new System.Collections.Generic.HashSet<int>(Array.ConvertAll(channels, c => c.Field)).Count);

            string NamesOf(VibrationOptions options)
            {
                string[] names = Array.ConvertAll(VibrationFeatures.Channels(options), c => c.Name);
                int third = names.Length / 3;
                for (int i = 0; i < names.Length; i++)
                {
                    Assert.Equal("xyz"[i / third] + "_", names[i][..2]);
                    names[i] = names[i][2..];
                    Assert.Equal(names[i % third], names[i]);
                }

                return string.Join(",", names, 0, third);
            }
        }

        [Fact]
        public void NothingIsAllocated()
        {
            var features = new VibrationFeatures(new VibrationOptions { SpeedRpm = 1500 }, 1024);
            short[] xyz = Noise(1500, 3, 100);
            float[] v = new float[VibrationFields.Count];
            features.Compute(xyz, 0, 1500, 1f, 3200, true, -10, 10, v);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++)
            {
                features.Compute(xyz, 0, 1500 - i, 1f, 3200, true, -100 + i, 10, v);
                features.Begin();
                features.ComputeAxis(xyz, 0, 1, 4500, 1, 1f, 9000, true, -100 + i, 10, v);
            }

            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }

        private static VibrationFeatures Make(int samples) => new(new VibrationOptions(), samples);

        private static short[] Noise(int samples, int axes, int amplitude, int seed = 1)
        {
            var random = new Random(seed);
            short[] counts = new short[samples * axes];
            for (int i = 0; i < counts.Length; i++) { counts[i] = (short)random.Next(-amplitude, amplitude + 1); }
            return counts;
        }
    }
}
