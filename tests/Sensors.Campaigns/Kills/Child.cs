using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace Sensors.Campaigns
{
    /// <summary>This program once more, as another process that may be killed.</summary>
    internal sealed class Child : IDisposable
    {
        private readonly Process _process;
        private readonly List<string> _lines = [];

        /// <summary>Starts it.</summary>
        /// <param name="arguments">Its command line.</param>
        public Child(params string[] arguments)
        {
            string program = Environment.ProcessPath!;
            bool host = Path.GetFileNameWithoutExtension(program) == "dotnet";
            _process = Process.Start(new ProcessStartInfo(program, host ? [typeof(Child).Assembly.Location, .. arguments] : arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            _process.OutputDataReceived += (_, line) =>
            {
                lock (_lines)
                {
                    _lines.Add(line.Data ?? string.Empty);
                    Monitor.PulseAll(_lines);
                }
            };
            _process.BeginOutputReadLine();
        }

        /// <summary>Gets whether it still runs.</summary>
        public bool Runs => !_process.HasExited;

        /// <summary>Gets the last line it said that begins with a word; null when it said none.</summary>
        public string? Said(string word)
        {
            lock (_lines)
            {
                return _lines.FindLast(line => line.StartsWith(word, StringComparison.Ordinal));
            }
        }

        /// <summary>Tells it something.</summary>
        public void Tell(string line)
        {
            try
            {
                _process.StandardInput.WriteLine(line);
                _process.StandardInput.Flush();
            }
            catch (IOException)
            {
                // It is dead already.
            }
        }

        /// <summary>Waits until it says something.</summary>
        /// <param name="word">How the line begins.</param>
        /// <param name="patience">For how long.</param>
        /// <returns>False when it did not, or ended.</returns>
        public bool WaitFor(string word, TimeSpan patience)
        {
            long end = Environment.TickCount64 + (long)patience.TotalMilliseconds;
            while (Said(word) is null && Environment.TickCount64 < end && Runs)
            {
                lock (_lines)
                {
                    Monitor.Wait(_lines, 50);
                }
            }

            return Said(word) is not null;
        }

        /// <summary>Waits until it has ended and all it said was heard.</summary>
        /// <returns>False when it still runs.</returns>
        public bool WaitForEnd(TimeSpan patience)
        {
            if (!_process.WaitForExit(patience))
            {
                return false;
            }

            _process.WaitForExit();
            return true;
        }

        /// <summary>Kills it with SIGKILL.</summary>
        public void Kill()
        {
            _process.Kill();
            _process.WaitForExit();
        }

        public void Dispose()
        {
            if (Runs)
            {
                Kill();
            }

            _process.Dispose();
        }
    }
}
