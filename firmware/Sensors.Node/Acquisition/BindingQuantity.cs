namespace Sensors.Node
{
    /// <summary>One of the quantities a chip behind a binding measures.</summary>
    public sealed class BindingQuantity
    {
        /// <summary>Makes a quantity.</summary>
        /// <param name="kind">One of <see cref="PointKinds"/>.</param>
        /// <param name="channel">Its name in settings, such as <c>ambient</c>.</param>
        /// <param name="lowest">The lowest value the chip can tell, in °C or %.</param>
        /// <param name="highest">The highest value the chip can tell, in °C or %.</param>
        public BindingQuantity(string kind, string channel, float lowest, float highest)
        {
            Kind = kind;
            Channel = channel;
            Lowest = lowest;
            Highest = highest;
        }

        /// <summary>Gets the kind of point it is for.</summary>
        public string Kind { get; }

        /// <summary>Gets its name in settings.</summary>
        public string Channel { get; }

        /// <summary>Gets the lowest value the chip can tell.</summary>
        public float Lowest { get; }

        /// <summary>Gets the highest value the chip can tell.</summary>
        public float Highest { get; }
    }
}
