using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Host;
using Sensors.Cli.VirtualNodes;

namespace Sensors.Cli.Tests.Support
{
    /// <summary>Runs command lines on streams that a test can read.</summary>
    internal sealed class TestHost
    {
        private const int Patience = 20000;

        private readonly SharedText _out = new();
        private readonly SharedText _error = new();

        public string Input { get; init; } = string.Empty;

        public Dictionary<string, string> Environment { get; init; } = [];

        public Func<VirtualNodeOptions, VirtualNodeOptions> Nodes { get; init; } = node => node;

        public TimeSpan CollectorPatience { get; init; } = TimeSpan.FromMinutes(1);

        public TimeProvider Clock { get; init; } = TimeProvider.System;

        /// <summary>Gets who answers at the terminal; null for none.</summary>
        public ScriptedDialog? Dialog { get; init; }

        /// <summary>Gets where virtual nodes announce themselves; nobody else's are seen.</summary>
        public string VirtualFolder { get; init; } = Path.Combine(Path.GetTempPath(), "sensors-virtual-" + Guid.NewGuid().ToString("N"));

        public string Out => _out.ToString();

        public string Error => _error.ToString();

        /// <summary>Gets what was written to standard output as bytes.</summary>
        public MemoryStream Bytes { get; } = new();

        public IEnumerable<string> OutLines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        public Task<int> RunAsync(CancellationToken stop, params string[] args) => CommandLine.RunAsync(
            args, new CliHost { Out = _out, OutBytes = Bytes, Error = _error, In = new StringReader(Input), Environment = Environment, Nodes = Nodes, CollectorPatience = CollectorPatience, Clock = Clock, Dialog = Dialog?.At(this), VirtualFolder = VirtualFolder }, stop);

        /// <summary>Echoes an answer, as a terminal does.</summary>
        public void Answered(string answer) => _error.WriteLine(answer);

        public Task<int> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

        /// <summary>Waits until a stream holds a text, for up to 20 s.</summary>
        public static async Task<string> UntilAsync(Func<string> stream, string text)
        {
            for (long end = System.Environment.TickCount64 + Patience; System.Environment.TickCount64 < end;)
            {
                string now = stream();
                if (now.Contains(text, StringComparison.Ordinal))
                {
                    return now;
                }

                await Task.Delay(20);
            }

            throw new TimeoutException($"'{text}' did not come. There is: {stream()}");
        }

        /// <summary>Runs a command that goes on by itself until what it wrote will do, for up to 20 s, then ends it as Ctrl-C does.</summary>
        /// <returns>Its exit code.</returns>
        public async Task<int> RunUntilAsync(Func<bool> enough, params string[] args)
        {
            using var stop = new CancellationTokenSource();
            Task<int> run = RunAsync(stop.Token, args);
            for (long end = System.Environment.TickCount64 + Patience; !run.IsCompleted && System.Environment.TickCount64 < end && !enough();)
            {
                await Task.Delay(20);
            }

            await stop.CancelAsync();
            return await run;
        }

        /// <summary>Text that a test reads while a command writes it.</summary>
        internal sealed class SharedText : TextWriter
        {
            private readonly StringBuilder _text = new();

            public SharedText() => NewLine = "\n";

            public override Encoding Encoding => Encoding.UTF8;

            public override void Write(char value) => Write(value.ToString());

            public override void Write(string? value)
            {
                lock (_text)
                {
                    _text.Append(value);
                }
            }

            public override void WriteLine(string? value) => Write(value + "\n");

            public override string ToString()
            {
                lock (_text)
                {
                    return _text.ToString();
                }
            }
        }
    }
}
