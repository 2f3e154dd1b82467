namespace Sensors.Node
{
    /// <summary><c>{"cmd":"unpair","id":"88.118.12345/NODE-0001"}</c>: the node forgets where it belongs, keeps how it measures, and waits to be paired.</summary>
    public sealed class UnpairCommand : NodeCommand
    {
        private const string Cause = "unpaired by command";

        private static readonly byte[] Restarts = JsonText.NameOf("restart");

        private readonly SettingsStore _store;
        private readonly SettingsChange _change;
        private readonly Restart _restart;

        /// <summary>Makes the command.</summary>
        /// <param name="store">Keeps the settings; null when this node's cannot be changed.</param>
        /// <param name="change">Takes them to the volume, and that they are there is what unpairs the node.</param>
        /// <param name="restart">Is asked for the restart by which it begins to wait.</param>
        public UnpairCommand(SettingsStore store, SettingsChange change, Restart restart)
            : base("unpair")
        {
            _store = store;
            _change = change;
            _restart = restart;
        }

        /// <inheritdoc/>
        public override string Run(CommandReader command, JsonWriter reply, long now)
        {
            if (_store == null)
            {
                return SetCommand.NoStore;
            }

            string id = command.Text("id");
            if (id == null)
            {
                return command.Error;
            }

            if (id.ToUpper() != Settings.Parse(_store.Text).Id.Text.ToUpper())
            {
                return "\"id\" is not this node's: nothing was changed"; // one that was sent to the wrong topic does no harm
            }

            _change.Ask(SettingsText.Unpaired(_store.Text));
            return Later;
        }

        /// <inheritdoc/>
        public override bool Finish(JsonWriter reply, long now, out string error)
        {
            if (!_change.IsDone(out error))
            {
                return false;
            }

            if (error == null)
            {
                _restart.Ask(Cause, now + RebootCommand.DelayMilliseconds);
                reply.Name(Restarts);
                reply.Flag(true);
            }

            return true;
        }
    }
}
