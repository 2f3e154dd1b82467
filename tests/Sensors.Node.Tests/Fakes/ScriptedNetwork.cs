using System.Collections.Generic;

namespace Sensors.Node.Tests.Fakes
{
    /// <summary>A network that does what the test says, and writes down what was asked of it.</summary>
    internal sealed class ScriptedNetwork : Network
    {
        private readonly List<string> _events;

        public ScriptedNetwork(List<string> events)
        {
            _events = events;
        }

        public bool Up { get; set; }

        /// <summary>Gets or sets what the next joins say; null lets them succeed.</summary>
        public string? JoinError { get; set; }

        /// <summary>Gets or sets the time servers' UTC in milliseconds; 0 while they are blocked.</summary>
        public long Utc { get; set; }

        public override bool IsUp => Up;

        public override string? Join(Settings settings)
        {
            _events.Add("join");
            Up = JoinError == null;
            return JoinError;
        }

        /// <summary>Gets or sets the time the board still knew at its start; 0 for none.</summary>
        public long Held { get; set; }

        public override void Leave()
        {
            _events.Add("leave");
            Up = false;
        }

        public override long HeldTime() => Held;

        public override void StartTime(string server) => _events.Add("time " + server);

        public override long CheckTime() => World?.Invoke() ?? Utc;

        /// <summary>Gets or sets the world's time where it goes on by itself; null while <see cref="Utc"/> tells it.</summary>
        public System.Func<long>? World { get; set; }

        /// <summary>Gets the time the board's own clock was set to last; 0 when it was not.</summary>
        public long BoardTime { get; private set; }

        public override void SetTime(long utc) => BoardTime = utc;
    }
}
