using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Simulation
{
    /// <summary>Draws faults over the days and carries them out.</summary>
    /// <remarks>A seed has some of the kinds only, few or many of each: all at once, always, would leave no time in which a rare meeting of two can do harm.</remarks>
    internal sealed class FaultInjector
    {
        private const long Second = EventQueue.Second;
        private const long Minute = EventQueue.Minute;
        private const long Hour = EventQueue.Hour;
        private const long Settling = 2 * Minute; // what waits at the broker comes first

        private readonly DeliverySimulation _world;
        private readonly SimRandom _random;
        private readonly long _end;
        private readonly Dictionary<(FaultKind Kind, SimPlace? Place), int> _active = [];
        private readonly List<SimBoard> _shelf = [];
        private int _activeCount;
        private bool _isOver;

        public FaultInjector(DeliverySimulation world, SimRandom random, IReadOnlyList<FaultKind> kinds, long end)
        {
            _world = world;
            _random = random;
            _end = end;
            long days = Math.Max(1, end / EventQueue.Day);
            foreach (FaultKind kind in kinds)
            {
                if (kind is FaultKind.Torn or FaultKind.Tls)
                {
                    continue; // of the whole seed, not of a moment
                }

                int most = kind is FaultKind.PowerCut ? 12 : kind is FaultKind.HalfOpen or FaultKind.CollectorCrash ? 8 : 3;
                long count = _random.Between(1, most * days);
                for (long i = 0; i < count; i++)
                {
                    FaultKind drawn = kind;
                    world.Queue.At(_random.Between(Minute, end - 1), () => Begin(drawn));
                }
            }
        }

        /// <summary>Gets how many faults there were.</summary>
        public int Count { get; private set; }

        /// <summary>Ends everything: from now on all is well.</summary>
        public void Heal()
        {
            _isOver = true;
            foreach (SimPlace place in _world.Places)
            {
                SimSite site = place.Site;
                site.IsRadioUp = true;
                site.IsTimeBlocked = false;
                site.TimeServerStep = 0;
                site.IsFirstAddressDead = false;
                if (place.Board is { } board)
                {
                    board.Volume.ForeignBlocks = 0;
                    board.Volume.Refuses = false;
                }

                place.Busy = 0;
                _world.PowerOn(place);
            }

            _world.Broker.IsUp = true;
            _world.Broker.Slowness = 0;
            SimCollector collector = _world.Collector;
            collector.DuplicatePercent = 0;
            collector.EndDelays();
            collector.ClockStep = 0;
            collector.Crash = CrashPoint.None;
            _world.Store.Refuses = false;
            collector.Return();
            _active.Clear();
            _activeCount = 0;
            _world.Account.CalmSince = _world.Queue.Now + Settling;
        }

        private void Begin(FaultKind kind)
        {
            if (_isOver)
            {
                return;
            }

            Count++;
            SimPlace place = _world.Places[_random.Next(_world.Places.Count)];
            SimSite site = place.Site;
            switch (kind)
            {
                case FaultKind.PowerCut:
                    CutPower(place, format: false);
                    break;
                case FaultKind.Format:
                    CutPower(place, format: true);
                    break;
                case FaultKind.Swap:
                    Swap(place);
                    break;
                case FaultKind.RePair:
                    RePair(place);
                    break;
                case FaultKind.Reboot:
                    Tell(kind, place, 0);
                    place.Node?.AskRestart();
                    Brief();
                    break;
                case FaultKind.AlarmStorm:
                    Tell(kind, place, 0);
                    place.Node?.Alarm((int)_random.Spread(2, 100));
                    break;
                case FaultKind.Outage:
                    During(kind, place, _random.Spread(5 * Second, 20 * Hour), until => LoseRadio(place, until), () => site.IsRadioUp = true);
                    break;
                case FaultKind.HalfOpen:
                    Tell(kind, place, 0);
                    site.Wire?.Lose();
                    Brief();
                    break;
                case FaultKind.NoTime:
                    During(kind, place, _random.Spread(Minute, 20 * Hour), _ => site.IsTimeBlocked = true, () => site.IsTimeBlocked = false);
                    break;
                case FaultKind.ClockStep:
                    long step = _random.Spread(100, 400L * 86_400_000) * (_random.Chance(1, 2) ? 1 : -1);
                    During(kind, place, _random.Spread(Minute, 4 * Hour), until => StepTime(site, step, until), () => site.TimeServerStep = 0);
                    break;
                case FaultKind.BrokerMoves:
                    During(kind, place, _random.Spread(Minute, 10 * Hour), _ => Move(site), () => site.IsFirstAddressDead = false);
                    break;
                case FaultKind.VolumeFull:
                    During(kind, place, _random.Spread(Minute, 12 * Hour), _ => Fill(place), () => Relieve(place));
                    break;
                case FaultKind.VolumeFails:
                    During(kind, place, _random.Spread(Second, 2 * Hour), _ => Fail(place, true), () => Fail(place, false));
                    break;
                case FaultKind.Corrupt:
                    Corrupt(place);
                    break;
                default:
                    BeginAtEdge(kind);
                    break;
            }
        }

        private void BeginAtEdge(FaultKind kind)
        {
            SimBroker broker = _world.Broker;
            SimCollector collector = _world.Collector;
            switch (kind)
            {
                case FaultKind.BrokerDown:
                    During(kind, null, _random.Spread(Second, 8 * Hour), _ => TakeDown(), () => broker.IsUp = true);
                    break;
                case FaultKind.BrokerRestart:
                    Tell(kind, null, 0);
                    broker.DropAll(_random.Chance(1, 4));
                    broker.Forget();
                    Brief();
                    break;
                case FaultKind.BrokerSlow:
                    During(kind, null, _random.Spread(10 * Second, 2 * Hour), _ => broker.Slowness = _random.Spread(50, 6000) * EventQueue.Millisecond, () => broker.Slowness = 0);
                    break;
                case FaultKind.Duplicates:
                    During(kind, null, _random.Spread(Minute, 10 * Hour), _ => collector.DuplicatePercent = (int)_random.Spread(1, 100), () => collector.DuplicatePercent = 0);
                    _world.Queue.At(_world.Queue.Now + _random.Spread(Minute, 12 * Hour), collector.Repeat);
                    break;
                case FaultKind.Delays:
                    During(kind, null, _random.Spread(Minute, 10 * Hour), _ => Delay(collector), collector.EndDelays);
                    break;
                case FaultKind.CollectorCrash:
                    Tell(kind, null, 0);
                    collector.CrashedFor = _random.Spread(50, 600_000) * EventQueue.Millisecond;
                    collector.Crash = (CrashPoint)(1 + _random.Next(4));
                    Brief();
                    break;
                case FaultKind.CollectorAway:
                    bool silently = _random.Chance(1, 2);
                    During(kind, null, _random.Spread(Minute, 18 * Hour), _ => collector.Leave(silently), collector.Return);
                    break;
                case FaultKind.StoreFull:
                    During(kind, null, _random.Spread(Second, 2 * Hour), _ => _world.Store.Refuses = true, () => _world.Store.Refuses = false);
                    break;
                case FaultKind.EdgeClock:
                    long step = _random.Spread(100, 400L * 86_400_000) * (_random.Chance(1, 2) ? 1 : -1);
                    During(kind, null, _random.Spread(Minute, 10 * Hour), until => StepEdge(step, until), () => collector.ClockStep = 0);
                    break;
                default:
                    throw new InvalidOperationException(kind.ToString());
            }
        }

        // From begin to end; what overlaps with its like ends with the last of them.
        private void During(FaultKind kind, SimPlace? place, long duration, Action<long> begin, Action end)
        {
            long until = Math.Min(_world.Queue.Now + duration, _end);
            Tell(kind, place, until);
            (FaultKind, SimPlace?) key = (kind, place);
            _active[key] = _active.GetValueOrDefault(key) + 1;
            _activeCount++;
            _world.Account.CalmSince = long.MaxValue;
            begin(until);
            _world.Queue.At(until, () =>
            {
                if (_isOver)
                {
                    return;
                }

                if (--_active[key] == 0)
                {
                    end();
                }

                if (--_activeCount == 0)
                {
                    _world.Account.CalmSince = _world.Queue.Now + Settling;
                }
            });
        }

        // Something that happens at once, and takes a while to be over.
        private void Brief() => During(FaultKind.HalfOpen, null, 3 * Minute, _ => { }, () => { }, isTold: false);

        private void During(FaultKind kind, SimPlace? place, long duration, Action<long> begin, Action end, bool isTold)
        {
            Action<string>? trace = _world.Trace;
            _world.Trace = isTold ? trace : null;
            During(kind, place, duration, begin, end);
            _world.Trace = trace;
        }

        private void Tell(FaultKind kind, SimPlace? place, long until) => _world.Trace?.Invoke(
            $"fault {FaultKinds.NameOf(kind)}{(place is null ? string.Empty : " at " + place.Id)}{(until > 0 ? " until " + DeliverySimulation.TimeText(until) : string.Empty)}");

        private void CutPower(SimPlace place, bool format)
        {
            Tell(format ? FaultKind.Format : FaultKind.PowerCut, place, 0);
            Brief();
            if (place.Node is not { } node || place.Board is not { } board)
            {
                return;
            }

            bool inWrite = !format && _random.Chance(2, 3);
            bool keepsTime = _random.Chance(1, 5);
            place.Busy++;
            if (inWrite)
            {
                // Inside one of the next changes of the volume; at the latest in a few minutes.
                board.Volume.CutAfter(_random.Next(4));
                _world.Queue.At(_world.Queue.Now + (4 * Minute), () =>
                {
                    if (place.Node == node)
                    {
                        node.Cut(keepsTime);
                    }
                });
            }
            else
            {
                node.Cut(keepsTime);
                if (format)
                {
                    board.Volume.Format();
                    board.Formats.Add((_world.Queue.Now, node.Boot.Id));
                }
            }

            long off = _random.Chance(1, 2) ? _random.Spread(50, 5000) * EventQueue.Millisecond : _random.Spread(Second, 3 * Hour);
            long back = Math.Min(_world.Queue.Now + (inWrite ? 4 * Minute : 0) + off, _end);
            int cutsAtStart = _random.Chance(1, 3) ? _random.Next(3) : 0;
            _world.Queue.At(back, () => Return(place, cutsAtStart));
        }

        private void Return(SimPlace place, int cutsAtStart)
        {
            if (_isOver)
            {
                return;
            }

            place.Busy = Math.Max(0, place.Busy - 1);
            if (place.Busy > 0 || place.Node is not null)
            {
                return;
            }

            if (cutsAtStart > 0)
            {
                // The power comes and goes while the node starts: inside one of its first changes.
                _world.PowerOn(place, cutAfter: _random.Next(6));
                _world.Queue.At(_world.Queue.Now + _random.Spread(50, 20_000) * EventQueue.Millisecond, () =>
                {
                    if (!_isOver)
                    {
                        place.Node?.Cut(keepsTime: false);
                        place.Busy++;
                        Return(place, cutsAtStart - 1);
                    }
                });
                return;
            }

            _world.PowerOn(place);
        }

        private void Swap(SimPlace place)
        {
            Tell(FaultKind.Swap, place, 0);
            Brief();
            if (place.Board is not { } old || place.Busy > 0)
            {
                return;
            }

            place.Node?.Cut(keepsTime: false);
            old.Retired = (_world.Queue.Now, place.Id);
            old.IsShelved = true;
            _shelf.Add(old);
            place.Board = TakeBoard(place);
            place.Busy++;
            _world.Queue.At(Math.Min(_world.Queue.Now + _random.Spread(Minute, 2 * Hour), _end), () => Return(place, 0));
            if (_random.Chance(1, 2))
            {
                // The old board is mounted somewhere else, and still holds what it could not deliver.
                _world.Queue.At(Math.Min(_world.Queue.Now + _random.Spread(10 * Minute, 12 * Hour), _end), () =>
                {
                    if (!_shelf.Remove(old))
                    {
                        return;
                    }

                    old.IsShelved = false;
                    SimPlace other = _world.AddPlace(old);
                    Tell(FaultKind.Swap, other, 0);
                    _world.PowerOn(other);
                });
            }
        }

        // A new board, or a used one that held another place and may still have its readings. One that comes back to its own place has not been
        // told that it was away.
        private SimBoard TakeBoard(SimPlace place)
        {
            if (_random.Chance(1, 3) && _shelf.Find(each => each.Retired.Id != place.Id) is { } used)
            {
                _shelf.Remove(used);
                used.IsShelved = false;
                return used;
            }

            return _world.MakeBoard();
        }

        private void RePair(SimPlace place)
        {
            Tell(FaultKind.RePair, place, 0);
            Brief();
            if (place.Node is not { } node || place.Busy > 0)
            {
                return;
            }

            if (_random.Chance(1, 2))
            {
                node.Cut(keepsTime: true);
            }
            else
            {
                node.AskRestart();
            }

            place.Id = _world.NextId(); // what runs keeps the old one until it has restarted
            place.Busy++;
            _world.Queue.At(_world.Queue.Now + (10 * Second), () => Return(place, 0));
        }

        private void LoseRadio(SimPlace place, long until)
        {
            place.Site.IsRadioUp = false;
            place.Site.Outages.Add(_world.Queue.Now, until);
            if (place.Site.Wire is not { } wire)
            {
                return;
            }

            if (until - _world.Queue.Now < 5 * Minute && _random.Chance(1, 2))
            {
                wire.StalledUntil = until; // TCP repeats what it owes
            }
            else
            {
                wire.Lose();
            }
        }

        private void TakeDown()
        {
            _world.Broker.IsUp = false;
            _world.Broker.DropAll(_random.Chance(1, 2));
        }

        private void Move(SimSite site)
        {
            site.IsFirstAddressDead = true;
            site.Wire?.Lose();
        }

        private void StepTime(SimSite site, long step, long until)
        {
            site.TimeServerStep = step;
            NoteWrongTime(until);
        }

        private void StepEdge(long step, long until)
        {
            _world.Collector.ClockStep = step;
            NoteWrongTime(until);
        }

        // Any node may take it, and keep it for as long as it runs: its times are not checked from here.
        private void NoteWrongTime(long until) => _world.Account.WrongTimes.Add(_world.Queue.Now, until + Minute);

        private void Delay(SimCollector collector)
        {
            collector.DelayPercent = (int)_random.Spread(1, 50);
            collector.LongestDelay = _random.Spread(Second, 30 * Minute);
        }

        private void Fill(SimPlace place)
        {
            if (place.Board is { } board)
            {
                board.Volume.ForeignBlocks = Math.Max(0, board.Volume.FreeBlocks - _random.Next(4));
            }
        }

        private static void Relieve(SimPlace place)
        {
            if (place.Board is { } board)
            {
                board.Volume.ForeignBlocks = 0;
            }
        }

        private static void Fail(SimPlace place, bool fails)
        {
            if (place.Board is { } board)
            {
                board.Volume.Refuses = fails;
            }
        }

        private void Corrupt(SimPlace place)
        {
            Tell(FaultKind.Corrupt, place, 0);
            Brief();
            if (place.Board is { } board && board.Volume.Names.Count > 0)
            {
                string[] names = [.. board.Volume.Names];
                string[] segments = [.. names.Where(SimVolume.IsJournal)];
                if (segments.Length > 0)
                {
                    board.Volume.Damage(segments[_random.Next(segments.Length)]);
                }
            }
        }
    }
}
