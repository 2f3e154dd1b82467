using nanoFramework.TestFramework;
using NFUnitTest.Node;
using Sensors.Node;

namespace NFUnitTest.Conditions
{
    [TestClass]
    public class ConditionTests
    {
        [TestMethod]
        public static void Zones_have_their_boundaries()
        {
            ZoneTable table = ZoneTable.Parse("group2-rigid", out string error);
            Assert.IsTrue(error == null);
            Assert.AreEqual(1, table.ZoneOf(1.4f));
            Assert.AreEqual(2, table.ZoneOf(2.8f));
            Assert.AreEqual(3, table.ZoneOf(4.5f));
            Assert.AreEqual(4, table.ZoneOf(4.6f));
            Assert.AreEqual(0, table.ZoneOf(float.NaN));
            Assert.AreEqual(7.1f, ZoneTable.Parse("2.3/4.5/7.1", out error).BoundaryCD);
            Assert.IsTrue(ZoneTable.Parse("2.3/4.5", out error) == null && error != null);
        }

        [TestMethod]
        public static void Rules_are_read()
        {
            AlarmRule rule = AlarmRule.Parse("temp1 mean warning=-5.5 danger=-10 when=below delay=1.5min hysteresis=2");
            Assert.IsTrue(rule.Error == null);
            Assert.AreEqual(-5.5f, rule.Warning);
            Assert.AreEqual(-10f, rule.Danger);
            Assert.AreEqual(90000L, rule.DelayMilliseconds);
            Assert.IsTrue(rule.Below && !rule.HysteresisInPercent);
            Assert.AreEqual("danger must be beyond warning", AlarmRule.Parse("vib1 vel warning=4 danger=2").Error);
        }

        [TestMethod]
        public static void An_alarm_comes_and_goes()
        {
            Reading reading = new Reading(VibrationFields.Count);
            ConditionMonitor monitor = Monitor("cur1 rms warning=2 danger=4 persistence=2 delay=10s", reading);
            Tell(monitor, reading, 1000, 3f, 0);
            Tell(monitor, reading, 2000, 3f, 0); // two in a row, and 1 s
            Tell(monitor, reading, 12000, 3f, 1);
            Assert.AreEqual((int)AlarmLevel.Warning, (int)monitor.EventAt(0).Level);
            Assert.AreEqual("rms", monitor.EventAt(0).Channel.Name);
            Assert.AreEqual(2f, monitor.EventAt(0).Limit);
            reading.Quality.Fault = Sensors.Drivers.SensorFault.NoAnswer;
            Tell(monitor, reading, 60000, 0f, 0);
            Assert.AreEqual((int)AlarmLevel.Warning, (int)reading.Condition.Alarm);
            reading.Quality.Clear();
            Tell(monitor, reading, 61000, 1f, 0);
            Tell(monitor, reading, 71000, 1f, 1);
            Assert.AreEqual((int)AlarmLevel.None, (int)monitor.Alarm);
        }

        [TestMethod]
        public static void A_baseline_is_learned_and_kept()
        {
            MemoryVolume volume = new MemoryVolume();
            Reading reading = new Reading(VibrationFields.Count);
            ConditionMonitor monitor = Monitor("cur1 rms warning=x2 persistence=1", reading);
            BaselineStore store = new BaselineStore(volume, new[] { monitor });
            for (int i = 0; i < 8; i++)
            {
                Tell(monitor, reading, 1000 * i, 1f + (0.25f * i), 0);
                store.SaveIfNeeded();
            }

            monitor = Monitor("cur1 rms warning=x2 persistence=1", reading);
            store = new BaselineStore(volume, new[] { monitor });
            Assert.IsFalse(store.Damaged);
            Assert.AreEqual(8, monitor.Learned);
            Tell(monitor, reading, 1000, 3.7f, 0); // the median is 1.875
            Tell(monitor, reading, 2000, 3.8f, 1);
            Assert.AreEqual(3.75f, monitor.EventAt(0).Limit);
            Assert.AreEqual((int)AlarmCause.Baseline, (int)monitor.EventAt(0).Cause);
        }

        [TestMethod]
        public static void A_drift_is_told_and_an_outlier_is_not()
        {
            FeatureBaseline baseline = new FeatureBaseline(1, 8);
            for (int i = 0; i < 8; i++) { baseline.Learn(1f); }
            DriftDetector drift = new DriftDetector(baseline, "mm/s", false);
            for (int i = 0; i < 50; i++) { Assert.IsFalse(drift.Step(i % 10 == 0 ? 1e9f : 1f)); }
            int told = 1;
            while (told < 100 && !drift.Step(2f)) { told++; }
            Assert.IsTrue(told > 4 && told < 12);
        }

        [TestMethod]
        public static void Hints_follow_from_lines()
        {
            VibrationOptions options = new VibrationOptions();
            options.SpeedRpm = 1480f;
            options.Bearing = new BearingGeometry(9, 7.94, 39.04, 0);
            HintRules rules = new HintRules(options, null);
            Sensors.Node.Condition condition = new Sensors.Node.Condition();
            float[] values = new float[VibrationFields.Count];
            values[VibrationFields.FirstOrder] = 1.2f; // 1x across the shaft: 5.5 mm/s RMS
            rules.Judge(values, 5.5f, float.NaN, condition);
            Assert.AreEqual((int)Hint.Unbalance, (int)condition.Hint);
            Assert.AreEqual((int)Evidence.VelocityRatio, (int)condition.Evidences[0]);
            values[VibrationFields.Kurtosis] = 5f;
            values[VibrationFields.EnvelopeFloor] = 0.01f;
            values[VibrationFields.OuterRace] = 0.02f;
            values[VibrationFields.InnerRace] = 0.2f;
            rules.Judge(values, 5.5f, float.NaN, condition);
            Assert.AreEqual((int)Hint.InnerRace, (int)condition.Hint);
            rules.Judge(values, 0.5f, float.NaN, condition);
            Assert.AreEqual((int)Hint.InnerRace, (int)condition.Hint);
            values[VibrationFields.InnerRace] = 0.02f;
            rules.Judge(values, 0.5f, float.NaN, condition);
            Assert.AreEqual((int)Hint.Healthy, (int)condition.Hint);
        }

        private static ConditionMonitor Monitor(string rule, Reading reading)
        {
            ConditionOptions options = new ConditionOptions();
            options.Rules = new[] { AlarmRule.Parse(rule) };
            options.LearnReadings = 8;
            options.LearnMilliseconds = 0;
            reading.Point = PointKinds.Make("cur1", PointKinds.Current, PointDeclaration.Default("cur1"));
            reading.Clear();
            return new ConditionMonitor(reading.Point, options);
        }

        private static void Tell(ConditionMonitor monitor, Reading reading, long taken, float rms, int events)
        {
            reading.Values[CurrentFields.Rms] = rms;
            reading.Taken = taken;
            monitor.Judge(reading);
            Assert.AreEqual(events, monitor.EventCount);
        }
    }
}
