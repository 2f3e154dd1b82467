namespace Sensors.Node
{
    /// <summary>A command that writes settings: it is answered once they are on the volume, and the restart by which they count follows.</summary>
    public abstract class WritingCommand : NodeCommand
    {
        /// <summary>What is answered where the node's settings cannot be changed.</summary>
        internal const string NoStore = "this node's settings cannot be reached by command";

        private static readonly byte[] Restarts = JsonText.NameOf("restart");

        private readonly string _cause;
        private readonly SettingsChange _change;
        private readonly Restart _restart;

        /// <summary>Makes the command.</summary>
        /// <param name="name">What it is called.</param>
        /// <param name="cause">Why the node restarts, for the next status.</param>
        /// <param name="store">Keeps the settings; null when this node's cannot be changed.</param>
        /// <param name="change">Takes them to the volume.</param>
        /// <param name="restart">Is asked for the restart.</param>
        protected WritingCommand(string name, string cause, SettingsStore store, SettingsChange change, Restart restart)
            : base(name)
        {
            _cause = cause;
            Store = store;
            _change = change;
            _restart = restart;
        }

        /// <summary>Gets what keeps the settings; null when this node's cannot be changed.</summary>
        protected SettingsStore Store { get; }

        /// <inheritdoc/>
        public override bool Finish(JsonWriter reply, long now, out string error)
        {
            if (!_change.IsDone(out error))
            {
                return false;
            }

            if (error == null)
            {
                _restart.Ask(_cause, now + RebootCommand.DelayMilliseconds);
                reply.Name(Restarts);
                reply.Flag(true);
            }

            return true;
        }

        /// <summary>Has settings written.</summary>
        /// <param name="text">All of them.</param>
        /// <returns>What <see cref="NodeCommand.Run"/> gives back.</returns>
        protected string Write(byte[] text)
        {
            _change.Ask(text);
            return Later;
        }
    }
}
