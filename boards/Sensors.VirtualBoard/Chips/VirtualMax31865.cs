using System;
using System.Device.Spi;

namespace Sensors.VirtualBoard
{
    /// <summary>MAX31865 platinum thermometer converter, as its SPI bus sees it. Data sheet: Maxim 19-6478 Rev. 3; names in quotes are its headings.</summary>
    /// <remarks>
    /// <para>
    /// SPI modes 1 and 3, at most 5 MHz, 400 ns between frames; bit 7 of the command byte writes, the address moves on and loops from
    /// 7Fh to 00h; what is not defined reads FFh ("Serial Interface"). Writes act when chip select rises, so a one-shot begins there.
    /// </para>
    /// <para>
    /// A one-shot, and the first conversion in automatic mode, takes 52 ms (60 Hz) or 62.5 ms (50 Hz); the next in automatic mode
    /// 16.7 or 20 ms (typical figures). Until it ends the old result is read, and the one-shot bit reads 1. RTD High and Low are
    /// decided by every conversion, bits 5 to 3 only by a fault-detection cycle (550 µs), bit 2 at once; all stay until cleared by a
    /// write with bit 1 set and bits 5, 3 and 2 clear. Bit 0 of the result is 1 while any is set. While a voltage beyond the supply
    /// is on an input, conversions end without a new result.
    /// </para>
    /// <para>
    /// Counted as violations: a conversion without bias, or within 10.5 time constants and 1 ms of switching it on (its result is too
    /// low); a change of the filter bit in automatic mode; fault-cycle bits in any other pattern than 100X010X, 100X100X, 100X110X; a
    /// fault clear together with bits 5, 3 or 2; an automatic fault cycle behind a filter slower than 100 µs.
    /// </para>
    /// <para>
    /// Assumed, for the data sheet does not say or was not seen there: a one-shot under an overvoltage ends in its time; with FORCE-
    /// open the result is a random number. Not modelled: self-heating, and the self-test of the converter.
    /// </para>
    /// </remarks>
    public sealed class VirtualMax31865 : VirtualByteChip, ISpiChip
    {
        private const int LastAddress = 0x7F;
        private const int FullScale = 0x7FFF;
        private const double Codes = 32768;
        private const double BridgeOhms = 0.2; // what a short circuit still has
        private const double OneShotMilliseconds60 = 52, OneShotMilliseconds50 = 62.5;
        private const double PeriodMilliseconds60 = 1000 / 60.0, PeriodMilliseconds50 = 20;
        private const double CycleMilliseconds = 0.55;
        private const double SlowestCycleFilterMicroseconds = 100;
        private const double SettlingTimeConstants = 10.5;
        private const double ExtraSettlingMicroseconds = 1000;
        private const double NanosecondsPerMillisecond = 1e6;
        private const int EvaluatedAtMost = 64;
        private const long Never = long.MaxValue;

        private static readonly SpiRules Rules = new()
        {
            Mode = SpiMode.Mode3,
            OtherMode = SpiMode.Mode1,
            MaximumClockHz = 5_000_000,
            MinimumGapNanoseconds = 400,
            DirectionBit = 0x80,
            DirectionBitReads = false,
            AddressMask = LastAddress,
        };

        private readonly ITemperatureSource _source;
        private readonly Max31865Options _options;
        private readonly ulong _seed;
        private readonly byte[] _thresholds = new byte[4];
        private byte _configuration;
        private byte? _written;     // configuration that acts when chip select rises
        private bool _moved;        // the address has moved on in this frame
        private byte _status;
        private int _code;
        private bool _fresh;
        private byte _cycle;        // bits 3:2 as they read now
        private bool _oneShot;
        private long _biasSince;
        private long _sampledAt;
        private long _conversionEnd;
        private long _cycleEnd;
        private long _conversions;

        /// <summary>Makes a chip that is powered now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="source">What the probe touches.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">What is around it; null for a PT100 in four wires on 430 Ω.</param>
        public VirtualMax31865(VirtualTime time, ITemperatureSource source, ulong seed, string name = "temp1", Max31865Options? options = null)
            : base(time, name, Rules)
        {
            ArgumentNullException.ThrowIfNull(source);
            _source = source;
            _options = options ?? new Max31865Options();
            _seed = NoiseDraw.DeriveSeed(seed, name);
            Reset(time.Nanoseconds);
        }

        /// <summary>Gets or sets what is wrong with the probe; it counts from the next conversion or fault cycle on.</summary>
        public Max31865ProbeFault ProbeFault { get; set; }

        /// <summary>Gets how long the bias was on since power, in seconds: what heats the probe.</summary>
        public double BiasSeconds { get; private set; }

        /// <summary>Gets the conversions that ended with a result.</summary>
        public long Conversions => _conversions;

        /// <summary>Tells the level of the DRDY pin now: low while there is a result that nobody has read.</summary>
        /// <returns>True for high.</returns>
        public bool DataReadyPin()
        {
            CatchUp(Time.Nanoseconds);
            return !_fresh;
        }

        private bool Biased => (_configuration & Max31865Map.Bias) != 0;

