namespace Sensors.Node
{
    /// <summary><c>{"cmd":"unpair","id":"88.118.12345/NODE-0001"}</c>: the node forgets where it belongs, keeps how it measures, and waits to be paired.</summary>
    public sealed class UnpairCommand : WritingCommand
    {
        /// <summary>Makes the command.</summary>
        /// <param name="store">Keeps the settings; null when this node's cannot be changed.</param>
        /// <param name="change">Takes them to the volume, and that they are there is what unpairs the node.</param>
        /// <param name="restart">Is asked for the restart by which it begins to wait.</param>
        public UnpairCommand(SettingsStore store, SettingsChange change, Restart restart)
            : base("unpair", "unpaired by command", store, change, restart)
        {
        }

        /// <inheritdoc/>
        public override string Run(CommandReader command, JsonWriter reply, long now)
        {
            if (Store == null)
            {
                return NoStore;
            }

            string id = command.Text("id");
            if (id == null)
            {
                return command.Error;
            }

            return id.ToUpper() == Settings.Parse(Store.Text).Id.Text.ToUpper()
                ? Write(SettingsText.Unpaired(Store.Text))
                : "\"id\" is not this node's: nothing was changed"; // one that was sent to the wrong topic does no harm
        }
    }
}
