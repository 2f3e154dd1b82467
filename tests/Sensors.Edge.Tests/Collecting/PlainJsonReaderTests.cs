using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Sensors.Edge.Tests.Collecting
{
    /// <summary>The fast reader against the one of .NET: what it takes is JSON, and reads the same.</summary>
    public class PlainJsonReaderTests
    {
        [Theory]
        [InlineData("""{"id":"88.118.12345/NODE-0001","v":{"a":0,"b":-1.5,"c":1e-5,"d":2.5E+10},"n":["x","y"],"e":{},"f":[]}""")]
        [InlineData("""[[[[[[[[1]]]]]]]]""")]
        [InlineData("0")]
        [InlineData("\"\"")]
        public void What_nodes_write_is_read(string json) => Assert.Equal(Theirs(json), Ours(json));

        [Theory]
        [InlineData("")]
        [InlineData("{")]
        [InlineData("}")]
        [InlineData("{}}")]
        [InlineData("{]")]
        [InlineData("[}")]
        [InlineData("{\"a\"}")]
        [InlineData("{\"a\":}")]
        [InlineData("{\"a\":1,}")]
        [InlineData("{,\"a\":1}")]
        [InlineData("{\"a\":1\"b\":2}")]
        [InlineData("[1,]")]
        [InlineData("[,1]")]
        [InlineData("[1 2]")]
        [InlineData("{\"a")]
        [InlineData("01")]
        [InlineData("-")]
        [InlineData("-01")]
        [InlineData("1.")]
        [InlineData(".1")]
        [InlineData("1e")]
        [InlineData("1e+")]
        [InlineData("+1")]
        [InlineData("NaN")]
        [InlineData("1,2")]
        [InlineData("true")] // JSON, but no node writes it: left to the other reader
        [InlineData("{ }")]
        [InlineData("[[[[[[[[[1]]]]]]]]]")]
        public void The_rest_is_not_whole(string json) => Assert.Null(Ours(json));

        [Fact]
        public void What_it_takes_is_JSON_and_the_same()
        {
            string[] parts = ["{", "}", "[", "]", ",", ":", "\"a\"", "\"\"", "\"", "0", "1", "-", ".", "e", "5", "{\"k\":1}", "[2,3]", "-0.5e3"];
            var random = new Random(8259);
            int taken = 0;
            for (int i = 0; i < 200_000; i++)
            {
                var json = new StringBuilder();
                for (int n = random.Next(1, 9); n > 0; n--) { json.Append(parts[random.Next(parts.Length)]); }
                if (Ours(json.ToString()) is not { } ours) { continue; }
                taken++;
                Assert.Equal(Theirs(json.ToString()), ours);
            }

            Assert.InRange(taken, 5000, 150_000);
        }

        private static List<string>? Ours(string json)
        {
            var reader = new PlainJsonReader(Encoding.ASCII.GetBytes(json));
            var tokens = new List<string>();
            while (reader.Read()) { tokens.Add(reader.TokenType + " " + Text(reader.TokenType, reader.ValueSpan)); }
            return reader.IsWhole ? tokens : null;
        }

        private static List<string> Theirs(string json)
        {
            var reader = new Utf8JsonReader(Encoding.ASCII.GetBytes(json));
            var tokens = new List<string>();
            while (reader.Read()) { tokens.Add(reader.TokenType + " " + Text(reader.TokenType, reader.ValueSpan)); }
            return tokens;
        }

        private static string Text(JsonTokenType type, ReadOnlySpan<byte> value) =>
            type is JsonTokenType.PropertyName or JsonTokenType.String or JsonTokenType.Number ? Encoding.ASCII.GetString(value) : "";
    }
}
