using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Says what is probably the matter at a vibration point, and by which evidence.</summary>
    /// <remarks>
    /// <para>
    /// Bearing races first, because their lines appear long before velocity rises: the envelope's line at BPFO or BPFI at least <see cref="RaceLine"/> times the
    /// envelope's floor, on the axis that shows it best. Where both stand out, each is helped by what only it has: BPFO by its second multiple, BPFI by the
    /// sidebands a turn away that going in and out of the load zone makes. Where geometry puts such a sideband on BPFO, that proves nothing, and the height of BPFI's
    /// line decides. A machine whose velocity is raised by lines while nothing strikes, or whose half orders show a loose part that does, gets a hint of a race only by
    /// a line higher than all that can leak into the envelope.
    /// </para>
    /// <para>
    /// Then what turns with the shaft, if the velocity is more than a healthy machine's: 1.5 times what is usual here, or zone C or D. Lines are compared as velocity
    /// (a / (2 pi f)), because that is what all orders of one movement have in common with the standard's limits; as acceleration, the highest would always win. With a
    /// baseline only what has been added since counts: a machine's old unbalance hides no new fault, as powers of a line add up on average.
    /// A single line that grew to twice its usual height and by a quarter of the boundary B/C counts, too, before the total moves.
    /// </para>
    /// <para>
    /// Unbalance: a force that turns with the shaft, so 1x, across the shaft. Misalignment: the coupling is bent twice a turn, so 2x, and pushes along the
    /// shaft. Looseness: what strikes every turn has all orders, with as much acceleration in each, and, where every second strike is weaker, halves. Electrical: the stator is pulled at twice the
    /// mains frequency, whatever the speed. Where an order of the shaft is as near to that as the window can tell: the third and higher are the stator's when they
    /// stand alone, since no mechanical fault makes only such a line; the second (two poles) only when it is nearly all there is, and across the shaft; the first never.
    /// A half order there is not counted: the other two tell of looseness.
    /// </para>
    /// <para>
    /// Each threshold states its reason below; none is fitted to a record. Values of one reading only: who wants less flicker, takes the
    /// hint that stood in most of the last readings.
    /// </para>
    /// </remarks>
    public sealed class HintRules
    {
        /// <summary>How far an envelope line stands above the median line: healthy bearings and wrong lines reach 4, race defects begin at 24 (CWRU, MFPT; facts of the field).</summary>
        public const float RaceLine = 8f;

        /// <summary>What healthy bearings and wrong lines reach, at most (facts of the field): a higher one is really there.</summary>
        public const float WrongLine = 4f;

        /// <summary>As <see cref="RaceLine"/> when a loose part strikes: its half orders come within 2 % of many bearings' BPFI (5.5 and 5.415 for a 6205).</summary>
        public const float RaceLineBesideLooseness = 16f;

        /// <summary>
        /// Part of what the envelope's filter leaks of the shaft's orders and the mains that a line must reach to be a bearing's. A sine's magnitude has 0.42 of it at
        /// twice its frequency, two sines' as much at sums and differences: an integer multiple of the speed lies within 2 % of many a race's frequency.
        /// </summary>
        public const float LeakedPart = 0.5f;

        /// <summary>
        /// Distance of BPFO from a sideband of BPFI, as a part of it, at which one may be taken for the other: each is looked for, and can lie, 2 % off.
        /// With eight elements BPFI less two turns is within 2 % of BPFO, and no second defect.
        /// </summary>
        public const float SidebandReach = 0.04f;

        /// <summary>Line at BPFI over one at BPFO that is more than the outer race's own sideband there can be: half a line, at full modulation.</summary>
        public const float MoreThanSideband = 0.5f;

        /// <summary>Velocity over its usual value at which a machine has changed: the usual alert of 1.5 to 2.</summary>
        public const float Raised = 1.5f;

        /// <summary>Part of the boundary B/C that is a significant change (ISO 10816-3:2009, 5.4.1).</summary>
        public const float SignificantChange = 0.25f;

        /// <summary>Growth of a line's power that no load makes: to twice the amplitude.</summary>
        public const float Grown = 4f;

        /// <summary>Part of the velocity's power that must be in lines we know; with less, something else shakes.</summary>
        public const float Explained = 0.3f;

        /// <summary>Part of all lines' power at twice the mains frequency: more than all orders together.</summary>
        public const float MainsDominates = 0.5f;

        /// <summary>Part at half orders: nothing else makes them, but noise below 10 Hz comes near 0.02.</summary>
        public const float HalvesShow = 0.1f;

        /// <summary>Part at half orders from which what strikes is a loose part, not a race: a race's strikes put no more than a tenth there.</summary>
        public const float HalvesStrike = 0.15f;

        /// <summary>Kurtosis from which something strikes: Gaussian noise has 3 within 0.1, lines have less. Where the velocity is raised, and nothing strikes, the
        /// envelope's lines are leaked orders.</summary>
        public const float Struck = 3.25f;

        /// <summary>Part at halves, 3x and above: unbalance has none, misalignment at 3x a tenth.</summary>
        public const float ManyOrders = 0.35f;

        /// <summary>
        /// Acceleration at 2x, 3x and 4x over that at 1x, each, from which all are of one strike in every turn: a strike much shorter than a turn has as much in each,
        /// and a third at 4x where it lasts a quarter of a turn, beside some unbalance; unbalance alone has no such series. Half orders would be better evidence, but
        /// the window cannot part them at low speed, and where strikes are all alike there are none.
        /// </summary>
        public const float StrikeSeries = 0.33f;

        /// <summary>Part at 2x beside a strong axial movement: a coupling's; unbalance has some hundredths.</summary>
        public const float SecondShows = 0.3f;

        /// <summary>Part at 2x without one: parallel misalignment pushes across the shaft.</summary>
        public const float SecondDominates = 0.5f;

        /// <summary>Part at 1x of an unbalanced machine.</summary>
        public const float FirstDominates = 0.6f;

        /// <summary>Axial over radial amplitude from which a movement along the shaft is strong.</summary>
        public const float AxialStrong = 0.5f;

        /// <summary>The same for 1x: an overhung rotor's unbalance reaches 0.7, a bent shaft or an angular misalignment is above 1.</summary>
        public const float AxialDominates = 1f;

        /// <summary>Rise of a current's sidebands over what is usual for this machine, in dB: to twice the amplitude, and five times what recordings of one state differ by (MCSA).</summary>
        public const float SidebandRise = 6f;

        /// <summary>Kurtosis that no Gaussian vibration has: strikes of something.</summary>
        public const float Impulsive = 6f;

        private const int Axes = VibrationFields.Axes;
        private const int PerAxis = VibrationFields.PerAxis;
        private const int Orders = VibrationFields.Orders;
        private const int Halves = VibrationFields.HalfOrders;
        private const int HighestOrder = 10;      // of what a loose part strikes: as high as the fifth, at most, halves as the last told
        private const int SeriesOrder = 4;        // the highest that a series of strikes is told by
        private const int Axial = Orders;         // lines: the radial orders, the axial ones, ...
        private const int Half = 2 * Orders;      // ... all halves, ...
        private const int Mains = (2 * Orders) + 1; // ... and twice the mains frequency
        private const int Lines = (2 * Orders) + 2;
        private const float Apart = 1.5f;         // power over the order's, from which the mains' line is another
        private const float AloneAcross = 0.8f;   // part of all orders: a coupling makes 1x and 3x, too
        private const float OrderWindow = 0.015f; // as orders are searched
        private const float LineHertz = 1f;       // what a window of a second parts
        private const float OutlierOfUsual = 9f;  // power that does not count in full while learning: three times the amplitude

        private readonly int _axial;
        private readonly bool _speedKnown;
        private readonly int _mainsOrder; // the order that twice the mains frequency cannot be told from; 0 for none
        private readonly int _mainsHalf;  // the half order for which that holds, 1 to 3
        private readonly float _boundary;
        private readonly float _healthy;
        private readonly ZoneTable _zones;
        private readonly float[] _toPower = new float[Orders + Halves + 1]; // (m/s²)² to (mm/s)² RMS
        private readonly float[] _leaks = new float[Orders + Halves + 1];   // part that the envelope's filter lets through
        private readonly float _leaksAbove;                                 // the same of the orders above, together
        private readonly bool _sidebandAtOuter;                             // BPFI less so many turns may be taken for BPFO
        private readonly float[] _power = new float[Lines];
        private readonly float[] _excess = new float[Lines];
        private readonly float[] _usual = new float[Lines];
        private int _learned;

        /// <summary>Makes the rules of a machine.</summary>
        /// <param name="options">What is known of it.</param>
        /// <param name="zones">The zone table; null for none: small machines' is taken then, class1 of <see cref="ZoneTable"/>.</param>
        public HintRules(VibrationOptions options, ZoneTable zones)
        {
            _zones = zones != null ? zones : ZoneTable.Parse("class1", out _);
            _boundary = _zones.BoundaryBC;
            _healthy = _zones.BoundaryAB;
            _axial = options.AxialAxis;
            _speedKnown = options.SpeedRpm > 0;
            float shaft = options.SpeedRpm / 60f;
            float twice = 2 * options.MainsHertz;
            for (int i = 0; i < Orders; i++)
            {
                float hertz = shaft * (i + 1);
                _toPower[i] = ToPower(hertz);
                if (IsNear(hertz, twice)) { _mainsOrder = i + 1; }
            }

            for (int i = 0; i < Halves; i++)
            {
                float hertz = shaft * (i + 0.5f);
                _toPower[Orders + i] = ToPower(hertz);
                if (IsNear(hertz, twice)) { _mainsHalf = i + 1; }
            }

            _toPower[Orders + Halves] = ToPower(twice);
            for (int i = 0; i < Orders; i++) { _leaks[i] = Leak(shaft * (i + 1), options.EnvelopeLow); }
            for (int i = 0; i < Halves; i++) { _leaks[Orders + i] = Leak(shaft * (i + 0.5f), options.EnvelopeLow); }
            _leaks[Orders + Halves] = Leak(twice, options.EnvelopeLow);
            for (int order = Orders + 1; order <= HighestOrder; order++) { _leaksAbove += Leak(shaft * order, options.EnvelopeLow); }
            _sidebandAtOuter = options.Bearing != null && MeetsSideband(options.Bearing);
        }

        /// <summary>Gets how many readings are in the lines' usual heights.</summary>
        public int Learned
        {
            get { return _learned; }
        }

        internal const int SavedBytes = 2 + (4 * Lines);

        /// <summary>Learns what lines a healthy machine has, from a good reading.</summary>
        /// <param name="values">Values by <see cref="VibrationFields"/>.</param>
        /// <remarks>A mean in which a reading counts at most nine times the mean so far: an outlier is one, not the mean.</remarks>
        [HotPath]
        public void Learn(float[] values)
        {
            if (!ReadLines(values)) { return; }
            if (_learned < ushort.MaxValue) { _learned++; }
            for (int i = 0; i < Lines; i++)
            {
                float most = OutlierOfUsual * _usual[i];
                float power = _learned > 1 && _power[i] > most ? most : _power[i];
                _usual[i] += (power - _usual[i]) / _learned;
            }
        }

        /// <summary>Forgets what was learned.</summary>
        public void Forget()
        {
            _learned = 0;
            for (int i = 0; i < Lines; i++) { _usual[i] = 0; }
        }

        /// <summary>Judges a reading whose sensor is all right and whose machine runs.</summary>
        /// <param name="values">Values by <see cref="VibrationFields"/>.</param>
        /// <param name="velocity">Velocity RMS of the largest axis, in mm/s; NaN when there is none.</param>
        /// <param name="usual">What is usual there; NaN while that is not learned.</param>
        /// <param name="condition">Receives hint and evidence.</param>
        [HotPath]
        public void Judge(float[] values, float velocity, float usual, Condition condition)
        {
            condition.ClearEvidence();
            bool lines = ReadLines(values);
            float outer = EnvelopeRatio(values, VibrationFields.OuterRace, 0, false);
            float inner = EnvelopeRatio(values, VibrationFields.InnerRace, 0, false);
            float kurtosis = Largest(values, VibrationFields.Kurtosis);
            bool learned = usual > 0 && _learned > 0;
            bool raised = Excess(velocity, usual, learned, lines);
            if (_mainsOrder > 0) { PartMains(); }
            bool explained = lines && raised && Explains(velocity, usual, learned);
            float need = explained ? RaceLineBeside(kurtosis) : RaceLine;
            if (outer >= need || inner >= need || (explained && NoLeak(values)))
            {
                Race(values, outer, inner, kurtosis, condition);
                return;
            }

            bool bearing = outer >= 0 || inner >= 0;
            if (!lines && !bearing)
            {
                condition.Hint = Hint.None;
                return;
            }

            if (!raised)
            {
                Quiet(values, velocity, usual, kurtosis, condition);
                return;
            }

            condition.Add(Evidence.VelocityRatio, velocity / (usual > 0 ? usual : _healthy));
            condition.Hint = explained ? Turning(condition) : Hint.Unknown;
        }

        /// <summary>Judges a motor's current by its sidebands, one shaft speed beside the mains: against the machine's own, as absolute limits do not hold from one to the next.</summary>
        /// <param name="sideband">The higher sideband, in dB over the fundamental; NaN when there is none.</param>
        /// <param name="usual">What is usual there.</param>
        /// <param name="condition">Receives hint and evidence.</param>
        [HotPath]
        internal static void JudgeCurrent(float sideband, FeatureBaseline usual, Condition condition)
        {
            condition.ClearEvidence();
            if (!DigitWriter.IsWritable(sideband) || !usual.IsLearned)
            {
                condition.Hint = Hint.None;
                return;
            }

            condition.Hint = sideband >= usual.Median + SidebandRise ? Hint.Electrical : Hint.Healthy;
            condition.Add(Evidence.Sidebands, -sideband);
        }

        /// <summary>Writes the usual heights of the lines.</summary>
        internal int Save(byte[] buffer, int at)
        {
            at = LittleEndian.Put(buffer, at, _learned, 2);
            for (int i = 0; i < Lines; i++) { at = LittleEndian.Put(buffer, at, FloatBits.Of(_usual[i]), 4); }
            return at;
        }

        /// <summary>Takes over what <see cref="Save"/> wrote; nothing when there are no numbers.</summary>
        internal void Load(byte[] buffer, int at)
        {
            Forget();
            for (int i = 0; i < Lines; i++)
            {
                float usual = BitConverter.ToSingle(buffer, at + 2 + (4 * i));
                if (!(usual >= 0 && DigitWriter.IsWritable(usual)))
                {
                    Forget();
                    return;
                }

                _usual[i] = usual;
            }

            _learned = (int)LittleEndian.Get(buffer, at, 2);
        }

        private static bool IsNear(float order, float twice)
        {
            float apart = twice > order ? twice - order : order - twice;
            return apart <= (OrderWindow * order) + LineHertz;
        }

        // v = a / (2 pi f), from m/s to mm/s, amplitude to RMS.
        private static float ToPower(float hertz)
        {
            double factor = 1000 / (2 * Math.PI * hertz);
            return hertz > 0 ? (float)(factor * factor / 2) : 0;
        }

        // Does a sideband of BPFI, some turns below it, lie where BPFO is looked for?
        private static bool MeetsSideband(BearingGeometry bearing)
        {
            double apart = bearing.InnerRace - bearing.OuterRace;
            double off = apart - Math.Round(apart);
            return apart > 0.5 && Math.Abs(off) <= SidebandReach * bearing.OuterRace;
        }

        // What a second-order high-pass leaves of a frequency.
        private static float Leak(float hertz, float low)
        {
            float part = hertz / low;
            return part < 1 ? part * part : 1;
        }

        // How much of what turns with the shaft comes through the envelope's filter on an axis, in m/s².
        [HotPath]
        private float Leaked(float[] values, int at)
        {
            float[] leaks = _leaks;
            float sum = 0;
            float a = 0;
            for (int i = 0; i < Halves; i++)
            {
                a = values[at + VibrationFields.FirstHalfOrder + i];
                if (a >= 0) { sum += a * leaks[Orders + i]; }
            }

            a = values[at + VibrationFields.MainsLine];
            if (a >= 0) { sum += a * leaks[Orders + Halves]; }
            for (int i = 0; i < Orders; i++)
            {
                a = values[at + VibrationFields.FirstOrder + i];
                if (a >= 0) { sum += a * leaks[i]; }
            }

            return a >= 0 ? sum + (a * _leaksAbove) : sum; // the last was the highest order told
        }

        [HotPath]
        private static float Largest(float[] values, int field)
        {
            float largest = float.NaN;
            for (int axis = 0; axis < Axes; axis++)
            {
                float value = values[(axis * PerAxis) + field];
                if (!(value <= largest) && DigitWriter.IsWritable(value)) { largest = value; }
            }

            return largest;
        }

        // Strong lines of the shaft or the mains leak into the envelope's band, and beat there: as orders, halves and multiples of the mains' own, which
        // come within slip and speed error of many bearings' lines. Then how high a race's line must be to mean one?
        [HotPath]
        private float RaceLineBeside(float kurtosis)
        {
            float halves = HalvesPart();
            if (kurtosis < Struck || halves >= HalvesStrike) { return float.MaxValue; }
            return halves >= HalvesShow ? RaceLineBesideLooseness : RaceLine;
        }

        // All lines that turn with the shaft or come from the mains, told or not, as if no filter held them back, in m/s²: a line of their envelope is lower.
        [HotPath]
        private static float AllLines(float[] values, int at)
        {
            float sum = 0;
            float a = values[at + VibrationFields.MainsLine];
            if (a >= 0) { sum = a; }
            for (int i = 0; i < Halves; i++)
            {
                a = values[at + VibrationFields.FirstHalfOrder + i];
                if (a >= 0) { sum += i < Halves - 1 ? a : (HighestOrder + 1 - Halves) * a; }
            }

            for (int i = 0; i < Orders; i++)
            {
                a = values[at + VibrationFields.FirstOrder + i];
                if (a >= 0) { sum += i < Orders - 1 ? a : (HighestOrder + 1 - Orders) * a; }
            }

            return sum;
        }

        // Is there a line at a race's frequency that no leak makes?
        [HotPath]
        private bool NoLeak(float[] values)
        {
            return EnvelopeRatio(values, VibrationFields.OuterRace, 0, true) >= RaceLine || EnvelopeRatio(values, VibrationFields.InnerRace, 0, true) >= RaceLine;
        }

        // A line of the envelope over its floor, on the axis where that is most, together with a line that helps it; -1 when there is none.
        [HotPath]
        private float EnvelopeRatio(float[] values, int field, int helper, bool aboveAll)
        {
            float best = -1f;
            for (int axis = 0; axis < Axes; axis++)
            {
                int at = axis * PerAxis;
                float floor = values[at + VibrationFields.EnvelopeFloor];
                float line = values[at + field];
                float least = aboveAll ? AllLines(values, at) : LeakedPart * Leaked(values, at);
                if (line < least) { line = 0; } // the orders' own, not a bearing's
                if (helper > 0 && values[at + helper] >= 0) { line += values[at + helper]; }
                if (floor > 0 && line / floor > best && DigitWriter.IsWritable(line / floor)) { best = line / floor; }
            }

            return best;
        }

        [HotPath]
        private void Race(float[] values, float outer, float inner, float kurtosis, Condition condition)
        {
            bool both = outer >= RaceLine && inner >= RaceLine;
            float forOuter = both ? EnvelopeRatio(values, VibrationFields.OuterRace, VibrationFields.TwiceOuterRace, false) : outer;
            float forInner = both ? EnvelopeRatio(values, VibrationFields.InnerRace, VibrationFields.InnerSidebands, false) : inner;
            bool sideband = _sidebandAtOuter && inner >= WrongLine && inner >= MoreThanSideband * outer;
            bool isOuter = !sideband && forOuter >= forInner;
            condition.Hint = isOuter ? Hint.OuterRace : Hint.InnerRace;
            condition.Add(isOuter ? Evidence.OuterLine : Evidence.InnerLine, isOuter ? outer : inner);
            condition.Add(isOuter ? Evidence.InnerLine : Evidence.OuterLine, isOuter ? inner : outer);
            condition.Add(Evidence.Kurtosis, kurtosis);
        }

        // The velocity is a healthy machine's. Does something else stand out?
        [HotPath]
        private void Quiet(float[] values, float velocity, float usual, float kurtosis, Condition condition)
        {
            float ball = EnvelopeRatio(values, VibrationFields.TwiceBallSpin, 0, false);
            float cage = EnvelopeRatio(values, VibrationFields.Cage, 0, false);
            condition.Hint = ball >= RaceLine || cage >= RaceLine || kurtosis >= Impulsive ? Hint.Unknown : Hint.Healthy;
            if (ball >= RaceLine) { condition.Add(Evidence.BallLine, ball); }
            if (cage >= RaceLine) { condition.Add(Evidence.CageLine, cage); }
            if (kurtosis >= Impulsive) { condition.Add(Evidence.Kurtosis, kurtosis); }
            if (condition.Hint == Hint.Healthy) { condition.Add(Evidence.VelocityRatio, velocity / (usual > 0 ? usual : _healthy)); }
        }

        // The shaft's lines as power of velocity; false when there are none.
        [HotPath]
        private bool ReadLines(float[] values)
        {
            float[] power = _power;
            float[] toPower = _toPower;
            for (int i = 0; i < Lines; i++) { power[i] = 0; }
            if (!_speedKnown) { return false; }
            for (int axis = 0; axis < Axes; axis++)
            {
                int at = axis * PerAxis;
                int first = axis == _axial ? Axial : 0;
                for (int i = 0; i < Orders; i++)
                {
                    float a = values[at + VibrationFields.FirstOrder + i];
                    power[first + i] += a * a * toPower[i];
                }

                for (int i = 0; i < Halves; i++)
                {
                    float a = values[at + VibrationFields.FirstHalfOrder + i];
                    if (a >= 0 && i + 1 != _mainsHalf) { power[Half] += a * a * toPower[Orders + i]; }
                }

                float hum = values[at + VibrationFields.MainsLine];
                if (hum >= 0) { power[Mains] += hum * hum * toPower[Orders + Halves]; }
            }

            float sum = 0;
            for (int i = 0; i < Lines; i++) { sum += power[i]; }
            return DigitWriter.IsWritable(sum);
        }

        // What there is above a healthy machine's, into _excess; true when that is enough to ask why.
        [HotPath]
        private bool Excess(float velocity, float usual, bool learned, bool lines)
        {
            float[] power = _power;
            float[] excess = _excess;
            for (int i = 0; i < Lines; i++) { excess[i] = power[i]; }
            bool inC = velocity > _boundary;
            if (!learned) { return usual > 0 ? velocity >= Raised * usual || inC : inC; }

            float added = 0;
            for (int i = 0; i < Lines; i++)
            {
                float more = power[i] - _usual[i];
                excess[i] = more > 0 ? more : 0;
                if (power[i] > Grown * _usual[i]) { added += excess[i]; }
            }

            if (velocity >= Raised * usual) { return true; }
            float significant = SignificantChange * _boundary;
            if (lines && added >= significant * significant)
            {
                for (int i = 0; i < Lines; i++)
                {
                    if (!(power[i] > Grown * _usual[i])) { excess[i] = 0; }
                }

                return true;
            }

            if (!inC) { return false; }
            for (int i = 0; i < Lines; i++) { excess[i] = power[i]; } // as bad as ever: then it is the whole that is judged
            return true;
        }

        // An order so near to twice the mains frequency that the window may see one line twice: as either. Whose is it?
        [HotPath]
        private void PartMains()
        {
            float[] e = _excess;
            int order = _mainsOrder - 1;
            float radial = e[order];
            float axial = e[Axial + order];
            float shared = radial + axial;
            if (e[Mains] > Apart * shared) { return; } // there are two lines

            float others = OrderPower() - shared;
            bool across = axial < AxialStrong * AxialStrong * radial / (Axes - 1);
            bool stator = _mainsOrder >= 3 ? others < shared : _mainsOrder == 2 && across && others < (1 - AloneAcross) * (others + shared);
            if (!stator)
            {
                e[Mains] = 0;
                return;
            }

            if (shared > e[Mains]) { e[Mains] = shared; }
            e[order] = 0;
            e[Axial + order] = 0;
        }

        [HotPath]
        private float OrderPower()
        {
            float sum = _excess[Half];
            for (int i = 0; i < 2 * Orders; i++) { sum += _excess[i]; }
            return sum;
        }

        [HotPath]
        private float HalvesPart()
        {
            float orders = OrderPower();
            return orders > 0 ? _excess[Half] / orders : 0;
        }

        // Are the lines we know enough of what shakes?
        [HotPath]
        private bool Explains(float velocity, float usual, bool learned)
        {
            float all = OrderPower() + _excess[Mains];
            float total = velocity * velocity; // of the largest axis; lines are of all three
            if (learned && velocity > usual) { total -= usual * usual; }
            return all > 0 && all >= Explained * total;
        }

        // Are 2x, 3x and 4x of one strike with 1x? As acceleration, which is velocity times the order.
        [HotPath]
        private bool IsStrikeSeries()
        {
            float[] e = _excess;
            float least = StrikeSeries * StrikeSeries * (e[0] + e[Axial]);
            for (int i = 1; i < SeriesOrder; i++)
            {
                if ((e[i] + e[Axial + i]) * (i + 1) * (i + 1) < least) { return false; }
            }

            return true;
        }

        // Which of the machine's turning parts does it?
        [HotPath]
        private Hint Turning(Condition condition)
        {
            float[] e = _excess;
            float orders = OrderPower();
            float all = orders + e[Mains];
            if (e[Mains] >= MainsDominates * all)
            {
                condition.Add(Evidence.MainsLine, e[Mains] / all);
                return Hint.Electrical;
            }

            float first = (e[0] + e[Axial]) / orders;
            float second = (e[1] + e[Axial + 1]) / orders;
            float many = e[Half];
            for (int i = 2; i < Orders; i++) { many += e[i] + e[Axial + i]; }
            many /= orders;
            float radial = (e[0] + e[1]) / (Axes - 1);
            float axial = e[Axial] + e[Axial + 1];
            float ratio = radial > 0 ? (float)Math.Sqrt(axial / radial) : float.NaN;
            bool alongShaft = axial >= AxialStrong * AxialStrong * radial;
            if (e[Half] >= HalvesShow * orders || many >= ManyOrders || (first >= FirstDominates && IsStrikeSeries()))
            {
                condition.Add(Evidence.ManyOrdersPart, many);
                condition.Add(Evidence.FirstOrderPart, first);
                return Hint.Looseness;
            }

            condition.Add(Evidence.FirstOrderPart, first);
            condition.Add(Evidence.SecondOrderPart, second);
            condition.Add(Evidence.AxialRatio, ratio);
            bool bent = alongShaft ? second >= SecondShows : second >= SecondDominates && _mainsOrder != 2;
            if (bent || axial > AxialDominates * AxialDominates * radial) { return Hint.Misalignment; }
            return first >= FirstDominates ? Hint.Unbalance : Hint.Unknown;
        }
    }
}
