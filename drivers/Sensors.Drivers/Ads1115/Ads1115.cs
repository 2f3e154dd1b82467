// Data sheet: Texas Instruments ADS1115, SBAS444, Rev. D. Section and table names below refer to it.
using System;

namespace Sensors.Drivers
{
    /// <summary>ADS1115 converter: 16 bits, four inputs, up to 860 conversions a second, on I2C. Here mostly behind a current clamp.</summary>
    /// <remarks>
    /// <para>
    /// The chip has no identity register: whoever wires one says so, and <see cref="Start"/> looks whether what answers keeps what is
    /// written. Not covered: the comparator, the SMBus alert. One thread at a time.
    /// </para>
    /// <para>
    /// While it converts continuously nothing on I2C tells a new result from an old one. A burst (<see cref="BeginBurst"/>,
    /// <see cref="TryReadBurst"/>, <see cref="EndBurst"/>) therefore numbers the conversions by time, see <see cref="Ads1115Timing"/>: it
    /// begins from power-down, where the first conversion begins with the write, and ends with one whose end OS tells. What it learns
    /// of the chip's oscillator, the first bursts from <see cref="Start"/> on, is used by the next.
    /// </para>
    /// </remarks>
    public sealed partial class Ads1115
    {
        /// <summary>I2C address with ADDR at ground; VDD, SDA and SCL give the next three.</summary>
        public const int I2cAddress = 0x48;

        /// <summary>Highest address the chip can have.</summary>
        public const int LastI2cAddress = 0x4B;

        /// <summary>The most conversions a burst may have: beyond them their numbers are no longer certain.</summary>
        public const int LongestBurst = 200;

        private const string Part = "ADS1115";
        private const int HighestCode = 32767;             // "Data Format": clips there
        private const int LowestCode = -32768;
        private const ushort OffHigh = 0x7FFE;             // comparator off; not the reset values 7FFFh and 8000h: tells a brown-out
        private const ushort OffLow = 0x8001;
        private const ushort ReadyHigh = 0x8000;           // "Conversion Ready Pin": highest bit 1 in Hi_thresh ...
        private const ushort ReadyLow = 0x0000;            // ... and 0 in Lo_thresh
        private const int WakeLeast = 10, WakeMost = 45;   // µs, around "approximately 25 µs" of "Single-Shot Mode"
        private const int LongestWait = 160000;            // µs: a conversion at 8 a second, 10 % slow, and a good part more
        private const int MostBursts = 24;                 // to find the rate
        private const double Hopeless = 0.05;              // after one burst of each length: the transfers take too long for this rate
        private const int DriftMicroseconds = 10000000;    // in which the oscillator drifts by one slice at most; not in the data sheet
        private const int MostDrift = 50;                  // slices, 1 %: as far as its temperature takes it
        private const double Close = 0.0025;               // known well: the next windows do the rest
        private const double Enough = 0.005;               // known well enough to begin

        // Conversions of the bursts that find the rate: short ones rule out much at once, long ones rule out finely. The last is repeated.
        private static readonly byte[] BurstLengths = { 3, 5, 8, 13, 21, 34, 55, 89, 144, 190 };
        private static readonly int[] Hertz = { 8, 16, 32, 64, 128, 250, 475, 860 };

        private readonly RegisterBus _bus;
        private readonly BusClock _clock;
        private readonly Ads1115Timing _timing = new Ads1115Timing();
        private int _settings; // Config with MODE = single-shot and OS = 0
        private ushort _low, _high;
        private int _conversionMicroseconds;
        private int _before;     // µs of a transfer before the chip can have latched or taken anything
        private int _behind;     // µs of a read after it must have latched the result
        private int _transfer;   // µs a read took last
        private long _knownAt;   // µs, when the oscillator was last measured
        private bool _pending;

        /// <summary>Makes the driver. Touches no hardware until <see cref="Start"/>.</summary>
        /// <param name="bus">The chip's bus.</param>
        /// <param name="clock">Time, by which conversions are numbered.</param>
        public Ads1115(RegisterBus bus, BusClock clock)
        {
            _bus = bus ?? throw new ArgumentNullException(nameof(bus));
            _clock = clock ?? throw new ArgumentNullException(nameof(clock));
        }

