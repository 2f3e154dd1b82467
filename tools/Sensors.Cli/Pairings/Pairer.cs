using System;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Commands;
using Sensors.Cli.Errors;
using Sensors.Cli.Output;
using Sensors.Commissioning;
using Sensors.Node;

namespace Sensors.Cli.Pairings
{
    /// <summary>Pairs one node after the other, or several side by side: asks where somebody can be asked, and says in an error what is missing where not.</summary>
    internal sealed class Pairer
    {
        private static readonly TimeSpan OwnReadings = TimeSpan.FromSeconds(60);

        private readonly PairingView _view;
        private readonly Interview? _interview;
        private readonly PairFiles _files;
        private readonly IdentifierGiver _giver;

        public Pairer(PairingView view, Interview? interview, PairFiles files, IdentifierGiver giver)
        {
            _view = view;
            _interview = interview;
            _files = files;
            _giver = giver;
        }

        /// <summary>Gets whether to listen for readings at the broker.</summary>
        public bool Listens { get; init; } = true;

        /// <summary>Gets who pairs; null when not said.</summary>
        public string? By { get; init; }

        /// <summary>Gets whether a node that is paired may be paired anew without a question.</summary>
        public bool Again { get; init; }

        /// <summary>Gives a node its identifier of the series, if it has none and there is one.</summary>
        public PairJob Prepare(PairJob job) => job.Setup.Id is null && job.Template is null ? job with { Setup = job.Setup with { Id = _giver.Next() } } : job;

        /// <summary>Pairs a node.</summary>
        /// <returns>The report, also of a trial that failed where nobody could mend it.</returns>
        /// <exception cref="CliException">The node cannot be talked with, or something is not known and nobody can be asked.</exception>
        public async Task<AcceptanceReport> PairAsync(PairJob job, CancellationToken stop)
        {
            using var client = new PairingClient(job.Endpoint, job.Node, job.Clock);
            var work = new Commissioning.Commissioning(client, job.Clock, happened => _view.Tell(job.Node, happened));
            try
            {
                await OpenAsync(job, work, client, stop).ConfigureAwait(false);
                NodeSetup setup = await CompleteAsync(job, work, client, stop).ConfigureAwait(false);
                (setup, TrialOutcome outcome) = await TryAsync(job, work, client, setup, stop).ConfigureAwait(false);
                Testimony? testimony = outcome.IsCommitted ? await AcceptAsync(job, work, setup, outcome, stop).ConfigureAwait(false) : null;
                if (outcome.IsCommitted)
                {
                    _interview?.Remember(setup);
                }

                return new AcceptanceReport
                {
                    Made = DateTimeOffset.UtcNow,
                    Tool = VersionLine.Text,
                    By = By,
                    Node = job.Node,
                    Info = work.Info,
                    Setup = setup,
                    Trials = work.Trials,
                    Testimony = testimony,
                    FirstReading = work.FirstReading,
                    Took = work.Elapsed,
                };
            }
            catch (PairingException error)
            {
                throw Of(job.Node, error);
            }
        }

        /// <summary>Turns what a node refuses into a row of the error table.</summary>
        public static CliException Of(string node, PairingException error) => error.Word switch
        {
            PairingException.Away => ErrorTable.NodeAway.Because(error.Message, "is it powered, and this PC still in the network of its access point? Start again: what was tried is kept or rolled back by the node itself.", node, error),
            PairingException.WrongCode => ErrorTable.WrongCode.Because(
                $"{node}: {error.Message}", "the code stands on the board's label, 8 characters in two groups, and is not the password of its access point.", node, error),
            PairingException.Impostor => ErrorTable.WrongCode.Because(error.Message, "do not go on: another device plays this node. Look which one bears the label.", node, error),
            PairingException.OtherNode => ErrorTable.NoNodeWaits.Because(error.Message, $"join the access point {node}; its password is on the label.", node, error),
            _ => ErrorTable.PortalRefused.Because($"{node} refuses: {error.Message}", "docs/pairing.md says what a portal answers.", error.Word, error),
        };

        private async Task OpenAsync(PairJob job, Commissioning.Commissioning work, PairingClient client, CancellationToken stop)
        {
            string? code = job.Code;
            while (true)
            {
                if (code is null && _interview is null)
                {
                    throw ErrorTable.Unanswered.Because($"The code of {job.Node} is not known.", "--code gives it; a plan has a code for each node.", job.Node);
                }

                try
                {
                    code ??= await AskAsync(job, work, () => _interview!.CodeAsync(job.Node, stop)).ConfigureAwait(false);
                    NodeInfo info = await _view.WhileAsync(job.Clock, "proving the code", () => work.OpenAsync(code, stop)).ConfigureAwait(false);
                    if (info.Paired && _interview is not null && !Again && !await AskAsync(job, work, () => _interview.AgainAsync(info, stop)).ConfigureAwait(false))
                    {
                        await client.CloseAsync(stop).ConfigureAwait(false);
                        throw ErrorTable.PortalRefused.Because($"{job.Node} stays as it is, and goes back to work.", "answer y where it shall be paired anew.", job.Node);
                    }

                    return;
                }
                catch (PairingException wrong) when (wrong.Word == PairingException.WrongCode && _interview is not null)
                {
                    _view.Tell(new CliEvent("wrong-code", "  The node refuses this code. It stands on the board's label and is not the password of the access point."));
                    code = null;
                }
            }
        }

