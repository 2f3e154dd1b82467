using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Node;

namespace Sensors.Simulation
{
    /// <summary>Nodes, volumes, network, broker and collector on one virtual clock and one thread: the real delivery, with everything that can go wrong.</summary>
    /// <remarks>Everything comes from the seed. There is nothing static: seeds run side by side.</remarks>
    public sealed class DeliverySimulation
    {
        private const int MostViolations = 20;
        private const int ChipsOneIn = 50; // seeds
        private const long HealingSource = 10 * EventQueue.Minute; // readings go on for a while when all is well again
        private const long NextStatus = 70 * EventQueue.Second; // which puts right what a status of hours ago has said
        private const long LongestDrain = 4 * EventQueue.Hour;
        private const long LiveLimit = EventQueue.Second;

        private readonly SimulationOptions _options;
        private readonly SimRandom _random;
        private readonly PlaceOptions _placeOptions;
        private readonly List<string> _violations = [];
        private readonly List<SimPlace> _places = [];
        private readonly bool _tears;
        private readonly long _latency;
        private int _number;
        private int _ids;
        private int _boards;

        private DeliverySimulation(SimulationOptions options)
        {
            _options = options;
            _random = new SimRandom((ulong)options.Seed);
            if (options.Trace is { } trace)
            {
                Trace = text => trace(TimeText(Queue.Now) + "  " + text);
            }

            FaultKind[] kinds = [.. options.Faults.Where(_ => options.Faults.Count < 4 || _random.Chance(2, 5))];
            bool byBroker = !kinds.Contains(FaultKind.BrokerRestart) && _random.Chance(1, 8);
            _placeOptions = new PlaceOptions(
                (int)_random.Between(2, 3),
                kinds.Contains(FaultKind.Tls),
                kinds.Contains(FaultKind.BrokerMoves),
                byBroker ? AckMode.Broker : AckMode.Edge);
            _tears = kinds.Contains(FaultKind.Torn);
            _latency = _random.Spread(200, 150_000);
            Account = new Account(Violate) { LiveLimit = LiveLimit };
            Broker = new SimBroker(Queue, error => Violate("broken MQTT: " + error));
            Store = new WatchedStore(Queue, Account);
            Collector = new SimCollector(Queue, _random.Fork(), Broker, Store) { LongestWait = _random.Spread(1, 200) * EventQueue.Millisecond };
            Account.EdgeUpSince = () => Collector.UpSince;
            bool chips = options.Chips ?? options.Seed % ChipsOneIn == 0;
            int nodes = options.Nodes > 0 ? options.Nodes : _random.Chance(1, 3) ? 2 : 1;
            for (int i = 0; i < nodes; i++)
            {
                SimPlace place = AddPlace(MakeBoard(), chips && i == 0);
                Queue.At(EventQueue.Second * (1 + i), () => PowerOn(place));
            }

            End = (long)(options.Days * EventQueue.Day);
            Faults = new FaultInjector(this, _random.Fork(), kinds, End);
            Trace?.Invoke($"seed {options.Seed}: {nodes} nodes{(chips ? ", one with chips" : string.Empty)}, {_placeOptions.Points} points, {_placeOptions.Acknowledgement} acknowledges, faults {string.Join(',', kinds.Select(FaultKinds.NameOf))}");
        }

        internal EventQueue Queue { get; } = new();

        internal Account Account { get; }

        internal SimBroker Broker { get; }

        internal SimCollector Collector { get; }

        internal WatchedStore Store { get; }

        internal FaultInjector Faults { get; }

        internal IReadOnlyList<SimPlace> Places => _places;

        internal Action<string>? Trace { get; set; }

        internal long End { get; }

        /// <summary>Runs one seed.</summary>
        /// <param name="options">Seed, length and faults.</param>
        /// <returns>What came of it.</returns>
        public static SimulationResult Run(SimulationOptions options)
        {
            ArgumentNullException.ThrowIfNull(options);
            var simulation = new DeliverySimulation(options);
            using (simulation.Store)
            {
                return simulation.Run();
            }
        }

        internal static string TimeText(long time)
        {
            TimeSpan span = TimeSpan.FromMicroseconds(time);
            return FormattableString.Invariant($"{(int)span.TotalDays}d {span:hh\\:mm\\:ss\\.fff}");
        }

