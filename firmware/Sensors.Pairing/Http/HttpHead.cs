using System.Text;

namespace Sensors.Pairing
{
    /// <summary>Reads the head of a request line by line, keeping no more than one: method, path, and how long the body is (RFC 9112).</summary>
    internal sealed class HttpHead
    {
        private const int NoLength = -1;
        private const byte Space = (byte)' ', Tab = 9, Delete = 127, Colon = (byte)':';

        private static readonly byte[] ContentLength = Encoding.UTF8.GetBytes("content-length");
        private static readonly byte[] TransferEncoding = Encoding.UTF8.GetBytes("transfer-encoding");

        private readonly byte[] _line = new byte[HttpExchange.MostLine];
        private int _count;      // bytes of the line so far, those that were not kept included
        private int _total;
        private bool _afterReturn;

        internal string Method { get; private set; }

        /// <summary>Gets what is asked for, without host and query.</summary>
        internal string Path { get; private set; }

        /// <summary>Gets the bytes of the body; -1 where that is not said, and there is none.</summary>
        internal int BodyLength { get; private set; } = NoLength;

        /// <summary>Gets whether the empty line has come.</summary>
        internal bool IsWhole { get; private set; }

        /// <summary>Takes a byte.</summary>
        /// <returns>0, or the status of the refusal.</returns>
        internal int Take(byte value)
        {
            if (++_total > HttpExchange.MostHead)
            {
                return HttpStatus.HeadTooLarge;
            }

            if (value == (byte)'\n')
            {
                _afterReturn = false;
                int refusal = Method == null ? TakeRequestLine() : TakeHeader();
                _count = 0;
                return refusal;
            }

            bool isReturn = value == (byte)'\r';
            if (_afterReturn || (value < Space && value != Tab && !isReturn) || value == Delete)
            {
                return HttpStatus.Malformed;
            }

            _afterReturn = isReturn;
            if (isReturn)
            {
                return 0;
            }

            if (_count < _line.Length)
            {
                _line[_count] = value;
            }
            else if (Method == null)
            {
                return HttpStatus.LineTooLong;
            }

            _count++;
            return 0;
        }

        private int TakeRequestLine()
        {
            if (_count == 0)
            {
                return 0; // an empty line before a request is passed over, RFC 9112, 2.2
            }

            int first = IndexOf(Space, 0);
            int second = first < 0 ? -1 : IndexOf(Space, first + 1);
            if (first < 1 || second < 0 || !IsToken(first) || !IsVersion(second + 1))
            {
                return HttpStatus.Malformed;
            }

            int path = first + 1;
            if (_line[path] != (byte)'/')
            {
                path = BehindHost(path, second);
            }

            int end = path;
            while (end < second && end >= 0 && _line[end] != (byte)'?' && _line[end] != (byte)'#')
            {
                if (_line[end] > Delete)
                {
                    return HttpStatus.Malformed;
                }

                end++;
            }

            if (path < 0 || end == path)
            {
                return HttpStatus.Malformed;
            }

            Path = Encoding.UTF8.GetString(_line, path, end - path);
            Method = Encoding.UTF8.GetString(_line, 0, first);
            return 0;
        }

        // http://host/path, as a proxy is asked; -1 where it is neither.
        private int BehindHost(int at, int end)
        {
            byte[] scheme = Encoding.UTF8.GetBytes("http://");
            for (int i = 0; i < scheme.Length; i++, at++)
            {
                if (at >= end || _line[at] != scheme[i])
                {
                    return -1;
                }
            }

            int slash = IndexOf((byte)'/', at);
            return slash > at && slash < end ? slash : -1;
        }

        private bool IsVersion(int at)
        {
            byte[] version = Encoding.UTF8.GetBytes("HTTP/1.");
            bool good = _count - at == version.Length + 1;
            for (int i = 0; i < version.Length && good; i++)
            {
                good = _line[at + i] == version[i];
            }

            return good && (_line[_count - 1] == (byte)'0' || _line[_count - 1] == (byte)'1');
        }

        private int TakeHeader()
        {
            if (_count == 0)
            {
                IsWhole = true;
                return 0;
            }

            int kept = _count < _line.Length ? _count : _line.Length;
            int colon = -1;
            for (int i = 0; i < kept && colon < 0; i++)
            {
                colon = _line[i] == Colon ? i : -1;
            }

            if (colon < 1 || !IsToken(colon))
            {
                return HttpStatus.Malformed; // also a line that goes on with the one before
            }

            if (IsNamed(colon, TransferEncoding))
            {
                return HttpStatus.LengthWanted;
            }

            return IsNamed(colon, ContentLength) ? TakeLength(colon + 1) : 0;
        }

        private int TakeLength(int at)
        {
            int end = _count;
            while (at < end && (_line[at] == Space || _line[at] == Tab))
            {
                at++;
            }

            while (end > at && end <= _line.Length && (_line[end - 1] == Space || _line[end - 1] == Tab))
            {
                end--;
            }

            if (BodyLength != NoLength || at == end || end > _line.Length)
            {
                return HttpStatus.Malformed; // twice, too: which one is meant?
            }

            int length = 0;
            for (int i = at; i < end; i++)
            {
                if (_line[i] < (byte)'0' || _line[i] > (byte)'9')
                {
                    return HttpStatus.Malformed;
                }

                length = length > HttpExchange.MostBody ? length : (length * 10) + _line[i] - (byte)'0';
            }

            BodyLength = length;
            return length > HttpExchange.MostBody ? HttpStatus.TooLarge : 0;
        }

        private bool IsNamed(int length, byte[] name)
        {
            bool same = length == name.Length;
            for (int i = 0; i < length && same; i++)
            {
                same = (_line[i] | 0x20) == name[i];
            }

            return same;
        }

        // Letters, digits and what RFC 9110, 5.6.2 adds.
        private bool IsToken(int end)
        {
            for (int i = 0; i < end; i++)
            {
                byte c = _line[i];
                bool good = (c >= (byte)'0' && c <= (byte)'9') || (c >= (byte)'A' && c <= (byte)'Z') || (c >= (byte)'^' && c <= (byte)'z')
                    || c == (byte)'!' || (c >= (byte)'#' && c <= (byte)'\'') || c == (byte)'*' || c == (byte)'+' || c == (byte)'-' || c == (byte)'.' || c == (byte)'|' || c == (byte)'~';
                if (!good)
                {
                    return false;
                }
            }

            return true;
        }

        private int IndexOf(byte value, int from)
        {
            for (int i = from; i < _count; i++)
            {
                if (_line[i] == value)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
