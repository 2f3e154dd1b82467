using System;
using System.Text;

namespace Sensors.Pairing
{
    /// <summary>One request and its answer, on one connection: bytes in as they come, bytes out in pieces. Nothing here waits, throws or grows.</summary>
    /// <remarks>
    /// The way of one: <see cref="Take"/> until <see cref="IsComplete"/> or <see cref="IsRefused"/>, <see cref="Portal.Handle"/>, <see cref="NextPiece"/> until it is
    /// null, <see cref="Close"/>; and close at once when <see cref="IsOverdue"/>. Made by <see cref="Portal.Open"/>.
    /// </remarks>
    public sealed class HttpExchange
    {
        /// <summary>The most bytes of a request line.</summary>
        public const int MostLine = 512;

        /// <summary>The most bytes of a request's head.</summary>
        public const int MostHead = 4096;

        /// <summary>The most bytes of a request's body.</summary>
        public const int MostBody = 8192;

        /// <summary>How long a whole exchange may take, in milliseconds.</summary>
        public const int MostMilliseconds = 10000;

        internal const string Json = "application/json";
        internal const string Bytes = "application/octet-stream";
        private const string Page = "text/html; charset=utf-8";

        private readonly HttpBody _body;
        private readonly HttpHead _head = new HttpHead();
        private readonly long _begun;
        private int _have;       // bytes of the body
        private bool _ended;     // the request is whole, or refused
        private byte[] _answer;  // head of the answer; null once given out
        private byte[] _content; // null where there is none, or once given out
        private int _part = -1;  // of the page that is next; -1 where the answer is no page

        internal HttpExchange(HttpBody body, long now)
        {
            _body = body;
            _begun = now;
        }

        /// <summary>Gets whether the request is whole.</summary>
        public bool IsComplete
        {
            get { return _ended && !IsRefused; }
        }

        /// <summary>Gets whether the request is refused already, by its form. Its answer is there.</summary>
        public bool IsRefused { get; private set; }

        internal string Method
        {
            get { return _head.Method; }
        }

        internal string Path
        {
            get { return _head.Path; }
        }

        internal bool HasBody
        {
            get { return _head.BodyLength > 0; }
        }

        internal byte[] BodyBytes
        {
            get { return _body.Bytes; }
        }

        internal int BodyCount
        {
            get { return _have; }
        }

        /// <summary>Takes what came in. What is behind the end of the request is passed over.</summary>
        /// <param name="buffer">Holds it from index 0; not kept.</param>
        /// <param name="count">How many bytes.</param>
        public void Take(byte[] buffer, int count)
        {
            for (int i = 0; i < count && !_ended; i++)
            {
                if (_head.IsWhole)
                {
                    i += TakeBody(buffer, i, count - i) - 1;
                    continue;
                }

                int refusal = _head.Take(buffer[i]);
                if (refusal == 0 && _head.IsWhole)
                {
                    refusal = EndHead();
                }

                if (refusal != 0)
                {
                    IsRefused = true;
                    _ended = true;
                    AnswerError(refusal, HttpStatus.WordOf(refusal), HttpStatus.TextOf(refusal), -1);
                }
            }
        }

        /// <summary>Tells whether the exchange takes too long: the connection is to be closed.</summary>
        /// <param name="now">Milliseconds since start.</param>
        /// <returns>True when it does.</returns>
        public bool IsOverdue(long now)
        {
            return now - _begun >= MostMilliseconds;
        }

        /// <summary>Gives the next bytes to send.</summary>
        /// <returns>The bytes; null when there are no more.</returns>
        public byte[] NextPiece()
        {
            byte[] piece = _answer ?? _content;
            if (_answer != null)
            {
                _answer = null;
            }
            else if (_content != null)
            {
                _content = null;
            }
            else if (_part >= 0 && _part < PageParts.Count)
            {
                piece = PageParts.Part(_part++);
            }

            return piece;
        }

        /// <summary>Frees what the exchange holds. Safe to call at any time.</summary>
        public void Close()
        {
            _ended = true;
            _body.Release(this);
            _answer = null;
            _content = null;
            _part = -1;
        }

        internal void Answer(int status, string type, byte[] content)
        {
            Begin(status, "Content-Type: " + type + "\r\n", content.Length);
            _content = content;
        }

        internal void AnswerError(int status, string word, string text, long wait)
        {
            Answer(status, Json, ApiJson.Error(word, text, wait));
        }

        internal void AnswerPage()
        {
            Begin(HttpStatus.Good, "Content-Type: " + Page + "\r\nContent-Encoding: gzip\r\n", PageParts.Length);
            _part = 0;
        }

        internal void Redirect(string place)
        {
            Begin(HttpStatus.Found, "Location: " + place + "\r\n", 0);
        }

        // Nobody keeps an answer: what it says is true now only.
        private void Begin(int status, string header, int length)
        {
            _body.Release(this);
            _answer = Encoding.UTF8.GetBytes(
                "HTTP/1.1 " + status.ToString() + " " + HttpStatus.Reason(status) + "\r\n" + header + "Content-Length: " + length.ToString()
                + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n");
        }

        private int EndHead()
        {
            if (_head.BodyLength <= 0)
            {
                _ended = true;
                return 0;
            }

            return _body.Take(this) ? 0 : HttpStatus.Busy;
        }

        private int TakeBody(byte[] buffer, int at, int count)
        {
            int wanted = _head.BodyLength - _have;
            int taken = count < wanted ? count : wanted;
            Array.Copy(buffer, at, _body.Bytes, _have, taken);
            _have += taken;
            _ended = _have == _head.BodyLength;
            return taken;
        }
    }
}
