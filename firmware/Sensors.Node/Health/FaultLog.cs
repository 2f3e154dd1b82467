using System;
using System.Diagnostics.CodeAnalysis;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Counts what was thrown inside the node, for the status message, and keeps the last of it.</summary>
    public sealed class FaultLog
    {
        private readonly object _gate = new object();
        private int _count;
        private string _last;

        /// <summary>Gets how many exceptions were caught since start.</summary>
        public int Count
        {
            [HotPath]
            get { lock (_gate) { return _count; } }
        }

        /// <summary>Gets what the last one said, or null.</summary>
        public string Last
        {
            get { lock (_gate) { return _last; } }
        }

        /// <summary>Notes an exception.</summary>
        /// <param name="exception">What was caught.</param>
        [SuppressMessage("Sensors", "NANO114", Justification = "Something was thrown: that has allocated already.")]
        public void Add(Exception exception)
        {
            string text = exception.GetType().Name + ": " + exception.Message;
            lock (_gate)
            {
                _count++;
                _last = text;
            }
        }
    }
}
