using System;
using System.Collections.Generic;

namespace Sensors.Drivers.Tests.Wire
{
    /// <summary>A bus that expects exactly these transactions in this order; anything else, or a leftover, fails the test.</summary>
    /// <remarks>
    /// One transaction per line of script, in hexadecimal: <c>R 32 010002000300</c> expects a read of six bytes from 32h and
    /// answers with these; <c>W 2D 08</c> expects a write; <c>!</c> in place of the data answers with no acknowledge. <c>+888</c>
    /// lets so many (decimal) microseconds pass after the transaction before it.
    /// </remarks>
    internal sealed class ScriptedBus : RegisterBus
    {
        private readonly Queue<string> _script = new();
        private readonly StepClock _clock;
        private readonly int _leadIn;

        public ScriptedBus(StepClock clock, int leadInMicroseconds = 1)
            : base("script")
        {
            _clock = clock;
            _leadIn = leadInMicroseconds;
        }

        public override int LeadInMicroseconds => _leadIn;

        public ScriptedBus Expect(params string[] lines)
        {
            foreach (string line in lines)
            {
                _script.Enqueue(line);
            }

            return this;
        }

        public void Done() => Assert.Equal("", string.Join(" | ", _script));

        public override void Read(byte register, byte[] buffer, int count)
        {
            string data = Next("R", register);
            if (data.Length / 2 != count)
            {
                Assert.Fail("R " + register.ToString("X2") + ": " + count + " bytes asked for, " + (data.Length / 2) + " expected");
            }

            Convert.FromHexString(data).CopyTo(buffer, 0);
            LetTimePass();
        }

        public override void Write(byte register, byte[] buffer, int count)
        {
            string expected = Next("W", register);
            Assert.Equal(expected, Convert.ToHexString(buffer, 0, count));
            LetTimePass();
        }

        public override void Reopen()
        {
        }

        public override void Close()
        {
        }

        private string Next(string verb, byte register)
        {
            string what = verb + " " + register.ToString("X2");
            if (_script.Count == 0)
            {
                Assert.Fail("nothing more was expected, came " + what);
            }

            string[] line = _script.Dequeue().Split(' ');
            Assert.Equal(line[0] + " " + line[1], what);
            if (line[2] == "!")
            {
                throw new BusException(Name, register, BusStatus.NotAcknowledged);
            }

            return line[2];
        }

        private void LetTimePass()
        {
            while (_script.TryPeek(out string? line) && line[0] == '+')
            {
                _clock.Now += int.Parse(_script.Dequeue());
            }
        }
    }
}