        internal void Violate(string text)
        {
            if (_violations.Count < MostViolations)
            {
                _violations.Add(TimeText(Queue.Now) + "  " + text);
            }

            Trace?.Invoke("VIOLATION " + text);
        }

        internal Action<string>? TraceOf(string who) => _options.Trace is null ? null : text => Trace?.Invoke($"{who} {text}");

        internal int NextNumber() => ++_number;

        internal string NextId() => FormattableString.Invariant($"88.118.12345/NODE-{++_ids:0000}");

        internal SimBoard MakeBoard()
        {
            SimRandom random = _random.Fork();
            int blocks = random.Chance(1, 2) ? 16 : 64; // the volume of a 2 MB and of a 4 MB board
            var volume = new SimVolume(random.Fork(), Queue, blocks) { Tears = _tears };
            return new SimBoard(++_boards, volume, random, (int)random.Between(-40_000, 40_000));
        }

        internal SimPlace AddPlace(SimBoard board, bool chips = false)
        {
            var site = new SimSite(Queue, Broker, _random.Fork()) { Latency = _latency };
            var place = new SimPlace(NextId(), site, _placeOptions) { Board = board, HasChips = chips };
            _places.Add(place);
            return place;
        }

        /// <summary>Gives the board at a place its power.</summary>
        internal void PowerOn(SimPlace place, int cutAfter = -1)
        {
            if (place.Node is not null || place.Board is not { } board)
            {
                return;
            }

            board.LookBack(Account.Boots.FindLast(boot => boot.Board == board), place.Id, Queue.Now);
            board.Volume.Revive();
            if (cutAfter >= 0)
            {
                board.Volume.CutAfter(cutAfter);
            }

            try
            {
                place.Node = new SimNode(place, board, this, end => Ended(place, end));
                Trace?.Invoke($"board {board.Number} starts as {place.Id}, epoch {place.Node.Boot.Epoch}");
            }
            catch (PowerCutException)
            {
                Trace?.Invoke($"board {board.Number} loses its power while it starts");
                if (board.Volume.MergedAt == Queue.Now)
                {
                    board.Thinnings.Add(Queue.Now); // nobody is left to ask
                }
            }
            catch (Exception e)
            {
                Violate($"board {board.Number} does not start: {e}");
            }
        }

        private void Ended(SimPlace place, BootEnd end)
        {
            SimNode node = place.Node!;
            Trace?.Invoke($"{node.Boot.Name} ends: {end}, {node.Rest}");
            place.Node = null;
            if (end == BootEnd.Restart || place.Busy == 0)
            {
                Queue.At(Queue.Now + EventQueue.Second, () =>
                {
                    if (place.Busy == 0)
                    {
                        PowerOn(place);
                    }
                });
            }
        }

        private SimulationResult Run()
        {
            Queue.RunUntil(End);
            Trace?.Invoke("all is well from here");
            Faults.Heal();
            long healed = Queue.Now;
            Queue.RunUntil(healed + HealingSource);
            foreach (SimPlace place in _places)
            {
                place.Node?.StopSource();
            }

            Collector.Repeat();
            Queue.RunUntil(Queue.Now + NextStatus);
            while (!IsDrained() && Queue.Now < healed + LongestDrain)
            {
                Queue.RunUntil(Queue.Now + EventQueue.Second);
            }

            long drained = Queue.Now - healed - HealingSource - NextStatus;
            var judge = new Judge(this);
            judge.Check();
            return new SimulationResult
            {
                Seed = _options.Seed,
                Violations = _violations,
                Command = _options.Command,
                Given = Account.Given,
                Stored = Account.StoredCount,
                Duplicates = Account.Duplicates,
                Lost = judge.Lost,
                Faults = Faults.Count,
                Boots = Account.Boots.Count,
                LiveDelayMs = Account.LargestLiveDelay / EventQueue.Millisecond,
                DrainSeconds = drained / EventQueue.Second,
                Events = Queue.Events,
                Fingerprint = Account.Fingerprint,
            };
        }

        private bool IsDrained() => _places.All(place => place.Node is null ? place.Board is null : place.Node.IsDrained) && Collector.IsIdle;
    }
}
