using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Commissioning
{
    /// <summary>Talks with one node's portal; <c>docs/pairing.md</c> specifies what is said.</summary>
    /// <remarks>
    /// A node's access point vanishes for seconds while it tries a network, and for good when the node restarts: a request that got no answer is sent again, in a new
    /// frame, until <see cref="AwayLimit"/> is over; a session the node no longer knows is made anew. Requests are idempotent, so nothing happens twice. One caller at a time.
    /// </remarks>
    public sealed class PairingClient : IDisposable
    {
        private const string NodePath = "/api/v1/node";
        private const int MostAnswer = 65536;
        private const int MostSessions = 5; // in a row without one good answer

        private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(8);
        private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);
        private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

        private readonly Func<Uri?> _endpoint;
        private readonly string? _node;
        private readonly NodeClock _clock;
        private readonly HttpClient _http;
        private string? _code;
        private SecureSession? _session;
        private bool _isAway;

        /// <summary>Makes a client.</summary>
        /// <param name="endpoint">Gives where the portal is now; null while it is nowhere.</param>
        /// <param name="node">The node's name; another one is refused. Null takes any.</param>
        /// <param name="clock">The node's time.</param>
        public PairingClient(Func<Uri?> endpoint, string? node, NodeClock clock)
        {
            ArgumentNullException.ThrowIfNull(endpoint);
            ArgumentNullException.ThrowIfNull(clock);
            _endpoint = endpoint;
            _node = node;
            _clock = clock;
            _http = PortalHttp.Create(ConnectLimit);
        }

        /// <summary>Gets or sets how long a node may be away before that is an error, in its time.</summary>
        public TimeSpan AwayLimit { get; set; } = TimeSpan.FromSeconds(90);

        /// <summary>Gets or sets what is told when the node goes away (false) and when it is back (true).</summary>
        public Action<bool>? Reached { get; set; }

        /// <summary>Gets or sets what is told when the node looks at no code for a while.</summary>
        public Action<TimeSpan>? MustWait { get; set; }

        /// <summary>Asks who is there; needs no code.</summary>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>What the node tells anybody.</returns>
        /// <exception cref="PairingException">It is away for long, or another node.</exception>
        public async Task<NodeState> AskAsync(CancellationToken stop)
        {
            (int status, byte[] body) = await ExchangeAsync(HttpMethod.Get, NodePath, () => null, stop).ConfigureAwait(false);
            if (status != 200)
            {
                throw Refusal(status, body);
            }

            NodeState state = PortalAnswers.State(body);
            return _node is null || state.Node == _node
                ? state
                : throw new PairingException(PairingException.OtherNode, $"There is {state.Node}, not {_node}.");
        }

        /// <summary>Has the node blink; needs no code.</summary>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>Completes when it does.</returns>
        /// <exception cref="PairingException">It has no light, or is away for long.</exception>
        public async Task BlinkAsync(CancellationToken stop)
        {
            (int status, byte[] body) = await ExchangeAsync(HttpMethod.Post, "/api/v1/identify", () => new ByteArrayContent([]), stop).ConfigureAwait(false);
            if (status != 200)
            {
                throw Refusal(status, body);
            }
        }

        /// <summary>Proves that the caller knows the code, and has the node prove the same.</summary>
        /// <param name="code">The label's code, as people write it.</param>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>What the node tells anybody.</returns>
        /// <exception cref="PairingException"><see cref="PairingException.WrongCode"/>, <see cref="PairingException.Impostor"/>, or it is away for long.</exception>
        public async Task<NodeState> AuthenticateAsync(string code, CancellationToken stop)
        {
            _code = SecureSession.Canonical(code) ?? throw new PairingException(PairingException.WrongCode, "A code has 6 to 16 letters and digits, such as K7M2-9QXW.");
            _session = null;
            return await OpenSessionAsync(stop).ConfigureAwait(false);
        }

        /// <summary>Asks what the node is.</summary>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>What it tells.</returns>
        public async Task<NodeInfo> InfoAsync(CancellationToken stop) => PortalAnswers.Info(await SendAsync("info", null, stop).ConfigureAwait(false));

        /// <summary>Asks which networks the node hears.</summary>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>The networks, the strongest first.</returns>
        public async Task<IReadOnlyList<SeenNetwork>> ScanAsync(CancellationToken stop) => PortalAnswers.Networks(await SendAsync("scan", null, stop).ConfigureAwait(false));

        /// <summary>Hands over a file for the next trial.</summary>
        /// <param name="name">Its name, see <see cref="SettingsWriter"/>.</param>
        /// <param name="content">Its content.</param>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>Completes when the node has it.</returns>
        public Task SendFileAsync(string name, byte[] content, CancellationToken stop) => SendAsync("file " + name, content, stop);

        /// <summary>Begins a trial.</summary>
        /// <param name="attempt">Its number, above all earlier ones.</param>
        /// <param name="replace">Whether the identifier may be online elsewhere.</param>
        /// <param name="settings">The settings.</param>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>Completes when the node has begun.</returns>
        public Task TryAsync(long attempt, bool replace, string settings, CancellationToken stop) => SendAsync(
            string.Create(CultureInfo.InvariantCulture, $"try {attempt}{(replace ? " replace" : string.Empty)}"), Encoding.UTF8.GetBytes(settings), stop);

        /// <summary>Asks how a trial goes.</summary>
        /// <param name="attempt">Its number.</param>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>What the node knows of it.</returns>
        public async Task<TrialOutcome> OutcomeAsync(long attempt, CancellationToken stop) =>
            PortalAnswers.Outcome(await SendAsync(string.Create(CultureInfo.InvariantCulture, $"outcome {attempt}"), null, stop).ConfigureAwait(false), attempt);

        /// <summary>Says that the outcome has arrived: after success the node goes to work and its portal is gone.</summary>
        /// <param name="attempt">The trial's number.</param>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>Completes when the node knows.</returns>
        public Task DoneAsync(long attempt, CancellationToken stop) => SendAsync(string.Create(CultureInfo.InvariantCulture, $"done {attempt}"), null, stop);

        /// <summary>Has the node blink for some seconds, 0 stops it.</summary>
        /// <param name="seconds">How long.</param>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>Completes when it does.</returns>
        public Task IdentifyAsync(int seconds, CancellationToken stop) => SendAsync(string.Create(CultureInfo.InvariantCulture, $"identify {seconds}"), null, stop);

        /// <summary>Closes the portal of a paired node, which goes back to work.</summary>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>Completes when the node knows.</returns>
        public Task CloseAsync(CancellationToken stop) => SendAsync("close", null, stop);

        /// <summary>Has the node forget identifier, networks, broker and certificates; how it measures and its readings stay.</summary>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>Completes when it has.</returns>
        public Task UnpairAsync(CancellationToken stop) => SendAsync("unpair", null, stop);

        /// <summary>Has the node forget all but its label, its readings too.</summary>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>Completes when it has.</returns>
        public Task ResetAsync(CancellationToken stop) => SendAsync("factory-reset", null, stop);

        /// <inheritdoc/>
        public void Dispose() => _http.Dispose();

        private async Task<JsonElement> SendAsync(string verb, byte[]? content, CancellationToken stop)
        {
            byte[] head = Encoding.ASCII.GetBytes(verb + "\n");
            byte[] message = content is null ? head : [.. head, .. content];
            for (int session = 0; session < MostSessions; session++)
            {
                if (_session is null)
                {
                    await OpenSessionAsync(stop).ConfigureAwait(false);
                }

                SecureSession current = _session!;
                (int status, byte[] body) = await ExchangeAsync(HttpMethod.Post, "/api/v1/message", () => Frame(current, message), stop).ConfigureAwait(false);
                if (status == 401 || (status == 200 && current.Open(body) is null))
                {
                    _session = null; // the node restarted, or another tool opened a session
                    continue;
                }

                if (status != 200)
                {
                    throw Refusal(status, body);
                }

                JsonElement answer = PortalAnswers.Read(current.Opened!);
                return PortalAnswers.Error(answer) is { } error ? throw error : answer;
            }

            throw new PairingException("session", "The node ends every session at once: does another tool talk with it?");
        }

        private static ByteArrayContent Frame(SecureSession session, byte[] message)
        {
            var content = new ByteArrayContent(session.Seal(message));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            return content;
        }

        private async Task<NodeState> OpenSessionAsync(CancellationToken stop)
        {
            string code = _code ?? throw new InvalidOperationException("Authenticate first.");
            var patience = new Patience(_clock, AwayLimit);
            while (true)
            {
                NodeState state = await AskAsync(stop).ConfigureAwait(false);
                if (state.WaitMilliseconds > 0)
                {
                    await WaitAsync(state.WaitMilliseconds, stop).ConfigureAwait(false);
                    continue;
                }

                var offer = new SecureSession(state, code);
                (int status, byte[] body) = await ExchangeAsync(
                    HttpMethod.Post, "/api/v1/session", () => new StringContent(offer.Request, Encoding.ASCII, "application/json"), stop).ConfigureAwait(false);
                if (status == 200)
                {
                    if (!offer.Accept(PortalAnswers.Proof(body)))
                    {
                        throw new PairingException(PairingException.Impostor, $"What answers as {state.Node} does not know its code.");
                    }

                    _session = offer;
                    return state;
                }

                PairingException refusal = Refusal(status, body);
                if (refusal.Word is not ("wait" or "nonce" or "busy") || patience.IsOver)
                {
                    throw refusal; // a nonce goes stale after a minute, and after every attempt of anybody
                }

                await WaitAsync(refusal.Word == "nonce" ? 0 : Math.Max((int)refusal.Wait.TotalMilliseconds, (int)RetryPause.TotalMilliseconds), stop).ConfigureAwait(false);
            }
        }

        private async Task WaitAsync(int milliseconds, CancellationToken stop)
        {
            if (milliseconds >= 1000)
            {
                MustWait?.Invoke(TimeSpan.FromMilliseconds(milliseconds));
            }

            await _clock.DelayAsync(TimeSpan.FromMilliseconds(milliseconds), stop).ConfigureAwait(false);
        }

        /// <summary>One request until it has an answer, or the node was away for too long.</summary>
        private async Task<(int Status, byte[] Body)> ExchangeAsync(HttpMethod method, string path, Func<HttpContent?> content, CancellationToken stop)
        {
            var patience = new Patience(_clock, AwayLimit);
            while (true)
            {
                string? why = null;
                if (_endpoint() is { } endpoint)
                {
                    try
                    {
                        (int status, byte[] body) = await PortalHttp.SendAsync(_http, method, new Uri(endpoint, path), content(), RequestLimit, MostAnswer, stop).ConfigureAwait(false);
                        if (status != 503) // its four connections are taken: a moment later they are not
                        {
                            TellReached(true);
                            return (status, body);
                        }

                        why = "it is busy";
                    }
                    catch (HttpRequestException error)
                    {
                        why = error.Message;
                    }
                }

                TellReached(false);
                if (patience.IsOver)
                {
                    throw new PairingException(PairingException.Away, $"{_node ?? "The node"} does not answer: {why ?? "its access point is away"}.");
                }

                await _clock.DelayAsync(RetryPause, stop).ConfigureAwait(false);
            }
        }

        private void TellReached(bool reached)
        {
            if (_isAway == reached)
            {
                _isAway = !reached;
                Reached?.Invoke(reached);
            }
        }

        private static PairingException Refusal(int status, byte[] body) => PortalAnswers.Error(PortalAnswers.TryRead(body)) is { } error
            ? error
            : new PairingException("malformed", string.Create(CultureInfo.InvariantCulture, $"The node answers with HTTP status {status}, which says nothing."));
    }
}
