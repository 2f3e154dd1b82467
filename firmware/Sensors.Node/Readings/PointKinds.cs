namespace Sensors.Node
{
    /// <summary>The kinds of points there are, and what each reports.</summary>
    public static class PointKinds
    {
        /// <summary>Three-axis acceleration: <c>vib1</c>, <c>vib2</c>, ...</summary>
        public const string Vibration = "vibration";

        /// <summary>Temperature: <c>temp1</c>, ...</summary>
        public const string Temperature = "temperature";

        /// <summary>Electrical current: <c>cur1</c>, ...</summary>
        public const string Current = "current";

        /// <summary>The most values a point of any kind has.</summary>
        public const int MostChannels = VibrationFeatures.ValueCount;

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
                default:
                    return "cur";
            }
        }

        /// <summary>Makes a point with its kind's channels.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="kind">One of the kinds.</param>
        /// <returns>The point; chip and bus are not known yet.</returns>
        public static Point Make(string name, string kind)
        {
            switch (kind)
            {
                case Vibration:
                    return new Point(name, kind, VibrationFeatures.Channels());
                case Temperature:
                    return new Point(name, kind, TemperatureFeatures.Channels());
                default:
                    return new Point(name, kind, CurrentFeatures.Channels());
            }
        }
    }
}
