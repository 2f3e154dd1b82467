using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Errors;
using Sensors.Cli.Output;
using Sensors.Edge;

namespace Sensors.Cli.Collecting
{
    /// <summary>Has captures taken by a node, or waits for those it takes by itself, and asks again for what is missing.</summary>
    internal sealed class CaptureCollector(NodeTalk talk, string id, Report report)
    {
        /// <summary>The topics that are heard, by their last level.</summary>
        public static readonly string[] Leaves = ["capture", "reply", "status"];

        private const int Quarters = 4;
        private const int RangesAtOnce = 4; // the node lets so many commands wait
        private const int Askings = 5;      // in vain: nobody answers any more
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
        private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

        private readonly Dictionary<(long Epoch, uint Number), Collected> _captures = [];
        private string _heard = "nothing was heard of it";
        private bool _offline;
        private long _epoch = -1; // of the node as it is online now

        /// <summary>Gets how far the captures are that are not complete, for people.</summary>
        public string Progress => _captures.Values.FirstOrDefault(each => !each.Done)?.Assembler is { } open
            ? string.Create(CultureInfo.InvariantCulture, $"of capture {open.Number} came {open.Received} of {open.Chunks} chunks")
            : $"no chunk came; {_heard}";

        /// <summary>Has a capture taken.</summary>
        /// <exception cref="CliException">The node refuses, does not answer, or gives it up.</exception>
        public async Task<RawCapture> TakeAsync(string point, int before, int after, CancellationToken until)
        {
            string request = NewRequest();
            await talk.SendAsync(new JsonObject { ["cmd"] = "capture", ["point"] = point, ["before"] = before, ["after"] = after, ["req"] = request }).ConfigureAwait(false);
            ReplyMessage reply = await AnswerAsync(request, until).ConfigureAwait(false);
            if (reply.Error is { } error)
            {
                throw ErrorTable.CaptureRefused.Because(
                    $"{id} takes no capture of {point}: {Visible.Of(error)}.",
                    "sensorctl watch shows the node's points; --before and --after are 0 unless given.",
                    error);
            }

            if (reply is not { Epoch: { } epoch, Capture: { } number })
            {
                throw ErrorTable.NoCapture.Because($"{id} took the command, but its answer names no capture.", "docs/capture.md says what a node answers; is another program answering?");
            }

            report.Tell(new CliEvent("capture-begun", FormattableString.Invariant($"capture {number} of {point} is being taken"), new JsonObject { ["id"] = id, ["epoch"] = epoch, ["capture"] = number }));
            return await CollectAsync(epoch, number, point, until).ConfigureAwait(false);
        }

        /// <summary>Collects whatever captures come, until the token ends it.</summary>
        /// <param name="point">Captures of this point only; null for all.</param>
        /// <param name="done">Is given each capture; says whether to go on.</param>
        /// <param name="until">Ends it.</param>
        public async Task ListenAsync(string? point, Func<RawCapture, bool> done, CancellationToken until)
        {
            while (true)
            {
                (RawCapture? whole, bool quiet, _) = await StepAsync(key => true, until).ConfigureAwait(false);
                if (whole is not null && (point is null || whole.Point == point) && !done(whole))
                {
                    return;
                }

                if (quiet)
                {
                    foreach (((long epoch, uint number), Collected open) in _captures.Where(each => !each.Value.Done).ToList())
                    {
                        if (open.Asked >= Askings)
                        {
                            report.Tell(new CliEvent("incomplete", Progress, new JsonObject { ["id"] = id, ["epoch"] = epoch, ["capture"] = number }));
                            open.Done = true;
                        }
                        else
                        {
                            await AskAgainAsync(epoch, number, open).ConfigureAwait(false);
                        }
                    }
                }
            }
        }

        private static string NewRequest() => Guid.NewGuid().ToString("N")[..8];

        private async Task<ReplyMessage> AnswerAsync(string request, CancellationToken until)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(until);
            limit.CancelAfter(AnswerLimit);
            try
            {
                while (true)
                {
                    (_, bool quiet, ReplyMessage? reply) = await StepAsync(key => false, limit.Token).ConfigureAwait(false);
                    if (reply?.Request == request)
                    {
                        return reply;
                    }

                    if (quiet && _offline)
                    {
                        break;
                    }
                }
            }
            catch (OperationCanceledException) when (!until.IsCancellationRequested)
            {
                // Nobody answers.
            }

            throw ErrorTable.NoCapture.Because(
                $"{id} does not answer: {_heard}.",
                $"sensorctl watch --id {id} shows whether it is online, and whether it is written like that.",
                _offline ? "offline" : null);
        }

