namespace Sensors.Node
{
    /// <summary>Where a limit of an <see cref="AlarmRule"/> comes from.</summary>
    public enum LimitKind
    {
        /// <summary>There is none.</summary>
        None = 0,

        /// <summary>The number itself, in the channel's unit.</summary>
        Absolute = 1,

        /// <summary>The learned baseline times the number.</summary>
        Factor = 2,

        /// <summary>The learned baseline plus the number, or minus it for a limit from below.</summary>
        Distance = 3,

        /// <summary>The zone table's boundary: B/C for a warning, C/D for danger.</summary>
        Zone = 4,

        /// <summary>
        /// The practice of ISO 10816-3:2009, 5.4.1: a warning at the baseline plus 25 % of the boundary B/C, at most 1.25 times B/C, and at B/C while there is no
        /// baseline. Danger is at C/D.
        /// </summary>
        Iso = 5,
    }

    /// <summary>A line of the settings that says when a feature of a point alarms.</summary>
    /// <remarks>
    /// <para>
    /// <c>alarm=&lt;point&gt; &lt;channel&gt; [option=value ...]</c>, words separated by blanks, such as
    /// <c>alarm=vib1 vel warning=2.8 danger=4.5 delay=30s persistence=3 hysteresis=10%</c>. A channel is one of the point's (<c>x_vel</c>, <c>mean</c>), or the part of its
    /// name behind the axis (<c>vel</c>): then the axis counts that is worst.
    /// </para>
    /// <para>
    /// Options: <c>warning</c> and <c>danger</c>: a number in the channel's unit; <c>x1.5</c> times the learned baseline; <c>+15</c> over it; <c>zone</c>, <c>iso</c> for velocity
    /// (see <see cref="LimitKind"/>). <c>when</c>: <c>above</c> (default) or <c>below</c>. <c>delay</c>: how long it must last, such as <c>30s</c>, <c>5min</c>; default none.
    /// <c>persistence</c>: how many readings in a row it must last, 1 to 100; default 3. <c>hysteresis</c>: how far within the limit it must go back to
    /// clear, in per cent of the limit (<c>10%</c>, the default) or in the channel's unit (<c>0.3</c>); delay and persistence count for that way, too. <c>drift</c>: <c>on</c> or <c>off</c>
    /// (default), a warning when the feature leaves the baseline slowly (<see cref="DriftDetector"/>).
    /// </para>
    /// <para>A line without limits and drift keeps the channel quiet that would alarm by default.</para>
    /// </remarks>
    public sealed class AlarmRule
    {
        private const float DefaultHysteresis = 10f;

        private AlarmRule()
        {
        }

        /// <summary>Gets the line as it was written; null for a rule that nobody wrote.</summary>
        public string Text { get; private set; }

        /// <summary>Gets the point's name.</summary>
        public string Point { get; private set; }

        /// <summary>Gets the channel's name, with or without its axis.</summary>
        public string Channel { get; private set; }

        /// <summary>Gets where the first level's limit comes from.</summary>
        public LimitKind WarningKind { get; private set; }

        /// <summary>Gets the first level's number, in what <see cref="WarningKind"/> says.</summary>
        public float Warning { get; private set; } = float.NaN;

        /// <summary>Gets where the second level's limit comes from.</summary>
        public LimitKind DangerKind { get; private set; }

        /// <summary>Gets the second level's number, in what <see cref="DangerKind"/> says.</summary>
        public float Danger { get; private set; } = float.NaN;

        /// <summary>Gets whether what is below the limits alarms, not what is above.</summary>
        public bool Below { get; private set; }

        /// <summary>Gets how long a limit must be passed, in milliseconds.</summary>
        public long DelayMilliseconds { get; private set; }

        /// <summary>Gets how many readings in a row must pass a limit.</summary>
        public int Persistence { get; private set; } = 3;

        /// <summary>Gets how far within a limit a value must go back to clear: in per cent of the limit, or in the channel's unit.</summary>
        public float Hysteresis { get; private set; } = DefaultHysteresis;

