using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Judges every reading of one point: zone, alarms, and what is probably the matter. Knows no clock but the readings' own.</summary>
    /// <remarks>
    /// <para>
    /// A reading with a fault, with a gap in its window, or of a machine that stands still says nothing of the machine. It freezes everything: no delay runs on, no count
    /// goes back, no alarm is cleared. A broken wire must not read as a repaired machine, and a machine that is switched off still has its bad bearing; when
    /// it runs again its first reading counts on from where the last one was, and the time in between is not part of any delay.
    /// A value that is absent freezes the rules that look at it.
    /// </para>
    /// <para>
    /// Without a configuration a vibration point has rules for velocity (the zones' boundaries if there is a table, else twice and four times the baseline), and for RMS
    /// and the envelope (twice and four times the baseline), each with drift: so nothing alarms before a limit is set or a baseline learned. A rule that is
    /// configured takes the place of the default one of its channel.
    /// </para>
    /// <para>
    /// Alarms are not kept over a restart: what still holds is raised again after its delay. Baselines are (<see cref="BaselineStore"/>).
    /// </para>
    /// <para>Nothing is allocated after the constructor, except by saving.</para>
    /// </remarks>
    public sealed class ConditionMonitor
    {
        private const int Frozen = QualityNotes.Gap | QualityNotes.Standstill;
        private const float DefaultWarning = 2f; // usual: 1.5 to 2, and 3 to 4 times the baseline
        private const float DefaultDanger = 4f;
        private const int Quarters = 4;

        private readonly AlarmWatch[] _watches;
        private readonly AlarmEvent[] _events;
        private readonly FeatureBaseline[] _baselines;
        private readonly FeatureBaseline _machine; // of the velocity, or of a current's sidebands; null where there is neither
        private readonly bool _isCurrent;
        private readonly ZoneTable _zones;
        private readonly HintRules _hints; // null where there are none
        private readonly int _learnReadings;
        private readonly long _learnEvery;
        private long _learnDue = long.MinValue;
        private long _last;
        private bool _hasLast;
        private int _savedQuarters;

        /// <summary>Makes the monitor of a point.</summary>
        /// <param name="point">The point.</param>
        /// <param name="options">How it is judged.</param>
        public ConditionMonitor(Point point, ConditionOptions options)
        {
            Point = point;
            _zones = options.Zones;
            _learnReadings = options.LearnReadings;
            _learnEvery = options.LearnMilliseconds / options.LearnReadings;
            if (point.Kind == PointKinds.Vibration)
            {
                _machine = new FeatureBaseline(KeyOf("vel", false), _learnReadings);
                _hints = options.Vibration != null ? new HintRules(options.Vibration, _zones) : null;
            }
            else if (point.Kind == PointKinds.Current)
            {
                _isCurrent = true;
                _machine = new FeatureBaseline(KeyOf("sideband", false), _learnReadings);
            }

            _watches = MakeWatches(RulesFor(point, options));
            _baselines = BaselinesOf(_watches);
            _events = new AlarmEvent[2 * _watches.Length]; // limits and drift of each rule, once in a reading
            for (int i = 0; i < _events.Length; i++) { _events[i] = new AlarmEvent(); }
        }

        /// <summary>Gets the point.</summary>
        public Point Point { get; }

        /// <summary>Gets what is wrong with a rule of this point, which then does not work; null when all do.</summary>
        public string Error { get; private set; }

        /// <summary>Gets how many alarms changed with the last reading.</summary>
        public int EventCount { get; private set; }

        /// <summary>Gets the highest alarm that stands.</summary>
        public AlarmLevel Alarm { get; private set; }

        /// <summary>Gets from how many readings the point has learned so far; at most <see cref="ConditionOptions.LearnReadings"/>, and 0 where there is nothing to learn.</summary>
        public int Learned
        {
            [HotPath]
            get
            {
                int most = 0;
                for (int i = 0; i < _baselines.Length; i++)
                {
                    if (_baselines[i].Count > most) { most = _baselines[i].Count; }
                }

                return most;
            }
        }

        /// <summary>Gets whether enough was learned since the last saving: at each quarter of the readings.</summary>
        public bool NeedsSaving
        {
            [HotPath]
            get { return CountQuarters() != _savedQuarters; }
        }

        /// <summary>Tells of an alarm that changed with the last reading.</summary>
        /// <param name="index">0 to <see cref="EventCount"/> - 1.</param>
        /// <returns>The change; good until the next reading.</returns>
        [HotPath]
        public AlarmEvent EventAt(int index)
        {
            return _events[index];
        }

        /// <summary>Judges a reading, and fills in its condition.</summary>
        /// <param name="reading">A reading of the point, with values and quality.</param>
        [HotPath]
        public void Judge(Reading reading)
        {
            EventCount = 0;
            Condition condition = reading.Condition;
            condition.Clear();
            Quality quality = reading.Quality;
            long taken = reading.Taken;
            if (quality.Fault != SensorFault.None || (quality.Notes & Frozen) != 0)
            {
                _hasLast = false;
                condition.Alarm = Alarm;
                return;
            }

            float[] values = reading.Values;
            long since = _hasLast && taken > _last ? taken - _last : 0;
            _last = taken;
            _hasLast = true;
            if (taken >= _learnDue && quality.Clipped == 0 && quality.Lost == 0 && (quality.Notes & QualityNotes.RateError) == 0)
            {
                Learn(values, taken);
            }

            AlarmLevel highest = AlarmLevel.None;
            for (int i = 0; i < _watches.Length; i++)
            {
                AlarmLevel level = Watch(_watches[i], values, since);
                if (level > highest) { highest = level; }
            }

            Alarm = highest;
            condition.Alarm = highest;
            if (_machine != null) { JudgeMachine(values, condition); }
        }

        /// <summary>Forgets the baseline and learns it anew, such as after a repair. Alarms that stand are forgotten, too, without an event.</summary>
        public void Relearn()
        {
            for (int i = 0; i < _baselines.Length; i++) { _baselines[i].Forget(); }
            for (int i = 0; i < _watches.Length; i++) { _watches[i].Reset(); }
            if (_hints != null) { _hints.Forget(); }
            _learnDue = long.MinValue;
            Alarm = AlarmLevel.None;
        }

        /// <summary>Gets the bytes that <see cref="Save"/> writes at present.</summary>
        internal int SavedBytes
        {
            get
            {
                int length = HintRules.SavedBytes;
                for (int i = 0; i < _baselines.Length; i++) { length += _baselines[i].SavedBytes; }
                return length;
            }
        }

        /// <summary>Writes what was learned: the lines' usual heights, then each baseline.</summary>
        internal int Save(byte[] buffer, int at)
        {
            if (_hints != null) { _hints.Save(buffer, at); }
            at += HintRules.SavedBytes;
            for (int i = 0; i < _baselines.Length; i++) { at = _baselines[i].Save(buffer, at); }
            return at;
        }

        /// <summary>Says that what was learned is on the volume.</summary>
        internal void Saved()
        {
            _savedQuarters = CountQuarters();
        }

        /// <summary>Takes over what <see cref="Save"/> wrote: of features that are still looked at. The others learn anew.</summary>
        internal void Load(byte[] buffer, int at, int end)
        {
            if (end - at < HintRules.SavedBytes) { return; }
            if (_hints != null) { _hints.Load(buffer, at); }
            at += HintRules.SavedBytes;
            int length = FeatureBaseline.LengthAt(buffer, at, end);
            while (length > 0)
            {
                for (int i = 0; i < _baselines.Length; i++) { _baselines[i].Load(buffer, at); }
                at += length;
                length = FeatureBaseline.LengthAt(buffer, at, end);
            }

            Saved();
        }

        [HotPath]
        private int CountQuarters()
        {
            int sum = 0;
            for (int i = 0; i < _baselines.Length; i++) { sum += _baselines[i].Count * Quarters / _learnReadings; }
            return sum;
        }

        [HotPath]
        private AlarmLevel Watch(AlarmWatch watch, float[] values, long since)
        {
            DriftDetector drift = watch.Drift;
            float value = watch.ValueIn(values);
            if (DigitWriter.IsWritable(value))
            {
                AlarmLevel before = watch.Level;
                if (watch.Step(value, since)) { Tell(watch, watch.Level, before, value, watch.Limit, watch.Cause); }
                if (drift != null && drift.Step(value))
                {
                    AlarmLevel now = drift.Stands ? AlarmLevel.Warning : AlarmLevel.None;
                    Tell(watch, now, drift.Stands ? AlarmLevel.None : AlarmLevel.Warning, drift.Value, drift.Limit, AlarmCause.Drift);
                }
            }

            return drift != null && drift.Stands && watch.Level == AlarmLevel.None ? AlarmLevel.Warning : watch.Level;
        }

        [HotPath]
        private void Tell(AlarmWatch watch, AlarmLevel now, AlarmLevel before, float value, float limit, AlarmCause cause)
        {
            AlarmEvent change = _events[EventCount];
            EventCount++;
            change.Channel = watch.Channel;
            change.Level = now;
            change.Was = before;
            change.Value = value;
            change.Limit = limit;
            change.Cause = cause;
        }

        [HotPath]
        private void Learn(float[] values, long taken)
        {
            bool missing = false;
            for (int i = 0; i < _baselines.Length; i++)
            {
                FeatureBaseline baseline = _baselines[i];
                if (baseline.IsLearned) { continue; }
                missing = true;
                baseline.Learn(baseline == _machine ? MachineValue(values) : ValueOf(baseline, values));
            }

            if (_hints != null && _hints.Learned < _learnReadings)
            {
                missing = true;
                _hints.Learn(values);
            }

            _learnDue = missing ? taken + _learnEvery : long.MaxValue;
        }

        [HotPath]
        private float ValueOf(FeatureBaseline baseline, float[] values)
        {
            for (int i = 0; i < _watches.Length; i++)
            {
                if (_watches[i].Baseline == baseline) { return _watches[i].ValueIn(values); }
            }

            return float.NaN;
        }

        [HotPath]
        private float MachineValue(float[] values)
        {
            if (!_isCurrent) { return LargestVelocity(values); }
            float low = values[CurrentFields.SidebandLow];
            float high = values[CurrentFields.SidebandHigh];
            return low > high ? low : high; // NaN when either is: they come together
        }

        [HotPath]
        private static float LargestVelocity(float[] values)
        {
            float largest = float.NaN;
            for (int axis = 0; axis < VibrationFields.Axes; axis++)
            {
                float value = values[(axis * VibrationFields.PerAxis) + VibrationFields.Velocity];
                if (!DigitWriter.IsWritable(value)) { return float.NaN; }
                if (!(value <= largest)) { largest = value; }
            }

            return largest;
        }

        [HotPath]
        private void JudgeMachine(float[] values, Condition condition)
        {
            float velocity = MachineValue(values);
            if (_isCurrent)
            {
                HintRules.JudgeCurrent(velocity, _machine, condition);
                return;
            }

            if (_zones != null) { condition.Zone = _zones.ZoneOf(velocity); }
            if (_hints != null) { _hints.Judge(values, velocity, _machine.Median, condition); }
        }

        private static AlarmRule[] RulesFor(Point point, ConditionOptions options)
        {
            AlarmRule[] defaults = point.Kind == PointKinds.Vibration ? Defaults(point, options.Zones) : new AlarmRule[0];
            AlarmRule[] rules = new AlarmRule[options.Rules.Length + defaults.Length];
            int count = 0;
            for (int i = 0; i < options.Rules.Length; i++)
            {
                AlarmRule rule = options.Rules[i];
                if (rule.Error != null || rule.Point != point.Name) { continue; }
                rules[count++] = rule;
                for (int k = 0; k < defaults.Length; k++)
                {
                    if (defaults[k] != null && defaults[k].Channel == rule.Channel) { defaults[k] = null; }
                }
            }

            for (int k = 0; k < defaults.Length; k++)
            {
                if (defaults[k] != null) { rules[count++] = defaults[k]; }
            }

            AlarmRule[] fit = new AlarmRule[count];
            for (int i = 0; i < count; i++) { fit[i] = rules[i]; }
            return fit;
        }

        private static AlarmRule[] Defaults(Point point, ZoneTable zones)
        {
            int[] fields = { VibrationFields.Velocity, VibrationFields.Rms, VibrationFields.Envelope };
            AlarmRule[] rules = new AlarmRule[fields.Length];
            for (int i = 0; i < fields.Length; i++)
            {
                string name = NameOf(point, fields[i]);
                if (name == null) { continue; }
                bool byZone = i == 0 && zones != null;
                LimitKind kind = byZone ? LimitKind.Zone : LimitKind.Factor;
                rules[i] = AlarmRule.Default(point.Name, name, kind, DefaultWarning, kind, DefaultDanger, true);
            }

            return rules;
        }

        // The name behind the axis: x_vel is vel.
        private static string NameOf(Point point, int field)
        {
            for (int i = 0; i < point.Channels.Length; i++)
            {
                string name = point.Channels[i].Name;
                if (point.Channels[i].Field == field && name.StartsWith("x_")) { return name.Substring(2); }
            }

            return null;
        }

        private static uint KeyOf(string channel, bool below)
        {
            byte[] name = new byte[channel.Length + 1];
            for (int i = 0; i < channel.Length; i++) { name[i] = (byte)channel[i]; }
            name[channel.Length] = (byte)(below ? 1 : 0);
            return Crc32.Compute(name, 0, name.Length);
        }

        private AlarmWatch[] MakeWatches(AlarmRule[] rules)
        {
            AlarmWatch[] watches = new AlarmWatch[rules.Length];
            int count = 0;
            for (int i = 0; i < rules.Length; i++)
            {
                AlarmRule rule = rules[i];
                string error = rule.CheckAt(Point, _zones);
                if (error != null)
                {
                    Error = Error == null ? error : Error + "; " + error;
                    continue;
                }

                Channel[] channels = rule.ChannelsOf(Point);
                bool isVelocity = !_isCurrent && _machine != null && channels.Length == VibrationFields.Axes && channels[0].Field == VibrationFields.Velocity && !rule.Below;
                FeatureBaseline baseline = isVelocity ? _machine
                    : rule.NeedsBaseline ? new FeatureBaseline(KeyOf(rule.Channel, rule.Below), _learnReadings) : null;
                watches[count++] = new AlarmWatch(rule, channels, _zones, baseline);
            }

            AlarmWatch[] fit = new AlarmWatch[count];
            for (int i = 0; i < count; i++) { fit[i] = watches[i]; }
            return fit;
        }

        private FeatureBaseline[] BaselinesOf(AlarmWatch[] watches)
        {
            FeatureBaseline[] all = new FeatureBaseline[watches.Length + 1];
            int count = 0;
            if (_machine != null) { all[count++] = _machine; }
            for (int i = 0; i < watches.Length; i++)
            {
                FeatureBaseline baseline = watches[i].Baseline;
                if (baseline != null && baseline != _machine) { all[count++] = baseline; }
            }

            FeatureBaseline[] fit = new FeatureBaseline[count];
            for (int i = 0; i < count; i++) { fit[i] = all[i]; }
            return fit;
        }
    }
}
