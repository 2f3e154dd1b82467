using System;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Simulation
{
    /// <summary>The whole node: real drivers on virtual chips, features, and the delivery behind them.</summary>
    /// <remarks>
    /// What was measured is taken from the job's own reading as soon as it has a number. A record rounds it, to 0.034 % at most, which is checked here;
    /// what comes to the store, through memory or journal, must be that, byte for byte.
    /// </remarks>
    internal sealed class ChipWork : SimWork, IDisposable
    {
        /// <summary>Milliseconds between two readings of a point.</summary>
        public const int Interval = 120_000;

        /// <summary>The points.</summary>
        public const string Points = "vib1,temp1,cur1";

        private const float Rounding = 0.00035f;
        private const float Least = 6.2e-5f; // below that a signed number is stored as 0
        private const int ThermometerAddress = 0x48;
        private const int CurrentAddress = 0x40;

        private readonly VirtualEsp32 _board;
        private readonly SimClock _clock;
        private readonly Account _account;
        private readonly Action<string> _violation;
        private readonly SensorNode _node;
        private readonly Reading _reading;
        private readonly ReadingJson _json;
        private readonly ReadingRecord _record;
        private readonly Reading _rounded = new(PointKinds.MostFields);
        private readonly byte[] _bytes = new byte[ReadingRecord.MaxLength];
        private readonly byte[] _buffer;
        private BootRecord? _boot;

        public ChipWork(NodeParts parts, Settings settings, FaultLog faults, SimClock clock, Account account, VirtualEsp32 board, Action<string> violation)
        {
            _board = board;
            _clock = clock;
            _account = account;
            _violation = violation;
            _clock.BeginTurn(board.Time);
            _node = new SensorNode(parts, settings, faults);
            _reading = Delivery.Outlet.Begin(_node.Points[0]); // the one that all jobs fill
            _json = new ReadingJson(settings.Id);
            _record = new ReadingRecord(_node.Points);
            int most = 0;
            foreach (Point point in _node.Points)
            {
                most = Math.Max(most, _json.MaxLength(point));
            }

            _buffer = new byte[most];
        }

        public override NodeDelivery Delivery => _node.Delivery;

        /// <summary>Makes a board with an accelerometer, a thermometer and a current sensor at a machine.</summary>
        public static VirtualEsp32 MakeBoard(ulong seed, out Esp32DevKitC pins)
        {
            var board = new VirtualEsp32(new VirtualEsp32Options { Name = "simulated", Seed = seed });
            PcBoard.Enter(board);
            pins = new Esp32DevKitC();
            var machine = new VirtualMachine(seed: seed);
            board.WireSpi(pins.SpiBusOf(0), pins.ChipSelectOf(0), new VirtualAdxl345(board.Time, machine.Vibration, seed));
            board.WireI2c(1, ThermometerAddress, new VirtualTmp117(board.Time, machine.Temperature, seed + 1));
            board.WireI2c(1, CurrentAddress, new VirtualIna226(board.Time, machine.Current, seed + 2));
            return board;
        }

        public override void Begin(BootRecord boot) => _boot = boot;

        public override int RunOnce()
        {
            PcBoard.Enter(_board);
            _clock.BeginTurn(_board.Time);
            long before = Delivery.Incarnation.Sequence;
            int wait = _node.RunOnce();
            for (long number = before + 1; number <= Delivery.Incarnation.Sequence; number++)
            {
                Note(number);
            }

            return wait;
        }

        public override void Stop()
        {
            // Its readings are far apart: all can be delivered in between.
        }

        public override void Alarm(int count)
        {
            // Alarms come from what is measured.
        }

        public void Dispose() => _board.Dispose();

        private void Round(long number)
        {
            int length = _record.Write(_reading, 0, ClockState.Unset, _bytes, 0);
            bool isSame = _record.TryRead(_bytes, 0, length, _rounded, out _);
            for (int i = 0; isSame && i < _reading.Point.Channels.Length; i++)
            {
                float one = _reading.Values[_reading.Point.Channels[i].Field];
                float other = _rounded.Values[_reading.Point.Channels[i].Field];
                isSame = float.IsFinite(one) ? MathF.Abs(one - other) <= (MathF.Abs(one) * Rounding) + Least : float.IsNaN(other);
            }

            if (!isSame)
            {
                _violation($"the record of {_reading.Point.Name} epoch {Delivery.Incarnation.Epoch} number {number} is another than was measured");
            }
        }

        // A number that was taken counts, even if the power went before anything else was done. A job numbers its alarms first.
        private void Note(long number)
        {
            bool isReading = _reading.Sequence == number && _reading.Epoch == Delivery.Incarnation.Epoch;
            byte[]? measured = null;
            if (isReading)
            {
                Round(number);
                int length = _json.Encode(_rounded, 0, ClockState.Unset, _buffer, 0);
                measured = Account.MeasuredOf(_buffer.AsSpan(0, length)).ToArray();
            }

            long ago = _clock.Milliseconds - _reading.Taken;
            _account.Give(_boot!, number, new GivenReading(_reading.Point.Name, Account.Unknown, !isReading, _clock.TurnAt, _reading.Taken)
            {
                DoneAt = _clock.TrueNow,
                Measured = measured,
                TakenAt = _clock.TrueNow - (ago * EventQueue.Millisecond),
            });
        }
    }
}
