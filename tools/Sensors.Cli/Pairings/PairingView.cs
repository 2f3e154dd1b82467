using System;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Host;
using Sensors.Cli.Output;
using Sensors.Commissioning;
using Spectre.Console;

namespace Sensors.Cli.Pairings
{
    /// <summary>Shows how nodes come along: on a terminal a line that lives and a line per stage, otherwise lines, with <c>--json</c> events; all on the error stream.</summary>
    internal sealed class PairingView
    {
        private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(200);

        private readonly Report _report;
        private readonly IAnsiConsole? _terminal;
        private readonly bool _chinese;
        private readonly bool _several;
        private readonly bool _endsWithError; // which tells words and hint itself
        private volatile string _now = string.Empty;
        private NodeClock? _clock;
        private TimeSpan _since;
        private volatile bool _lives; // the line at the terminal's bottom

        public PairingView(CliHost host, Report report, bool json, bool several, bool endsWithError)
        {
            _report = report;
            _terminal = json || several ? null : host.Terminal;
            _several = several;
            _endsWithError = endsWithError;
            _chinese = !json && SpeaksChinese(host);
        }

        /// <summary>Tells an event. While a line lives, only the terminal itself knows where the next one goes.</summary>
        public void Tell(CliEvent happened)
        {
            if (_lives)
            {
                _terminal!.WriteLine(happened.Text);
            }
            else
            {
                _report.Tell(happened);
            }
        }

        /// <summary>Shows that something takes its time while it is done.</summary>
        public async Task<T> WhileAsync<T>(NodeClock clock, string doing, Func<Task<T>> work)
        {
            if (_terminal is null)
            {
                return await work().ConfigureAwait(false);
            }

            _clock = clock;
            Do(doing);
            _lives = true;
            try
            {
                return await ShowAsync(clock, work).ConfigureAwait(false);
            }
            finally
            {
                _lives = false;
            }
        }

