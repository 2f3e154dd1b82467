namespace Sensors.Node
{
    /// <summary><c>{"cmd":"identify","seconds":30}</c>: blinks the board's light; 0 seconds stop it.</summary>
    public sealed class IdentifyCommand : NodeCommand
    {
        private const int UsualSeconds = 30;
        private const int MostSeconds = 3600;

        private static readonly byte[] Seconds = JsonText.NameOf("seconds");

        private readonly Blinker _blinker;

        /// <summary>Makes the command.</summary>
        /// <param name="blinker">Blinks; null when the board has no light.</param>
        public IdentifyCommand(Blinker blinker)
            : base("identify")
        {
            _blinker = blinker;
        }

        /// <inheritdoc/>
        public override string Run(CommandReader command, JsonWriter reply, long now)
        {
            long seconds = command.Number("seconds", 0, MostSeconds, UsualSeconds);
            if (command.Error != null || _blinker == null)
            {
                return command.Error ?? "this board has no light";
            }

            _blinker.BlinkUntil(now + (seconds * 1000));
            reply.Name(Seconds);
            reply.Number(seconds);
            return null;
        }
    }

    /// <summary><c>{"cmd":"time","ts":1763600000123,"for":71234,"uncertainty":20}</c>: the edge's answer to a status message that asked for the time.</summary>
    public sealed class TimeCommand : NodeCommand
    {
        private const long MostUncertainty = 3600000;

        private static readonly byte[] Uncertainty = JsonText.NameOf("uncertainty");

        private readonly TimeKeeper _time;

        /// <summary>Makes the command.</summary>
        /// <param name="time">Takes the time.</param>
        public TimeCommand(TimeKeeper time)
            : base("time")
        {
            _time = time;
        }

        /// <inheritdoc/>
        public override string Run(CommandReader command, JsonWriter reply, long now)
        {
            long utc = command.Number("ts", 0, CommandReader.Largest);
            long asked = command.Number("for", 0, CommandReader.Largest);
            long uncertainty = command.Number("uncertainty", 0, MostUncertainty);
            string error = command.Error ?? _time.Offer(utc, asked, uncertainty, now);
            if (error == null)
            {
                reply.Name(Uncertainty);
                reply.Number(_time.Uncertainty);
            }

            return error;
        }
    }

    /// <summary><c>{"cmd":"replay","epoch":2801152377749507,"from":120,"to":140}</c>: sends records again that the node still holds.</summary>
    public sealed class ReplayCommand : NodeCommand
    {
        private static readonly byte[] Records = JsonText.NameOf("records");

        private readonly Replay _replay;

        /// <summary>Makes the command.</summary>
        /// <param name="replay">Sends records again.</param>
        public ReplayCommand(Replay replay)
            : base("replay")
        {
            _replay = replay;
        }

        /// <inheritdoc/>
        public override string Run(CommandReader command, JsonWriter reply, long now)
        {
            long epoch = command.Number("epoch", 1, CommandReader.Largest);
            long from = command.Number("from", 1, CommandReader.Largest);
            long to = command.Number("to", from, CommandReader.Largest);
            if (command.Error != null)
            {
                return command.Error;
            }

            string error = _replay.Ask(epoch, from, to, out int records);
            if (error == null)
            {
                reply.Name(Records);
                reply.Number(records);
            }

            return error;
        }
    }

    /// <summary><c>{"cmd":"reboot"}</c>: restarts the node, once what it holds is on the volume.</summary>
    public sealed class RebootCommand : NodeCommand
    {
        /// <summary>How long a restart waits for the answer to go out, in milliseconds.</summary>
        public const int DelayMilliseconds = 2000;

        private const string Cause = "reboot by command";

        private readonly Restart _restart;

        /// <summary>Makes the command.</summary>
        /// <param name="restart">Is asked.</param>
        public RebootCommand(Restart restart)
            : base("reboot")
        {
            _restart = restart;
        }

        /// <inheritdoc/>
        public override string Run(CommandReader command, JsonWriter reply, long now)
        {
            _restart.Ask(Cause, now + DelayMilliseconds);
            return null;
        }
    }
}
