using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// Encodes statements about numbers that will not come as JSON; the form is specified byte by byte in <c>docs/payloads.md</c>. Allocates
    /// nothing per message. One thread at a time.
    /// </summary>
    public sealed class GapJson : MessageJson
    {
        private readonly byte[][] _reasonNames =
        {
            JsonText.Of("power-cut"), JsonText.Of("thinned"), JsonText.Of("no-room"), JsonText.Of("corrupt"), JsonText.Of("new-volume"),
        };

        private readonly byte[] _reason = JsonText.NameOf("reason");
        private readonly byte[] _count = JsonText.NameOf("count");
        private readonly byte[] _ranges = JsonText.NameOf("ranges");

        /// <summary>Makes the encoder of an identity.</summary>
        /// <param name="identifier">Whose numbers: the identity they were given out under.</param>
        public GapJson(Identifier identifier)
            : base(identifier)
        {
        }

        /// <summary>Encodes a gap.</summary>
        /// <param name="epoch">The epoch of its numbers.</param>
        /// <param name="gap">The gap, with one range at least.</param>
        /// <param name="utcMilliseconds">When it was stated, in milliseconds since 1970-01-01T00:00:00Z.</param>
        /// <param name="state">How that time is known.</param>
        /// <param name="uncertainty">How far it may be off, as a code of <see cref="Uncertainty"/>.</param>
        /// <param name="buffer">Receives the message; <see cref="MaxLength"/> bytes are always enough.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>The message's length in bytes, or <see cref="JsonWriter.DoesNotFit"/>.</returns>
        [HotPath]
        public int Encode(long epoch, Gap gap, long utcMilliseconds, ClockState state, int uncertainty, byte[] buffer, int offset)
        {
            int reason = (int)gap.Reason;
            JsonWriter json = Begin(buffer, offset);
            WriteEpoch(epoch);
            WriteTime(utcMilliseconds, state, Uncertainty.Milliseconds(uncertainty));
            json.Name(_reason);
            json.Text(_reasonNames[reason < _reasonNames.Length ? reason : (int)GapReason.Corrupt]);
            if (gap.Count >= 0)
            {
                json.Name(_count);
                json.Number((long)gap.Count);
            }

            json.Name(_ranges);
            json.OpenArray();
            for (int i = 0; i < gap.Ranges; i++)
            {
                json.OpenArray();
                json.Number(gap.From(i));
                json.Number(gap.To(i));
                json.CloseArray();
            }

            json.CloseArray();
            return End();
        }

        /// <summary>Gets the length that no message exceeds.</summary>
        public int MaxLength
        {
            get
            {
                return IdentifierLength + (4 * DigitWriter.MaxLongLength) + 120 // names, quotes, the longest words
                    + (Gap.MostRanges * ((2 * MostDigits) + 4)) + DigitWriter.MaxLongLength; // and the room the writer asks for
            }
        }

        private const int MostDigits = 16; // of 2^53
    }
}
