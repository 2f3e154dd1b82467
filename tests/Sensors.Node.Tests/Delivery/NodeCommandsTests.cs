using System;
using System.Linq;
using System.Text;

namespace Sensors.Node.Tests.Delivery
{
    /// <summary>Who is asked to do what, and what is answered.</summary>
    public class NodeCommandsTests
    {
        private readonly Echo _echo = new Echo();
        private readonly NodeCommands _commands;

        public NodeCommandsTests() => _commands = new NodeCommands("n/cmd", "n/reply", [_echo, new Broken()]);

        [Fact]
        public void A_command_is_done_and_answered_with_its_request()
        {
            Assert.Equal("{\"req\":\"a-1\",\"ok\":true,\"value\":5}", Answer("{\"cmd\":\"echo\",\"value\":5,\"req\":\"a-1\"}"));
            Assert.Equal("{\"ok\":true,\"value\":6}", Answer("{\"value\":6,\"cmd\":\"echo\",\"new\":\"member\"}"));
            Assert.Equal(0, _commands.Next(0));
        }

        [Theory]
        [InlineData("{\"cmd\":\"echo\"}", "{\"error\":\"\\\"value\\\" is missing\"}")]
        [InlineData("{\"cmd\":\"echo\",\"req\":\"r\",\"value\":\"x\"}", "{\"req\":\"r\",\"error\":\"\\\"value\\\" is not an integer from 0 to 9\"}")]
        [InlineData("{\"cmd\":\"echo\",\"req\":\"r\",\"value\":9}", "{\"req\":\"r\",\"error\":\"nine is too much\"}")]
        [InlineData("{\"cmd\":\"fly\",\"req\":\"r\"}", "{\"req\":\"r\",\"error\":\"this node knows no such command\"}")]
        [InlineData("{\"cmd\":7}", "{\"error\":\"\\\"cmd\\\" is not a string\"}")]
        [InlineData("{\"req\":\"r\"}", "{\"req\":\"r\",\"error\":\"\\\"cmd\\\" is missing\"}")]
        [InlineData("{\"cmd\":\"echo\",\"req\":7}", "{\"error\":\"\\\"req\\\" is not 1 to 32 of the characters A-Z a-z 0-9 . _ -\"}")]
        [InlineData("{\"cmd\":\"echo\",\"req\":\"a b\"}", "{\"error\":\"\\\"req\\\" is not 1 to 32 of the characters A-Z a-z 0-9 . _ -\"}")]
        [InlineData("{\"cmd\":\"break\",\"req\":\"r\"}", "{\"req\":\"r\",\"error\":\"it failed: InvalidOperationException\"}")]
        [InlineData("hello", "{\"error\":\"the command is not a JSON object\"}")]
        public void What_is_wrong_is_answered(string command, string answer)
        {
            Assert.Equal(answer, Answer(command));
        }

        [Fact]
        public void An_answer_that_would_be_too_long_is_a_short_one()
        {
            Assert.Equal("{\"req\":\"r\",\"error\":\"done, but the answer is too long\"}", Answer("{\"cmd\":\"echo\",\"req\":\"r\",\"value\":8}"));
        }

        [Fact]
        public void Too_many_and_too_long_ones_are_told()
        {
            for (int i = 0; i < 7; i++)
            {
                Assert.True(_commands.Note("n/cmd", Encoding.ASCII.GetBytes("{\"cmd\":\"echo\",\"value\":" + i + "}")));
            }

            Assert.Equal("{\"error\":\"3 commands were lost: no more than 4 can wait\"}", Next());
            Assert.Equal(new[] { 0, 1, 2, 3 }, Enumerable.Range(0, 4).Select(_ => Next()[^2] - '0'));
            Assert.Equal(string.Empty, Next());
            _commands.Note("n/cmd", new byte[513]);
            Assert.Equal("{\"error\":\"the command has more than 512 bytes\"}", Next());
        }

        [Fact]
        public void What_is_for_somebody_else_is_left_to_it()
        {
            Assert.False(_commands.Note("n/ack", new byte[3]));
            Assert.Equal(0, _commands.Next(0));
        }

        [Fact]
        public void News_come_when_no_command_waits()
        {
            _echo.News = "tick";
            Assert.Equal("{\"ok\":true,\"value\":1}", Answer("{\"cmd\":\"echo\",\"value\":1}"));
            Assert.Equal("{\"event\":\"tick\"}", Next());
            Assert.Equal(string.Empty, Next());
        }

        [Fact]
        public void A_hundred_thousand_garbled_commands_never_stop_it()
        {
            var random = new Random(4);
            byte[] good = Encoding.ASCII.GetBytes("{\"cmd\":\"echo\",\"value\":5,\"req\":\"a-1\"}");
            for (int i = 0; i < 100_000; i++)
            {
                byte[] bytes = i % 2 == 0 ? (byte[])good.Clone() : new byte[random.Next(600)];
                if (i % 2 == 0)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }
                else
                {
                    random.NextBytes(bytes);
                }

                _commands.Note("n/cmd", bytes);
                string answer = Next();
                Assert.StartsWith("{\"", answer);
                Assert.EndsWith("}", answer);
            }

            Assert.Equal(string.Empty, Next());
        }

        private string Answer(string command)
        {
            Assert.True(_commands.Note("n/cmd", Encoding.ASCII.GetBytes(command)));
            return Next();
        }

        private string Next() => Encoding.ASCII.GetString(_commands.Buffer, 0, _commands.Next(0));

        private sealed class Echo : NodeCommand
        {
            public Echo()
                : base("echo")
            {
            }

            public string? News { get; set; }

            public override string? Run(CommandReader command, JsonWriter reply, long now)
            {
                long value = command.Number("value", 0, 9);
                for (int i = 0; i < (value == 8 ? 50 : 1); i++)
                {
                    reply.Name(JsonText.NameOf("value"));
                    reply.Number(value);
                }

                return value == 9 ? "nine is too much" : null;
            }

            public override bool Tell(JsonWriter news)
            {
                if (News == null)
                {
                    return false;
                }

                news.Name(JsonText.NameOf("event"));
                news.Text(JsonText.Of(News));
                News = null;
                return true;
            }
        }

        private sealed class Broken : NodeCommand
        {
            public Broken()
                : base("break")
            {
            }

            public override string Run(CommandReader command, JsonWriter reply, long now) => throw new InvalidOperationException("secret");
        }
    }
}
