using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Node;

namespace Sensors.Commissioning
{
    /// <summary>Commissions one node: code, trials until one succeeds, work, proof at the broker. The caller decides what to change between two trials.</summary>
    public sealed class Commissioning
    {
        private const int MostBeginnings = 3; // of one trial that the node forgot, because it restarted
        private static readonly TimeSpan TrialLimit = TimeSpan.FromSeconds(120);
        private static readonly TimeSpan PollPause = TimeSpan.FromMilliseconds(400);
        private static readonly TimeSpan DoneLimit = TimeSpan.FromSeconds(10);

        private readonly PairingClient _client;
        private readonly NodeClock _clock;
        private readonly Action<CommissioningEvent> _told;
        private readonly TimeSpan _begun;
        private readonly List<TrialOutcome> _trials = [];
        private long _attempt;

        /// <summary>Begins.</summary>
        /// <param name="client">Talks with the node.</param>
        /// <param name="clock">The node's time.</param>
        /// <param name="told">Told of what happens.</param>
        public Commissioning(PairingClient client, NodeClock clock, Action<CommissioningEvent> told)
        {
            ArgumentNullException.ThrowIfNull(client);
            ArgumentNullException.ThrowIfNull(clock);
            ArgumentNullException.ThrowIfNull(told);
            _client = client;
            _clock = clock;
            _told = told;
            _begun = clock.Now;
            client.Reached = reached => Tell(new CommissioningEvent(reached ? CommissioningStep.Back : CommissioningStep.Away, Elapsed));
            client.MustWait = wait => Tell(new CommissioningEvent(CommissioningStep.MustWait, Elapsed) { Took = wait });
        }

        /// <summary>Gets what the node told; null before the code was taken.</summary>
        public NodeInfo? Info { get; private set; }

        /// <summary>Gets all trials, the last one last.</summary>
        public IReadOnlyList<TrialOutcome> Trials => _trials;

        /// <summary>Gets the time since this began, in the node's time, without <see cref="Asking"/>.</summary>
        public TimeSpan Elapsed => _clock.Now - _begun - Asking;

        /// <summary>Gets the time people took to answer, in the node's time.</summary>
        public TimeSpan Asking { get; private set; }

        /// <summary>Takes the time somebody thinks out of the account.</summary>
        /// <param name="asked">When the question was put, as <see cref="NodeClock.Now"/>.</param>
        public void Answered(TimeSpan asked) => Asking += _clock.Now - asked;

        /// <summary>Proves the code, and asks what the node is.</summary>
        /// <param name="code">The label's code.</param>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>What the node told.</returns>
        /// <exception cref="PairingException">The code is wrong, or the node away for long.</exception>
        public async Task<NodeInfo> OpenAsync(string code, CancellationToken stop)
        {
            NodeState state = await _client.AuthenticateAsync(code, stop).ConfigureAwait(false);
            Info = await _client.InfoAsync(stop).ConfigureAwait(false);
            _attempt = Math.Max(state.Attempt, Info.Attempt);
            Tell(new CommissioningEvent(CommissioningStep.Authenticated, Elapsed));
            return Info;
        }

        /// <summary>Has the node try settings, end to end, and waits for the outcome. A failed trial changes nothing on the node.</summary>
        /// <param name="setup">What it shall be told.</param>
        /// <param name="stop">Ends it with an exception; the trial goes on, and is rolled back or kept by the node.</param>
        /// <returns>The outcome, committed or rolled back.</returns>
        /// <exception cref="SetupException">The node could not work with it; nothing was sent.</exception>
        /// <exception cref="PairingException">The node refuses it, or is away for long.</exception>
        public async Task<TrialOutcome> TryAsync(NodeSetup setup, CancellationToken stop)
        {
            ArgumentNullException.ThrowIfNull(setup);
            string settings = SettingsWriter.Write(setup, DateTimeOffset.UtcNow);
            TrialOutcome outcome = new(_attempt, "none");
            for (int beginning = 0; beginning < MostBeginnings && !outcome.IsCommitted && !outcome.IsRolledBack; beginning++)
            {
                _attempt++;
                await BeginAsync(setup, settings, stop).ConfigureAwait(false);
                outcome = await FollowAsync(stop).ConfigureAwait(false);
            }

            if (!outcome.IsCommitted && !outcome.IsRolledBack)
            {
                throw new PairingException("trial", "The node forgets every trial at once: does it restart again and again?");
            }

            _trials.Add(outcome);
            Tell(new CommissioningEvent(outcome.IsCommitted ? CommissioningStep.Committed : CommissioningStep.Failed, Elapsed) { Outcome = outcome, Stage = outcome.Stage, Took = outcome.Took });
            if (outcome.IsRolledBack)
            {
                await _client.DoneAsync(outcome.Attempt, stop).ConfigureAwait(false);
            }

            return outcome;
        }

