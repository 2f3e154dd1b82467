using System;
using System.Collections.Generic;
using System.Globalization;
using Sensors.Drivers;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>Random faults under an accelerometer's driver in a plain loop: every sample is accounted for, none is invented.</summary>
    /// <remarks>
    /// Delivered samples are an ordered subset of those made. After each gap, the lost count grew by as many as are missing, within 1
    /// sample per gap and <see cref="LostShare"/> of them once the rate was measured for <see cref="SteadySeconds"/>; before that the clock's
    /// error counts. A loss is never untold. The rate is right within <see cref="RateLimit"/> after an undisturbed run of that length.
    /// </remarks>
    public sealed class DriverFaults
    {
        /// <summary>Largest error of the lost count besides 1 sample, as a share of the gap.</summary>
        public const double LostShare = 0.001;

        /// <summary>Largest error of the measured rate, as a share.</summary>
        public const double RateLimit = 0.001;

        /// <summary>Length of an undisturbed run.</summary>
        public const double SteadySeconds = 10;

        /// <summary>The most seconds from the last fault to the first sample.</summary>
        public const double RecoveryLimit = 5;

        private const int Axes = 3;
        private const double LargestClockErrorPercent = 3;
        private const double UnmeasuredShare = 0.032; // of a gap: the clock's error, squared included
        private const double SilentSeconds = 0.1;
        private const int RestartMicroseconds = 50000;
        private const int SettledLooks = 4;
        private const int LooksPerBlock = 60; // at most
        private const int BeginDoubt = 8; // samples that pass while a FIFO is being emptied
        private const int BurstsPerSteadyRun = 4;
        private const int BurstsPerStall = 3;
        private const double LongestStall = 0.5;

        private readonly AccelerometerSetup _setup;
        private readonly Random _random;
        private readonly CampaignBoard _board;
        private readonly NumberedSource _source;
        private readonly VirtualAccelerometer _chip;
        private readonly FaultInjector _injector;
        private readonly RegisterBus _bus;
        private readonly FifoAccelerometer _driver;
        private readonly short[] _xyz;
        private readonly List<string> _broken = [];
        private string _where = "start";

        // The run since the last Begin.
        private bool _running;
        private bool _steady;
        private int _looksLeft;
        private long _begunAfter;
        private long _first;
        private long _newest = -1;
        private long _delivered;
        private double _lastSample;
        private int _failures;
        private int _quietLooks;
        private int _overruns;
        private (long Lost, int Told, int Overruns) _settled;

        // Over all.
        private long _all;
        private long _told;
        private int _faults;
        private int _retries;
        private int _reopens;
        private int _starts;
        private int _gaps;
        private double _worstRate;
        private double _worstGap;
        private double _slowest;

        private DriverFaults(AccelerometerSetup setup, int seed)
        {
            _setup = setup;
            _random = Seeds.Of(seed, setup.Name);
            _board = new CampaignBoard((ulong)_random.Next());
            _source = new NumberedSource(setup.FullScaleG);
            _chip = setup.Wire(_board, _source, 0);
            _chip.Faults.RateErrorPercent = ((_random.NextDouble() * 2) - 1) * LargestClockErrorPercent;
            _injector = new FaultInjector(_board.Wires.Time, _chip);
            _bus = setup.Open(_board);
            _driver = setup.Make(_bus, _board.Clock);
            _xyz = new short[Axes * _driver.Depth];
        }

        /// <summary>Lets faults happen to one accelerometer.</summary>
        /// <param name="setup">The accelerometer.</param>
        /// <param name="seed">Where the faults come from.</param>
        /// <param name="count">How many.</param>
        /// <returns>What came of it.</returns>
        public static DriverFaultsResult Run(AccelerometerSetup setup, int seed, int count)
        {
            var campaign = new DriverFaults(setup, seed);
            using (campaign._board)
            {
                return campaign.Run(count);
            }
        }

        private DriverFaultsResult Run(int count)
        {
            for (int burst = 0; _faults < count; burst++)
            {
                List<WireFault> faults = WireFault.Burst(_random, _setup.IsSpi, count - _faults);
                _faults += faults.Count;
                _where = "burst " + burst + " (" + string.Join(", ", faults) + ")";
                if (burst % BurstsPerSteadyRun == 0)
                {
                    RunSteadily();
                }

                _injector.Schedule(faults);
                if (burst % BurstsPerStall == 0)
                {
                    _board.Clock.Wait((int)(_random.NextDouble() * LongestStall * 1e6)); // the program was busy elsewhere
                }

                do
                {
                    Turn();
                }
                while (_injector.IsAtWork());

                Settle();
            }

            EndRun();
            Expect(_retries > 0 && _reopens > 0 && _starts > 1, "a stage of recovery was never taken");
            return new DriverFaultsResult(
                _setup.Name, _faults, _source.Newest + 1, _all, _told, _gaps, _worstGap, _worstRate, _retries, _reopens, _starts, _slowest, _broken);
        }

        private void RunSteadily()
        {
            EndRun();
            double end = double.MaxValue;
            int starts = -1;
            while (_board.Seconds < end)
            {
                Turn();
                _looksLeft = LooksPerBlock; // one block, however long
                if (_starts != starts && _delivered > 0)
                {
                    starts = _starts;
                    end = _board.Seconds + SteadySeconds;
                }
            }

            _looksLeft = _random.Next(LooksPerBlock);

            _steady = _driver.Lost == 0;
            double error = Math.Abs((_driver.MeasuredHertz() * _setup.Every / _chip.ActualRateHertz) - 1);
            _worstRate = Math.Max(_worstRate, error);
            Expect(_steady && error <= RateLimit, string.Create(CultureInfo.InvariantCulture, $"undisturbed: {_driver.Lost} lost, rate off by {error:P3}"));
        }

        // The last fault is over: samples must come soon, and then the account must be right.
        private void Settle()
        {
            double limit = _injector.LastEnd + RecoveryLimit;
            long before = _all;
            while (_all == before && _board.Seconds < limit)
            {
                Turn();
            }

            _looksLeft = LooksPerBlock;

            Expect(_all > before, "no sample for 5 s after the last fault");
            _slowest = Math.Max(_slowest, _board.Seconds - _injector.LastEnd);
            for (int i = 0; i < 4 * SettledLooks; i++)
            {
                Turn();
            }

            Expect(_quietLooks >= SettledLooks, "the stream did not settle");
        }

        // One look at the FIFO, as a plain program makes it, with its own staged recovery.
        private void Turn()
        {
            try
            {
                if (!_running)
                {
                    Start();
                }
                else if (_looksLeft-- == 0)
                {
                    EndRun();
                    Begin(); // another block
                }

                int moved = _driver.ReadFifo(_xyz, 0, _driver.Depth);
                _failures = 0;
                Take(moved);
            }
            catch (BusException)
            {
                _quietLooks = 0;
                Recover();
                return;
            }
            catch (SensorException)
            {
                GiveUp();
                return;
            }

            _board.Clock.Wait((int)(_driver.Depth / 4 * 1e6 / _driver.NominalHertz));
        }

        private void Start()
        {
            _starts++;
            _bus.Reopen();
            _setup.Start(_driver);
            Begin();
        }

        private void Begin()
        {
            long before = _source.Newest;
            _driver.Begin();
            _running = true;
            _begunAfter = before;
            _first = _source.Newest + 1;
            _delivered = 0;
            _quietLooks = 0;
            _looksLeft = _random.Next(LooksPerBlock);
            _overruns = _driver.Overruns;
            _settled = (0, 0, _overruns);
            _lastSample = _board.Seconds;
        }

        private void Recover()
        {
            _failures++;
            if (!_running || _failures > 2)
            {
                GiveUp();
            }
            else if (_failures == 2)
            {
                _reopens++;
                _bus.Reopen();
            }
            else
            {
                _retries++;
            }
        }

        private void GiveUp()
        {
            EndRun();
            _running = false;
            _steady = false;
            _failures = 0;
            _board.Clock.Wait(RestartMicroseconds);
        }

        private void EndRun()
        {
            if (_running)
            {
                _told += _driver.Lost;
                _running = false;
            }
        }

        private void Take(int moved)
        {
            for (int i = 0; i < moved; i++)
            {
                long number = _source.NumberOf(_xyz[Axes * i], _xyz[(Axes * i) + 1], _xyz[(Axes * i) + 2], _driver.GPerDigit);
                if (number < 0)
                {
                    Expect(false, $"invented sample {_xyz[Axes * i]}, {_xyz[(Axes * i) + 1]}, {_xyz[(Axes * i) + 2]}");
                    continue;
                }

                Expect(number > _newest, $"sample {number} after {_newest}");
                Expect(number > _begunAfter, $"sample {number} of a block begun after {_begunAfter}");
                _newest = number;
                if (_delivered + i == 0 && number <= _first + BeginDoubt + _setup.Every)
                {
                    _first = number;
                }
            }

            _delivered += moved;
            _all += moved;
            if (moved > 0)
            {
                _lastSample = _board.Seconds;
                Account();
            }
            else if (_board.Seconds - _lastSample > SilentSeconds)
            {
                _driver.Check();
                GiveUp(); // it holds its settings and makes no samples
            }
        }

        private void Account()
        {
            if (_driver.Overruns != _overruns)
            {
                _gaps += Math.Max(0, _driver.Overruns - _overruns);
                _overruns = _driver.Overruns;
                _quietLooks = 0;
            }

            if (++_quietLooks < SettledLooks)
            {
                return;
            }

            long lost = ((_newest - _first) / _setup.Every) + 1 - _delivered;
            long missing = lost - _settled.Lost;
            int told = _driver.Lost - _settled.Told;
            int gaps = _driver.Overruns - _settled.Overruns;
            double allowed = gaps == 0 ? 0 : gaps + ((_steady ? LostShare : UnmeasuredShare) * missing);
            Expect(
                Math.Abs(told - missing) <= allowed,
                string.Create(CultureInfo.InvariantCulture, $"{missing} missing in {gaps} gaps, {told} told ({(_steady ? "rate known" : "rate nominal")})"));
            Expect(lost == 0 || _driver.Lost > 0, $"{lost} missing, none told");
            if (_steady && gaps > 0)
            {
                _worstGap = Math.Max(_worstGap, Math.Abs(told - missing) - (LostShare * missing));
            }

            _settled = (lost, _driver.Lost, _driver.Overruns);
        }

        private void Expect(bool holds, string otherwise)
        {
            if (!holds && _broken.Count < 10)
            {
                _broken.Add(string.Create(CultureInfo.InvariantCulture, $"at {_board.Seconds:F3} s in {_where}: {otherwise}"));
            }
        }
    }

    /// <summary>What came of the faults under a driver.</summary>
    /// <param name="Name">The accelerometer.</param>
    /// <param name="Faults">How many faults there were.</param>
    /// <param name="Made">Samples the chip made.</param>
    /// <param name="Delivered">Samples that left the driver.</param>
    /// <param name="Lost">Samples the driver told lost.</param>
    /// <param name="Gaps">Gaps the driver told.</param>
    /// <param name="WorstGap">Largest error of the lost count beyond 0.1 % of its gap, rate known, in samples.</param>
    /// <param name="WorstRate">Largest error of the rate after an undisturbed run, as a share.</param>
    /// <param name="Retries">Transfers tried again.</param>
    /// <param name="Reopens">Buses opened anew.</param>
    /// <param name="Starts">Chips started.</param>
    /// <param name="Slowest">Longest time from a burst's last fault to a sample, in seconds.</param>
    /// <param name="Broken">Limits that were broken; empty when all is well.</param>
    public sealed record DriverFaultsResult(
        string Name,
        int Faults,
        long Made,
        long Delivered,
        long Lost,
        int Gaps,
        double WorstGap,
        double WorstRate,
        int Retries,
        int Reopens,
        int Starts,
        double Slowest,
        IReadOnlyList<string> Broken);
}
