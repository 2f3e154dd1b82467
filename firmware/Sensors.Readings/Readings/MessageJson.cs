using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// What the node's JSON messages have in common: one object, whose first members say whose it is, of which epoch and of when. Members have the same names
    /// and forms in all of them, see <c>docs/payloads.md</c>. One thread at a time.
    /// </summary>
    public abstract class MessageJson
    {
        private static readonly byte[] Id = JsonText.NameOf("id");
        private static readonly byte[] PointName = JsonText.NameOf("point");
        private static readonly byte[] Kind = JsonText.NameOf("kind");
        private static readonly byte[] Epoch = JsonText.NameOf("epoch");
        private static readonly byte[] Sequence = JsonText.NameOf("seq");
        private static readonly byte[] Time = JsonText.NameOf("ts");
        private static readonly byte[] ClockName = JsonText.NameOf("clock");
        private static readonly byte[] UncertaintyName = JsonText.NameOf("uncertainty");
        private static readonly byte[][] ClockNames =
        {
            JsonText.Of(WireNames.Of(ClockState.Unset)), JsonText.Of(WireNames.Of(ClockState.Holdover)), JsonText.Of(WireNames.Of(ClockState.Synced)),
        };

        private readonly JsonWriter _json = new JsonWriter();
        private byte[] _identifier;

        /// <summary>Makes the encoder of an identity.</summary>
        /// <param name="identifier">Whose messages.</param>
        protected MessageJson(Identifier identifier)
        {
            _identifier = JsonText.Of(identifier.Text);
        }

        /// <summary>Gets the length of the identifier as a JSON string.</summary>
        protected int IdentifierLength
        {
            get { return _identifier.Length; }
        }

        /// <summary>Gets the most bytes of what every message has: braces, whose it is, and its epoch, with a comma behind.</summary>
        protected int MostFrame
        {
            get { return 2 + Member(Id, _identifier.Length) + Member(Epoch, DigitWriter.MaxLongLength); }
        }

        /// <summary>Gets the most bytes of what <see cref="WriteTime"/> writes, but for the digits of the uncertainty.</summary>
        protected static int MostTime
        {
            get { return Member(Time, DigitWriter.MaxLongLength) + Member(ClockName, Longest(ClockNames)) + Member(UncertaintyName, 0); }
        }

        /// <summary>Encodes for another identity from now on.</summary>
        /// <param name="identifier">Its identifier, prepared by <see cref="JsonText.Of"/>.</param>
        [HotPath]
        public void Identify(byte[] identifier)
        {
            _identifier = identifier;
        }

        /// <summary>Begins a message with whose it is.</summary>
        /// <param name="buffer">Receives it, up to its end.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>Takes the members that follow.</returns>
        [HotPath]
        protected JsonWriter Begin(byte[] buffer, int offset)
        {
            JsonWriter json = _json;
            json.Begin(buffer, offset);
            json.OpenObject();
            json.Name(Id);
            json.Text(_identifier);
            return json;
        }

        /// <summary>Begins a message that has a number: with whose it is, and of which point, epoch and number.</summary>
        /// <param name="point">The point.</param>
        /// <param name="epoch">The epoch.</param>
        /// <param name="sequence">The number.</param>
        /// <param name="buffer">Receives it, up to its end.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>Takes the members that follow.</returns>
        [HotPath]
        protected JsonWriter Begin(Point point, long epoch, long sequence, byte[] buffer, int offset)
        {
            JsonWriter json = Begin(buffer, offset);
            json.Name(PointName);
            json.Text(point.NameJson);
            json.Name(Kind);
            json.Text(point.KindJson);
            WriteEpoch(epoch);
            json.Name(Sequence);
            json.Number(sequence);
            return json;
        }

        /// <summary>Writes the epoch.</summary>
        /// <param name="epoch">The epoch.</param>
        [HotPath]
        protected void WriteEpoch(long epoch)
        {
            _json.Name(Epoch);
            _json.Number(epoch);
        }

        /// <summary>Writes when it was.</summary>
        /// <param name="utcMilliseconds">In milliseconds since 1970-01-01T00:00:00Z.</param>
        /// <param name="state">How that is known.</param>
        /// <param name="uncertainty">Milliseconds it may be off; <see cref="Clock.UnknownUncertainty"/> is left out.</param>
        [HotPath]
        protected void WriteTime(long utcMilliseconds, ClockState state, long uncertainty)
        {
            JsonWriter json = _json;
            json.Name(Time);
            json.Number(utcMilliseconds);
            json.Name(ClockName);
            json.Text(ClockNames[(int)state]);
            if (uncertainty >= 0)
            {
                json.Name(UncertaintyName);
                json.Number(uncertainty);
            }
        }

        /// <summary>Ends a message.</summary>
        /// <returns>Its length in bytes, or <see cref="JsonWriter.DoesNotFit"/>.</returns>
        [HotPath]
        protected int End()
        {
            _json.CloseObject();
            return _json.End();
        }

        /// <summary>Computes the most bytes of what a message of a point has beyond <see cref="MostFrame"/> before its time.</summary>
        /// <param name="point">The point.</param>
        /// <returns>Bytes, a comma behind the last member among them.</returns>
        protected static int MostOf(Point point)
        {
            return Member(PointName, point.NameJson.Length) + Member(Kind, point.KindJson.Length) + Member(Sequence, DigitWriter.MaxLongLength);
        }

        /// <summary>Computes the length of a member.</summary>
        /// <param name="name">Its name, prepared by <see cref="JsonText.NameOf"/>.</param>
        /// <param name="valueLength">The length of its value.</param>
        /// <returns>Bytes, with a comma; the last member of an object leaves it spare.</returns>
        protected static int Member(byte[] name, int valueLength)
        {
            return name.Length + valueLength + 1;
        }

        /// <summary>Finds the length of the longest of some names.</summary>
        /// <param name="names">The names, prepared; some may be null.</param>
        /// <returns>Bytes.</returns>
        protected static int Longest(byte[][] names)
        {
            int longest = 0;
            for (int i = 0; i < names.Length; i++)
            {
                if (names[i] != null && names[i].Length > longest) { longest = names[i].Length; }
            }

            return longest;
        }
    }
}
