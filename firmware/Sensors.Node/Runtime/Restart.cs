using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>A restart that the node was told to make, once what it holds is safe. From any thread.</summary>
    public sealed class Restart
    {
        private readonly object _gate = new object();
        private string _cause;
        private long _at;

        /// <summary>Asks for it.</summary>
        /// <param name="cause">Why, one line, told after the restart.</param>
        /// <param name="at">When, in milliseconds since start: an answer has to go out first.</param>
        public void Ask(string cause, long at)
        {
            lock (_gate)
            {
                _cause = cause;
                _at = at;
            }
        }

        /// <summary>Tells whether it is time.</summary>
        /// <param name="now">Milliseconds since start.</param>
        /// <returns>The cause; null while there is nothing to do.</returns>
        [HotPath]
        public string Due(long now)
        {
            lock (_gate)
            {
                return _cause != null && now >= _at ? _cause : null;
            }
        }
    }
}