        /// <summary>Gets whether the hysteresis is in per cent.</summary>
        public bool HysteresisInPercent { get; private set; } = true;

        /// <summary>Gets whether a slow drift from the baseline alarms.</summary>
        public bool Drift { get; private set; }

        /// <summary>Gets what is wrong with the line; null when nothing is.</summary>
        public string Error { get; private set; }

        /// <summary>Gets whether the rule needs a learned baseline.</summary>
        public bool NeedsBaseline
        {
            get { return Drift || IsRelative(WarningKind) || IsRelative(DangerKind); }
        }

        /// <summary>Reads a rule.</summary>
        /// <param name="text">What stands behind <c>alarm=</c>.</param>
        /// <returns>The rule; see <see cref="Error"/>.</returns>
        public static AlarmRule Parse(string text)
        {
            AlarmRule rule = new AlarmRule();
            rule.Text = text;
            rule.Error = rule.Take(text.Split(' '));
            return rule;
        }

        /// <summary>Makes a rule that nobody wrote.</summary>
        internal static AlarmRule Default(string point, string channel, LimitKind warningKind, float warning, LimitKind dangerKind, float danger, bool drift)
        {
            AlarmRule rule = new AlarmRule();
            rule.Point = point;
            rule.Channel = channel;
            rule.WarningKind = warningKind;
            rule.Warning = warning;
            rule.DangerKind = dangerKind;
            rule.Danger = danger;
            rule.Drift = drift;
            return rule;
        }

        /// <summary>Tells what keeps the rule from working at its point; to be asked once the point's channels are known.</summary>
        /// <param name="point">The point it names.</param>
        /// <param name="zones">The zone table; null without one.</param>
        /// <returns>Null when nothing does.</returns>
        public string CheckAt(Point point, ZoneTable zones)
        {
            Channel[] channels = ChannelsOf(point);
            if (channels == null)
            {
                return point.Name + " has no channel " + Channel;
            }

            if ((UsesZones(WarningKind) || UsesZones(DangerKind)) && !(zones != null && channels[0].Unit == "mm/s"))
            {
                return Channel + ": zone and iso are limits of velocity, and need a zone table";
            }

            bool factor = WarningKind == LimitKind.Factor || DangerKind == LimitKind.Factor;
            return factor && !DriftDetector.HasZero(channels[0].Unit)
                ? Channel + ": a multiple says nothing of temperatures, humidities and decibels: write a distance such as +15" : null;
        }

        /// <summary>Finds the channels the rule looks at: one, or that of each axis.</summary>
        /// <param name="point">The point it names.</param>
        /// <returns>Null when there is none.</returns>
        internal Channel[] ChannelsOf(Point point)
        {
            Channel exact = Find(point, Channel);
            if (exact != null) { return new[] { exact }; }

            Channel x = Find(point, "x_" + Channel);
            Channel y = Find(point, "y_" + Channel);
            Channel z = Find(point, "z_" + Channel);
            return x != null && y != null && z != null ? new[] { x, y, z } : null;
        }

        private static Channel Find(Point point, string name)
        {
            Channel[] channels = point.Channels;
            for (int i = 0; i < channels.Length; i++)
            {
                if (channels[i].Name == name) { return channels[i]; }
            }

            return null;
        }

        private static bool IsRelative(LimitKind kind)
        {
            return kind == LimitKind.Factor || kind == LimitKind.Distance || kind == LimitKind.Iso;
        }

        private static bool UsesZones(LimitKind kind)
        {
            return kind == LimitKind.Zone || kind == LimitKind.Iso;
        }

        private string Take(string[] words)
        {
            int at = 0;
            for (int i = 0; i < words.Length; i++)
            {
                string word = words[i].Trim();
                if (word.Length == 0) { continue; }
                string error = at == 0 ? TakePoint(word) : at == 1 ? TakeChannel(word) : TakeOption(word);
                if (error != null) { return error; }
                at++;
            }

            return at < 2 ? "an alarm needs a point and a channel, such as: vib1 vel warning=2.8 danger=4.5" : CheckLimits();
        }

