using System;
using System.Text;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>One measuring point of a node and what it reports.</summary>
    public sealed class Point
    {
        /// <summary>The most characters of a point's name.</summary>
        public const int MaxNameLength = 16;

        /// <summary>Makes a point.</summary>
        /// <param name="name">Its name in topics and readings, such as <c>vib1</c>: a to z, 0 to 9, 1 to 16 characters.</param>
        /// <param name="kind">What is measured: <c>vibration</c>, <c>temperature</c>, <c>humidity</c> or <c>current</c>.</param>
        /// <param name="channels">What it reports, in the order of messages; fields of the kind that are not named here are not told.</param>
        /// <exception cref="ArgumentException">The name has another character, or too many or none.</exception>
        public Point(string name, string kind, Channel[] channels)
        {
            if (!IsName(name))
            {
                throw new ArgumentException("A point's name has 1 to 16 characters, a to z and 0 to 9, not: " + name);
            }

            Name = name;
            Kind = kind;
            Channels = channels;
            NameJson = JsonText.Of(name);
            KindJson = JsonText.Of(kind);
            NameBytes = Encoding.UTF8.GetBytes(name);
            KindNumber = PointKinds.NumberOf(kind);
            FieldCount = PointKinds.FieldCountOf(kind);
        }

        /// <summary>Gets the name in topics and readings.</summary>
        public string Name { get; }

        /// <summary>Gets what is measured.</summary>
        public string Kind { get; }

        /// <summary>Gets what each value is.</summary>
        public Channel[] Channels { get; }

        /// <summary>Gets or sets the chip found at this point, such as <c>ADXL345</c>; null while none was found.</summary>
        public string Chip { get; set; }

        /// <summary>Gets or sets where the chip is wired, such as <c>SPI1 CS27</c>; null while none was found.</summary>
        public string Bus { get; set; }

        /// <summary>Gets or sets how often a reading is made, in milliseconds; 0 while that is not known.</summary>
        public int IntervalMilliseconds { get; set; }

        /// <summary>Gets or sets the sampling rate the chip was set to, in hertz; NaN where it has none.</summary>
        public float NominalRate { get; set; } = float.NaN;

        /// <summary>Gets or sets the lowest value a sample can have, in the unit of the first channel; NaN while that is not known.</summary>
        public float RangeLow { get; set; } = float.NaN;

        /// <summary>Gets or sets the highest value a sample can have, in the unit of the first channel; NaN while that is not known.</summary>
        public float RangeHigh { get; set; } = float.NaN;

        /// <summary>Gets the name as a JSON string, prepared for messages.</summary>
        public byte[] NameJson { get; }

        internal byte[] KindJson { get; }

        internal byte[] NameBytes { get; }

        internal int KindNumber { get; }

        internal int FieldCount { get; }

        /// <summary>Tells how stored records keep a field.</summary>
        [HotPath]
        internal ValueForm FormOf(int field)
        {
            return KindNumber == PointKinds.VibrationNumber ? VibrationFields.FormOf(field) : ValueForm.Float;
        }

        private static bool IsName(string name)
        {
            if (name == null || name.Length == 0) { return false; }
            char[] c = name.ToCharArray();
            if (c.Length > MaxNameLength) { return false; }
            for (int i = 0; i < c.Length; i++)
            {
                if (!((c[i] >= 'a' && c[i] <= 'z') || (c[i] >= '0' && c[i] <= '9'))) { return false; }
            }

            return true;
        }
    }

    /// <summary>One value of a point: its name in messages, its unit, its meaning.</summary>
    public sealed class Channel
    {
        /// <summary>Makes a channel.</summary>
        /// <param name="name">Name in <c>values</c>, such as <c>x_rms</c>.</param>
        /// <param name="unit">Unit as SenML writes it (RFC 8428, 12.1), such as <c>m/s2</c>; <c>/</c> for a plain ratio.</param>
        /// <param name="meaning">One short sentence.</param>
        /// <param name="field">Where its value is in <see cref="Reading.Values"/>, and its number in stored records: it never changes.</param>
        public Channel(string name, string unit, string meaning, int field)
        {
            Name = name;
            Unit = unit;
            Meaning = meaning;
            Field = field;
            NameJson = JsonText.NameOf(name);
        }

        /// <summary>Gets the name in messages.</summary>
        public string Name { get; }

        /// <summary>Gets the unit.</summary>
        public string Unit { get; }

        /// <summary>Gets the meaning.</summary>
        public string Meaning { get; }

        /// <summary>Gets where its value is in <see cref="Reading.Values"/>, and its number in stored records.</summary>
        public int Field { get; }

        internal byte[] NameJson { get; }
    }
}
