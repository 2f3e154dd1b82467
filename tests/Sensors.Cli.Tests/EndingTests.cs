using System;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Host;
using Sensors.Cli.Tests.Support;

namespace Sensors.Cli.Tests
{
    /// <summary>How a command ends when something went wrong on the way, and that its own stopping is no event.</summary>
    public class EndingTests
    {
        [Fact]
        public async Task NoReadingIsS301()
        {
            var host = new TestHost { Nodes = node => node with { Firmware = () => Thread.Sleep(Timeout.Infinite) } };
            Assert.Equal(1, await host.RunAsync("demo", "--seconds", "0.3"));
            Assert.Empty(host.Out);
            Assert.Contains("error S301: Not one reading arrived.", host.Error);
            Assert.Contains("Hint: sensorctl demo --seconds 20, with no other option", host.Error);
        }

        [Fact]
        public async Task FirmwareThatReturnsIsS901()
        {
            var host = new TestHost { Nodes = node => node with { Firmware = () => { } } };
            Assert.Equal(4, await host.RunAsync("demo", "--seconds", "1.5"));
            Assert.Contains("error S901: 88.118.12345/NODE-0001: Main returned", host.Error);
            Assert.DoesNotContain("S301", host.Error);
        }

        [Theory]
        [InlineData("--json")]
        [InlineData("--no-color")]
        public async Task WhatNobodyForesawIsS999WithItsStack(string option)
        {
            var error = new StringWriter { NewLine = "\n" };
            var host = new CliHost { Out = TextWriter.Null, Error = error, In = new BrokenReader() };
            Assert.Equal(4, await CommandLine.RunAsync(["id", "check", "-", option], host, TestContext.Current.CancellationToken));
            string[] lines = error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (option == "--json")
            {
                Assert.Equal("S999", JsonDocument.Parse(lines[0]).RootElement.GetProperty("error").GetProperty("code").GetString());
                Assert.Contains(nameof(BrokenReader), JsonDocument.Parse(lines[1]).RootElement.GetProperty("stack").GetString());
            }
            else
            {
                Assert.Equal("error S999: NotSupportedException: broken", lines[0]);
                Assert.StartsWith("Hint: ", lines[1]);
                Assert.Contains(nameof(BrokenReader), error.ToString());
            }
        }

        /// <summary>As with <c>sensorctl demo | head -1</c>: the nodes' Wi-Fi ends because we stop them, and nobody wants to hear that.</summary>
        [Theory]
        [InlineData(false)]
        [InlineData(true)]
        public async Task WhatOurOwnStoppingCausesIsNotTold(bool outputCloses)
        {
            using TextWriter output = outputCloses ? new ClosedWriter() : new StringWriter();
            using var stop = new CancellationTokenSource();
            var error = new TestHost.SharedText();
            var host = new CliHost { Out = output, Error = error, In = TextReader.Null, Nodes = node => node with { Pace = 5 } };
            Task<int> demo = CommandLine.RunAsync(["demo", "--nodes", "2", "--interval", "1", "--json"], host, stop.Token);
            await TestHost.UntilAsync(error.ToString, "first-reading");
            if (!outputCloses)
            {
                await stop.CancelAsync();
            }

            Assert.Equal(outputCloses ? 0 : 130, await demo);
            Assert.Contains("\"wifi-up\"", error.ToString());
            Assert.DoesNotContain("\"wifi-lost\"", error.ToString());
            Assert.DoesNotContain("offline", error.ToString());
        }

        private sealed class BrokenReader : TextReader
        {
            public override string? ReadLine() => throw new NotSupportedException("broken");
        }

        private sealed class ClosedWriter : TextWriter
        {
            public override Encoding Encoding => Encoding.UTF8;

            public override void WriteLine(string? value) => throw new IOException("Broken pipe");
        }
    }
}
