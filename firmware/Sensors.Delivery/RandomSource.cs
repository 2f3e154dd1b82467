namespace Sensors.Node
{
    /// <summary>Chance: the hardware's on a board, a seed's in a simulation.</summary>
    public abstract class RandomSource
    {
        /// <summary>Draws a number.</summary>
        /// <param name="limit">1 or more.</param>
        /// <returns>0 to <paramref name="limit"/> - 1, all equally likely.</returns>
        public abstract int Next(int limit);

        /// <summary>Draws bytes.</summary>
        /// <param name="buffer">Filled whole.</param>
        public abstract void Fill(byte[] buffer);
    }
}