        private async Task<T> ShowAsync<T>(NodeClock clock, Func<Task<T>> work)
        {
            return await _terminal!.Status().Spinner(Spinner.Known.Line).StartAsync(Markup.Escape(_now), async status =>
            {
                Task<T> running = work();
                while (!running.IsCompleted)
                {
                    status.Status(Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{_now} {Math.Max(0, (clock.Now - _since).TotalSeconds):F0} s")));
                    await Task.WhenAny(running, Task.Delay(FrameTime, CancellationToken.None)).ConfigureAwait(false);
                }

                return await running.ConfigureAwait(false);
            }).ConfigureAwait(false);
        }

        /// <summary>Shows what happened to a node.</summary>
        public void Tell(string node, CommissioningEvent happened)
        {
            switch (happened.Step)
            {
                case CommissioningStep.Authenticated:
                    Tell(node, happened, "authenticated", "node and code know each other");
                    break;
                case CommissioningStep.Trying:
                    Tell(node, happened, "trying", "the node tries the settings");
                    break;
                case CommissioningStep.StageEntered:
                    Do(Doing(happened.Stage!));
                    break;
                case CommissioningStep.StagePassed:
                    Tell(node, happened, "stage", string.Create(CultureInfo.InvariantCulture, $"{happened.Stage,-10} {happened.Took.TotalSeconds,5:F1} s"));
                    break;
                case CommissioningStep.Failed:
                    TellFailure(node, happened);
                    break;
                case CommissioningStep.Committed:
                    TellCommitted(node, happened);
                    break;
                case CommissioningStep.Away:
                    Tell(node, happened, "away", "its access point is away, as is usual while it changes networks; going on when it is back");
                    break;
                case CommissioningStep.Back:
                    Tell(node, happened, "back", "it answers again");
                    break;
                case CommissioningStep.MustWait:
                    Tell(node, happened, "wait", string.Create(CultureInfo.InvariantCulture, $"after wrong codes it looks at none for {happened.Took.TotalSeconds:F0} s"));
                    break;
                case CommissioningStep.Listening:
                    Do("waiting for readings at the broker");
                    break;
                case CommissioningStep.Reading:
                    Tell(node, happened, "reading", $"{Visible.Of(happened.Reading!.Point),-6} {ReadingText.Values(happened.Reading)}");
                    break;
                default:
                    break;
            }
        }

        private static string Doing(string stage) => stage switch
        {
            "wifi" => "joining the network",
            "address" => "asking for an address",
            "name" => "looking up the broker's name",
            "broker" => "connecting to the broker",
            "tls" => "agreeing on TLS",
            "login" => "logging in",
            "identifier" => "asking whether the identifier is free",
            "birth" => "sending its first message and waiting for it to come back",
            _ => stage,
        };

        private static bool SpeaksChinese(CliHost host)
        {
            foreach (string variable in (string[])["LC_ALL", "LC_MESSAGES", "LANG"])
            {
                if (host.Environment.TryGetValue(variable, out string? language))
                {
                    return language.StartsWith("zh", StringComparison.OrdinalIgnoreCase);
                }
            }

            return false;
        }

        private void Do(string what)
        {
            _since = _clock?.Now ?? TimeSpan.Zero;
            _now = what;
        }

        private void TellCommitted(string node, CommissioningEvent happened)
        {
            TrialOutcome outcome = happened.Outcome!;
            string text = string.Create(
                CultureInfo.InvariantCulture, $"paired after {outcome.Took.TotalSeconds:F1} s: '{Visible.Of(outcome.Ssid ?? "-")}', {Visible.Of(outcome.Address ?? "-")}, broker {Visible.Of(outcome.Broker ?? "-")}");
            Tell(node, happened, "paired", text, new JsonObject { ["ssid"] = outcome.Ssid, ["address"] = outcome.Address, ["broker"] = outcome.Broker });
        }

        private void TellFailure(string node, CommissioningEvent happened)
        {
            TrialOutcome outcome = happened.Outcome!;
            Cause cause = CauseTable.Find(outcome.Cause);
            string title = _chinese ? cause.ChineseTitle : cause.Title;
            string hint = _chinese ? cause.ChineseHint : cause.Hint;
            string stage = outcome.Stage ?? cause.Stage;
            string text = string.Create(CultureInfo.InvariantCulture, $"{stage} failed after {outcome.Took.TotalSeconds:F1} s: {title} ({cause.Word})");
            Tell(node, happened, "failed", text, new JsonObject
            {
                ["cause"] = cause.Word,
                ["title"] = title,
                ["text"] = outcome.Text,
                ["hint"] = hint,
            });
            if (_endsWithError)
            {
                return;
            }

            if (outcome.Text is { Length: > 0 } words)
            {
                Plain($"  the node says: {Visible.Of(words)}");
            }

            Plain($"Hint: {hint}");
        }

        private void Plain(string line)
        {
            if (_lives)
            {
                _terminal!.WriteLine(line);
            }
            else
            {
                _report.TellPlain(line);
            }
        }

        private void Tell(string node, CommissioningEvent happened, string name, string text, JsonObject? facts = null)
        {
            var all = new JsonObject { ["node"] = node, ["at"] = Seconds(happened.At) };
            if (happened.Stage is { } stage)
            {
                all["stage"] = stage;
            }

            if (happened.Took > TimeSpan.Zero)
            {
                all["seconds"] = Seconds(happened.Took);
            }

            if (happened.Reading is { } reading)
            {
                all["point"] = reading.Point;
                all["fault"] = reading.Quality.Fault;
            }

            foreach ((string key, JsonNode? value) in facts ?? [])
            {
                all[key] = value?.DeepClone();
            }

            string who = _several ? node + "  " : string.Empty;
            Tell(new CliEvent(name, string.Create(CultureInfo.InvariantCulture, $"{who}{happened.At.TotalSeconds,6:F1} s  {text}"), all));
        }

        private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 1);
    }
}