        private bool Automatic => (_configuration & Max31865Map.Auto) != 0;

        private bool At50Hertz => (_configuration & Max31865Map.Filter50) != 0;

        private protected override void Reset(long nanoseconds)
        {
            base.Reset(nanoseconds);
            Max31865Map.ThresholdReset.CopyTo(_thresholds, 0);
            _configuration = 0;
            _written = null;
            _moved = false;
            _status = 0;
            _code = 0;
            _fresh = false;
            _cycle = 0;
            _oneShot = false;
            _conversionEnd = Never;
            _cycleEnd = Never;
        }

        private protected override int NextRegister(int register) => (register + 1) & LastAddress;

        private protected override byte ReadRegister(int register, long nanoseconds)
        {
            CatchUp(nanoseconds);
            switch (register)
            {
                case Max31865Map.Configuration:
                    return (byte)(_configuration | (_oneShot ? Max31865Map.OneShot : 0) | _cycle);
                case Max31865Map.RtdMsb:
                    _fresh = false;
                    return (byte)(_code >> 7);
                case Max31865Map.RtdLsb:
                    _fresh = false;
                    return (byte)((_code << 1) | (_status != 0 ? 1 : 0));
                case >= Max31865Map.HighMsb and <= Max31865Map.LowLsb:
                    return _thresholds[register - Max31865Map.HighMsb];
                case Max31865Map.FaultStatus:
                    return _status;
                default:
                    RefuseRead(register, nanoseconds);
                    return Max31865Map.Undefined;
            }
        }

        private protected override void WriteRegister(int register, byte value, long nanoseconds)
        {
            CatchUp(nanoseconds);
            bool meant = !_moved;
            _moved = true;
            switch (register)
            {
                case Max31865Map.Configuration:
                    _written = value;
                    break;
                case >= Max31865Map.HighMsb and <= Max31865Map.LowLsb:
                    _thresholds[register - Max31865Map.HighMsb] = value;
                    break;
                default:
                    // "Attempting to write to a read-only register results in no change": harmless where a long write passes by.
                    if (meant || register > Max31865Map.FaultStatus)
                    {
                        RefuseWrite(register, value, nanoseconds);
                    }

                    break;
            }
        }

        private protected override void EndTransaction(long nanoseconds)
        {
            _moved = false;
            if (_written is byte value)
            {
                _written = null;
                Configure(value, nanoseconds);
            }
        }

        private void Configure(byte value, long now)
        {
            byte old = _configuration;
            _configuration = (byte)(value & Max31865Map.Kept);
            if (((old ^ value) & Max31865Map.Filter50) != 0 && (old & Max31865Map.Auto) != 0)
            {
                Violations.Add(now, "filter bit changed in automatic mode");
            }

            if ((old & Max31865Map.Auto) != 0 && !Automatic)
            {
                _conversionEnd = Never;
            }

            SwitchBias(old, now);
            ClearFaults(value, now);
            if ((value & Max31865Map.FaultCycle) != 0)
            {
                BeginCycle(value, now);
            }
            else if (_cycleEnd == Never)
            {
                _cycle = 0; // gives up a manual cycle between its halves
            }

            if ((value & Max31865Map.FaultCycle) == 0 && Automatic)
            {
                if ((old & Max31865Map.Auto) == 0)
                {
                    BeginConversion(now, oneShot: false);
                }
            }
            else if ((value & (Max31865Map.FaultCycle | Max31865Map.OneShot)) == Max31865Map.OneShot)
            {
                BeginConversion(now, oneShot: true);
            }
        }

        private void SwitchBias(byte old, long now)
        {
            bool was = (old & Max31865Map.Bias) != 0;
            if (was && !Biased)
            {
                BiasSeconds += (now - _biasSince) * 1e-9;
                if (_conversionEnd != Never)
                {
                    Violations.Add(now, "bias switched off during a conversion");
                }
            }
            else if (!was && Biased)
            {
                _biasSince = now;
            }
        }

        private void ClearFaults(byte value, long now)
        {
            if ((value & Max31865Map.FaultClear) == 0)
            {
                return;
            }

            if ((value & (Max31865Map.OneShot | Max31865Map.FaultCycle)) != 0)
            {
                Violations.Add(now, $"fault clear together with bits 5, 3 or 2: 0x{value:X2}");
                return;
            }

            _status = 0;
            LookAtVoltage(); // "may be set again immediately" while the cause lasts
        }

        private void BeginConversion(long now, bool oneShot)
        {
            if (!Biased)
            {
                Violations.Add(now, "conversion without bias");
            }
            else if (now - _biasSince < ((SettlingTimeConstants * _options.FilterMicroseconds) + ExtraSettlingMicroseconds) * 1000)
            {
                Violations.Add(now, "conversion before the inputs have settled behind the bias");
            }

            double milliseconds = At50Hertz ? OneShotMilliseconds50 : OneShotMilliseconds60;
            _oneShot = oneShot;
            _sampledAt = now;
            _conversionEnd = now + Span(milliseconds);
        }

