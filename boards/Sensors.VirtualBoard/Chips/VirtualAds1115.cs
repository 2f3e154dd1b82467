using System;

namespace Sensors.VirtualBoard
{
    /// <summary>ADS1115 converter, as its I2C bus sees it at 0x48 to 0x4B. Data sheet: Texas Instruments SBAS444D.</summary>
    /// <remarks>
    /// <para>
    /// A conversion takes 1 / rate, by the chip's own oscillator, and gives the mean of its input over that time (a sinc filter whose
    /// first zero is at the data rate). From power-down it begins 25 µs after the write. OS reads 0 while one is under way. In
    /// single-shot mode a written OS begins one and has no effect while one is under way. Settings written during a conversion take effect
    /// after it, so the first result after a change of input in continuous mode is of the old one; single-shot mode, too,
    /// begins only after it. The result clips at 7FFFh and 8000h.
    /// </para>
    /// <para>
    /// ALERT/RDY is modelled as the conversion-ready pin only: Hi_thresh with its highest bit set, Lo_thresh without, COMP_QUE not 3.
    /// A pointer above 3 is answered as its two lowest bits say and logged: the data sheet wants the others 0.
    /// Not modelled: the comparator, the SMBus alert response, the general-call reset.
    /// </para>
    /// </remarks>
    public sealed class VirtualAds1115 : VirtualWordChip
    {
        private const long NanosecondsPerSecond = 1_000_000_000;
        private const long WakeNanoseconds = 25_000;
        private const long Never = long.MaxValue;
        private const int Points = 16;
        private const double CodesPerFullScale = 32768;

        private readonly IAds1115Inputs _inputs;
        private readonly Ads1115Options _options;
        private readonly ulong _seed;
        private ushort _config;
        private ushort _low;
        private ushort _high;
        private short _result;
        private ushort _active; // the settings of the conversion under way
        private long _begin;
        private long _end;

        /// <summary>Makes a chip that is powered now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="inputs">What hangs at its inputs.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">How this specimen differs from the ideal one; null for noise only.</param>
        public VirtualAds1115(VirtualTime time, IAds1115Inputs inputs, ulong seed, string name = "cur1", Ads1115Options? options = null)
            : base(time, name)
        {
            ArgumentNullException.ThrowIfNull(inputs);
            _inputs = inputs;
            _options = options ?? new Ads1115Options();
            _seed = NoiseDraw.DeriveSeed(seed, name);
            Reset(time.Nanoseconds);
        }

        /// <summary>Gets how many conversions have ended since the chip had power.</summary>
        public long Conversions
        {
            get
            {
                CatchUp(Time.Nanoseconds);
                return Made;
            }
        }

        /// <summary>Gets how often ALERT/RDY went low at the end of a conversion.</summary>
        public long ReadyPulses { get; private set; }

        /// <summary>Gets the time from one conversion to the next with the present settings, in nanoseconds.</summary>
        public long PeriodNanoseconds => Period(_config);

        private long Made { get; set; }

        private bool SignalsReady => (_high & 0x8000) != 0 && (_low & 0x8000) == 0 && (_config & Ads1115Map.QueueMask) != Ads1115Map.QueueMask;

        private protected override void Reset(long nanoseconds)
        {
            base.Reset(nanoseconds);
            _config = Ads1115Map.ConfigReset & unchecked((ushort)~Ads1115Map.OneShot);
            _low = Ads1115Map.LowReset;
            _high = Ads1115Map.HighReset;
            _result = 0;
            _end = Never;
        }

        private protected override ushort ReadWord(int register, long nanoseconds)
        {
            CatchUp(nanoseconds);
            if (register > Ads1115Map.PointerMask)
            {
                Strays.Add(nanoseconds, $"read with pointer 0x{register:X2}, of which the data sheet wants bits 7 to 2 to be 0");
            }

            switch (register & Ads1115Map.PointerMask)
            {
                case Ads1115Map.Conversion:
                    return (ushort)_result;
                case Ads1115Map.Config:
                    return (ushort)(_config | (_end == Never ? Ads1115Map.OneShot : 0));
                case Ads1115Map.LowThreshold:
                    return _low;
                default:
                    return _high;
            }
        }

        private protected override void WriteWord(int register, ushort value, long nanoseconds)
        {
            CatchUp(nanoseconds);
            switch (register)
            {
                case Ads1115Map.Config:
                    _config = (ushort)(value & ~Ads1115Map.OneShot);
                    if (_end == Never && ((value & Ads1115Map.OneShot) != 0 || (value & Ads1115Map.SingleShotMode) == 0))
                    {
                        BeginConversion(nanoseconds + WakeNanoseconds);
                    }

                    break;
                case Ads1115Map.LowThreshold:
                    _low = value;
                    break;
                case Ads1115Map.HighThreshold:
                    _high = value;
                    break;
                default:
                    Violations.Add(nanoseconds, $"write of 0x{value:X4} to register 0x{register:X2}, which is read-only or not defined");
                    break;
            }
        }

        private long Period(ushort config)
        {
            double hertz = Ads1115Map.Rates[(config >> 5) & 7] * (1 + (_options.RateErrorPercent / 100)) * (1 + (Faults.RateErrorPercent / 100));
            return (long)(NanosecondsPerSecond / hertz);
        }

        private void BeginConversion(long nanoseconds)
        {
            _active = _config;
            _begin = nanoseconds;
            _end = nanoseconds + Period(_active);
        }

        private void CatchUp(long nanoseconds)
        {
            while (_end <= nanoseconds)
            {
                if ((_config & Ads1115Map.SingleShotMode) == 0 && _active == _config)
                {
                    // Only the last of many unseen results can be seen; oscillator and settings stand.
                    long period = Period(_active);
                    long unseen = (nanoseconds - _end) / period;
                    Count(unseen);
                    _begin += unseen * period;
                    _end += unseen * period;
                }

                _result = Convert();
                Count(1);
                if ((_config & Ads1115Map.SingleShotMode) == 0)
                {
                    BeginConversion(_end);
                }
                else
                {
                    _end = Never;
                }
            }
        }

        private void Count(long conversions)
        {
            Made += conversions;
            if (SignalsReady)
            {
                ReadyPulses += conversions;
            }
        }

        private short Convert()
        {
            if (Faults.StuckData)
            {
                return _result;
            }

            int mux = (_active >> 12) & 7;
            double volts = 0;
            for (int i = 0; i < Points; i++)
            {
                double seconds = (_begin + ((_end - _begin) * (i + 0.5) / Points)) * 1e-9;
                double negative = Ads1115Map.Negative[mux] < 0 ? 0 : _inputs.VoltsAt(Ads1115Map.Negative[mux], seconds);
                volts += (_inputs.VoltsAt(Ads1115Map.Positive[mux], seconds) - negative) / Points;
            }

            double codes = volts * (1 + (_options.GainErrorPercent / 100)) / Ads1115Map.FullScaleVolts[(_active >> 9) & 7] * CodesPerFullScale;
            codes += _options.OffsetLsb + (_options.NoiseLsb * new NoiseDraw(_seed, Made).Next());
            return (short)Math.Clamp(Math.Round(codes), short.MinValue, short.MaxValue);
        }
    }
}
