using System;
using System.Globalization;
using System.Text;
using NanoFramework.Pc;
using Sensors.Edge;
using Sensors.Firmware;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>A node's delivery with its volume, a way to an edge and the edge's own core: on one thread, in virtual time.</summary>
    internal sealed class OfflineNode : IDisposable
    {
        private const string Id = "88.118.12345/OFFLINE";
        private const int LongestWait = 1000;
        private const double SecondsPerHour = 3600;

        private readonly VirtualEsp32 _board;
        private readonly DeviceClock _clock = new();
        private readonly Scheduler _loop;
        private readonly SqliteReadingStore _store = SqliteReadingStore.InMemory();
        private long _linkAt;

        /// <summary>Puts it together; it is offline.</summary>
        /// <param name="bank">What it measures.</param>
        /// <param name="volumeBytes">The size of its volume.</param>
        /// <param name="intervalSeconds">From one reading of a point to the next.</param>
        public OfflineNode(ReadingBank bank, int volumeBytes, int intervalSeconds)
        {
            _board = new VirtualEsp32(new VirtualEsp32Options { Name = "offline", VolumeBytes = volumeBytes });
            PcBoard.Enter(_board);
            Settings settings = Settings.Parse(Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"id={Id}\nwifi_ssid=hall\nbroker_host=edge\ninterval_ms={intervalSeconds * 1000}\n")));
            Volume = new CountingVolume(new FlashVolume(@"I:\"));
            Edge = new EdgeLink(_board, _store);
            Delivery = new NodeDelivery(
                new NodeParts
                {
                    Board = "campaign",
                    Target = _board.TargetName,
                    Version = NodeFirmware.Version,
                    Clock = _clock,
                    Volume = Volume,
                    Network = new Hall(_board, Edge),
                    Link = Edge,
                    Random = new Dice(),
                },
                settings,
                [bank.VibrationPoint, bank.TemperaturePoint, bank.CurrentPoint],
                new FaultLog(),
                new NodeHealth(),
                new Quiet(),
                new Supervisor());
            Source = new PlantSource(bank, Delivery.Outlet, Delivery.Incarnation, intervalSeconds * 1000);
            _loop = new Scheduler(_clock, [Source, Delivery.Task, .. Delivery.OtherTasks], Delivery.Faults);
        }

        public NodeDelivery Delivery { get; }

        public PlantSource Source { get; }

        public EdgeLink Edge { get; }

        public CountingVolume Volume { get; }

        /// <summary>Gets the seconds since start.</summary>
        public double Seconds => _board.Time.Seconds;

        /// <summary>Gets the hours from the start to the first thinning; 0 while there was none.</summary>
        public double HoursUntilThinning { get; private set; }

        /// <summary>Gets the blocks of the volume that are free.</summary>
        public int FreeBlocks => (_board.Volume.CapacityBytes - _board.Volume.UsedBytes) / PcVolume.BlockBytes;

        /// <summary>Gets the edge's account of the node.</summary>
        public NodeAccount Account() => LedgerReport.Of(_store.Archive).Nodes[0];

        /// <summary>Tells whether the edge has a number of the present epoch.</summary>
        public bool IsStored(long number)
        {
            foreach (SequenceRange range in _store.Covered(Id, Delivery.Incarnation.Epoch))
            {
                if (range.From <= number && number <= range.To)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Lets time pass.</summary>
        /// <param name="seconds">Until so many seconds since start.</param>
        /// <param name="done">Or until this is so.</param>
        public void Run(double seconds, Func<bool> done)
        {
            while (Seconds < seconds && !done())
            {
                int wait = _loop.RunOnce();
                if (HoursUntilThinning == 0 && Delivery.Journal.Thinned > 0)
                {
                    HoursUntilThinning = Seconds / SecondsPerHour;
                }

                Edge.Settle();
                long now = _clock.Milliseconds;
                _linkAt = now + Delivery.Link.Step();
                now = _clock.Milliseconds;
                long next = Math.Min(now + Math.Min(wait, LongestWait), Math.Min(_linkAt, Edge.NextAt));
                if (next > now)
                {
                    _clock.Sleep((int)(next - now));
                }
            }
        }

        public void Dispose()
        {
            _store.Dispose();
            _board.Dispose();
        }

        private sealed class Hall(VirtualEsp32 board, EdgeLink edge) : Network
        {
            public override bool IsUp => edge.Up;

            public override string? Join(Settings settings) => edge.Up ? null : "no access point";

            public override void Leave()
            {
            }

            public override void StartTime(string server)
            {
            }

            public override long CheckTime() => edge.Up ? (board.WorldUtc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond : 0;

            public override long HeldTime() => 0;
        }

        private sealed class Dice : RandomSource
        {
            private readonly Random _random = new(1);

            public override int Next(int limit) => _random.Next(limit);

            public override void Fill(byte[] buffer) => _random.NextBytes(buffer);
        }
    }
}
