namespace Sensors.Node
{
    /// <summary><c>{"cmd":"capture","point":"vib1","before":1,"after":0}</c>: takes the next block of a point, and those around it.</summary>
    public sealed class CaptureCommand : NodeCommand
    {
        private static readonly byte[] Capture = JsonText.NameOf("capture");
        private static readonly byte[] PointName = JsonText.NameOf("point");
        private static readonly byte[] Before = JsonText.NameOf("before");
        private static readonly byte[] After = JsonText.NameOf("after");
        private static readonly byte[] Epoch = JsonText.NameOf("epoch");
        private static readonly byte[] Event = JsonText.NameOf("event");
        private static readonly byte[] Missed = JsonText.NameOf("missed");
        private static readonly byte[] CaptureMissed = JsonText.Of("capture-missed");
        private static readonly byte[] CaptureFailed = JsonText.Of("capture-failed");

        private readonly CaptureBuffer _buffer;
        private readonly Incarnation _incarnation;
        private readonly Point[] _points;

        /// <summary>Makes the command.</summary>
        /// <param name="buffer">Takes captures.</param>
        /// <param name="incarnation">The node's epoch.</param>
        /// <param name="points">The node's points.</param>
        public CaptureCommand(CaptureBuffer buffer, Incarnation incarnation, Point[] points)
            : base("capture")
        {
            _buffer = buffer;
            _incarnation = incarnation;
            _points = points;
        }

        /// <inheritdoc/>
        public override string Run(CommandReader command, JsonWriter reply, long now)
        {
            int most = _buffer.Blocks - 1;
            if (most < 0)
            {
                return "this node has no memory for captures";
            }

            string name = command.Text("point");
            int before = (int)command.Number("before", 0, most, 0);
            int after = (int)command.Number("after", 0, most, 0);
            if (command.Error != null)
            {
                return command.Error;
            }

            Point point = Find(name);
            if (point == null || point.Kind != PointKinds.Vibration)
            {
                return point == null ? "this node has no such point" : "no raw samples are kept of this point: it measures no vibration";
            }

            if (before + after > most)
            {
                return "before and after are together at most " + most.ToString() + ": this node keeps " + _buffer.Blocks.ToString() + " blocks";
            }

            if (!_buffer.TryStart(point, before, after, now))
            {
                return "busy: capture " + _buffer.Number.ToString() + " is being " + _buffer.Doing;
            }

            reply.Name(Epoch);
            reply.Number(_incarnation.Epoch);
            reply.Name(Capture);
            reply.Number(_buffer.Number);
            reply.Name(PointName);
            reply.Text(point.NameJson);
            reply.Name(Before);
            reply.Number(before);
            reply.Name(After);
            reply.Number(after);
            return null;
        }

        /// <inheritdoc/>
        public override bool Tell(JsonWriter news)
        {
            int failed = _buffer.TakeFailed(out Point point);
            if (failed != 0)
            {
                Write(news, CaptureFailed, failed, point);
                return true;
            }

            int missed = _buffer.TakeMissed(out point);
            if (missed == 0)
            {
                return false;
            }

            Write(news, CaptureMissed, _buffer.Number, point);
            news.Name(Missed);
            news.Number(missed);
            return true;
        }

        private void Write(JsonWriter news, byte[] what, int number, Point point)
        {
            news.Name(Event);
            news.Text(what);
            news.Name(Epoch);
            news.Number(_incarnation.Epoch);
            news.Name(Capture);
            news.Number(number);
            news.Name(PointName);
            news.Text(point.NameJson);
        }

        private Point Find(string name)
        {
            for (int i = 0; i < _points.Length; i++)
            {
                if (_points[i].Name == name)
                {
                    return _points[i];
                }
            }

            return null;
        }
    }

    /// <summary>A command about a capture that was taken: it names its number, and may name its epoch.</summary>
    public abstract class HeldCaptureCommand : NodeCommand
    {
        private const long MostEpoch = (1L << 53) - 1;
        private static readonly byte[] Capture = JsonText.NameOf("capture");

        private readonly Incarnation _incarnation;

        /// <summary>Makes the command.</summary>
        /// <param name="name">What the member <c>cmd</c> says.</param>
        /// <param name="incarnation">The node's epoch.</param>
        protected HeldCaptureCommand(string name, Incarnation incarnation)
            : base(name)
        {
            _incarnation = incarnation;
        }

        /// <inheritdoc/>
        public sealed override string Run(CommandReader command, JsonWriter reply, long now)
        {
            int capture = (int)command.Number("capture", 1, int.MaxValue);
            long epoch = command.Number("epoch", 0, MostEpoch, _incarnation.Epoch);
            if (command.Error != null)
            {
                return command.Error;
            }

            if (epoch != _incarnation.Epoch)
            {
                return "the node has restarted since: its captures are gone";
            }

            reply.Name(Capture);
            reply.Number(capture);
            return Run(command, capture);
        }

        /// <summary>Does it.</summary>
        /// <param name="command">The command's members.</param>
        /// <param name="capture">The capture's number.</param>
        /// <returns>Null when it is done; otherwise what is wrong.</returns>
        protected abstract string Run(CommandReader command, int capture);
    }

    /// <summary><c>{"cmd":"resend","capture":7,"from":12,"to":20}</c>: sends chunks again, while the node holds the capture.</summary>
    public sealed class ResendCommand : HeldCaptureCommand
    {
        private const int LastChunk = 65535;

        private readonly CaptureSender _sender;

        /// <summary>Makes the command.</summary>
        /// <param name="sender">Sends chunks.</param>
        /// <param name="incarnation">The node's epoch.</param>
        public ResendCommand(CaptureSender sender, Incarnation incarnation)
            : base("resend", incarnation)
        {
            _sender = sender;
        }

        /// <inheritdoc/>
        protected override string Run(CommandReader command, int capture)
        {
            int from = (int)command.Number("from", 0, LastChunk, 0);
            int to = (int)command.Number("to", from, LastChunk, LastChunk);
            return command.Error ?? _sender.Resend(capture, from, to);
        }
    }

    /// <summary><c>{"cmd":"cancel","capture":7}</c>: gives a capture up, so that the next one can begin.</summary>
    public sealed class CancelCommand : HeldCaptureCommand
    {
        private readonly CaptureBuffer _buffer;

        /// <summary>Makes the command.</summary>
        /// <param name="buffer">Holds captures.</param>
        /// <param name="incarnation">The node's epoch.</param>
        public CancelCommand(CaptureBuffer buffer, Incarnation incarnation)
            : base("cancel", incarnation)
        {
            _buffer = buffer;
        }

        /// <inheritdoc/>
        protected override string Run(CommandReader command, int capture)
        {
            return _buffer.Cancel(capture) ? null : "capture " + capture.ToString() + " is not held";
        }
    }
}
