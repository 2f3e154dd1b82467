using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Reads acknowledgements of the edge: <c>{"epoch":7,"upto":12,"have":[[14,20],[22,22]]}</c>. Never throws, allocates nothing.</summary>
    /// <remarks>Members it does not know are passed over, whatever they hold. What is not sound says nothing at all. One thread at a time.</remarks>
    public sealed class EdgeAckReader
    {
        /// <summary>The most bytes of an acknowledgement; one that is longer is not read.</summary>
        public const int MaxLength = 1024;

        private const long Largest = (1L << 53) - 1;
        private const int MostDigits = 16;

        private static readonly byte[] EpochName = JsonText.Of("epoch");
        private static readonly byte[] UpToName = JsonText.Of("upto");
        private static readonly byte[] HaveName = JsonText.Of("have");

        private byte[] _bytes;
        private int _at;
        private long _number;
        private long _epoch;
        private long _upTo;

        /// <summary>Gets what was read last, if it was sound.</summary>
        public EdgeAck Ack { get; } = new EdgeAck();

        /// <summary>Reads an acknowledgement.</summary>
        /// <param name="json">The message; not kept.</param>
        /// <returns>False when it is none; then <see cref="Ack"/> says nothing.</returns>
        [HotPath]
        public bool TryRead(byte[] json)
        {
            _bytes = json;
            _at = 0;
            _epoch = -1;
            _upTo = -1;
            Ack.Begin(0, 0);
            bool sound = json.Length <= MaxLength && Object() && _epoch > 0 && _upTo >= 0;
            Blanks();
            sound &= _at == json.Length;
            _bytes = null;
            if (!sound)
            {
                Ack.Begin(0, 0);
                return false;
            }

            Ack.End(_epoch, _upTo);
            return true;
        }

        [HotPath]
        private bool Object()
        {
            if (!Take((byte)'{'))
            {
                return false;
            }

            if (Take((byte)'}'))
            {
                return true;
            }

            do
            {
                if (!Member())
                {
                    return false;
                }
            }
            while (Take((byte)','));
            return Take((byte)'}');
        }

        [HotPath]
        private bool Member()
        {
            Blanks();
            int name = _at;
            if (!Text())
            {
                return false;
            }

            int end = _at;
            if (!Take((byte)':'))
            {
                return false;
            }

            if (Is(name, end, EpochName))
            {
                bool good = Number() && _epoch < 0; // there twice: which one is meant?
                _epoch = _number;
                return good;
            }

            if (Is(name, end, UpToName))
            {
                bool good = Number() && _upTo < 0;
                _upTo = _number;
                return good;
            }

            return Is(name, end, HaveName) ? Ranges() : Skip();
        }

        [HotPath]
        private bool Ranges()
        {
            if (!Take((byte)'['))
            {
                return false;
            }

            if (Take((byte)']'))
            {
                return true;
            }

            do
            {
                if (!Take((byte)'[') || !Number())
                {
                    return false;
                }

                long from = _number;
                if (!Take((byte)',') || !Number() || !Take((byte)']') || from < 1 || _number < from)
                {
                    return false;
                }

                Ack.Add(from, _number);
            }
            while (Take((byte)','));
            return Take((byte)']');
        }

        [HotPath]
        private bool Number()
        {
            Blanks();
            int first = _at;
            _number = 0;
            while (_at < _bytes.Length && _bytes[_at] >= '0' && _bytes[_at] <= '9' && _at - first < MostDigits)
            {
                _number = (_number * 10) + (_bytes[_at++] - '0');
            }

            return _at > first && _number <= Largest && (_bytes[first] != '0' || _at == first + 1);
        }

        // A string in quotes; an escaped quote is no end.
        [HotPath]
        private bool Text()
        {
            if (_at >= _bytes.Length || _bytes[_at] != '"')
            {
                return false;
            }

            _at++;
            while (_at < _bytes.Length && _bytes[_at] != '"')
            {
                _at += _bytes[_at] == '\\' ? 2 : 1;
            }

            return ++_at <= _bytes.Length;
        }

        // Any value: strings are gone over, brackets counted, and what stands between is not looked at.
        [HotPath]
        private bool Skip()
        {
            int depth = 0;
            Blanks();
            int first = _at;
            while (_at < _bytes.Length)
            {
                byte next = _bytes[_at];
                if (depth == 0 && (next == ',' || next == '}'))
                {
                    return _at > first;
                }

                if (next == '"')
                {
                    if (!Text())
                    {
                        return false;
                    }

                    continue;
                }

                depth += next == '{' || next == '[' ? 1 : next == '}' || next == ']' ? -1 : 0;
                _at++;
            }

            return false;
        }

        [HotPath]
        private bool Is(int from, int to, byte[] name)
        {
            if (to - from != name.Length)
            {
                return false;
            }

            for (int i = 0; i < name.Length; i++)
            {
                if (_bytes[from + i] != name[i])
                {
                    return false;
                }
            }

            return true;
        }

        [HotPath]
        private bool Take(byte wanted)
        {
            Blanks();
            if (_at >= _bytes.Length || _bytes[_at] != wanted)
            {
                return false;
            }

            _at++;
            return true;
        }

        [HotPath]
        private void Blanks()
        {
            while (_at < _bytes.Length && (_bytes[_at] == ' ' || (_bytes[_at] >= 9 && _bytes[_at] <= 13)))
            {
                _at++;
            }
        }
    }
}
