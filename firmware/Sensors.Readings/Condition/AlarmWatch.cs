using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>A rule at work at a point.</summary>
    internal sealed class AlarmWatch
    {
        private const float WarningOfBoundary = 0.25f; // ISO 10816-3:2009, 5.4.1
        private const float MostOfBoundary = 1.25f;

        private readonly AlarmRule _rule;
        private readonly int[] _fields;
        private readonly ZoneTable _zones;
        private readonly float _leastStep;
        private readonly LimitWatch _warning;
        private readonly LimitWatch _danger;

        public AlarmWatch(AlarmRule rule, Channel[] channels, ZoneTable zones, FeatureBaseline baseline)
        {
            _rule = rule;
            _zones = zones;
            _fields = new int[channels.Length];
            for (int i = 0; i < channels.Length; i++) { _fields[i] = channels[i].Field; }
            Channel = new WatchedChannel(rule.Channel);
            _leastStep = DriftDetector.LeastUnit(channels[0].Unit);
            _warning = new LimitWatch(rule);
            _danger = new LimitWatch(rule);
            Baseline = baseline;
            Drift = rule.Drift ? new DriftDetector(baseline, channels[0].Unit, rule.Below) : null;
        }

        /// <summary>Gets the channel as the rule names it.</summary>
        public WatchedChannel Channel { get; }

        /// <summary>Gets the baseline; null when the rule needs none.</summary>
        public FeatureBaseline Baseline { get; }

        /// <summary>Gets the detector of drift; null when the rule wants none.</summary>
        public DriftDetector Drift { get; }

        /// <summary>Gets the level that stands.</summary>
        public AlarmLevel Level { get; private set; }

        /// <summary>Gets the limit of the last change of <see cref="Level"/>.</summary>
        public float Limit { get; private set; }

        /// <summary>Gets where that limit came from.</summary>
        public AlarmCause Cause { get; private set; }

        /// <summary>Tells the value the rule judges: that of the worst axis; NaN when an axis has none.</summary>
        [HotPath]
        public float ValueIn(float[] values)
        {
            int[] fields = _fields;
            float worst = values[fields[0]];
            for (int i = 1; i < fields.Length; i++)
            {
                float value = values[fields[i]];
                if (_rule.Below ? !(value >= worst) : !(value <= worst)) { worst = value; }
                if (!DigitWriter.IsWritable(worst)) { return float.NaN; }
            }

            return worst;
        }

        /// <summary>Judges a value.</summary>
        /// <returns>True when <see cref="Level"/> has changed.</returns>
        [HotPath]
        public bool Step(float value, long since)
        {
            AlarmLevel before = Level;
            float warning = LimitOf(_rule.WarningKind, _rule.Warning, false);
            float danger = LimitOf(_rule.DangerKind, _rule.Danger, true);
            _warning.Step(value, warning, since);
            _danger.Step(value, danger, since);
            AlarmLevel now = _danger.Stands ? AlarmLevel.Danger : _warning.Stands ? AlarmLevel.Warning : AlarmLevel.None;
            if (now == before) { return false; }

            Level = now;
            // Up to the limit that was passed, down from the one that no longer is.
            bool byDanger = now == AlarmLevel.Danger || before == AlarmLevel.Danger;
            if (now == AlarmLevel.None && _rule.WarningKind != LimitKind.None) { byDanger = false; }
            Limit = byDanger ? danger : warning;
            Cause = CauseOf(byDanger ? _rule.DangerKind : _rule.WarningKind, byDanger);
            return true;
        }

        public void Reset()
        {
            _warning.Reset();
            _danger.Reset();
            Level = AlarmLevel.None;
            if (Drift != null) { Drift.Reset(); }
        }

        [HotPath]
        private AlarmCause CauseOf(LimitKind kind, bool danger)
        {
            if (kind == LimitKind.Absolute) { return AlarmCause.Limit; }
            bool boundary = kind == LimitKind.Zone || (kind == LimitKind.Iso && (danger || !Baseline.IsLearned));
            return boundary ? AlarmCause.Zone : AlarmCause.Baseline;
        }

        // NaN while there is none.
        [HotPath]
        private float LimitOf(LimitKind kind, float number, bool danger)
        {
            switch (kind)
            {
                case LimitKind.Absolute:
                    return number;
                case LimitKind.Zone:
                    return danger ? _zones.BoundaryCD : _zones.BoundaryBC;
                case LimitKind.Iso:
                    return danger ? _zones.BoundaryCD : IsoWarning();
                case LimitKind.Factor:
                    return Beyond(Baseline.Median * number);
                case LimitKind.Distance:
                    return _rule.Below ? Baseline.Median - number : Baseline.Median + number;
                default:
                    return float.NaN;
            }
        }

        [HotPath]
        private float IsoWarning()
        {
            if (!Baseline.IsLearned) { return _zones.BoundaryBC; }
            float limit = Baseline.Median + (WarningOfBoundary * _zones.BoundaryBC);
            float most = MostOfBoundary * _zones.BoundaryBC;
            return limit < most ? limit : most;
        }

        // A multiple of next to nothing is next to nothing: at least a step that means something.
        [HotPath]
        private float Beyond(float limit)
        {
            float least = _rule.Below ? Baseline.Median - _leastStep : Baseline.Median + _leastStep;
            return (_rule.Below ? limit > least : limit < least) ? least : limit;
        }
    }
}