        /// <summary>Gets the weight of one digit, in volts: full scale / 32768 ("Full-Scale Range (FSR) and LSB Size").</summary>
        public float VoltsPerDigit { get; private set; }

        /// <summary>Gets the time of one conversion, in microseconds: as measured, else nominal.</summary>
        public int ConversionMicroseconds
        {
            [HotPath]
            get { return _conversionMicroseconds; }
        }

        /// <summary>Gets the conversions a second the chip is set to.</summary>
        public int NominalHertz { get; private set; }

        /// <summary>Gets the conversions a second while a burst runs, measured by the host's clock.</summary>
        public float MeasuredHertz
        {
            [HotPath]
            get { return (float)(1000000 / _timing.Microseconds); }
        }

        /// <summary>Gets how far <see cref="MeasuredHertz"/> may be off, as a part of it.</summary>
        public float RateUncertainty
        {
            [HotPath]
            get { return (float)(_timing.Uncertainty / 2); }
        }

        /// <summary>Gets the number of the conversion last taken by <see cref="TryReadBurst"/>; 1 is the burst's first.</summary>
        /// <remarks>A step of more than 1 means conversions that nobody fetched in time: they are lost.</remarks>
        public int Number { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets whether the result last taken stands at the end of the range: the true voltage may be larger.</summary>
        public bool Clipped { [HotPath] get; [HotPath] private set; }

        /// <summary>Writes and verifies every setting; the chip is idle then, the oscillator not measured.</summary>
        /// <param name="input">What is converted.</param>
        /// <param name="range">Full scale.</param>
        /// <param name="rate">Conversions per second.</param>
        /// <param name="pin">What the pin ALERT/RDY does.</param>
        /// <exception cref="SensorException">
        /// <see cref="SensorFault.NotConfigured"/>: a register did not keep its value, as in another chip at this address.
        /// <see cref="SensorFault.NoData"/>: a conversion never ended.
        /// </exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Start(Ads1115Input input, Ads1115Range range, Ads1115Rate rate, Ads1115Pin pin)
        {
            _settings = (int)input | (int)range | Configuration.SingleShot | ((int)rate << Configuration.RateShift) | (int)pin;
            _low = pin == Ads1115Pin.Ready ? ReadyLow : OffLow;
            _high = pin == Ads1115Pin.Ready ? ReadyHigh : OffHigh;
            VoltsPerDigit = FullScaleMillivolts(range) / 1000f / 32768f;
            NominalHertz = Hertz[(int)rate];
            _timing.Reset(1000000.0 / NominalHertz);
            _conversionMicroseconds = 1000000 / NominalHertz;
            _before = _bus.LeadInMicroseconds * 5 / 6; // the address of the read, or the first byte of the write
            _behind = _bus.LeadInMicroseconds / 2;     // two bytes, less a bit or two
            _transfer = 0;
            _pending = false;
            Number = 0;
            Clipped = false;

            Idle(); // a warm chip may be converting; what it was set to goes on to the end of that conversion
            _bus.WriteWord(Register.LowThreshold, _low);
            _bus.WriteWord(Register.HighThreshold, _high);
            Verify(Register.LowThreshold, _low, SensorFault.NotConfigured);
            Verify(Register.HighThreshold, _high, SensorFault.NotConfigured);
            RequireSettings(_bus.ReadWord(Register.Configuration), _settings, SensorFault.NotConfigured);
        }

        /// <summary>Measures the chip's oscillator, in bursts of 3 to 190 conversions.</summary>
        /// <remarks>
        /// Needed once before bursts; 0.6 s at 860 a second on a fast bus, some seconds where a transfer takes long. How close it came
        /// tells <see cref="RateUncertainty"/>; the bursts that follow narrow it further.
        /// </remarks>
        /// <exception cref="SensorException">
        /// <see cref="SensorFault.NoData"/>: the rate cannot be found: the bus is too slow for it, or it is more than 10 % off, which does
        /// not always show.
        /// </exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public void MeasureRate()
        {
            double period = _timing.Microseconds;
            for (int i = 0; i < MostBursts && _timing.Uncertainty > Close; i++)
            {
                int length = BurstLengths[i < BurstLengths.Length ? i : BurstLengths.Length - 1];
                BeginBurst();
                _clock.Wait((int)((length - (i * 5 % 16 / 16.0)) * period)); // the end falls elsewhere each time
                if (!EndBurst() || (i == BurstLengths.Length && _timing.Uncertainty > Hopeless))
                {
                    break;
                }
            }

            if (_timing.Uncertainty > Enough)
            {
                throw new SensorException(Part, SensorFault.NoData, Register.Configuration, 0, _settings);
            }

            _conversionMicroseconds = (int)(_timing.Microseconds + 0.5);
        }

        /// <summary>Makes sure that the rate is still known, after a pause of any length: measures it again where it may have drifted too far.</summary>
        /// <exception cref="SensorException"><see cref="SensorFault.NoData"/>: the rate cannot be found.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public void RefreshRate()
        {
            long now = _clock.Microseconds;
            long drift = (now - _knownAt) / DriftMicroseconds;
            _timing.Widen(drift < MostDrift ? (int)drift : MostDrift);
            _knownAt = now;
            if (_timing.Uncertainty > Enough)
            {
                MeasureRate();
            }
        }

        /// <summary>Sets what the next conversion or burst converts. Not while one is under way: its first result would be of the old input.</summary>
        /// <param name="input">What is converted.</param>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public void Select(Ads1115Input input)
        {
            _settings = (_settings & ~(int)Ads1115Input.Ain3) | (int)input;
            _pending = false;
            Idle();
        }

        /// <summary>Begins a single conversion.</summary>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public void StartConversion()
        {
            _bus.WriteWord(Register.Configuration, (ushort)(_settings | Configuration.Begin));
            _pending = true;
        }

        /// <summary>Takes the result of <see cref="StartConversion"/> once it is there.</summary>
        /// <param name="raw">Digits of <see cref="VoltsPerDigit"/>; 0 when there is none.</param>
        /// <returns>1 when the result was taken; 0 when it is not there yet, or was taken already.</returns>
        /// <exception cref="SensorException"><see cref="SensorFault.BrownOut"/>: the settings are gone; call <see cref="Start"/>.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public int TryRead(out int raw)
        {
            raw = 0;
            int found = _bus.ReadWord(Register.Configuration);
            RequireSettings(found, _settings, SensorFault.BrownOut);
            if ((found & Configuration.Idle) == 0 || !_pending)
            {
                return 0;
            }

            int result = (short)_bus.ReadWord(Register.Conversion);
            Verify(Register.HighThreshold, _high, SensorFault.BrownOut); // after it: the result is 0 after a reset
            _pending = false;
            Clipped = result == HighestCode || result == LowestCode;
            raw = result;
            return 1;
        }

        /// <summary>Begins to convert again and again, from power-down, for up to <see cref="LongestBurst"/> conversions.</summary>
        /// <exception cref="SensorException"><see cref="SensorFault.NoData"/>: a conversion under way never ended.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public void BeginBurst()
        {
            _pending = false;
            Number = 0;
            Idle();
            long before = _clock.Microseconds;
            _bus.WriteWord(Register.Configuration, (ushort)(_settings & ~Configuration.SingleShot));
            _timing.Begin(before + _before + WakeLeast, _clock.Microseconds + WakeMost);
        }

        /// <summary>Tells how long it is until a result can be there that was not taken yet.</summary>
        /// <returns>Microseconds, 0 or more.</returns>
        [HotPath]
        public int UntilNext()
        {
            long wait = _timing.CertainlyEnded(Number + 1) - _before - _clock.Microseconds;
            return wait > 0 ? (int)wait : 0;
        }

        /// <summary>Takes the newest result of the burst, if it is certain which conversion it is from and that was not taken yet.</summary>
        /// <param name="raw">Digits of <see cref="VoltsPerDigit"/>; 0 when there is none. It stands once <see cref="EndBurst"/> says so.</param>
        /// <returns>1 when a result was taken, see <see cref="Number"/>; 0 when there is none, or it could be one or another.</returns>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public int TryReadBurst(out int raw)
        {
            raw = 0;
            long before = _clock.Microseconds;
            if (_timing.NumberAt(before + _before, before + _transfer) <= Number)
            {
                return 0;
            }

            int result = (short)_bus.ReadWord(Register.Conversion);
            long after = _clock.Microseconds;
            _transfer = (int)(after - before) - _behind;
            int number = _timing.NumberAt(before + _before, after - _behind);
            if (number <= Number)
            {
                return 0;
            }

            Number = number;
            Clipped = result == HighestCode || result == LowestCode;
            raw = result;
            return 1;
        }

        /// <summary>Ends the burst, and tells whether what it gave stands. Learns the chip's rate from it.</summary>
        /// <returns>
        /// True when it does; false when the oscillator left its bounds, so that numbers given may be wrong: throw the burst away, and
        /// <see cref="Start"/> anew.
        /// </returns>
        /// <exception cref="SensorException">
        /// <see cref="SensorFault.BrownOut"/>: the settings are gone, results since then are zeros: throw the burst away.
        /// </exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public bool EndBurst()
        {
            int found = _bus.ReadWord(Register.Configuration);
            RequireSettings(found, _settings & ~Configuration.SingleShot, SensorFault.BrownOut);
            long earliest = _clock.Microseconds + _before;
            _bus.WriteWord(Register.Configuration, (ushort)_settings); // the conversion under way goes on to its end
            long deadline = earliest + LongestWait;
            while (true)
            {
                long before = _clock.Microseconds;
                found = _bus.ReadWord(Register.Configuration);
                long after = _clock.Microseconds;
                RequireSettings(found, _settings, SensorFault.BrownOut);
                if ((found & Configuration.Idle) != 0)
                {
                    bool stands = _timing.End(earliest, after - _behind);
                    _timing.Widen(1);
                    _knownAt = after;
                    return stands;
                }

                if (before > deadline)
                {
                    throw new SensorException(Part, SensorFault.NoData, Register.Configuration, found, _settings);
                }

                earliest = before + _before;
            }
        }

        /// <summary>Checks that the settings still stand, as they would not after a brown-out. Not during a burst.</summary>
        /// <exception cref="SensorException"><see cref="SensorFault.BrownOut"/> when the chip is back at its reset values.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public void Check()
        {
            Verify(Register.LowThreshold, _low, SensorFault.BrownOut);
            Verify(Register.HighThreshold, _high, SensorFault.BrownOut);
        }

        private static int FullScaleMillivolts(Ads1115Range range)
        {
            return range == Ads1115Range.Millivolts6144 ? 6144 : 8192 >> ((int)range >> 9); // "FSR and LSB Size": 4096, 2048 ... 256
        }

        // Writes the settings and waits for the end of what is under way.
        [HotPath]
        private void Idle()
        {
            _bus.WriteWord(Register.Configuration, (ushort)_settings);
            long deadline = _clock.Microseconds + LongestWait;
            int found;
            do
            {
                found = _bus.ReadWord(Register.Configuration);
                if (_clock.Microseconds > deadline)
                {
                    throw new SensorException(Part, SensorFault.NoData, Register.Configuration, found, _settings);
                }
            }
            while ((found & Configuration.Idle) == 0);
        }

        [HotPath]
        private void RequireSettings(int found, int expected, SensorFault fault)
        {
            if ((found & Configuration.SettingsMask) != expected)
            {
                throw new SensorException(Part, fault, Register.Configuration, found, expected);
            }
        }

        [HotPath]
        private void Verify(byte register, int expected, SensorFault fault)
        {
            int found = _bus.ReadWord(register);
            if (found != expected)
            {
                throw new SensorException(Part, fault, register, found, expected);
            }
        }
    }
}
