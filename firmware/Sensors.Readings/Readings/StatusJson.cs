using System.Text;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// Encodes the status messages of one node: online, sent after each connect and from time to time, and offline, which is the
    /// will. The form is specified in <c>docs/payloads.md</c>. One thread at a time.
    /// </summary>
    public sealed class StatusJson : MessageJson
    {
        /// <summary>The most characters a text has that tells a cause; the rest is cut off.</summary>
        public const int MaxTextLength = 80;

        private const int MaxTextBytes = (3 * MaxTextLength) + 2; // UTF-8 of a UTF-16 code unit, or two bytes escaped; quotes

        private readonly byte[] _version;
        private readonly byte[] _online = JsonText.Of("online");
        private readonly byte[] _offline = JsonText.Of("offline");

        private readonly byte[] _statusName = JsonText.NameOf("status");
        private readonly byte[] _firmwareName = JsonText.NameOf("firmware");
        private readonly byte[] _uptimeName = JsonText.NameOf("uptime");
        private readonly byte[] _queuedName = JsonText.NameOf("queued");
        private readonly byte[] _droppedName = JsonText.NameOf("dropped");
        private readonly byte[] _thinnedName = JsonText.NameOf("thinned");
        private readonly byte[] _journalName = JsonText.NameOf("journal");
        private readonly byte[] _reconnectsName = JsonText.NameOf("reconnects");
        private readonly byte[] _faultsName = JsonText.NameOf("faults");
        private readonly byte[] _asksName = JsonText.NameOf("asks");
        private readonly byte[] _restartName = JsonText.NameOf("restart");
        private readonly byte[] _errorName = JsonText.NameOf("error");

        /// <summary>Makes the encoder of a node.</summary>
        /// <param name="identifier">The node's identifier.</param>
        /// <param name="firmwareVersion">Version of the firmware.</param>
        public StatusJson(Identifier identifier, string firmwareVersion)
            : base(identifier)
        {
            _version = JsonText.Of(firmwareVersion);
        }

        /// <summary>Prepares a text that tells a cause, once, when it changes.</summary>
        /// <param name="text">Any text; null for none.</param>
        /// <returns>A JSON string of at most <see cref="MaxTextLength"/> characters, control characters replaced by spaces; null for none.</returns>
        public static byte[] TextOf(string text)
        {
            if (text == null)
            {
                return null;
            }

            char[] letters = text.ToCharArray();
            int length = letters.Length < MaxTextLength ? letters.Length : MaxTextLength;
            if (length < letters.Length && letters[length - 1] >= 0xD800 && letters[length - 1] < 0xDC00)
            {
                length--; // half a character
            }

            for (int i = 0; i < length; i++)
            {
                if (letters[i] < ' ')
                {
                    letters[i] = ' ';
                }
            }

            return JsonText.Of(new string(letters, 0, length));
        }

        /// <summary>Encodes the online message. Allocates nothing.</summary>
        /// <param name="epoch">The node's epoch.</param>
        /// <param name="clock">Tells the time now.</param>
        /// <param name="state">How the node fares.</param>
        /// <param name="buffer">Receives the message; <see cref="MaxLength"/> bytes are always enough.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>The message's length in bytes, or <see cref="JsonWriter.DoesNotFit"/>.</returns>
        [HotPath]
        public int EncodeOnline(long epoch, Clock clock, NodeState state, byte[] buffer, int offset)
        {
            JsonWriter json = Begin(_online, epoch, buffer, offset);
            long now = clock.Milliseconds;
            WriteTime(clock.ToUtc(now), clock.State, clock.UncertaintyAt(now));
            json.Name(_firmwareName);
            json.Text(_version);
            json.Name(_uptimeName);
            json.Number(state.UptimeSeconds);
            json.Name(_queuedName);
            json.Number(state.Queued);
            json.Name(_droppedName);
            json.Number(state.Dropped);
            json.Name(_thinnedName);
            json.Number(state.Thinned);
            json.Name(_journalName);
            json.Number(state.JournalBytes);
            json.Name(_reconnectsName);
            json.Number(state.Reconnects);
            json.Name(_faultsName);
            json.Number(state.Faults);
            if (state.AsksTime)
            {
                json.Name(_asksName);
                json.Number(now);
            }

            if (state.Restart != null)
            {
                json.Name(_restartName);
                json.Text(state.Restart);
            }

            if (state.Error != null)
            {
                json.Name(_errorName);
                json.Text(state.Error);
            }

            return End();
        }

        /// <summary>Makes the offline message: the will, and what a node says that goes down on purpose.</summary>
        /// <param name="epoch">The node's epoch; it tells a will of an earlier start from that of the present one.</param>
        /// <returns>ASCII, known before connecting: a will holds no time, since it is sent when the node cannot.</returns>
        public string Offline(long epoch)
        {
            byte[] buffer = new byte[MaxLength];
            Begin(_offline, epoch, buffer, 0);
            int length = End();
            return Encoding.UTF8.GetString(buffer, 0, length);
        }

        /// <summary>Gets the length that no status message of this node exceeds, in bytes.</summary>
        public int MaxLength
        {
            get
            {
                return MostFrame + Member(_statusName, _offline.Length) + MostTime + Member(_firmwareName, _version.Length)
                    + Member(_uptimeName, 0) + Member(_queuedName, 0) + Member(_droppedName, 0) + Member(_thinnedName, 0) + Member(_journalName, 0)
                    + Member(_reconnectsName, 0) + Member(_faultsName, 0) + Member(_asksName, 0) + (9 * DigitWriter.MaxLongLength) // with the uncertainty
                    + Member(_restartName, MaxTextBytes) + Member(_errorName, MaxTextBytes);
            }
        }

        [HotPath]
        private JsonWriter Begin(byte[] status, long epoch, byte[] buffer, int offset)
        {
            JsonWriter json = Begin(buffer, offset);
            json.Name(_statusName);
            json.Text(status);
            WriteEpoch(epoch);
            return json;
        }
    }
}
