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
        private readonly short[] _xyz;
        private readonly float[] _amperes;
        private readonly Point[] _points = new Point[Most];
        private readonly SensorTask[] _tasks = new SensorTask[Most];
        private int _count;

        /// <summary>Looks for sensors and makes the points.</summary>
        /// <param name="context">What all points share.</param>
        /// <param name="declared">Names of points that must be there; a name of no known kind is left out.</param>
        /// <param name="xyz">Block of acceleration, shared.</param>
        /// <param name="amperes">Window of current, shared.</param>
        public PointTable(SensorContext context, string[] declared, short[] xyz, float[] amperes)
        {
            _context = context;
            _xyz = xyz;
            _amperes = amperes;
            AddKind(PointKinds.Vibration, declared);
            AddKind(PointKinds.Temperature, declared);
            AddKind(PointKinds.Humidity, declared);
            AddKind(PointKinds.Current, declared);

            Points = new Point[_count];
            Tasks = new NodeTask[_count];
            for (int i = 0; i < _count; i++)
            {
                Points[i] = _points[i];
                Tasks[i] = _tasks[i];
            }
        }

        /// <summary>Gets the points.</summary>
        public Point[] Points { get; }

        /// <summary>Gets their jobs, in the same order.</summary>
        public NodeTask[] Tasks { get; }

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

            Point point = PointKinds.Make(name, kind);
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
            switch (kind)
            {
                case PointKinds.Vibration:
                    return new VibrationTask(point, _context, _xyz);
                case PointKinds.Temperature:
                case PointKinds.Humidity:
                    return new TemperatureTask(point, _context);
                default:
                    return new CurrentTask(point, _context, _amperes);
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
