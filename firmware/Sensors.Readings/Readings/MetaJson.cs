namespace Sensors.Node
{
    /// <summary>
    /// Encodes the meta message of a node: what it is, where its points are wired, and the unit and meaning of every value it
    /// sends. The form is specified in <c>docs/payloads.md</c>. Sent seldom, so names are prepared as it goes. One thread at a time.
    /// </summary>
    public sealed class MetaJson : MessageJson
    {
        private readonly NodeDescription _node;

        /// <summary>Makes the encoder of a node.</summary>
        /// <param name="identifier">The node's identifier.</param>
        /// <param name="node">What the node is.</param>
        public MetaJson(Identifier identifier, NodeDescription node)
            : base(identifier)
        {
            _node = node;
        }

        /// <summary>Encodes the message.</summary>
        /// <param name="epoch">The node's epoch.</param>
        /// <param name="points">The node's points.</param>
        /// <param name="buffer">Receives the message; <see cref="MaxLength"/> bytes are always enough.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>The message's length in bytes, or <see cref="JsonWriter.DoesNotFit"/>.</returns>
        public int Encode(long epoch, Point[] points, byte[] buffer, int offset)
        {
            JsonWriter json = Begin(buffer, offset);
            Text(json, "firmware", _node.FirmwareVersion);
            Text(json, "board", _node.Board);
            Text(json, "target", _node.Target);
            WriteEpoch(epoch);
            json.Name(JsonText.NameOf("points"));
            json.OpenArray();
            for (int i = 0; i < points.Length; i++) { WritePoint(json, points[i]); }
            json.CloseArray();
            return End();
        }

        /// <summary>Computes a length that the message about these points does not exceed.</summary>
        /// <param name="points">The node's points.</param>
        /// <returns>Bytes; the size a buffer needs.</returns>
        public int MaxLength(Point[] points)
        {
            // Braces, names, commas: {"id":,"firmware":,"board":,"target":,"epoch":,"points":[]}
            int length = 59 + IdentifierLength + Length(_node.FirmwareVersion) + Length(_node.Board) + Length(_node.Target)
                + DigitWriter.MaxLongLength;
            for (int i = 0; i < points.Length; i++)
            {
                // {"point":,"kind":,"chip":,"bus":,"interval":,"range":[,],"rate":,"channels":{}},
                Point point = points[i];
                length += 80 + Length(point.Name) + Length(point.Kind) + Length(point.Chip) + Length(point.Bus)
                    + DigitWriter.MaxLongLength + 3 * DigitWriter.MaxFloatLength;
                Channel[] channels = point.Channels;
                for (int c = 0; c < channels.Length; c++)
                {
                    // :{"unit":,"meaning":},
                    length += 22 + Length(channels[c].Name) + Length(channels[c].Unit) + Length(channels[c].Meaning);
                }
            }

            return length;
        }

        private static void WritePoint(JsonWriter json, Point point)
        {
            json.OpenObject();
            Text(json, "point", point.Name);
            Text(json, "kind", point.Kind);
            Text(json, "chip", point.Chip);
            Text(json, "bus", point.Bus);
            if (point.IntervalMilliseconds > 0)
            {
                json.Name(JsonText.NameOf("interval"));
                json.Number(point.IntervalMilliseconds);
            }

            if (DigitWriter.IsWritable(point.RangeLow) && DigitWriter.IsWritable(point.RangeHigh))
            {
                json.Name(JsonText.NameOf("range"));
                json.OpenArray();
                json.Number(point.RangeLow);
                json.Number(point.RangeHigh);
                json.CloseArray();
            }

            if (DigitWriter.IsWritable(point.NominalRate))
            {
                json.Name(JsonText.NameOf("rate"));
                json.Number(point.NominalRate);
            }

            json.Name(JsonText.NameOf("channels"));
            json.OpenObject();
            for (int i = 0; i < point.Channels.Length; i++) { WriteChannel(json, point.Channels[i]); }
            json.CloseObject();
            json.CloseObject();
        }

        private static void WriteChannel(JsonWriter json, Channel channel)
        {
            json.Name(channel.NameJson);
            json.OpenObject();
            Text(json, "unit", channel.Unit);
            Text(json, "meaning", channel.Meaning);
            json.CloseObject();
        }

        // A text that is not known is left out.
        private static void Text(JsonWriter json, string name, string value)
        {
            if (value == null) { return; }
            json.Name(JsonText.NameOf(name));
            json.Text(JsonText.Of(value));
        }

        private static int Length(string text)
        {
            return JsonText.Of(text).Length;
        }
    }
}
