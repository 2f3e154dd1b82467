using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace Sensors.Edge
{
    /// <summary>Reads CBOR (RFC 8949), well-formed or not: every step is checked against the end, every length against what is left.</summary>
    internal ref struct CborReader(ReadOnlySpan<byte> bytes)
    {
        private const int Depth = 16;
        private const int Indefinite = 31;
        private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _at;

        public readonly bool IsAtEnd => _at == _bytes.Length;

        public readonly CborType Peek() => (CborType)(_at < _bytes.Length ? _bytes[_at] >> 5 : throw Ended());

        /// <summary>Begins an array or a map.</summary>
        /// <returns>How many items or pairs follow; -1 when a break ends them.</returns>
        public int Begin(CborType type)
        {
            int information = Initial(type);
            if (information == Indefinite) { return -1; }
            ulong count = Argument(information);
            int smallest = type == CborType.Map ? 2 : 1; // bytes of the smallest item
            return count <= (ulong)((_bytes.Length - _at) / smallest) ? (int)count : throw Ended();
        }

        /// <summary>Tells whether another item follows, and takes the break that ends an array or a map of unknown length.</summary>
        public bool More(ref int left)
        {
            if (left >= 0) { return left-- > 0; }
            if (_at >= _bytes.Length) { throw Ended(); }
            if (_bytes[_at] != 0xFF) { return true; }
            _at++;
            return false;
        }

        public string Text()
        {
            try
            {
                return StrictUtf8.GetString(String(CborType.Text));
            }
            catch (DecoderFallbackException e)
            {
                throw new SenmlException("A text is no UTF-8.", e);
            }
        }

        public byte[] Data() => String(CborType.Bytes);

        public bool Boolean()
        {
            int value = Initial(CborType.Simple);
            return value is 20 or 21 ? value == 21 : throw Wrong("true or false");
        }

        public long Integer()
        {
            bool isNegative = Peek() == CborType.Negative;
            ulong argument = Argument(Initial(isNegative ? CborType.Negative : CborType.Unsigned));
            return argument <= long.MaxValue ? (isNegative ? ~(long)argument : (long)argument) : throw Wrong("an integer of 64 bits");
        }

        /// <summary>Reads an integer, a float, or a decimal fraction (tag 4) as the nearest double.</summary>
        public double Number()
        {
            switch (Peek())
            {
                case CborType.Unsigned:
                    return Argument(Initial(CborType.Unsigned));
                case CborType.Negative:
                    return -1.0 - Argument(Initial(CborType.Negative));
                case CborType.Tag:
                    return DecimalFraction();
                default:
                    return Initial(CborType.Simple) switch
                    {
                        25 => (double)BinaryPrimitives.ReadHalfBigEndian(Take(2)),
                        26 => BinaryPrimitives.ReadSingleBigEndian(Take(4)),
                        27 => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
                        _ => throw Wrong("a number"),
                    };
            }
        }

        /// <summary>Passes over one item, whatever it is.</summary>
        public void Skip(int depth = 0)
        {
            if (depth > Depth) { throw new SenmlException("The pack is nested deeper than " + Depth + "."); }
            CborType type = Peek();
            switch (type)
            {
                case CborType.Bytes or CborType.Text:
                    String(type);
                    break;
                case CborType.Array or CborType.Map:
                    int left = Begin(type);
                    while (More(ref left))
                    {
                        Skip(depth + 1);
                        if (type == CborType.Map) { Skip(depth + 1); }
                    }

                    break;
                case CborType.Tag:
                    Argument(Initial(type));
                    Skip(depth + 1);
                    break;
                default:
                    int information = Initial(type);
                    if (information == Indefinite) { throw Wrong("an item"); }
                    Argument(information);
                    break;
            }
        }

        private static SenmlException Ended() => new("The pack ends inside an item.");

        private double DecimalFraction()
        {
            if (Argument(Initial(CborType.Tag)) != 4) { throw Wrong("a number"); }
            int left = Begin(CborType.Array);
            if (left != 2) { throw Wrong("exponent and mantissa"); }
            long exponent = Integer();
            long mantissa = Integer();
            if (exponent is < -400 or > 400) { throw Wrong("within the range of a double"); }
            return double.Parse(mantissa + "E" + exponent, System.Globalization.CultureInfo.InvariantCulture);
        }

        private byte[] String(CborType type)
        {
            int information = Initial(type);
            if (information != Indefinite) { return Take(Argument(information)).ToArray(); }
            using var whole = new MemoryStream();
            int left = -1;
            while (More(ref left)) { whole.Write(Take(Argument(Initial(type)))); } // a chunk of unknown length is refused there
            return whole.ToArray();
        }

        private int Initial(CborType type)
        {
            if (Peek() != type) { throw Wrong(type.ToString().ToLowerInvariant()); }
            return _bytes[_at++] & 31;
        }

        private ulong Argument(int information) => information switch
        {
            < 24 => (ulong)information,
            24 => Take(1)[0],
            25 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            26 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            27 => BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
            _ => throw Wrong("a length"),
        };

        private ReadOnlySpan<byte> Take(ulong count)
        {
            if (count > (ulong)(_bytes.Length - _at)) { throw Ended(); }
            ReadOnlySpan<byte> taken = _bytes.Slice(_at, (int)count);
            _at += (int)count;
            return taken;
        }

        private readonly SenmlException Wrong(string expected) => new("Byte " + _at + " of the pack: " + expected + " was expected.");
    }
}
