using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>A restart that the node was told to make, once what it holds is safe and who asked has the answer. From any thread.</summary>
    public sealed class Restart
    {
        /// <summary>How much longer a restart waits for an answer that is on its way, in milliseconds: by then a link that is down is up again, or will not be soon.</summary>
        public const int AnswerMilliseconds = 15000;

        private readonly object _gate = new object();
        private string _cause;
        private long _at;
        private bool _answering;

        /// <summary>Gets or sets whether an answer to a command is on its way.</summary>
        public bool Answering
        {
            get { lock (_gate) { return _answering; } }
            set { lock (_gate) { _answering = value; } }
        }

        /// <summary>Asks for it.</summary>
        /// <param name="cause">Why, one line, told after the restart.</param>
        /// <param name="at">When, in milliseconds since start; later while an answer is on its way.</param>
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
                return _cause != null && now >= (_answering ? _at + AnswerMilliseconds : _at) ? _cause : null;
            }
        }
    }
}
