namespace Sensors.Node
{
    /// <summary>Sends again what the node still holds, on command.</summary>
    public abstract class Replay
    {
        /// <summary>Puts a range of records in line once more.</summary>
        /// <param name="epoch">Their epoch.</param>
        /// <param name="from">First number, 1 or more.</param>
        /// <param name="to">Last number, not below the first.</param>
        /// <param name="records">How many records of the range are held and will be sent.</param>
        /// <returns>Null when they are in line; otherwise why not, in ASCII, for people.</returns>
        public abstract string Ask(long epoch, long from, long to, out int records);
    }
}