        /// <summary>Sends the node to work, and waits at its broker for the first readings.</summary>
        /// <param name="setup">What it was told.</param>
        /// <param name="outcome">The trial that succeeded.</param>
        /// <param name="listen">Whether to listen at the broker; false where this PC cannot reach it.</param>
        /// <param name="limit">How long to wait for readings, in the node's time.</param>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>What was heard; null when nobody was to listen.</returns>
        /// <exception cref="CryptographicException">This PC cannot read the certificates; the node works.</exception>
        public async Task<Testimony?> AcceptAsync(NodeSetup setup, TrialOutcome outcome, bool listen, TimeSpan limit, CancellationToken stop)
        {
            ArgumentNullException.ThrowIfNull(setup);
            ArgumentNullException.ThrowIfNull(outcome);
            if (!listen)
            {
                await DoneAsync(outcome, stop).ConfigureAwait(false);
                return null;
            }

            var settings = Settings.Parse(Encoding.UTF8.GetBytes(SettingsWriter.Write(setup, DateTimeOffset.UtcNow)));
            await using BrokerWitness witness = await WitnessAsync(settings, setup, outcome, stop).ConfigureAwait(false);
            await witness.ConnectAsync(stop).ConfigureAwait(false); // where the access point is all this PC reaches, later
            witness.NodeGoesToWork();
            await DoneAsync(outcome, stop).ConfigureAwait(false);
            Tell(new CommissioningEvent(CommissioningStep.Listening, Elapsed));
            Testimony testimony = await witness.WaitAsync(
                limit, reading => Tell(new CommissioningEvent(CommissioningStep.Reading, Elapsed) { Reading = reading }), stop).ConfigureAwait(false);
            FirstReading = witness.FirstReading is { } first ? first - _begun - Asking : null;
            return testimony;
        }

        /// <summary>Gets when the first reading came, since this began, in the node's time without <see cref="Asking"/>; null when none did.</summary>
        public TimeSpan? FirstReading { get; private set; }

        private async Task BeginAsync(NodeSetup setup, string settings, CancellationToken stop)
        {
            if (setup.Secure is { } tls)
            {
                await SendAsync(SettingsWriter.AuthorityFile, tls.Authority).ConfigureAwait(false);
                await SendAsync(SettingsWriter.CertificateFile, tls.Certificate).ConfigureAwait(false);
                await SendAsync(SettingsWriter.KeyFile, tls.Key).ConfigureAwait(false);
            }

            await _client.TryAsync(_attempt, setup.Replace ?? false, settings, stop).ConfigureAwait(false);
            Tell(new CommissioningEvent(CommissioningStep.Trying, Elapsed));

            Task SendAsync(string name, byte[]? content) => content is null ? Task.CompletedTask : _client.SendFileAsync(name, content, stop);
        }

        /// <summary>Makes the witness; where this PC cannot read the certificates, the node goes to work all the same.</summary>
        private async Task<BrokerWitness> WitnessAsync(Settings settings, NodeSetup setup, TrialOutcome outcome, CancellationToken stop)
        {
            try
            {
                return new BrokerWitness(settings, setup, outcome.Broker, _clock);
            }
            catch (CryptographicException)
            {
                await DoneAsync(outcome, stop).ConfigureAwait(false);
                throw;
            }
        }

        /// <summary>Asks until the trial is over, or the node does not know it any more.</summary>
        private async Task<TrialOutcome> FollowAsync(CancellationToken stop)
        {
            var patience = new Patience(_clock, TrialLimit);
            int passed = 0;
            string? entered = null;
            while (true)
            {
                TrialOutcome outcome = await _client.OutcomeAsync(_attempt, stop).ConfigureAwait(false);
                int whole = outcome.IsRolledBack && outcome.Stages.Count > 0 && outcome.Stages[^1].Stage == outcome.Stage ? outcome.Stages.Count - 1 : outcome.Stages.Count;
                for (; passed < whole; passed++) // the last one of a failed trial is where it failed
                {
                    Tell(new CommissioningEvent(CommissioningStep.StagePassed, Elapsed) { Stage = outcome.Stages[passed].Stage, Took = outcome.Stages[passed].Took });
                }

                if (!outcome.IsTrying)
                {
                    return outcome;
                }

                if (outcome.Stage is { } stage && stage != entered)
                {
                    entered = stage;
                    Tell(new CommissioningEvent(CommissioningStep.StageEntered, Elapsed) { Stage = stage });
                }

                if (patience.IsOver)
                {
                    throw new PairingException("trial", "The node's trial does not end.");
                }

                await _clock.DelayAsync(PollPause, stop).ConfigureAwait(false);
            }
        }

        /// <summary>After success the node restarts right behind its answer, which may be lost: it then goes to work by itself, too.</summary>
        private async Task DoneAsync(TrialOutcome outcome, CancellationToken stop)
        {
            TimeSpan usual = _client.AwayLimit;
            Action<bool>? reached = _client.Reached;
            _client.AwayLimit = DoneLimit;
            _client.Reached = null; // its going away is what was asked for
            try
            {
                await _client.DoneAsync(outcome.Attempt, stop).ConfigureAwait(false);
            }
            catch (PairingException away) when (away.Word == PairingException.Away)
            {
                // Gone to work.
            }
            finally
            {
                _client.AwayLimit = usual;
                _client.Reached = reached;
            }
        }

        private void Tell(CommissioningEvent happened) => _told(happened);
    }
}
