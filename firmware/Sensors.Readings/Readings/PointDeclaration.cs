namespace Sensors.Node
{
    /// <summary>A line of the settings that says what is known of a point's machine, and how its blocks are analysed.</summary>
    /// <remarks><c>point=&lt;point&gt; option=value ...</c>, words separated by blanks; <c>docs/settings.md</c> lists the options.</remarks>
    public sealed class PointDeclaration
    {
        private const double FastestRpm = 60000;
        private const double HighestHertz = 20000;

        private PointDeclaration()
        {
        }

        /// <summary>Gets the point's name.</summary>
        public string Point { get; private set; }

        /// <summary>Gets how blocks of vibration are taken and analysed.</summary>
        public VibrationOptions Vibration { get; } = new VibrationOptions();

        /// <summary>Gets what is known of the machine of a current point.</summary>
        public CurrentOptions Current { get; } = new CurrentOptions();

        /// <summary>Gets how a temperature is averaged and compared.</summary>
        public TemperatureOptions Temperature { get; } = new TemperatureOptions();

        /// <summary>Gets the zone table; null for none.</summary>
        public ZoneTable Zones { get; private set; }

        /// <summary>Gets what is wrong with the line; null when nothing is.</summary>
        public string Error { get; private set; }

        /// <summary>Makes a declaration that says nothing.</summary>
        /// <param name="point">The point's name.</param>
        /// <returns>The declaration.</returns>
        public static PointDeclaration Default(string point)
        {
            return new PointDeclaration { Point = point };
        }

        /// <summary>Reads a declaration.</summary>
        /// <param name="text">What stands behind <c>point=</c>.</param>
        /// <returns>The declaration; see <see cref="Error"/>.</returns>
        public static PointDeclaration Parse(string text)
        {
            PointDeclaration declaration = new PointDeclaration();
            declaration.Error = declaration.Take(text.Split(' '));
            return declaration;
        }

        private string Take(string[] words)
        {
            for (int i = 0; i < words.Length; i++)
            {
                string word = words[i].Trim();
                if (word.Length == 0)
                {
                    continue;
                }

                string error = Point == null ? TakePoint(word) : TakeOption(word);
                if (error != null)
                {
                    return error;
                }
            }

            if (Point == null)
            {
                return "a point needs a name, such as: vib1 rpm=1480 bearing=9,7.94,39.04,0";
            }

            return Vibration.Check();
        }

        private string TakePoint(string word)
        {
            Point = word;
            return PointKinds.KindOf(word) != null ? null : word + " is no point: write vib1, temp1, cur1, hum1 and so on";
        }

        private string TakeOption(string word)
        {
            int equals = word.IndexOf('=');
            if (equals < 1)
            {
                return word + ": expected option=value";
            }

            string name = word.Substring(0, equals);
            string value = word.Substring(equals + 1);
            string kind = PointKinds.KindOf(Point);
            switch (kind)
            {
                case PointKinds.Vibration:
                    return TakeVibration(name, value);
                case PointKinds.Current:
                    return name == "rpm" || name == "mains" ? TakeMachine(name, value) : Unknown(name, kind);
                default:
                    return kind == PointKinds.Temperature ? TakeTemperature(name, value) : Unknown(name, kind);
            }
        }

        private string TakeMachine(string name, string value)
        {
            if (name == "mains")
            {
                Vibration.MainsHertz = value == "60" ? 60f : 50f;
                Current.MainsHertz = Vibration.MainsHertz;
                return value == "50" || value == "60" ? null : "mains must be 50 or 60";
            }

            bool good = NumberText.TryParse(value, out double rpm) && rpm >= 1 && rpm <= FastestRpm;
            Vibration.SpeedRpm = (float)rpm;
            Current.SpeedRpm = (float)rpm;
            return good ? null : "rpm must be from 1 to 60000";
        }

        private string TakeTemperature(string name, string value)
        {
            switch (name)
            {
                case "ambient":
                    Temperature.AmbientPoint = value;
                    return PointKinds.KindOf(value) == PointKinds.Temperature && value != Point ? null : "ambient must be another point of temperature";
                case "average":
                    string error = NumberText.TakeNumber(name, value, 1, 86400, out int seconds);
                    Temperature.AverageSeconds = seconds;
                    return error;
                default:
                    return Unknown(name, PointKinds.Temperature);
            }
        }

        private string TakeVibration(string name, string value)
        {
            switch (name)
            {
                case "rpm":
                case "mains":
                    return TakeMachine(name, value);
                case "block":
                    return TakeLength(name, value, out int block) ?? SetBlock(block);
                case "transform":
                    return TakeLength(name, value, out int transform) ?? SetTransform(transform);
                case "axes":
                    Vibration.OneAxisPerCapture = value == "one";
                    return value == "one" || value == "all" ? null : "axes must be all or one (each has a burst of its own)";
                case "axial":
                    Vibration.AxialAxis = value == "x" ? 0 : value == "z" ? 2 : 1;
                    return value == "x" || value == "y" || value == "z" ? null : "axial must be x, y or z";
                case "velocity":
                    return TakeBand(name, value, out double low, out double high) ?? SetVelocity(low, high);
                case "envelope":
                    return TakeBand(name, value, out low, out high) ?? SetEnvelope(low, high);
                case "bands":
                    return TakeBands(value);
                case "bearing":
                    return TakeBearing(value);
                case "zones":
                    Zones = ZoneTable.Parse(value, out string wrong);
                    return wrong;
                default:
                    return Unknown(name, PointKinds.Vibration);
            }
        }

        private static string TakeLength(string name, string value, out int length)
        {
            bool good = int.TryParse(value, out length) && length >= VibrationOptions.ShortestBlock && length <= VibrationOptions.LongestBlock
                && (length & (length - 1)) == 0;
            return good ? null : name + " must be 256, 512, 1024, 2048 or 4096";
        }

        private static string TakeBand(string name, string value, out double low, out double high)
        {
            double[] edges = NumberText.List(value, '-', 2);
            low = edges != null ? edges[0] : 0;
            high = edges != null ? edges[1] : 0;
            return edges != null && low > 0 && high > low && high <= HighestHertz ? null : name + " must be a band in Hz, such as 10-1000";
        }

        // 10-100,100-1000: 8 to 16 bands, or none.
        private string TakeBands(string value)
        {
            string[] parts = value == "none" ? new string[0] : value.Split(',');
            if (parts.Length > VibrationFields.MostBands)
            {
                return "at most 16 bands";
            }

            float[] edges = new float[2 * parts.Length];
            for (int i = 0; i < parts.Length; i++)
            {
                string error = TakeBand("bands", parts[i], out double low, out double high);
                if (error != null)
                {
                    return "bands must be bands in Hz with commas between, such as 10-100,100-1000, or none";
                }

                edges[2 * i] = (float)low;
                edges[(2 * i) + 1] = (float)high;
            }

            Vibration.BandEdges = edges;
            return null;
        }

        private string TakeBearing(string value)
        {
            double[] numbers = NumberText.List(value, ',', 4);
            if (numbers == null || numbers[0] != (int)numbers[0])
            {
                return "bearing must be elements, their diameter, pitch diameter and contact angle, such as 9,7.94,39.04,0";
            }

            string error = BearingGeometry.Check((int)numbers[0], numbers[1], numbers[2], numbers[3]);
            if (error == null)
            {
                Vibration.Bearing = new BearingGeometry((int)numbers[0], numbers[1], numbers[2], numbers[3]);
            }

            return error;
        }

        private string SetBlock(int samples)
        {
            Vibration.BlockSamples = samples;
            return null;
        }

        private string SetTransform(int samples)
        {
            Vibration.TransformSamples = samples;
            return null;
        }

        private string SetVelocity(double low, double high)
        {
            Vibration.VelocityLow = (float)low;
            Vibration.VelocityHigh = (float)high;
            return null;
        }

        private string SetEnvelope(double low, double high)
        {
            Vibration.EnvelopeLow = (float)low;
            Vibration.EnvelopeHigh = (float)high;
            return low * 2 <= high ? null : "envelope must span an octave or more, such as 500-5000";
        }

        private static string Unknown(string name, string kind)
        {
            return "a point of " + kind + " has no option " + name;
        }
    }
}
