using System;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Host;
using Sensors.Edge;
using Spectre.Console;

namespace Sensors.Cli.Output
{
    /// <summary>What a collector shows of itself: a line that lives on a terminal, otherwise a line per event and per 10 s in which something came.</summary>
    internal sealed class CollectView
    {
        private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(500);
        private static readonly TimeSpan LineTime = TimeSpan.FromSeconds(10);

        private readonly Lock _gate = new();
        private readonly CliHost _host;
        private readonly IAnsiConsole? _terminal;
        private readonly bool _json;
        private readonly string _file;
        private readonly Action _closed;

        /// <summary>Makes the view.</summary>
        /// <param name="host">Where it shows itself.</param>
        /// <param name="json">Whether lines are JSON objects.</param>
        /// <param name="noColour">Whether colours are off.</param>
        /// <param name="file">The store's file.</param>
        /// <param name="closed">Called when nobody reads the output any more. The collector's own threads tell events: nothing is thrown through them.</param>
        public CollectView(CliHost host, bool json, bool noColour, string file, Action closed)
        {
            _closed = closed;
            _host = host;
            _json = json;
            _file = file;
            _terminal = json ? null : host.Terminal;
            if (_terminal is not null && noColour)
            {
                _terminal.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
            }
        }

        /// <summary>Gives what was done, at the end.</summary>
        public static CliEvent Summary(CollectorCounts counts, string file) => new("summary", Text(counts, file), Facts(counts));

        /// <summary>Shows an event; called by any thread.</summary>
        public void Tell(CliEvent happened)
        {
            lock (_gate)
            {
                if (_terminal is not null)
                {
                    _terminal.WriteLine(happened.Text);
                }
                else
                {
                    try
                    {
                        DataOut.WriteLine(_host.Out, _json ? happened.ToJson() : happened.Text);
                    }
                    catch (OutputClosedException)
                    {
                        _closed();
                    }
                }
            }
        }

        /// <summary>Shows counts until the work is done.</summary>
        public async Task ShowWhileAsync(Func<Task> work, Func<CollectorCounts> counts)
        {
            if (_terminal is not null)
            {
                await _terminal.Live(Line(counts())).AutoClear(true).StartAsync(async live =>
                {
                    Task running = work();
                    while (!running.IsCompleted)
                    {
                        lock (_gate)
                        {
                            live.UpdateTarget(Line(counts()));
                        }

                        await Task.WhenAny(running, Task.Delay(FrameTime)).ConfigureAwait(false);
                    }

                    await running.ConfigureAwait(false);
                }).ConfigureAwait(false);
                return;
            }

            Task done = work();
            CollectorCounts told = counts();
            while (await Task.WhenAny(done, Task.Delay(LineTime)).ConfigureAwait(false) != done)
            {
                CollectorCounts now = counts();
                if (now != told)
                {
                    Tell(new CliEvent("stored", Text(now, _file), Facts(now)));
                    told = now;
                }
            }

            await done.ConfigureAwait(false);
        }

        private Text Line(CollectorCounts counts) => new(Text(counts, _file) + "   Ctrl-C ends");

        private static string Text(CollectorCounts counts, string file) => string.Create(
            CultureInfo.InvariantCulture,
            $"{Visible.Of(file)}: {counts.Readings} readings, {counts.Alarms} alarms and {counts.Gaps} gap records stored; {counts.Duplicates} came again, {counts.Late} came late, {counts.Refused} refused");

        private static JsonObject Facts(CollectorCounts counts) => new()
        {
            ["readings"] = counts.Readings,
            ["alarms"] = counts.Alarms,
            ["gaps"] = counts.Gaps,
            ["duplicates"] = counts.Duplicates,
            ["late"] = counts.Late,
            ["refused"] = counts.Refused,
            ["commits"] = counts.Commits,
        };
    }
}
