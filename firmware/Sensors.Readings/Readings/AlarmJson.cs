using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// Encodes changes of alarms as JSON; the form is specified byte by byte in <c>docs/payloads.md</c>. Allocates nothing per
    /// message. One thread at a time.
    /// </summary>
    public sealed class AlarmJson : MessageJson
    {
        private const int Levels = (int)AlarmLevel.Danger + 1;
        private const int Causes = (int)AlarmCause.Drift + 1;

        private readonly byte[][] _levelNames = new byte[Levels][];
        private readonly byte[][] _causeNames = new byte[Causes][];

        private readonly byte[] _channel = JsonText.NameOf("channel");
        private readonly byte[] _alarm = JsonText.NameOf("alarm");
        private readonly byte[] _was = JsonText.NameOf("was");
        private readonly byte[] _cause = JsonText.NameOf("cause");
        private readonly byte[] _value = JsonText.NameOf("value");
        private readonly byte[] _limit = JsonText.NameOf("limit");

        /// <summary>Makes the encoder of an identity.</summary>
        /// <param name="identifier">Whose alarms: the identity they were raised under.</param>
        public AlarmJson(Identifier identifier)
            : base(identifier)
        {
            for (int i = 0; i < Levels; i++) { _levelNames[i] = JsonText.Of(WireNames.Of((AlarmLevel)i)); }
            for (int i = 0; i < Causes; i++) { _causeNames[i] = JsonText.Of(WireNames.Of((AlarmCause)i)); }
        }

        /// <summary>Encodes a change.</summary>
        /// <param name="epoch">The node's epoch.</param>
        /// <param name="record">The change, as its record was read.</param>
        /// <param name="utcMilliseconds">When the last sample of its reading was taken, in milliseconds since 1970-01-01T00:00:00Z.</param>
        /// <param name="state">How that time is known.</param>
        /// <param name="uncertainty">How far it may be off, as a code of <see cref="Uncertainty"/>.</param>
        /// <param name="buffer">Receives the message; <see cref="MaxLength"/> bytes are always enough.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>The message's length in bytes, or <see cref="JsonWriter.DoesNotFit"/>.</returns>
        [HotPath]
        public int Encode(long epoch, AlarmRecord record, long utcMilliseconds, ClockState state, int uncertainty, byte[] buffer, int offset)
        {
            AlarmEvent change = record.Change;
            JsonWriter json = Begin(record.Point, epoch, record.Sequence, buffer, offset);
            WriteTime(utcMilliseconds, state, Uncertainty.Milliseconds(uncertainty));
            json.Name(_channel);
            json.Text(change.Channel.Json);
            json.Name(_alarm);
            json.Text(_levelNames[(int)change.Level]);
            json.Name(_was);
            json.Text(_levelNames[(int)change.Was]);
            json.Name(_cause);
            json.Text(_causeNames[(int)change.Cause]);
            if (DigitWriter.IsWritable(change.Value))
            {
                json.Name(_value);
                json.Number(change.Value);
            }

            if (DigitWriter.IsWritable(change.Limit))
            {
                json.Name(_limit);
                json.Number(change.Limit);
            }

            return End();
        }

        /// <summary>Gets the length that no message exceeds.</summary>
        public int MaxLength
        {
            get
            {
                return IdentifierLength + (4 * DigitWriter.MaxLongLength) + (2 * DigitWriter.MaxFloatLength)
                    + Point.MaxNameLength + AlarmEvent.MaxChannelLength + 200; // names, quotes, the longest words
            }
        }
    }
}
