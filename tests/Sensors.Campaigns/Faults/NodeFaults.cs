using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>Random faults under the whole node: it keeps running, its readings tell, and soon after the last fault a good one comes.</summary>
    /// <remarks>
    /// Judged by what leaves the node, the JSON of its readings. Good is a reading with values, without fault, retry or loss. Whatever was
    /// disturbed is told: a missed call by retries, loss or fault of the reading it fell into, or, when it fell into the search for the
    /// sensor, by the fault of the reading before. On SPI no wire tells of a missed call, and one that changed nothing stays untold.
    /// </remarks>
    public sealed class NodeFaults
    {
        /// <summary>The most seconds from the last fault to a good reading, with a reading every second.</summary>
        public const double RecoveryLimit = 5;

        /// <summary>The most seconds between two readings: a held bus costs the node a time-out per transfer that it tries.</summary>
        public const double SilenceLimit = 6;

        private const double LongestPause = 1.5; // seconds from a good reading to the next burst
        private const int MostComplaints = 10;
        private const int EnoughForRestarts = 200; // fewer may all be cured by the stages before

        private readonly NodeSetup _setup;
        private readonly Random _random;
        private readonly CampaignBoard _board;
        private readonly VirtualChip _chip;
        private readonly FaultInjector _injector;
        private readonly ReadingCheck _check;
        private readonly CampaignNode _node;
        private readonly string _topic;
        private readonly List<string> _broken = [];
        private string _where = "start";
        private int _faults;
        private int _readings;
        private int _telling;
        private int _good;
        private long _sequence = 1; // the first number says that the volume is new
        private double _last;
        private double _lastGood = -1;
        private bool _lastFaulty;
        private long _missed;
        private int _retries;
        private double _slowest;
        private double _silence;

        private NodeFaults(NodeSetup setup, int seed)
        {
            _setup = setup;
            _random = Seeds.Of(seed, setup.Name);
            _board = new CampaignBoard((ulong)_random.Next());
            var process = new KnownProcess(setup.FullScaleG, setup.Quantity == Quantity.AlternatingCurrent);
            _chip = setup.Wire(_board, process);
            _injector = new FaultInjector(_board.Wires.Time, _chip);
            _check = new ReadingCheck(setup, process);
            _topic = "/reading/" + setup.Declaration.Split(' ')[0];
            _node = new CampaignNode(_board, $"interval_ms=1000\nsensor={setup.Declaration}", Published);
        }

        /// <summary>Lets faults happen to a node with one chip.</summary>
        /// <param name="setup">The chip.</param>
        /// <param name="seed">Where the faults come from.</param>
        /// <param name="count">How many.</param>
        /// <returns>What came of it.</returns>
        public static NodeFaultsResult Run(NodeSetup setup, int seed, int count)
        {
            var campaign = new NodeFaults(setup, seed);
            using (campaign._board)
            {
                return campaign.Run(count);
            }
        }

        private NodeFaultsResult Run(int count)
        {
            AwaitGood(0);
            NodeHealth health = _node.Node.Health;
            for (int burst = 0; _faults < count && _broken.Count < MostComplaints; burst++)
            {
                List<WireFault> faults = WireFault.Burst(_random, _setup.IsSpi, count - _faults);
                _faults += faults.Count;
                _where = "burst " + burst + " (" + string.Join(", ", faults) + ")";
                _injector.Schedule(faults);
                do
                {
                    _node.Step();
                }
                while (_injector.IsAtWork());

                AwaitGood(_injector.LastEnd);
                _slowest = Math.Max(_slowest, _lastGood - _injector.LastEnd);
                double rest = _board.Seconds + (_random.NextDouble() * LongestPause);
                while (_board.Seconds < rest)
                {
                    _node.Step();
                }
            }

            _where = "the end";
            Expect(health.BusRetries > 0, "no retry was counted");
            Expect(health.BusReopens > 0, "no bus was opened anew");
            Expect(health.SensorStarts > 1 || _faults < EnoughForRestarts, "the chip was never started anew");
            Expect(_node.Faults.Count == 0, _node.Faults.Count + " exceptions reached the loop");
            Expect(_node.Node.Outbox.Dropped == 0, _node.Node.Outbox.Dropped + " readings dropped");
            return new NodeFaultsResult(
                _setup.Name, _faults, _readings, _good, _telling, health.BusRetries, health.BusReopens, health.SensorStarts, _slowest, _silence, _broken);
        }

        private void AwaitGood(double since)
        {
            while (_lastGood <= since && _board.Seconds <= since + RecoveryLimit)
            {
                _node.Step();
            }

            Expect(_lastGood > since, "no good reading for 5 s after the last fault");
        }

        private void Published(string topic, ReadOnlyMemory<byte> payload)
        {
            if (!topic.EndsWith(_topic, StringComparison.Ordinal))
            {
                return;
            }

            using JsonDocument document = JsonDocument.Parse(payload);
            JsonElement reading = document.RootElement;
            JsonElement quality = reading.GetProperty("quality");
            JsonElement values = reading.GetProperty("values");
            bool faulty = quality.TryGetProperty("fault", out _);
            bool tells = faulty || quality.GetProperty("retries").GetInt32() > 0 || quality.GetProperty("lost").GetInt32() > 0;
            bool hasValues = values.EnumerateObject().MoveNext();
            double now = _board.Seconds;

            long sequence = reading.GetProperty("seq").GetInt64();
            Expect(sequence == _sequence + 1, $"reading {sequence} after {_sequence}");
            _sequence = sequence;
            _silence = Math.Max(_silence, now - _last);
            Expect(now - _last <= SilenceLimit, "no reading for " + (now - _last).ToString("F1", CultureInfo.InvariantCulture) + " s");
            Expect(hasValues || tells, "neither values nor a reason");
            if (hasValues && _check.Complaint(values, _last, now) is string complaint)
            {
                Expect(false, complaint + ": " + reading.GetRawText());
            }

            bool missed = _chip.Faults.CallsMissed > _missed;
            bool tried = _node.Node.Health.BusRetries + _node.Node.Health.BusReopens > _retries;
            Expect(!missed || tells || _lastFaulty || _setup.IsSpi, "calls were missed and the reading does not tell: " + reading.GetRawText());
            Expect(!tried || tells, "a stage of recovery was taken and the reading does not tell: " + reading.GetRawText());

            _missed = _chip.Faults.CallsMissed;
            _retries = _node.Node.Health.BusRetries + _node.Node.Health.BusReopens;
            _lastFaulty = faulty;
            _last = now;
            _readings++;
            _telling += tells ? 1 : 0;
            if (hasValues && !tells)
            {
                _good++;
                _lastGood = now;
            }
        }

        private void Expect(bool holds, string otherwise)
        {
            if (!holds && _broken.Count < MostComplaints)
            {
                _broken.Add(string.Create(CultureInfo.InvariantCulture, $"at {_board.Seconds:F3} s in {_where}: {otherwise}"));
            }
        }
    }

    /// <summary>What came of the faults under a node.</summary>
    /// <param name="Name">The chip.</param>
    /// <param name="Faults">How many faults there were.</param>
    /// <param name="Readings">Readings that left the node.</param>
    /// <param name="Good">Those with values, and nothing to tell.</param>
    /// <param name="Telling">Those that tell of a fault, a retry or a loss.</param>
    /// <param name="Retries">The node's counter of the first stage.</param>
    /// <param name="Reopens">The node's counter of the second stage.</param>
    /// <param name="Starts">The node's counter of the third stage.</param>
    /// <param name="Slowest">Longest time from a burst's last fault to a good reading, in seconds.</param>
    /// <param name="Silence">Longest time between two readings, in seconds.</param>
    /// <param name="Broken">Limits that were broken; empty when all is well.</param>
    public sealed record NodeFaultsResult(
        string Name,
        int Faults,
        int Readings,
        int Good,
        int Telling,
        int Retries,
        int Reopens,
        int Starts,
        double Slowest,
        double Silence,
        IReadOnlyList<string> Broken);
}
