namespace Sensors.Node
{
    /// <summary>The board's light, by which a person finds the node.</summary>
    public abstract class Indicator
    {
        /// <summary>Switches it.</summary>
        /// <param name="on">Whether it shines.</param>
        public abstract void Set(bool on);
    }
}
