using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Host;

namespace Sensors.Cli.Tests.Support
{
    /// <summary>Somebody at a terminal who expects certain questions, in this order, and answers them.</summary>
    internal sealed class ScriptedDialog : IDialog
    {
        private readonly Queue<(string Question, string Answer, bool Secret, Action? Before)> _script = new();
        private TestHost? _host;

        /// <summary>Gets how many answers nobody asked for.</summary>
        public int Left => _script.Count;

        /// <summary>Adds an answer.</summary>
        /// <param name="question">What the question must contain.</param>
        /// <param name="answer">The answer.</param>
        /// <param name="before">What happens before it is given.</param>
        public ScriptedDialog Answer(string question, string answer, Action? before = null)
        {
            _script.Enqueue((question, answer, false, before));
            return this;
        }

        /// <summary>Adds an answer that must not be shown.</summary>
        public ScriptedDialog Secret(string question, string answer)
        {
            _script.Enqueue((question, answer, true, null));
            return this;
        }

        public ScriptedDialog At(TestHost host)
        {
            _host = host;
            return this;
        }

        public Task<string?> ReadLineAsync(bool secret, CancellationToken stop)
        {
            string asked = _host!.Error[(_host.Error.LastIndexOf('\n') + 1)..];
            if (!_script.TryDequeue(out (string Question, string Answer, bool Secret, Action? Before) next))
            {
                throw new InvalidOperationException($"Nobody expected the question '{asked}'.");
            }

            Assert.Contains(next.Question, asked);
            Assert.Equal(next.Secret, secret);
            next.Before?.Invoke();
            _host.Answered(secret ? string.Empty : next.Answer);
            return Task.FromResult<string?>(next.Answer);
        }
    }
}
