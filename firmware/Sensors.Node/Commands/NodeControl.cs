namespace Sensors.Node
{
    /// <summary>The commands that every node has, and the jobs of the loop they need.</summary>
    public sealed class NodeControl
    {
        /// <summary>Makes them.</summary>
        /// <param name="parts">The board's parts.</param>
        /// <param name="time">Takes the edge's time.</param>
        /// <param name="replay">Sends records again.</param>
        public NodeControl(NodeParts parts, TimeKeeper time, Replay replay)
        {
            SettingsChange change = parts.Store == null ? null : new SettingsChange(parts.Store);
            Blinker blinker = parts.Indicator == null ? null : new Blinker(parts.Indicator);
            Commands = new NodeCommand[]
            {
                new IdentifyCommand(blinker),
                new GetCommand(parts.Store),
                new SetCommand(parts.Store, change, parts.Restart),
                new UnpairCommand(parts.Store, change, parts.Restart),
                new TimeCommand(time),
                new ReplayCommand(replay),
                new RebootCommand(parts.Restart),
            };

            Tasks = new NodeTask[(change == null ? 0 : 1) + (blinker == null ? 0 : 1)];
            int count = 0;
            if (change != null)
            {
                Tasks[count++] = change;
            }

            if (blinker != null)
            {
                Tasks[count] = blinker;
            }
        }

        /// <summary>Gets the commands.</summary>
        public NodeCommand[] Commands { get; }

        /// <summary>Gets the jobs, for the node's loop.</summary>
        public NodeTask[] Tasks { get; }
    }
}