        private async Task<NodeSetup> CompleteAsync(PairJob job, Commissioning.Commissioning work, PairingClient client, CancellationToken stop)
        {
            NodeSetup setup = job.Setup;
            setup = setup.Id is null ? setup with { Id = _giver.Give(job.Template) } : setup;

            if (_interview is not null)
            {
                setup = await AskAsync(job, work, () => _interview.CompleteAsync(setup, () => client.ScanAsync(stop), stop)).ConfigureAwait(false);
            }

            return await CheckRegistryAsync(job, work, setup, stop).ConfigureAwait(false);
        }

        /// <summary>By the registry an identifier may belong to another board: then it is a swap, or a slip.</summary>
        private async Task<NodeSetup> CheckRegistryAsync(PairJob job, Commissioning.Commissioning work, NodeSetup setup, CancellationToken stop)
        {
            while (setup.Replace != true && Identifier.Check(setup.Id).Identifier is { } id && _files.OtherBoard(id, job.Node) is { } other)
            {
                if (_interview is null)
                {
                    throw ErrorTable.IdentifierTaken.Because(
                        $"By the registry {id.Text} belongs to {other}, not to {job.Node}.", "--replace when this board takes its place; else give the place an identifier of its own.", id.Text);
                }

                setup = await AskAsync(job, work, () => _interview.ReplacesAsync(id.Text, other, stop)).ConfigureAwait(false)
                    ? setup with { Replace = true }
                    : setup with { Id = await AskAsync(job, work, () => _interview.IdentifierAsync(null, stop)).ConfigureAwait(false) };
            }

            return setup;
        }

        private async Task<(NodeSetup Setup, TrialOutcome Outcome)> TryAsync(PairJob job, Commissioning.Commissioning work, PairingClient client, NodeSetup setup, CancellationToken stop)
        {
            while (true)
            {
                Question question;
                string? cause = null;
                TrialOutcome? outcome = null;
                try
                {
                    NodeSetup tried = setup;
                    outcome = await _view.WhileAsync(job.Clock, "trying", () => work.TryAsync(tried, stop)).ConfigureAwait(false);
                    if (outcome.IsCommitted || _interview is null)
                    {
                        return (setup, outcome);
                    }

                    (question, cause) = (CauseTable.Find(outcome.Cause).Ask, outcome.Cause);
                }
                catch (SetupException wrong) when (_interview is not null)
                {
                    _view.Tell(new CliEvent("not-accepted", $"  {wrong.Message}"));
                    question = wrong.Question;
                    if (question == Question.None)
                    {
                        throw Of(wrong);
                    }
                }
                catch (SetupException wrong)
                {
                    throw Of(wrong);
                }

                NodeSetup before = setup;
                NodeSetup? mended = await AskAsync(job, work, () => _interview.MendAsync(question, cause, before, () => client.ScanAsync(stop), stop)).ConfigureAwait(false);
                if (mended is null)
                {
                    return (setup, outcome!);
                }

                setup = await CheckRegistryAsync(job, work, mended, stop).ConfigureAwait(false);
            }
        }

        private async Task<Testimony?> AcceptAsync(PairJob job, Commissioning.Commissioning work, NodeSetup setup, TrialOutcome outcome, CancellationToken stop)
        {
            try
            {
                TimeSpan limit = OwnReadings + TimeSpan.FromMilliseconds(setup.IntervalMilliseconds ?? 0);
                return await _view.WhileAsync(job.Clock, "waiting for readings at the broker", () => work.AcceptAsync(setup, outcome, Listens, limit, stop)).ConfigureAwait(false);
            }
            catch (CryptographicException error)
            {
                // Never what is in the file: it may be a key.
                throw ErrorTable.BadCertificate.Because("The node is paired, but this PC cannot read the certificates to listen at the broker itself.", "give PEM files, the key unencrypted and of that certificate.", null, error);
            }
        }

        /// <summary>The time people take counts for nobody.</summary>
        private static async Task<T> AskAsync<T>(PairJob job, Commissioning.Commissioning work, Func<Task<T>> question)
        {
            TimeSpan asked = job.Clock.Now;
            try
            {
                return await question().ConfigureAwait(false);
            }
            finally
            {
                work.Answered(asked);
            }
        }

        private static CliException Of(SetupException wrong) => wrong.Key is null
            ? ErrorTable.Unanswered.Because($"A node must be told more: {wrong.Message}.", $"{OptionOf(wrong.Question)}; or run sensorctl pair at a terminal, where it asks.")
            : ErrorTable.BadSetting.Because($"No node could work with this: {wrong.Message}.", "docs/settings.md says what each setting takes.", wrong.Key);

        private static string OptionOf(Question question) => question switch
        {
            Question.Identifier => "--id gives the identifier, --template makes one",
            Question.Network => "--ssid and --wifi-password-file give the network",
            Question.WifiPassword => "--wifi-password-file or SENSORCTL_WIFI_PASSWORD gives it",
            Question.Broker => "--broker gives the broker",
            _ => "sensorctl pair --help lists the options",
        };
    }
}
