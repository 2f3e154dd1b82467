using System.Text;

namespace Sensors.Node
{
    /// <summary>Reads a command: one flat JSON object whose values are strings and integers. Never throws, whatever it is given.</summary>
    /// <remarks>
    /// A subset of RFC 8259 that any JSON writer can produce: strings hold printable ASCII without escapes, integers are below 2^53 in size; a
    /// member that is <c>null</c> is as good as absent.
    /// Members nobody asks for are passed over. The first thing that is wrong is kept in <see cref="Error"/>, be it the text itself or a
    /// member that is not what its command expects; from then on nothing is given out.
    /// </remarks>
    public sealed class CommandReader
    {
        /// <summary>The most bytes of a command.</summary>
        public const int MaxLength = 512;

        /// <summary>The most members of a command.</summary>
        public const int MaxMembers = 16;

        /// <summary>The largest integer, of which every JSON reader and writer keeps its digits: 2^53 - 1.</summary>
        public const long Largest = (1L << 53) - 1;

        private const int MaxDigits = 16;

        private readonly string[] _names = new string[MaxMembers];
        private readonly string[] _texts = new string[MaxMembers]; // null where the value is a number
        private readonly long[] _numbers = new long[MaxMembers];
        private byte[] _bytes;
        private int _length;
        private int _at;
        private int _count;
        private string _text;
        private long _number;

        /// <summary>Gets what is wrong, for people; null when nothing is.</summary>
        public string Error { get; private set; }

        /// <summary>Reads a command.</summary>
        /// <param name="json">The command; not kept.</param>
        /// <returns>True when it is one; otherwise see <see cref="Error"/>.</returns>
        public bool Read(byte[] json)
        {
            Error = null;
            _count = 0;
            _at = 0;
            _bytes = json;
            _length = json.Length;
            if (json.Length > MaxLength)
            {
                Fail("the command has more than " + MaxLength.ToString() + " bytes");
            }
            else
            {
                ReadObject();
            }

            _bytes = null;
            if (Error != null)
            {
                _count = 0;
            }

            return Error == null;
        }

        /// <summary>Tells whether a member is there.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>True when it is.</returns>
        public bool Has(string name)
        {
            return Find(name) >= 0;
        }

        /// <summary>Gives a string.</summary>
        /// <param name="name">The member's name.</param>
        /// <returns>Its value; null, with <see cref="Error"/> set, when it is absent or a number.</returns>
        public string Text(string name)
        {
            int member = Find(name);
            if (member >= 0 && _texts[member] != null)
            {
                return _texts[member];
            }

            Fail("\"" + name + "\" " + (member < 0 ? "is missing" : "is not a string"));
            return null;
        }

        /// <summary>Gives a string or an integer that may be absent, as text.</summary>
        /// <param name="name">The member's name.</param>
        /// <returns>Its value; null when it is absent.</returns>
        public string Value(string name)
        {
            int member = Find(name);
            return member < 0 ? null : _texts[member] ?? _numbers[member].ToString();
        }

        /// <summary>Gives an integer that must be there.</summary>
        /// <param name="name">The member's name.</param>
        /// <param name="least">The least it may be.</param>
        /// <param name="most">The most it may be.</param>
        /// <returns>Its value; <paramref name="least"/>, with <see cref="Error"/> set, when it is absent or another.</returns>
        public long Number(string name, long least, long most)
        {
            int member = Find(name);
            if (member >= 0 && _texts[member] == null && _numbers[member] >= least && _numbers[member] <= most)
            {
                return _numbers[member];
            }

            Fail(member < 0 ? "\"" + name + "\" is missing" : "\"" + name + "\" is not an integer from " + least.ToString() + " to " + most.ToString());
            return least;
        }

        /// <summary>Gives an integer that may be absent.</summary>
        /// <param name="name">The member's name.</param>
        /// <param name="least">The least it may be.</param>
        /// <param name="most">The most it may be.</param>
        /// <param name="absent">What is given when it is not there.</param>
        /// <returns>Its value; <paramref name="least"/>, with <see cref="Error"/> set, when it is another.</returns>
        public long Number(string name, long least, long most, long absent)
        {
            return Has(name) ? Number(name, least, most) : absent;
        }

        private void ReadObject()
        {
            SkipBlanks();
            if (!Take('{'))
            {
                Fail("the command is not a JSON object");
                return;
            }

            SkipBlanks();
            if (!Take('}'))
            {
                do
                {
                    if (!ReadMember())
                    {
                        return;
                    }
                }
                while (Take(','));
                if (!Take('}'))
                {
                    Unexpected();
                    return;
                }
            }

            SkipBlanks();
            if (_at < _length)
            {
                Unexpected();
            }
        }

        private bool ReadMember()
        {
            SkipBlanks();
            if (!ReadText())
            {
                return false;
            }

            string name = _text;
            if (_count == MaxMembers)
            {
                return Fail("the command has more than " + MaxMembers.ToString() + " members");
            }

            if (Has(name))
            {
                return Fail("\"" + name + "\" is there twice");
            }

            SkipBlanks();
            if (!Take(':'))
            {
                return Unexpected();
            }

            SkipBlanks();
            if (Peek() == 'n')
            {
                return ReadNull();
            }

            _text = null;
            if (!(Peek() == '"' ? ReadText() : ReadNumber()))
            {
                return false;
            }

            _names[_count] = name;
            _texts[_count] = _text;
            _numbers[_count] = _number;
            _count++;
            SkipBlanks();
            return true;
        }

        private bool ReadNull()
        {
            bool read = Take('n') && Take('u') && Take('l') && Take('l');
            SkipBlanks();
            return read || Unexpected();
        }

        private bool ReadText()
        {
            if (!Take('"'))
            {
                return Unexpected();
            }

            int start = _at;
            while (Peek() >= ' ' && Peek() <= '~' && Peek() != '"' && Peek() != '\\')
            {
                _at++;
            }

            int end = _at;
            if (!Take('"'))
            {
                return Unexpected();
            }

            _text = end == start ? string.Empty : Encoding.UTF8.GetString(_bytes, start, end - start);
            return true;
        }

        private bool ReadNumber()
        {
            bool negative = Take('-');
            int start = _at;
            long value = 0;
            while (Peek() >= '0' && Peek() <= '9')
            {
                if (_at - start == MaxDigits)
                {
                    return Fail("a number has more than " + MaxDigits.ToString() + " digits");
                }

                value = (value * 10) + (Peek() - '0');
                _at++;
            }

            if (value > Largest)
            {
                return Fail("a number is beyond 2^53");
            }

            if (_at == start || (_bytes[start] == '0' && _at - start > 1))
            {
                return Unexpected(); // no digit; a zero in front; or something that is neither string nor number
            }

            _number = negative ? -value : value;
            return true;
        }

        private void SkipBlanks()
        {
            while (Peek() == ' ' || Peek() == '\t' || Peek() == '\r' || Peek() == '\n')
            {
                _at++;
            }
        }

        private int Peek()
        {
            return _at < _length ? _bytes[_at] : -1;
        }

        private bool Take(char letter)
        {
            if (Peek() != letter)
            {
                return false;
            }

            _at++;
            return true;
        }

        private bool Unexpected()
        {
            return Fail(_at < _length
                ? "the command is not flat JSON of strings and integers: unexpected byte at position " + (_at + 1).ToString()
                : "the command ends too early");
        }

        private bool Fail(string error)
        {
            if (Error == null)
            {
                Error = error;
            }

            return false;
        }

        private int Find(string name)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_names[i] == name)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
