using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Sensors.Node.Tests.Delivery
{
    /// <summary>The reader of commands: what it takes, what it refuses, and that nothing makes it throw.</summary>
    public class CommandReaderTests
    {
        private readonly CommandReader _reader = new CommandReader();

        [Fact]
        public void Strings_and_integers_are_read_with_blanks_anywhere()
        {
            Assert.True(Read(" {\"cmd\" :\t\"capture\",\r\n\"before\":-12 , \"big\":9007199254740991,\"none\":\"\",\"zero\":0,\"minus\":-0} \n"));
            Assert.Equal("capture", _reader.Text("cmd"));
            Assert.Equal(-12, _reader.Number("before", -100, 100));
            Assert.Equal(9007199254740991, _reader.Number("big", 0, long.MaxValue));
            Assert.Equal(string.Empty, _reader.Text("none"));
            Assert.Equal(0, _reader.Number("zero", 0, 1));
            Assert.Equal(0, _reader.Number("minus", 0, 1));
            Assert.Equal(7, _reader.Number("absent", 0, 1, 7));
            Assert.Null(_reader.Error);
            Assert.True(Read("{}"));
            Assert.False(_reader.Has("cmd"));
        }

        [Fact]
        public void A_member_that_is_null_is_absent_and_a_value_may_be_either_kind()
        {
            Assert.True(Read("{\"cmd\":\"set\",\"value\": null , \"of\":null,\"n\":-12}"));
            Assert.False(_reader.Has("value"));
            Assert.Null(_reader.Value("of"));
            Assert.Equal("set", _reader.Value("cmd"));
            Assert.Equal("-12", _reader.Value("n"));
            Assert.Null(_reader.Error);
        }

        [Theory]
        [InlineData("", "the command is not a JSON object")]
        [InlineData("[1]", "the command is not a JSON object")]
        [InlineData("{", "the command ends too early")]
        [InlineData("{\"a\"", "the command ends too early")]
        [InlineData("{\"a\":", "the command ends too early")]
        [InlineData("{\"a\":1", "the command ends too early")]
        [InlineData("{\"a\":1,}", "unexpected byte at position 8")]
        [InlineData("{\"a\":1}}", "unexpected byte at position 8")]
        [InlineData("{\"a\":1 2}", "unexpected byte at position 8")]
        [InlineData("{\"a\":1.5}", "unexpected byte at position 7")]
        [InlineData("{\"a\":1e3}", "unexpected byte at position 7")]
        [InlineData("{\"a\":01}", "unexpected byte at position 8")]
        [InlineData("{\"a\":-}", "unexpected byte at position 7")]
        [InlineData("{\"a\":+1}", "unexpected byte at position 6")]
        [InlineData("{\"a\":true}", "unexpected byte at position 6")]
        [InlineData("{\"a\":nil}", "unexpected byte at position 7")]
        [InlineData("{\"a\":{}}", "unexpected byte at position 6")]
        [InlineData("{\"a\":[]}", "unexpected byte at position 6")]
        [InlineData("{\"a\":\"b\\n\"}", "unexpected byte at position 8")]
        [InlineData("{\"a\":\"b\n\"}", "unexpected byte at position 8")]
        [InlineData("{\"a\":\"\u00e9\"}", "unexpected byte at position 7")]
        [InlineData("{a:1}", "unexpected byte at position 2")]
        [InlineData("{'a':1}", "unexpected byte at position 2")]
        [InlineData("{\"a\":1,\"a\":2}", "\"a\" is there twice")]
        [InlineData("{\"a\":9007199254740992}", "a number is beyond 2^53")]
        [InlineData("{\"a\":10000000000000000}", "a number has more than 16 digits")]
        [InlineData("\u00ef\u00bb\u00bf{}", "the command is not a JSON object")]
        public void What_is_wrong_is_said(string json, string error)
        {
            Assert.False(Read(json));
            Assert.Contains(error, _reader.Error);
            Assert.False(_reader.Has("a"));
        }

        [Fact]
        public void Length_and_members_are_bounded()
        {
            Assert.True(Read("{\"a\":\"" + new string('x', 512 - 8) + "\"}"));
            Assert.False(Read("{\"a\":\"" + new string('x', 512 - 7) + "\"}"));
            Assert.Equal("the command has more than 512 bytes", _reader.Error);
            Assert.True(Read("{" + string.Join(",", Enumerable.Range(0, 16).Select(i => $"\"m{i}\":{i}")) + "}"));
            Assert.False(Read("{" + string.Join(",", Enumerable.Range(0, 17).Select(i => $"\"m{i}\":{i}")) + "}"));
            Assert.Equal("the command has more than 16 members", _reader.Error);
        }

        [Fact]
        public void A_member_that_is_not_as_expected_is_named_and_the_first_one_stays()
        {
            Read("{\"point\":3,\"before\":\"1\",\"after\":9}");
            Assert.Null(_reader.Text("point"));
            Assert.Equal("\"point\" is not a string", _reader.Error);
            Assert.Equal(0, _reader.Number("before", 0, 7));
            Assert.Equal("\"point\" is not a string", _reader.Error);
            Read("{\"before\":\"1\"}");
            Assert.Equal(0, _reader.Number("before", 0, 7, 3));
            Assert.Equal("\"before\" is not an integer from 0 to 7", _reader.Error);
            Read("{\"after\":9}");
            Assert.Equal(2, _reader.Number("after", 2, 7));
            Assert.Equal("\"after\" is not an integer from 2 to 7", _reader.Error);
            Read("{}");
            _reader.Number("capture", 1, 9);
            Assert.Equal("\"capture\" is missing", _reader.Error);
            Read("{}");
            _reader.Text("cmd");
            Assert.Equal("\"cmd\" is missing", _reader.Error);
        }

        /// <summary>Whatever it takes, a full JSON reader takes with the same values; and nothing makes it throw.</summary>
        [Fact]
        public void Half_a_million_mangled_commands_are_taken_as_json_has_them_or_refused()
        {
            string[] seeds =
            [
                "{\"cmd\":\"capture\",\"point\":\"vib1\",\"before\":1,\"after\":2,\"req\":\"abc\"}",
                "{\"cmd\":\"resend\",\"capture\":7,\"from\":12,\"to\":20}",
                "{ \"a\" : -0 , \"b\":\"\" }",
                "{}",
            ];
            const string Alphabet = "{}[]\":,\\0123456789-+.eE abtrufnlcmd\n\t\u0000\u007f\u00ff";
            var random = new Random(20261121);
            int taken = 0;
            for (int i = 0; i < 500_000; i++)
            {
                byte[] bytes = Encoding.Latin1.GetBytes(seeds[i % seeds.Length]);
                int changes = random.Next(1, 4);
                for (int k = 0; k < changes; k++)
                {
                    bytes = Mangle(bytes, random, Alphabet);
                }

                if (!_reader.Read(bytes))
                {
                    Assert.NotNull(_reader.Error);
                    continue;
                }

                taken++;
                if (taken % 16 == 0)
                {
                    AssertSame(bytes);
                }
            }

            Assert.InRange(taken, 5_000, 400_000);
        }

        private void AssertSame(byte[] bytes)
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            var seen = new HashSet<string>();
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                Assert.True(seen.Add(member.Name));
                if (member.Value.ValueKind == JsonValueKind.String)
                {
                    Assert.Equal(member.Value.GetString(), _reader.Text(member.Name));
                }
                else
                {
                    Assert.Equal(member.Value.GetInt64(), _reader.Number(member.Name, long.MinValue, long.MaxValue));
                }
            }

            Assert.Null(_reader.Error);
        }

        private static byte[] Mangle(byte[] bytes, Random random, string alphabet)
        {
            var list = new List<byte>(bytes);
            int at = random.Next(list.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < list.Count:
                    list[at] = (byte)alphabet[random.Next(alphabet.Length)];
                    break;
                case 1 when at < list.Count:
                    list.RemoveAt(at);
                    break;
                case 2:
                    list.Insert(at, (byte)alphabet[random.Next(alphabet.Length)]);
                    break;
                default:
                    list.RemoveRange(at, list.Count - at);
                    break;
            }

            return [.. list];
        }

        private bool Read(string json) => _reader.Read(Encoding.UTF8.GetBytes(json));
    }
}