        private async Task<RawCapture> CollectAsync(long epoch, uint number, string point, CancellationToken until)
        {
            while (true)
            {
                (RawCapture? whole, bool quiet, ReplyMessage? reply) = await StepAsync(key => key == (epoch, number), until).ConfigureAwait(false);
                if (whole is not null)
                {
                    return whole;
                }

                if (reply is { Event: "capture-failed" } && reply.Epoch == epoch && reply.Capture == number)
                {
                    throw ErrorTable.NoCapture.Because($"{id} gave capture {number} up: no block of {point} came within 30 s.", $"sensorctl watch --id {id} shows what is wrong with the sensor.");
                }

                if (!_offline && _epoch >= 0 && _epoch != epoch)
                {
                    throw ErrorTable.NoCapture.Because($"{id} has restarted, and its captures are gone: {Progress}.", "give the command again.");
                }

                _captures.TryGetValue((epoch, number), out Collected? open);
                if (quiet && !_offline && open is not null)
                {
                    if (open.Asked >= Askings)
                    {
                        throw ErrorTable.NoCapture.Because($"{id} does not send what is missing: {Progress}.", "give the command again.");
                    }

                    await AskAgainAsync(epoch, number, open).ConfigureAwait(false);
                }
                else if (quiet && !_offline)
                {
                    // Not one chunk: the block is still being measured, or all were sent while nobody was connected here.
                    await AskAsync(epoch, number, 0, null).ConfigureAwait(false);
                }
            }
        }

        private async Task AskAgainAsync(long epoch, uint number, Collected open)
        {
            open.Asked++;
            foreach ((int from, int to) in open.Assembler.Missing().Take(RangesAtOnce))
            {
                await AskAsync(epoch, number, from, to).ConfigureAwait(false);
            }
        }

        private Task AskAsync(long epoch, uint number, int from, int? to)
        {
            var command = new JsonObject { ["cmd"] = "resend", ["epoch"] = epoch, ["capture"] = number, ["from"] = from };
            if (to is not null)
            {
                command["to"] = to;
            }

            return talk.SendAsync(command);
        }

        /// <summary>Waits for the next message and enters it.</summary>
        private async Task<(RawCapture? Whole, bool Quiet, ReplyMessage? Reply)> StepAsync(Func<(long Epoch, uint Number), bool> wanted, CancellationToken until)
        {
            if (await talk.NextAsync(Patience, until).ConfigureAwait(false) is not { } message)
            {
                return (null, true, null);
            }

            string? error = null;
            switch (message.Leaf)
            {
                case "capture" when CaptureMessage.TryParse(message.Payload, out CaptureMessage? chunk, out error):
                    return (wanted((chunk.Epoch, chunk.Number)) ? Enter(chunk) : null, false, null);
                case "reply" when ReplyMessage.TryParse(message.Payload, out ReplyMessage? reply, out error):
                    TellMissed(reply);
                    return (null, false, reply);
                case "status" when StatusMessage.TryParse(message.Payload, out StatusMessage? status, out error):
                    _offline = status.Online is null;
                    _epoch = _offline ? _epoch : status.Epoch;
                    _heard = _offline ? "it is offline" : "it is online";
                    break;
            }

            if (error is not null)
            {
                report.Tell(Events.Unreadable(message.Leaf, error));
            }

            return (null, false, null);
        }

        private RawCapture? Enter(CaptureMessage chunk)
        {
            try
            {
                if (!_captures.TryGetValue((chunk.Epoch, chunk.Number), out Collected? found))
                {
                    found = new Collected(new CaptureAssembler(id, chunk));
                    _captures.Add((chunk.Epoch, chunk.Number), found);
                }
                else if (found.Done || !found.Assembler.Add(chunk))
                {
                    return null;
                }

                found.Asked = 0;
                CaptureAssembler capture = found.Assembler;
                int before = (capture.Received - 1) * Quarters / capture.Chunks;
                if (capture.Received * Quarters / capture.Chunks != before)
                {
                    report.Tell(new CliEvent(
                        "progress",
                        string.Create(CultureInfo.InvariantCulture, $"capture {capture.Number} of {capture.Point}: {capture.Received} of {capture.Chunks} chunks"),
                        new JsonObject { ["id"] = id, ["epoch"] = capture.Epoch, ["capture"] = capture.Number, ["received"] = capture.Received, ["chunks"] = capture.Chunks }));
                }

                found.Done = capture.IsComplete;
                return found.Done ? capture.Build() : null;
            }
            catch (PayloadException error)
            {
                report.Tell(Events.Unreadable("capture", error.Message));
                return null;
            }
        }

        private void TellMissed(ReplyMessage reply)
        {
            if (reply is { Event: "capture-missed" })
            {
                report.Tell(new CliEvent(
                    "capture-missed",
                    string.Create(CultureInfo.InvariantCulture, $"{reply.Missed} alarms made no capture, as capture {reply.Capture} was under way; the latest at {Visible.Of(reply.Point ?? "-")}"),
                    new JsonObject { ["id"] = id, ["capture"] = reply.Capture, ["point"] = reply.Point, ["missed"] = reply.Missed }));
            }
        }

        private sealed class Collected(CaptureAssembler assembler)
        {
            public CaptureAssembler Assembler { get; } = assembler;

            public bool Done { get; set; }

            public int Asked { get; set; }
        }
    }
}
