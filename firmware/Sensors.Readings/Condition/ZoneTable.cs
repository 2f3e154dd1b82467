using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The boundaries between the zones A to D of ISO 20816, as velocity RMS in mm/s.</summary>
    /// <remarks>
    /// <para>
    /// A: newly commissioned machines. B: good for unrestricted operation. C: not for continuous operation. D: severe enough to damage. A value at a boundary
    /// still belongs to the zone below. The largest of the measured directions counts.
    /// </para>
    /// <para>
    /// The named tables: <c>group1</c> (above 300 kW, or shaft height from 315 mm) and <c>group2</c> (above 15 kW to 300 kW, or 160 to 315 mm) on a <c>rigid</c> or
    /// <c>flexible</c> support are those of ISO 10816-3:2009, as repeated in public tools; <c>class1</c> (up to 15 kW), <c>class2</c> (15 to 75 kW), <c>class3</c>
    /// (large, rigid) and <c>class4</c> (large, soft) are those of ISO 10816-1:1995, which ISO 20816-1:2016 replaced by ranges (A/B 0.71 to 4.5, B/C 1.8 to 9.3,
    /// C/D 4.5 to 14.7).
    /// </para>
    /// <para>
    /// Open: one source says that ISO 20816-3:2022 puts zones A and B together, another that it read the text and found A, B, C and D. Nobody of this
    /// project has the text. So the numbers can be written out (<c>2.3/4.5/7.1</c>): who has the standard, or the maker's figures, should do that.
    /// </para>
    /// </remarks>
    public sealed class ZoneTable
    {
        private static readonly string[] Names =
        {
            "group1-rigid", "group1-flexible", "group2-rigid", "group2-flexible", "class1", "class2", "class3", "class4",
        };

        private static readonly float[] Boundaries =
        {
            2.3f, 4.5f, 7.1f, 3.5f, 7.1f, 11.0f, 1.4f, 2.8f, 4.5f, 2.3f, 4.5f, 7.1f,
            0.71f, 1.8f, 4.5f, 1.12f, 2.8f, 7.1f, 1.8f, 4.5f, 11.2f, 2.8f, 7.1f, 18.0f,
        };

        private ZoneTable(string name, float ab, float bc, float cd)
        {
            Name = name;
            BoundaryAB = ab;
            BoundaryBC = bc;
            BoundaryCD = cd;
        }

        /// <summary>Gets the name, or the numbers as they were written.</summary>
        public string Name { get; }

        /// <summary>Gets the boundary between A and B, in mm/s.</summary>
        public float BoundaryAB { get; }

        /// <summary>Gets the boundary between B and C, in mm/s.</summary>
        public float BoundaryBC { get; }

        /// <summary>Gets the boundary between C and D, in mm/s.</summary>
        public float BoundaryCD { get; }

        /// <summary>Finds a table by name, or reads three numbers.</summary>
        /// <param name="text">A name of the remarks, or A/B, B/C and C/D in mm/s with slashes between them, each larger than the one before.</param>
        /// <param name="error">What is wrong with the text; null when nothing is.</param>
        /// <returns>The table; null when there is an error.</returns>
        public static ZoneTable Parse(string text, out string error)
        {
            error = null;
            for (int i = 0; i < Names.Length; i++)
            {
                if (Names[i] == text)
                {
                    return new ZoneTable(text, Boundaries[3 * i], Boundaries[(3 * i) + 1], Boundaries[(3 * i) + 2]);
                }
            }

            double[] numbers = NumberText.List(text, '/', 3);
            if (numbers == null)
            {
                error = text + " is no zone table: write three numbers in mm/s such as 2.3/4.5/7.1, or one of";
                for (int i = 0; i < Names.Length; i++) { error += " " + Names[i]; }
                return null;
            }

            if (!(numbers[0] > 0 && numbers[1] > numbers[0] && numbers[2] > numbers[1]))
            {
                error = text + ": the boundaries A/B, B/C and C/D are more than 0, each larger than the one before";
                return null;
            }

            return new ZoneTable(text, (float)numbers[0], (float)numbers[1], (float)numbers[2]);
        }

        /// <summary>Tells the zone of a velocity.</summary>
        /// <param name="mmPerSecond">Velocity RMS of the largest direction, in mm/s; NaN when there is none.</param>
        /// <returns>1 to 4 for A to D; 0 without a velocity.</returns>
        [HotPath]
        public int ZoneOf(float mmPerSecond)
        {
            if (!(mmPerSecond >= 0)) { return 0; }
            if (mmPerSecond <= BoundaryAB) { return 1; }
            if (mmPerSecond <= BoundaryBC) { return 2; }
            return mmPerSecond <= BoundaryCD ? 3 : 4;
        }
    }
}
