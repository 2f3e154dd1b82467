using System;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Edge;

namespace Sensors.Cli.Collecting
{
    /// <summary>Tells a node to do something, and waits for its answer.</summary>
    internal sealed class NodeCaller(NodeTalk talk)
    {
        private const int ClockUncertainty = 100; // milliseconds: a PC whose clock is kept by NTP, and some more

        /// <summary>Gets what was heard of the node so far, for people.</summary>
        public string Heard { get; private set; } = "nothing was heard of it";

        /// <summary>Sends a command and gives the answer to it.</summary>
        /// <param name="command">The command; gets the number of the request.</param>
        /// <param name="until">Ends the wait with an exception.</param>
        public async Task<ReadOnlyMemory<byte>> AskAsync(JsonObject command, CancellationToken until)
        {
            string request = Guid.NewGuid().ToString("N")[..8];
            command["req"] = request;
            await talk.SendAsync(command).ConfigureAwait(false);
            while (true)
            {
                (string leaf, ReadOnlyMemory<byte> payload) = await NextAsync(until).ConfigureAwait(false);
                if (leaf == "reply" && ReplyMessage.TryParse(payload, out ReplyMessage? reply, out _) && reply.Request == request)
                {
                    return payload;
                }
            }
        }

        /// <summary>Waits until the node asks for the time, and puts the time into the command that answers it.</summary>
        /// <param name="command">The command.</param>
        /// <param name="until">Ends the wait with an exception.</param>
        public async Task WaitForQuestionAsync(JsonObject command, CancellationToken until)
        {
            bool first = true; // what the broker kept: a question so old that its answer would be refused
            while (true)
            {
                (string leaf, ReadOnlyMemory<byte> payload) = await NextAsync(until).ConfigureAwait(false);
                if (leaf != "status" || !StatusMessage.TryParse(payload, out StatusMessage? status, out _))
                {
                    continue;
                }

                if (!first && status.Online?.Asks is { } asks)
                {
                    command["ts"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
                    command["for"] = asks;
                    command["uncertainty"] = ClockUncertainty;
                    return;
                }

                first = false;
            }
        }

        private async Task<(string Leaf, ReadOnlyMemory<byte> Payload)> NextAsync(CancellationToken until)
        {
            while (true)
            {
                if (await talk.NextAsync(Timeout.InfiniteTimeSpan, until).ConfigureAwait(false) is not { } message)
                {
                    continue; // the connection was made anew
                }

                if (message.Leaf == "status" && StatusMessage.TryParse(message.Payload, out StatusMessage? status, out _))
                {
                    Heard = status.Online is null ? "it is offline" : "it is online";
                }

                return message;
            }
        }
    }
}
