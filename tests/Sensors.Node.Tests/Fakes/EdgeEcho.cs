using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Sensors.Node.Tests.Fakes
{
    /// <summary>An edge as small as can be: notes which numbers came and which will not, and says so.</summary>
    internal sealed class EdgeEcho
    {
        private readonly Dictionary<(string Node, long Epoch), SortedDictionary<long, long>> _covered = [];

        /// <summary>Gets every number that came, and how often.</summary>
        public Dictionary<(long Epoch, long Sequence), int> Stored { get; } = [];

        /// <summary>Gets the gap messages that came.</summary>
        public List<JsonElement> Gaps { get; } = [];

        /// <summary>Takes a message.</summary>
        /// <returns>The topic and text of the acknowledgement; null for what is none of readings, alarms and gaps.</returns>
        public (string Topic, string Text)? Take(string topic, string text)
        {
            string[] levels = topic.Split('/');
            string node = string.Join('/', levels[..4]);
            if (levels[4] is not ("reading" or "alarm" or "gap"))
            {
                return null;
            }

            JsonElement message = JsonDocument.Parse(text).RootElement;
            long epoch = message.GetProperty("epoch").GetInt64();
            if (levels[4] == "gap")
            {
                Gaps.Add(message);
                foreach (JsonElement range in message.GetProperty("ranges").EnumerateArray())
                {
                    Cover(node, epoch, range[0].GetInt64(), range[1].GetInt64());
                }
            }
            else
            {
                long sequence = message.GetProperty("seq").GetInt64();
                Stored[(epoch, sequence)] = Stored.GetValueOrDefault((epoch, sequence)) + 1;
                Cover(node, epoch, sequence, sequence);
            }

            return (node + "/ack", Ack(node, epoch));
        }

        /// <summary>Says what is covered of an epoch.</summary>
        public string Ack(string node, long epoch)
        {
            SortedDictionary<long, long> ranges = _covered[(node, epoch)];
            long upTo = ranges.TryGetValue(1, out long to) ? to : 0;
            IEnumerable<string> have = ranges.Where(range => range.Key > upTo).Take(16).Select(range => $"[{range.Key},{range.Value}]");
            return new StringBuilder($"{{\"epoch\":{epoch},\"upto\":{upTo},\"have\":[").AppendJoin(',', have).Append("]}").ToString();
        }

        private void Cover(string node, long epoch, long from, long to)
        {
            if (!_covered.TryGetValue((node, epoch), out SortedDictionary<long, long>? ranges))
            {
                _covered[(node, epoch)] = ranges = [];
            }

            foreach ((long first, long last) in ranges.Where(range => range.Key <= to + 1 && range.Value >= from - 1).ToList())
            {
                ranges.Remove(first);
                from = Math.Min(from, first);
                to = Math.Max(to, last);
            }

            ranges[from] = to;
        }
    }
}
