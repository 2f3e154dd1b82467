using System.Text;

namespace Sensors.Node
{
    /// <summary>The points whose records can be read: the node's own, and those that only the journal still knows.</summary>
    /// <remarks>A point that is gone was declared otherwise, maybe under another identity; its kind tells what its records hold.</remarks>
    internal sealed class PointMemory
    {
        private const int NameAt = 3;
        private const int MostOthers = 16; // beyond that the oldest is forgotten, and learned again when it is met again

        private readonly int _own;
        private int _next;

        /// <summary>Makes a memory of the node's own points.</summary>
        /// <param name="points">The points.</param>
        public PointMemory(Point[] points)
        {
            _own = points.Length;
            Points = points;
            Read();
        }

        /// <summary>Gets the points.</summary>
        public Point[] Points { get; private set; }

        /// <summary>Gets what reads readings of these points.</summary>
        public ReadingRecord Readings { get; private set; }

        /// <summary>Gets what reads alarms of these points.</summary>
        public AlarmRecord Alarms { get; private set; }

        /// <summary>Learns the point that a record names.</summary>
        /// <param name="bytes">Holds the record.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns>The point; null when the record names none that could be, or one that is known.</returns>
        public Point Learn(byte[] bytes, int at, int length)
        {
            int count = length > NameAt ? bytes[at + NameAt - 1] : 0;
            if (count < 1 || count > Point.MaxNameLength || NameAt + count > length)
            {
                return null;
            }

            string name = Encoding.UTF8.GetString(bytes, at + NameAt, count);
            string kind = PointKinds.KindOf(name);
            if (kind == null || Find(name) != null)
            {
                return null;
            }

            Point like = null;
            for (int i = 0; i < Points.Length && like == null; i++)
            {
                like = Points[i].Kind == kind ? Points[i] : null;
            }

            Point point = like == null ? PointKinds.Make(name, kind) : new Point(name, kind, like.Channels);
            Add(point);
            return point;
        }

        private void Add(Point point)
        {
            if (Points.Length - _own < MostOthers)
            {
                Point[] grown = new Point[Points.Length + 1];
                for (int i = 0; i < Points.Length; i++)
                {
                    grown[i] = Points[i];
                }

                grown[Points.Length] = point;
                Points = grown;
            }
            else
            {
                Points[_own + _next] = point;
                _next = (_next + 1) % MostOthers;
            }

            Read();
        }

        private void Read()
        {
            Readings = new ReadingRecord(Points);
            Alarms = new AlarmRecord(Points);
        }

        private Point Find(string name)
        {
            for (int i = 0; i < Points.Length; i++)
            {
                if (Points[i].Name == name)
                {
                    return Points[i];
                }
            }

            return null;
        }
    }
}
