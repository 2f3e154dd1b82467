namespace Sensors.Node
{
    /// <summary>Something the node does when it is told to.</summary>
    /// <remarks>On the link's thread, between two messages: bounded work. What belongs to the loop is noted down for it.</remarks>
    public abstract class NodeCommand
    {
        /// <summary>What <see cref="Run"/> gives where only <see cref="Finish"/> can tell how it went.</summary>
        public static readonly string Later = "later";

        /// <summary>Makes a command.</summary>
        /// <param name="name">What the member <c>cmd</c> says.</param>
        protected NodeCommand(string name)
        {
            Name = name;
        }

        /// <summary>Gets what the member <c>cmd</c> says.</summary>
        public string Name { get; }

        /// <summary>Does it.</summary>
        /// <param name="command">The command's members. What is asked of it and is not there sets its error, which is then the answer.</param>
        /// <param name="reply">Takes further members of the answer, after <c>req</c> and <c>ok</c>.</param>
        /// <param name="now">Milliseconds since start.</param>
        /// <returns>Null when it is done; <see cref="Later"/>; otherwise what is wrong, in ASCII, for people.</returns>
        public abstract string Run(CommandReader command, JsonWriter reply, long now);

        /// <summary>Tells how that went which <see cref="Run"/> only began; asked until it is known. Other commands wait meanwhile.</summary>
        /// <param name="reply">Takes further members of the answer, after <c>req</c> and <c>ok</c>.</param>
        /// <param name="now">Milliseconds since start.</param>
        /// <param name="error">Null when it is done; otherwise what is wrong, in ASCII, for people.</param>
        /// <returns>False while it is not known.</returns>
        public virtual bool Finish(JsonWriter reply, long now, out string error)
        {
            error = null;
            return true;
        }

        /// <summary>Tells what nobody asked for just now: how something went that was begun long ago, or did not come about.</summary>
        /// <param name="news">Takes the members of the message.</param>
        /// <returns>True when there is something, and it was written.</returns>
        public virtual bool Tell(JsonWriter news)
        {
            return false;
        }
    }
}
