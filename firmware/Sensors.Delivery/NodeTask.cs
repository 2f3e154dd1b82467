namespace Sensors.Node
{
    /// <summary>One job of the node's loop. It does bounded work and says when it wants to run again.</summary>
    public abstract class NodeTask
    {
        /// <summary>Does what is due.</summary>
        /// <param name="now">Milliseconds since the board started.</param>
        /// <returns>Milliseconds until the task wants to run again, 0 or more.</returns>
        public abstract int Step(long now);
    }
}
