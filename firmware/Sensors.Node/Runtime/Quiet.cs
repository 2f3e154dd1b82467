using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Silence while a block is drained: publishing and file work wait until the burst is over.</summary>
    /// <remarks>A FIFO at 3,200 Hz overruns after 10 ms, and a managed thread keeps the interpreter for up to 20 ms.</remarks>
    public sealed class Quiet
    {
        private readonly object _gate = new object();
        private bool _wanted;

        /// <summary>Gets whether others have to wait.</summary>
        public bool Wanted
        {
            [HotPath]
            get { lock (_gate) { return _wanted; } }
        }

        /// <summary>Asks for silence.</summary>
        [HotPath]
        public void Begin()
        {
            lock (_gate)
            {
                _wanted = true;
            }
        }

        /// <summary>Ends it.</summary>
        [HotPath]
        public void End()
        {
            lock (_gate)
            {
                _wanted = false;
            }
        }
    }
}
