using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;

namespace Sensors.Campaigns
{
    /// <summary>
    /// Real processes - a node, mosquitto, a collector - that are killed with -9 for minutes, at moments of chance and inside the steps where a reading changes hands. Then all
    /// is healed, and the ledger must be complete.
    /// </summary>
    internal sealed class KillsCampaign : IDisposable
    {
        /// <summary>Of so many kills one at least is at each of the places.</summary>
        private const int LeastShare = 10;

        private const int LeastReadingsPerMinute = 1000;

        private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);
        private static readonly TimeSpan DeathPatience = TimeSpan.FromSeconds(12);
        private static readonly TimeSpan DrainPatience = TimeSpan.FromMinutes(5);

        private readonly string _folder = Directory.CreateTempSubdirectory("kills-").FullName;
        private readonly SortedDictionary<string, int> _places = new(StringComparer.Ordinal);
        private readonly Dictionary<KillKind, int> _kills = [];
        private readonly List<string> _broken = [];
        private readonly List<long> _nodeDeaths = [];
        private readonly BrokerProcess _broker;
        private Child _node;
        private Child _collector;

        private KillsCampaign()
        {
            _broker = new BrokerProcess(_folder);
            _broker.Start(persistent: true);
            _collector = StartCollector();
            _node = StartNode();
        }

        /// <summary>Runs the campaign.</summary>
        /// <param name="seed">Where the kills come from.</param>
        /// <param name="minutes">For how long there are readings and kills.</param>
        /// <param name="kills">How many kills.</param>
        public static KillsResult Run(int seed, int minutes, int kills)
        {
            using var campaign = new KillsCampaign();
            IReadOnlyList<Kill> plan = KillPlan.Of(seed, kills, TimeSpan.FromMinutes(minutes));
            campaign.KillAll(plan, TimeSpan.FromMinutes(minutes));
            TimeSpan drain = campaign.Drain();
            return campaign.Check(minutes, kills, drain);
        }

        public void Dispose()
        {
            _node.Dispose();
            _collector.Dispose();
            _broker.Dispose();
            Directory.Delete(_folder, recursive: true);
        }

        private Child StartNode() => new("kills-node", _folder, _broker.Port.ToString(CultureInfo.InvariantCulture));

        private Child StartCollector() => new("kills-collector", _folder, _broker.Port.ToString(CultureInfo.InvariantCulture));

        private void KillAll(IReadOnlyList<Kill> plan, TimeSpan time)
        {
            var clock = Stopwatch.StartNew();
            foreach (Kill kill in plan)
            {
                TimeSpan wait = kill.At - clock.Elapsed;
                if (wait > TimeSpan.Zero)
                {
                    Thread.Sleep(wait);
                }

                Carry(kill);
            }

            TimeSpan left = time - clock.Elapsed;
            Thread.Sleep(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        private void Carry(Kill kill)
        {
            switch (kill.Kind)
            {
                case KillKind.JournalWrite:
                    KillNode(kill, $"die journal {kill.Operation}");
                    break;
                case KillKind.AcknowledgeInFlight:
                    KillNode(kill, "die ack");
                    break;
                case KillKind.Node:
                    KillNode(kill, null);
                    break;
                case KillKind.StoredNotAcknowledged:
                    KillCollector(kill, "die stored");
                    break;
                case KillKind.Collector:
                    KillCollector(kill, null);
                    break;
                default:
                    _broker.Kill();
                    Count(kill.Kind, "broker");
                    Thread.Sleep(kill.Rest);
                    _broker.Start(kill.Persistent);
                    break;
            }
        }

        private void KillNode(Kill kill, string? order)
        {
            Die(_node, kill.Kind, order, "node");
            _nodeDeaths.Add(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            _node.Dispose();
            _node = StartNode();
        }

        private void KillCollector(Kill kill, string? order)
        {
            Die(_collector, kill.Kind, order, "collector");
            _collector.Dispose();
            Thread.Sleep(kill.Rest);
            _collector = StartCollector();
        }

        // A placed kill waits until the victim comes by the place; one that does not is killed where it is, and the count says so.
        private void Die(Child victim, KillKind kind, string? order, string name)
        {
            if (order is null)
            {
                victim.Kill();
                Count(kind, name);
                return;
            }

            if (victim.WaitFor("ready", StartPatience))
            {
                victim.Tell(order);
            }

            if (victim.WaitForEnd(DeathPatience) && victim.Said(Death.Word) is { } last)
            {
                Count(kind, last[Death.Word.Length..]);
                return;
            }

            if (!victim.Runs)
            {
                _broken.Add($"the {name} ended by itself");
                return;
            }

            victim.Kill();
            Count(name == "node" ? KillKind.Node : KillKind.Collector, name + ", the place did not come");
        }

        private void Count(KillKind kind, string place)
        {
            _kills[kind] = _kills.GetValueOrDefault(kind) + 1;
            _places[place] = _places.GetValueOrDefault(place) + 1;
        }

        private TimeSpan Drain()
        {
            var clock = Stopwatch.StartNew();
            if (!_node.WaitFor("ready", StartPatience))
            {
                _broken.Add("the node does not start any more");
                return clock.Elapsed;
            }

            _node.Tell("stop");
            if (!_node.WaitFor("drained", DrainPatience))
            {
                _broken.Add($"after {DrainPatience} the node is {_node.Said("waiting")}; its collector {(_collector.Runs ? "runs" : "ended")}, {_collector.Said("told")}, {_collector.Said("stored")}");
            }

            TimeSpan drain = clock.Elapsed;
            _node.Kill();
            _collector.Tell("stop");
            if (!_collector.WaitForEnd(StartPatience))
            {
                _broken.Add("the collector does not end");
            }

            return drain;
        }

        private KillsResult Check(int minutes, int wanted, TimeSpan drain)
        {
            var check = new KillsCheck(_folder);
            check.Run(_nodeDeaths);
            _broken.AddRange(check.Broken);
            foreach (KillKind placed in new[] { KillKind.JournalWrite, KillKind.StoredNotAcknowledged, KillKind.AcknowledgeInFlight })
            {
                if (_kills.GetValueOrDefault(placed) < wanted / LeastShare)
                {
                    _broken.Add($"{placed}: {_kills.GetValueOrDefault(placed)} kills, fewer than {wanted / LeastShare}");
                }
            }

            if (check.Readings < minutes * LeastReadingsPerMinute)
            {
                _broken.Add($"{check.Readings} readings, fewer than {minutes * LeastReadingsPerMinute}");
            }

            return new KillsResult(
                _kills,
                _places,
                minutes,
                check.Readings,
                check.GivenOut - check.Readings,
                check.Stored,
                check.Lost,
                TimeSpan.FromMilliseconds(check.OldestLost),
                check.Account.Statements.Count,
                check.Account.Duplicates,
                check.Account.Late,
                check.Account.Epochs.Count,
                drain,
                _broken);
        }
    }
}
