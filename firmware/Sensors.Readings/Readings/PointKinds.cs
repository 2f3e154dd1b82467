namespace Sensors.Node
{
    /// <summary>The kinds of points there are, and what each reports.</summary>
    public static class PointKinds
    {
        /// <summary>Three-axis acceleration: <c>vib1</c>, <c>vib2</c>, ...</summary>
        public const string Vibration = "vibration";

        /// <summary>Temperature: <c>temp1</c>, ...</summary>
        public const string Temperature = "temperature";

        /// <summary>Relative humidity: <c>hum1</c>, ...</summary>
        public const string Humidity = "humidity";

        /// <summary>Electrical current: <c>cur1</c>, ...</summary>
        public const string Current = "current";

        private static readonly string[] Kinds = { Vibration, Temperature, Humidity, Current };

        /// <summary>The most values a point of any kind has.</summary>
        public const int MostFields = VibrationFields.Count;

        internal const int VibrationNumber = 1; // numbers of kinds are stored: they never change

        /// <summary>Tells a kind's number in stored records.</summary>
        /// <param name="kind">One of the kinds.</param>
        /// <returns>1 to 4; 0 for what is none.</returns>
        public static int NumberOf(string kind)
        {
            for (int i = 0; i < Kinds.Length; i++)
            {
                if (Kinds[i] == kind)
                {
                    return VibrationNumber + i;
                }
            }

            return 0;
        }

        /// <summary>Tells how many fields a reading of a kind has.</summary>
        /// <param name="kind">One of the kinds.</param>
        /// <returns>Fields.</returns>
        public static int FieldCountOf(string kind)
        {
            switch (kind)
            {
                case Vibration:
                    return VibrationFields.Count;
                case Temperature:
                case Humidity:
                    return TemperatureFeatures.ValueCount;
                case Current:
                    return CurrentFeatures.ValueCount;
                default:
                    return 0;
            }
        }

        /// <summary>Tells how the names of a kind's points begin.</summary>
        /// <param name="kind">One of the kinds.</param>
        /// <returns>Letters, before the number.</returns>
        public static string Prefix(string kind)
        {
            switch (kind)
            {
                case Vibration:
                    return "vib";
                case Temperature:
                    return "temp";
                case Humidity:
                    return "hum";
                default:
                    return "cur";
            }
        }

        /// <summary>Tells what a point measures, from its name.</summary>
        /// <param name="name">Its name: a kind's prefix and a number from 1, without leading zeros.</param>
        /// <returns>The kind; null when the name is none.</returns>
        public static string KindOf(string name)
        {
            for (int i = 0; i < Kinds.Length; i++)
            {
                string prefix = Prefix(Kinds[i]);
                if (name.StartsWith(prefix) && int.TryParse(name.Substring(prefix.Length), out int number)
                    && number >= 1 && prefix + number.ToString() == name)
                {
                    return Kinds[i];
                }
            }

            return null;
        }

        /// <summary>Makes a point with its kind's channels.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="kind">One of the kinds.</param>
        /// <returns>The point; chip and bus are not known yet.</returns>
        public static Point Make(string name, string kind)
        {
            return Make(name, kind, PointDeclaration.Default(name));
        }

        /// <summary>Makes a point with the channels that what is known of it can yield.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="kind">One of the kinds.</param>
        /// <param name="declaration">What is known of it.</param>
        /// <returns>The point; chip and bus are not known yet.</returns>
        public static Point Make(string name, string kind, PointDeclaration declaration)
        {
            switch (kind)
            {
                case Vibration:
                    return new Point(name, kind, VibrationFeatures.Channels(declaration.Vibration));
                case Temperature:
                    return new Point(name, kind, TemperatureFeatures.Channels(declaration.Temperature));
                case Humidity:
                    return new Point(name, kind, TemperatureFeatures.HumidityChannels());
                default:
                    return new Point(name, kind, CurrentFeatures.Channels(declaration.Current));
            }
        }
    }
}
