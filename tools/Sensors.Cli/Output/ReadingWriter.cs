using System;
using System.IO;
using System.Text;
using System.Text.Json.Nodes;
using Sensors.Edge;

namespace Sensors.Cli.Output
{
    /// <summary>Writes readings and alarms to standard output, one per line: as text, or the message itself exactly as it was published.</summary>
    internal sealed class ReadingWriter(TextWriter output, bool json)
    {
        public void Write(ReadingMessage reading, ReadOnlyMemory<byte> message) =>
            DataOut.WriteLine(output, json ? OneLine(message) : ReadingText.Line(reading));

        public void Write(AlarmMessage alarm, ReadOnlyMemory<byte> message) =>
            DataOut.WriteLine(output, json ? OneLine(message) : AlarmText.Line(alarm));

        /// <summary>Our nodes send one line. A foreign publisher's may be laid out over several, and a line must stay a line.</summary>
        private static string OneLine(ReadOnlyMemory<byte> message)
        {
            string text = Encoding.UTF8.GetString(message.Span);
            return text.AsSpan().IndexOfAny('\r', '\n') < 0 ? text : JsonLine.Of(JsonNode.Parse(text)!);
        }
    }
}