        private void BeginCycle(byte value, long now)
        {
            int kind = value & Max31865Map.FaultCycle;
            bool allowed = Biased && (value & (Max31865Map.Auto | Max31865Map.OneShot)) == 0
                && (kind != Max31865Map.CycleManualEnd || _cycle == Max31865Map.CycleManualBegin);
            if (!allowed)
            {
                Violations.Add(now, $"fault-detection cycle asked for with 0x{value:X2}");
                return;
            }

            if (kind == Max31865Map.CycleAutomatic && _options.FilterMicroseconds > SlowestCycleFilterMicroseconds)
            {
                Violations.Add(now, "automatic fault-detection cycle behind a filter slower than 100 us");
            }

            _conversionEnd = Never; // "The ADC is now in Normally Off mode"
            _oneShot = false;
            _cycle = (byte)kind;
            _cycleEnd = now + Span(CycleMilliseconds);
        }

        private void CatchUp(long now)
        {
            if (_cycleEnd <= now)
            {
                EndCycle();
            }

            if (_conversionEnd <= now && Automatic)
            {
                long period = Span(At50Hertz ? PeriodMilliseconds50 : PeriodMilliseconds60);
                long due = ((now - _conversionEnd) / period) + 1;
                long skipped = Math.Max(0, due - EvaluatedAtMost);
                _conversionEnd += skipped * period;
                _conversions += skipped;
                for (; _conversionEnd <= now; _conversionEnd += period)
                {
                    Convert(_conversionEnd - (period / 2));
                }
            }
            else if (_conversionEnd <= now)
            {
                Convert(_sampledAt);
                _conversionEnd = Never;
                _oneShot = false;
            }

            LookAtVoltage();
        }

        private void LookAtVoltage()
        {
            if (ProbeFault == Max31865ProbeFault.OverUnderVoltage)
            {
                _status |= Max31865Map.OverUnderVoltage;
            }
        }

        private void EndCycle()
        {
            _cycleEnd = Never;
            bool forceClosed = _cycle is Max31865Map.CycleAutomatic or Max31865Map.CycleManualBegin;
            bool forceOpened = _cycle is Max31865Map.CycleAutomatic or Max31865Map.CycleManualEnd;
            _status |= ProbeFault switch
            {
                Max31865ProbeFault.Open or Max31865ProbeFault.ForceMinusOpen when forceClosed => Max31865Map.RefInHigh,
                Max31865ProbeFault.RtdinMinusLow when forceOpened => Max31865Map.RefInLow | Max31865Map.RtdInLow,
                Max31865ProbeFault.RtdinPlusLow when forceOpened => Max31865Map.RtdInLow,
                _ => 0,
            };
            if (_cycle != Max31865Map.CycleManualBegin)
            {
                _cycle = 0; // the first half of a manual cycle waits for the second
            }
        }

        private void Convert(long sampledAt)
        {
            if (ProbeFault == Max31865ProbeFault.OverUnderVoltage)
            {
                return;
            }

            var noise = new NoiseDraw(_seed, _conversions++);
            if (!Faults.StuckData)
            {
                _code = Digitise(sampledAt, ref noise);
            }

            _fresh = true;
            if (_code >= Threshold(0))
            {
                _status |= Max31865Map.RtdHigh;
            }

            if (_code <= Threshold(2))
            {
                _status |= Max31865Map.RtdLow;
            }
        }

        private int Threshold(int at) => ((_thresholds[at] << 8) | _thresholds[at + 1]) >> 1;

        private int Digitise(long sampledAt, ref NoiseDraw noise)
        {
            switch (ProbeFault)
            {
                case Max31865ProbeFault.Open:
                    return FullScale;
                case Max31865ProbeFault.ForceMinusOpen:
                    return (int)(Codes / 4 * (2 + Math.Clamp(noise.Next(), -1.9, 1.9))); // nothing drives the inputs
            }

            bool bridged = ProbeFault is Max31865ProbeFault.Shorted or Max31865ProbeFault.RtdinPlusLow;
            double celsius = _source.CelsiusAt(Math.Max(0, sampledAt * 1e-9));
            double ohms = bridged ? BridgeOhms : _options.ProbeOhms * Max31865Map.PlatinumRatio(celsius);
            double code = (ohms + SeenWireOhms()) / _options.ReferenceOhms * Codes * Settled(sampledAt);
            return (int)Math.Clamp(Math.Round(code + (noise.Next() * _options.NoiseLsb)), 0, FullScale);
        }

        // "3-Wire (D4)": the drop over the FORCE+ wire is taken away from what RTDIN+ and RTDIN- see.
        private double SeenWireOhms()
        {
            bool compensated = (_configuration & Max31865Map.ThreeWire) != 0;
            return _options.Wires switch
            {
                2 => 2 * _options.WireOhms,
                3 => compensated ? 0 : _options.WireOhms,
                _ => compensated ? -_options.WireOhms : 0,
            };
        }

        private double Settled(long sampledAt) =>
            Biased ? 1 - Math.Exp(-(sampledAt - _biasSince) / (_options.FilterMicroseconds * 1000)) : 0;

        private long Span(double milliseconds) => (long)(milliseconds * NanosecondsPerMillisecond / ClockSpeed(_options.RateErrorPpm));
    }
}
