namespace Sensors.Node
{
    /// <summary>Turns what is remembered, declared and found into points and their jobs.</summary>
    /// <remarks>
    /// Names are vib1, vib2, ..., temp1, ..., hum1, ..., cur1, .... A point that was ever found keeps its name and its place; one that is
    /// declared or remembered is there even when nothing is found for it: its readings say that its sensor is missing.
    /// What is found in addition takes the next free name.
    /// </remarks>
    public sealed class PointTable
    {
        /// <summary>The most points a node has, all kinds together.</summary>
        public const int Most = 12;

        private readonly SensorContext _context;
        private readonly Settings _settings;
        private readonly BlockMemory _blocks;
        private readonly CurrentWindow _window;
        private readonly Point[] _points = new Point[Most];
        private readonly SensorTask[] _tasks = new SensorTask[Most];
        private int _count;

        /// <summary>Looks for sensors and makes the points.</summary>
        /// <param name="context">What all points share.</param>
        /// <param name="settings">Which points must be there, and what is known of them; a name of no known kind is left out.</param>
        /// <param name="blocks">Blocks of acceleration, shared.</param>
        /// <param name="window">Window of current, shared.</param>
        public PointTable(SensorContext context, Settings settings, BlockMemory blocks, CurrentWindow window)
        {
            _context = context;
            _settings = settings;
            _blocks = blocks;
            _window = window;
            string[] declared = settings.PointNames();
            AddKind(PointKinds.Vibration, declared);
            AddKind(PointKinds.Temperature, declared);
            AddKind(PointKinds.Humidity, declared);
            AddKind(PointKinds.Current, declared);

            Points = new Point[_count];
            Tasks = new NodeTask[_count];
            Monitors = new ConditionMonitor[_count];
            for (int i = 0; i < _count; i++)
            {
                Points[i] = _points[i];
                Tasks[i] = _tasks[i];
                Monitors[i] = MakeMonitor(_points[i]);
                _tasks[i].Attach(Monitors[i]);
            }
        }

        /// <summary>Gets the points.</summary>
        public Point[] Points { get; }

        /// <summary>Gets their jobs, in the same order.</summary>
        public NodeTask[] Tasks { get; }

        /// <summary>Gets what judges their readings, in the same order.</summary>
        public ConditionMonitor[] Monitors { get; }

        private ConditionMonitor MakeMonitor(Point point)
        {
            PointDeclaration declaration = _settings.DeclarationOf(point.Name);
            ConditionOptions options = new ConditionOptions
            {
                Zones = declaration.Zones,
                Rules = _settings.Alarms,
                Vibration = point.Kind == PointKinds.Vibration ? declaration.Vibration : null,
            };
            ConditionMonitor monitor = new ConditionMonitor(point, options);
            if (monitor.Error != null && _context.Health.SettingsError == null)
            {
                _context.Health.SettingsError = monitor.Error;
            }

            return monitor;
        }

        private void AddKind(string kind, string[] declared)
        {
            string prefix = PointKinds.Prefix(kind);
            int remembered = _context.Places.Count; // finding adds to it
            for (int i = 0; i < remembered; i++)
            {
                Add(_context.Places.NameOf(i), kind, false);
            }

            for (int i = 0; i < declared.Length; i++)
            {
                Add(declared[i].Trim(), kind, false);
            }

            for (int number = 1; number <= Most; number++)
            {
                string name = prefix + number.ToString();
                if (!Exists(name) && !Add(name, kind, true))
                {
                    return; // nothing more to be found
                }
            }
        }

        // True when the point was added. One that is neither declared nor remembered needs a sensor.
        private bool Add(string name, string kind, bool needsSensor)
        {
            if (_count == Most || Exists(name) || PointKinds.KindOf(name) != kind)
            {
                return false;
            }

            Point point = PointKinds.Make(name, kind, _settings.DeclarationOf(name));
            point.IntervalMilliseconds = _context.IntervalMilliseconds;
            SensorTask task = MakeTask(point, kind);
            if (!task.TryFind() && needsSensor)
            {
                return false;
            }

            _points[_count] = point;
            _tasks[_count] = task;
            _count++;
            return true;
        }

        private SensorTask MakeTask(Point point, string kind)
        {
            PointDeclaration declaration = _settings.DeclarationOf(point.Name);
            switch (kind)
            {
                case PointKinds.Vibration:
                    return new VibrationTask(point, _context, declaration.Vibration, _blocks);
                case PointKinds.Temperature:
                    return new TemperatureTask(point, _context, declaration.Temperature);
                case PointKinds.Humidity:
                    return new TemperatureTask(point, _context, null);
                default:
                    return new CurrentTask(point, _context, _window, declaration.Current);
            }
        }

        private bool Exists(string name)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_points[i].Name == name)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
