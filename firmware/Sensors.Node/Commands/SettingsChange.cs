using System.Diagnostics.CodeAnalysis;

namespace Sensors.Node
{
    /// <summary>Settings that a command has changed, on their way from the link's thread to the volume, on which only the loop works.</summary>
    public sealed class SettingsChange : NodeTask
    {
        /// <summary>How often the loop looks, in milliseconds.</summary>
        public const int PollMilliseconds = 250;

        private readonly object _gate = new object();
        private readonly SettingsStore _store;
        private byte[] _wanted;
        private bool _done;
        private string _error;

        /// <summary>Makes the way.</summary>
        /// <param name="store">Keeps the settings.</param>
        public SettingsChange(SettingsStore store)
        {
            _store = store;
        }

        /// <summary>Asks for settings to be kept. From the link's thread, one at a time.</summary>
        /// <param name="text">The whole text.</param>
        public void Ask(byte[] text)
        {
            lock (_gate)
            {
                _wanted = text;
                _done = false;
                _error = null;
            }
        }

        /// <summary>Tells what became of it. From the link's thread.</summary>
        /// <param name="error">Null when the settings are durable; otherwise why those there were still count.</param>
        /// <returns>False while it is not known.</returns>
        public bool IsDone(out string error)
        {
            lock (_gate)
            {
                error = _error;
                return _done;
            }
        }

        /// <inheritdoc/>
        public override int Step(long now)
        {
            byte[] wanted;
            lock (_gate)
            {
                wanted = _wanted;
                _wanted = null;
            }

            if (wanted != null)
            {
                string error = Write(wanted);
                lock (_gate)
                {
                    _error = error;
                    _done = true;
                }
            }

            return PollMilliseconds;
        }

        [SuppressMessage("Sensors", "NANO114", Justification = "Once per command, and the node restarts after it.")]
        private string Write(byte[] text)
        {
            try
            {
                _store.Write(text);
                return null;
            }
            catch (VolumeException exception)
            {
                return "not kept: " + exception.Message;
            }
        }
    }
}
