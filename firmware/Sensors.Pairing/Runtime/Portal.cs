using System;
using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>The portal of a node that is to be paired: answers HTTP, keeps the session, begins trials, and says when it is over.</summary>
    /// <remarks>
    /// Two threads: one calls <see cref="Open"/>, <see cref="Handle"/> and <see cref="Step"/> and never waits, but for a scan; the other runs <see cref="RunTrial"/>
    /// when <see cref="HasTrial"/>. Specified in <c>docs/pairing.md</c>.
    /// </remarks>
    public sealed class Portal
    {
        /// <summary>How long a session lasts without a good message, and the portal of a paired node, in milliseconds.</summary>
        public const int IdleMilliseconds = 600000;

        /// <summary>How long a node waits for its good outcome to be fetched before it goes to work without that, in milliseconds.</summary>
        public const int FetchMilliseconds = 300000;

        private const int NonceMilliseconds = 60000;
        private const int AnswerMilliseconds = 1000; // an answer is on its way before the node restarts
        private const int StepMilliseconds = 1000;
        private const int BlinkMilliseconds = 10000;
        private const int SmallAnswer = 1024;
        private const string Home = "http://192.168.4.1/";

        private readonly PortalParts _parts;
        private readonly PairingLabel _label;
        private readonly PairingRecord _record;
        private readonly Clock _clock;
        private readonly byte[] _key;
        private readonly AttemptLimiter _limiter;
        private readonly Blinker _blinker;
        private readonly HttpBody _body = new HttpBody();
        private readonly PortalMessages _messages;
        private byte[] _nonce;
        private long _nonceAt;
        private PairingSession _session;
        private long _heardAt;
        private long _committedAt;
        private string _cause;
        private long _restartAt;

        /// <summary>Makes the portal. Derives the key of the code, which takes a board about a second.</summary>
        /// <param name="parts">The board's parts.</param>
        /// <param name="label">The node's label.</param>
        /// <param name="record">What pairing keeps; <see cref="PairingStart.Recover"/> has seen it.</param>
        public Portal(PortalParts parts, PairingLabel label, PairingRecord record)
        {
            _parts = parts;
            _label = label;
            _record = record;
            _clock = parts.Clock;
            _key = PairingKeys.OfCode(label.Code, label.Name, PairingKeys.Iterations);
            _limiter = new AttemptLimiter(record, parts.Clock);
            _blinker = parts.Indicator == null ? null : new Blinker(parts.Indicator);
            _heardAt = _clock.Milliseconds;
            _messages = new PortalMessages(this, parts, record);
        }

        /// <summary>Gets why the node is to restart now; null while it is not.</summary>
        public string RestartCause
        {
            get { return _cause != null && _clock.Milliseconds >= _restartAt ? _cause : null; }
        }

        /// <summary>Gets whether settings wait to be tried: then <see cref="RunTrial"/> is to be called, on a thread of its own.</summary>
        public bool HasTrial
        {
            get { return _messages.HasTrial; }
        }

        internal string Name
        {
            get { return _label.Name; }
        }

        internal bool HasLight
        {
            get { return _blinker != null; }
        }

        /// <summary>Begins with a connection.</summary>
        /// <returns>Takes its request and gives its answer.</returns>
        public HttpExchange Open()
        {
            return new HttpExchange(_body, _clock.Milliseconds);
        }

        /// <summary>Answers a request that is whole. One that was refused has its answer.</summary>
        /// <param name="exchange">The request.</param>
        public void Handle(HttpExchange exchange)
        {
            if (!exchange.IsComplete)
            {
                return;
            }

            string path = exchange.Path;
            if (path == "/api/v1/session" || path == "/api/v1/message" || path == "/api/v1/identify")
            {
                Post(exchange, path);
            }
            else if (exchange.Method != "GET")
            {
                bool isPlace = path == "/" || path == "/api/v1/node";
                Refuse(exchange, isPlace ? HttpStatus.WrongMethod : HttpStatus.NotFound);
            }
            else if (path == "/")
            {
                exchange.AnswerPage();
            }
            else if (path == "/api/v1/node")
            {
                exchange.Answer(HttpStatus.Good, HttpExchange.Json, NodeJson());
            }
            else if (path.StartsWith("/api/"))
            {
                Refuse(exchange, HttpStatus.NotFound);
            }
            else
            {
                exchange.Redirect(Home); // a phone that looks whether it is online: it then shows the page
            }
        }

        /// <summary>Does what time asks for: blinks, ends sessions and the portal.</summary>
        /// <returns>Milliseconds until there may be more.</returns>
        public int Step()
        {
            long now = _clock.Milliseconds;
            if (_messages.IsTrying)
            {
                _heardAt = now; // who pairs may be without the access point all the while
            }
            else if (now - _heardAt >= IdleMilliseconds)
            {
                _session = null;
                if (_messages.IsPaired && _cause == null)
                {
                    Leave("portal closed: nobody paired for 10 minutes", 0);
                }
            }

            if (_record.State != TrialState.Committed || _messages.IsTrying)
            {
                _committedAt = 0;
            }
            else if (_committedAt == 0)
            {
                _committedAt = now;
            }
            else if (now - _committedAt >= FetchMilliseconds && _cause == null)
            {
                Leave("paired", 0);
            }

            return _blinker == null ? StepMilliseconds : _blinker.Step(now);
        }

        /// <summary>Tries the settings that wait, and keeps them where they work. Blocks, for up to a minute.</summary>
        public void RunTrial()
        {
            _messages.RunTrial();
        }

        internal void Blink(int seconds)
        {
            _blinker.BlinkUntil(_clock.Milliseconds + (seconds * 1000L));
        }

        /// <summary>Asks for a restart into work, once the answer that is being given is on its way.</summary>
        internal void Leave(string cause)
        {
            Leave(cause, AnswerMilliseconds);
        }

        private void Leave(string cause, int milliseconds)
        {
            _record.PortalWanted = false;
            _restartAt = _clock.Milliseconds + milliseconds;
            _cause = cause;
        }

        private void Post(HttpExchange exchange, string path)
        {
            if (exchange.Method != "POST")
            {
                Refuse(exchange, HttpStatus.WrongMethod);
            }
            else if (path == "/api/v1/identify")
            {
                Identify(exchange);
            }
            else if (!exchange.HasBody)
            {
                Refuse(exchange, HttpStatus.LengthWanted);
            }
            else if (path == "/api/v1/session")
            {
                BeginSession(exchange);
            }
            else
            {
                TakeMessage(exchange);
            }
        }

        private void Identify(HttpExchange exchange)
        {
            if (_blinker == null)
            {
                exchange.AnswerError(HttpStatus.Conflict, "no-light", "This board has no light.", -1);
                return;
            }

            Blink(BlinkMilliseconds / 1000);
            exchange.Answer(HttpStatus.Good, HttpExchange.Json, ApiJson.Good(SmallAnswer).End());
        }

        // Without looking at the proof while there is a wait: otherwise the answer would tell what a later attempt may not.
        private void BeginSession(HttpExchange exchange)
        {
            long wait = _limiter.WaitMilliseconds;
            if (wait > 0)
            {
                exchange.AnswerError(HttpStatus.TooOften, "wait", "Wrong codes were tried. Wait before the next.", wait);
                return;
            }

            CommandReader reader = new CommandReader();
            byte[] json = new byte[exchange.BodyCount];
            Array.Copy(exchange.BodyBytes, 0, json, 0, json.Length);
            bool read = reader.Read(json);
            byte[] of = HexText.Read(read ? reader.Text("of") : null, PairingKeys.NonceLength);
            byte[] nonce = HexText.Read(read ? reader.Text("nonce") : null, PairingKeys.NonceLength);
            byte[] proof = HexText.Read(read ? reader.Text("proof") : null, Hmac.Length);
            if (of == null || nonce == null || proof == null)
            {
                exchange.AnswerError(HttpStatus.Malformed, "malformed", "Expected of, nonce and proof as hexadecimal digits.", -1);
                return;
            }

            byte[] own = Nonce();
            if (!Hmac.AreSame(of, own))
            {
                exchange.AnswerError(HttpStatus.Refused, "nonce", "This nonce has passed. Ask for the node again.", -1);
                return;
            }

            _nonce = null; // an attempt uses it up
            if (!Hmac.AreSame(PairingKeys.ToolProof(_key, own, nonce), proof))
            {
                _limiter.CountFailure();
                exchange.AnswerError(HttpStatus.Refused, "code", "The code is wrong.", _limiter.WaitMilliseconds);
                return;
            }

            _limiter.Reset();
            _session = PairingSession.OfNode(PairingKeys.Derive(_key, own, nonce), _parts.Random);
            _heardAt = _clock.Milliseconds;
            ApiJson answer = new ApiJson(SmallAnswer);
            answer.Text("proof", HexText.Of(PairingKeys.NodeProof(_key, own, nonce)));
            exchange.Answer(HttpStatus.Good, HttpExchange.Json, answer.End());
        }

        private void TakeMessage(HttpExchange exchange)
        {
            if (_session != null && _clock.Milliseconds - _heardAt >= IdleMilliseconds)
            {
                _session = null;
            }

            byte[] text = _session == null ? null : _session.Open(exchange.BodyBytes, exchange.BodyCount);
            if (text == null)
            {
                exchange.AnswerError(HttpStatus.NoSession, "session", "Begin a session first.", -1);
                return;
            }

            _heardAt = _clock.Milliseconds;
            byte[] answer = _messages.Answer(text);
            exchange.Answer(HttpStatus.Good, HttpExchange.Bytes, _session.Seal(answer, answer.Length));
        }

        private byte[] NodeJson()
        {
            ApiJson json = new ApiJson(SmallAnswer);
            json.Number("api", 1);
            json.Text("node", _label.Name);
            json.Text("board", _parts.Board);
            json.Text("firmware", _parts.Version);
            json.Text("state", _record.State == TrialState.None ? "waiting" : TrialOutcome.NameOf(_record.State));
            json.Flag("paired", _messages.IsPaired);
            json.Number("attempt", _record.Attempt);
            json.Text("nonce", HexText.Of(Nonce()));
            json.Number("iterations", PairingKeys.Iterations);
            json.Number("wait_ms", _limiter.WaitMilliseconds);
            return json.End();
        }

        private byte[] Nonce()
        {
            long now = _clock.Milliseconds;
            if (_nonce == null || now - _nonceAt >= NonceMilliseconds)
            {
                _nonce = new byte[PairingKeys.NonceLength];
                _parts.Random.Fill(_nonce);
                _nonceAt = now;
            }

            return _nonce;
        }

        private static void Refuse(HttpExchange exchange, int status)
        {
            if (status == HttpStatus.LengthWanted)
            {
                exchange.AnswerError(status, HttpStatus.WordOf(status), HttpStatus.TextOf(status), -1);
            }
            else if (status == HttpStatus.WrongMethod)
            {
                exchange.AnswerError(status, "method", "This is asked with another method.", -1);
            }
            else
            {
                exchange.AnswerError(status, "not-found", "There is nothing here.", -1);
            }
        }
    }
}
