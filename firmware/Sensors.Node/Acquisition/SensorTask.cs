using System.Diagnostics.CodeAnalysis;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>One point's job: have a sensor, measure when it is time, and hand over a reading every interval, good or not.</summary>
    /// <remarks>
    /// Recovery has three stages, each counted: a transfer is tried again, the bus is opened anew, the chip is started anew.
    /// When all fail the point has no sensor: its readings name the fault and carry no values, and it looks for one again.
    /// </remarks>
    public abstract class SensorTask : NodeTask
    {
        private const int RestartMilliseconds = 2000; // a known sensor: a good reading at most 5 s after the last fault
        private const int ReleaseMilliseconds = 100; // until what a self-test pushed has come to rest, and left the chip's filter
        private const int LookMilliseconds = 10000;   // none known: a search opens every address of the board

        private readonly NodeHealth _health;
        private long _nextSearch;
        private long _due;    // when the next reading is wanted
        private long _grid;   // when the next one is wanted at the latest: whole intervals after the first
        private bool _early;  // one came before its time in this interval
        private int _failures;
        private SelfTestState _selfTest;
        private ConditionMonitor _monitor;
        private SensorSource _tested;

        /// <summary>Makes the job of a point.</summary>
        /// <param name="point">The point.</param>
        /// <param name="context">What all points share.</param>
        protected SensorTask(Point point, SensorContext context)
        {
            Point = point;
            Context = context;
            _health = context.Health;
        }

        /// <summary>Gets the point.</summary>
        public Point Point { get; }

        /// <summary>Gets what all points share.</summary>
        protected SensorContext Context { get; }

        /// <summary>Gets what is wrong at present.</summary>
        protected SensorFault Fault { get; private set; } = SensorFault.NoAnswer;

        /// <summary>Gets the sensor in use, or null.</summary>
        protected abstract SensorSource Source { get; }

        /// <summary>Names what judges the point's readings. Before the first step.</summary>
        /// <param name="monitor">The point's monitor.</param>
        public void Attach(ConditionMonitor monitor)
        {
            _monitor = monitor;
        }

        /// <summary>Looks for a sensor once, without starting it.</summary>
        /// <returns>True when the point has one.</returns>
        public bool TryFind()
        {
            SensorFinder finder = Context.Finder;
            SensorDeclaration declaration = finder.DeclarationOf(Point.Name);
            string place = Context.Places.PlaceOf(Point.Name);
            SensorSource source = declaration != null ? finder.Open(declaration) : finder.Find(Point.Kind, place);
            if (source == null)
            {
                Fault = finder.WhyNot;
                return false;
            }

            Use(source);
            if (declaration == null && place == null)
            {
                Context.Places.Add(Point.Name, source.Bus.Name);
            }

            return true;
        }

        /// <inheritdoc/>
        [HotPath]
        public sealed override int Step(long now)
        {
            if (Fault != SensorFault.None && now >= _nextSearch)
            {
                Search(now);
                now = Context.Clock.Milliseconds; // a start and a self-test take their time
            }

            if (Fault == SensorFault.None)
            {
                int wait = Measure(now);
                return Fault == SensorFault.None ? wait : 0; // given up: it is started anew before other work
            }

            if (now >= _due)
            {
                HandOver(now);
            }

            long next = _due < _nextSearch ? _due : _nextSearch;
            return next > now ? (int)(next - now) : 0;
        }

        /// <summary>Measures with a sensor that works. Called when <see cref="Fault"/> is none.</summary>
        /// <param name="now">Milliseconds since start.</param>
        /// <returns>Milliseconds until the task wants to run again.</returns>
        [HotPath]
        protected abstract int Measure(long now);

        /// <summary>Hands over what there is, and what is wrong. Called when a reading is due and the sensor does not work.</summary>
        /// <param name="now">Milliseconds since start.</param>
        [HotPath]
        protected virtual void HandOver(long now)
        {
            Reading reading = Context.Outlet.Begin(Point);
            reading.Quality.Fault = Fault;
            Complete(reading, now);
            Advance(now);
        }

        /// <summary>Judges a filled reading and hands it over, and what it changed of the point's alarms before it.</summary>
        /// <param name="reading">What the outlet's Begin gave, filled.</param>
        /// <param name="taken">When its last sample was taken, in milliseconds since start.</param>
        [HotPath]
        protected void Complete(Reading reading, long taken)
        {
            reading.Quality.SelfTest = _selfTest;
            reading.Taken = taken;
            ConditionMonitor monitor = _monitor;
            if (monitor != null)
            {
                monitor.Judge(reading);
                for (int i = 0; i < monitor.EventCount; i++)
                {
                    Context.Outlet.Alarm(Point, monitor.EventAt(i), taken);
                }
            }

            Context.Outlet.Complete(reading, taken);
            if (Context.Baselines != null)
            {
                Context.Baselines.SaveIfNeeded();
            }
        }

        /// <summary>Takes a sensor into use; from then on it is <see cref="Source"/>.</summary>
        /// <param name="source">A source of the point's kind, not started.</param>
        protected abstract void Use(SensorSource source);

        /// <summary>Tells whether the point's reading is due.</summary>
        /// <param name="now">Milliseconds since start.</param>
        /// <returns>True when it is.</returns>
        [HotPath]
        protected bool IsDue(long now)
        {
            return now >= _due;
        }

        /// <summary>Tells how long it is until the point's next reading.</summary>
        /// <param name="now">Milliseconds since start.</param>
        /// <returns>Milliseconds, 0 or more.</returns>
        [HotPath]
        protected int UntilDue(long now)
        {
            return _due > now ? (int)(_due - now) : 0;
        }

        /// <summary>Sets when the next reading is due: on a fixed grid, which neither the work nor a missed turn moves.</summary>
        /// <param name="now">Milliseconds since start.</param>
        [HotPath]
        protected void Advance(long now)
        {
            if (_grid == 0)
            {
                _grid = now;
            }

            if (now >= _grid)
            {
                int interval = Context.IntervalMilliseconds;
                _grid += interval * (1 + ((now - _grid) / interval));
                _early = false;
            }

            _due = _grid;
        }

        /// <summary>Says that the sensor works: recovery begins at its first stage again.</summary>
        [HotPath]
        protected void Works()
        {
            _failures = 0;
        }

        /// <summary>Takes the next stage of recovery after a failed transfer.</summary>
        /// <returns>True when the caller may try again, false when the sensor is given up for now.</returns>
        [HotPath]
        protected bool Recover()
        {
            _failures++;
            if (_failures == 1)
            {
                _health.BusRetries++;
                return true;
            }

            if (_failures == 2 && Reopen())
            {
                return true;
            }

            GiveUp(SensorFault.NoAnswer);
            return false;
        }

        /// <summary>Gives the sensor up: it is started anew, or looked for anew, soon.</summary>
        /// <param name="fault">Why.</param>
        [HotPath]
        protected void GiveUp(SensorFault fault)
        {
            Fault = fault;
            _failures = 0;
            _nextSearch = Context.Clock.Milliseconds;
        }

        // Once for each sensor, for it takes up to half a second. It compares rest positions, which a machine that runs shakes: so what fails is
        // told only of a sensor at rest.
        private void Test()
        {
            if (_tested == Source)
            {
                return;
            }

            _selfTest = Source.SelfTest();
            if (_selfTest != SelfTestState.None)
            {
                Source.Start();
                Context.Clock.Sleep(ReleaseMilliseconds);
                if (_selfTest == SelfTestState.Failed && !Source.IsStill())
                {
                    _selfTest = SelfTestState.None;
                }
            }

            _tested = Source;
        }

        private bool Reopen()
        {
            _health.BusReopens++;
            try
            {
                Source.Bus.Reopen();
                return true;
            }
            catch (BusException)
            {
                return false;
            }
        }

        [SuppressMessage("Sensors", "NANO114", Justification = "Once in a while, for a sensor that failed or was never there.")]
        private void Search(long now)
        {
            _nextSearch = now + (Source == null ? LookMilliseconds : RestartMilliseconds);
            try
            {
                if (Source == null && !TryFind())
                {
                    return;
                }

                _health.SensorStarts++;
                Source.Bus.Reopen();
                Source.Start();
                Test();
                Fault = SensorFault.None;
                if (Point.Chip == null)
                {
                    Context.Messages.Describe(Point, Source);
                }

                if (!_early && _due > now)
                {
                    // Back again: tell it now, not at the end of an interval that may last an hour. Once an interval, so
                    // that a sensor that comes and goes does not flood the edge.
                    _early = true;
                    _due = now;
                }
            }
            catch (BusException)
            {
                Fault = SensorFault.NoAnswer;
            }
            catch (SensorException exception)
            {
                Fault = exception.Fault;
            }
        }
    }
}
