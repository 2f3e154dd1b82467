using System;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.Drivers;
using Sensors.Firmware;
using Sensors.Node.Tests.Fakes;
using Sensors.VirtualBoard;

namespace Sensors.Node.Tests.Acquisition
{
    /// <summary>A current point alone on a virtual board: task, source, driver, bus adapter, board file, virtual chip, in fast-forward.</summary>
    internal sealed class CurrentBench : IDisposable
    {
        private readonly Outbox _outbox = new Outbox(4, 4096, AckMode.Broker);
        private Catcher _catcher = new Catcher(new Point("cur1", "current", CurrentFeatures.Channels()));
        private readonly DeviceClock _clock = new DeviceClock();
        private readonly Esp32DevKitC _board;
        private CurrentTask? _task;

        public CurrentBench(double overheadMicroseconds = 60)
        {
            Wires = new VirtualEsp32(new VirtualEsp32Options { TransactionOverheadMicroseconds = overheadMicroseconds });
            PcBoard.Enter(Wires);
            _board = new Esp32DevKitC();
        }

        public VirtualEsp32 Wires { get; }

        public NodeHealth Health { get; } = new NodeHealth();

        public RegisterBus Open(int address) => _board.OpenI2c(1, address);

        public BusClock Clock => _clock;

        /// <summary>Gets the reading that was completed last; copies of what the outbox uses again.</summary>
        public Quality Quality => _catcher.Quality;

        public float[] Values => _catcher.Values;

        /// <summary>Gets the window, to see how long it is.</summary>
        public CurrentWindow Window { get; } = new CurrentWindow();

        public void Use(CurrentSource source, CurrentOptions? options = null, int intervalMilliseconds = 1000)
        {
            var point = new Point("cur1", "current", CurrentFeatures.Channels(options ?? new CurrentOptions())) { Chip = source.Chip };
            _catcher = new Catcher(point);
            var context = new SensorContext
            {
                Clock = _clock,
                Outlet = new ReadingOutlet(_outbox, Begun.Incarnation(_clock), _clock),
                Health = Health,
                Quiet = new Quiet(),
                IntervalMilliseconds = intervalMilliseconds,
            };
            _task = new CurrentTask(point, context, Window, options);
            _task.Serve(source);
        }

        /// <summary>Runs until the next reading.</summary>
        public CurrentBench Measure()
        {
            _catcher.Caught = false;
            for (int i = 0; i < 100 && !_catcher.Caught; i++)
            {
                int wait = _task!.Step(_clock.Milliseconds);
                _outbox.SendNext(_catcher, 1, _clock.Milliseconds);
                if (!_catcher.Caught)
                {
                    Wires.Time.Advance(Math.Max(1, wait) * 1_000_000L);
                }
            }

            Assert.True(_catcher.Caught);
            _outbox.Acknowledge(_catcher.Number, true, _clock.Milliseconds);
            return this;
        }

        /// <summary>Does something a while after now, in the middle of a window.</summary>
        public void After(double milliseconds, Action action) => Wires.Time.At(Wires.Time.Nanoseconds + (long)(milliseconds * 1e6), action);

        public void Dispose() => Wires.Dispose();

        private sealed class Catcher : RecordSender
        {
            private readonly Reading _reading = new Reading(PointKinds.MostFields);
            private readonly ReadingRecord _record;

            public Catcher(Point point) => _record = new ReadingRecord(new[] { point });

            public bool Caught { get; set; }

            public int Number { get; private set; }

            public Quality Quality => _reading.Quality;

            public float[] Values => _reading.Values;

            public override int Send(byte[] bytes, int at, int length)
            {
                Caught = true;
                Assert.True(_record.TryRead(bytes, at, length, _reading, out _));
                return ++Number;
            }
        }
    }
}