        private bool IsFactor(float number)
        {
            return Below ? number < 1 : number > 1;
        }

        private string TakePoint(string word)
        {
            Point = word;
            return PointKinds.KindOf(word) != null ? null : word + " is no point: write vib1, temp1, cur1, hum1 and so on";
        }

        private string TakeChannel(string word)
        {
            Channel = word;
            if (word.IndexOf('=') >= 0) { return "an alarm needs a channel before " + word; }
            return word.Length <= AlarmEvent.MaxChannelLength ? null : word + " is no channel: it has too many letters";
        }

        private string TakeOption(string word)
        {
            int equals = word.IndexOf('=');
            if (equals < 1) { return word + ": expected option=value"; }
            string name = word.Substring(0, equals);
            string value = word.Substring(equals + 1);
            switch (name)
            {
                case "warning":
                    WarningKind = ReadLimit(value, out float warning);
                    Warning = warning;
                    return WarningKind != LimitKind.None ? null : LimitError(name);
                case "danger":
                    DangerKind = ReadLimit(value, out float danger);
                    Danger = danger;
                    return DangerKind != LimitKind.None ? null : LimitError(name);
                case "when":
                    Below = value == "below";
                    return value == "above" || value == "below" ? null : "when must be above or below";
                case "delay":
                    bool isTime = AlarmText.TryParseTime(value, out long delay);
                    DelayMilliseconds = delay;
                    return isTime ? null : "delay must be a time of at most 90d, such as 500ms, 30s, 5min or 2h";
                case "persistence":
                    string error = NumberText.TakeNumber(name, value, 1, 100, out int persistence);
                    Persistence = persistence;
                    return error;
                case "hysteresis":
                    return TakeHysteresis(value);
                case "drift":
                    Drift = value == "on";
                    return value == "on" || value == "off" ? null : "drift must be on or off";
                default:
                    return "an alarm has no option " + name;
            }
        }

        private string TakeHysteresis(string value)
        {
            int length = value.Length;
            HysteresisInPercent = length > 0 && value[length - 1] == '%';
            bool good = AlarmText.TryParse(HysteresisInPercent ? value.Substring(0, length - 1) : value, out float hysteresis)
                && hysteresis >= 0 && !(HysteresisInPercent && hysteresis > 90);
            Hysteresis = hysteresis;
            return good ? null : "hysteresis must be from 0% to 90%, or a number from 0 in the channel's unit";
        }

        private static LimitKind ReadLimit(string text, out float number)
        {
            number = float.NaN;
            if (text == "zone") { return LimitKind.Zone; }
            if (text == "iso") { return LimitKind.Iso; }
            LimitKind kind = text.StartsWith("x") ? LimitKind.Factor : text.StartsWith("+") ? LimitKind.Distance : LimitKind.Absolute;
            bool good = AlarmText.TryParse(kind == LimitKind.Absolute ? text : text.Substring(1), out number)
                && (kind == LimitKind.Absolute || number > 0);
            return good ? kind : LimitKind.None;
        }

        private static string LimitError(string name)
        {
            return name + " must be a number such as 4.5, x1.5 or +15 for the baseline times or plus that, zone or iso";
        }

        // Limits of one kind can be compared; others show only when the baseline is known, and danger then counts first.
        private string CheckLimits()
        {
            if (Below && (UsesZones(WarningKind) || UsesZones(DangerKind)))
            {
                return "zone and iso are limits from above";
            }

            if ((WarningKind == LimitKind.Factor && !IsFactor(Warning)) || (DangerKind == LimitKind.Factor && !IsFactor(Danger)))
            {
                return "a multiple of the baseline is more than 1 above it, and less than 1 below it";
            }

            bool mirrored = Below && WarningKind != LimitKind.Distance;
            bool ordered = WarningKind != DangerKind || !(mirrored ? Danger >= Warning : Danger <= Warning);
            return ordered ? null : "danger must be beyond warning";
        }
    }
}
