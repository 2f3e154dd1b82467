using System;
using Sensors.Node;

namespace Sensors.Pairing.Tests.Fakes
{
    /// <summary>Time that goes on only while somebody waits, and tells who else acts meanwhile.</summary>
    internal sealed class TestTime : Clock
    {
        private long _microseconds = 5_000_000;

        /// <summary>Gets or sets what happens whenever time has gone on.</summary>
        public Action Passed { get; set; } = () => { };

        public override long Microseconds => _microseconds;

        public override void Wait(int microseconds) => _microseconds += microseconds;

        public override void Sleep(int milliseconds)
        {
            _microseconds += milliseconds * 1000L;
            Passed();
        }
    }
}
