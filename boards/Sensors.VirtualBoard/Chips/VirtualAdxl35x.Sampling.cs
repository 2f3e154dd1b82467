using System;

namespace Sensors.VirtualBoard
{
    /// <content>Sampling, made up lazily to the time asked for, and the samples' way out: high-pass, offsets, FIFO words.</content>
    public abstract partial class VirtualAdxl35x
    {
        private const int Axes = 3;
        private const double HighestRateHertz = 4000;
        private const int Highest = (1 << 19) - 1;
        private const int OffsetBits = 4;               // "X-axis offset trim registers": as heavy as bits 19:4 of the data
        private const double TurnOnNanoseconds = 10e6;  // "Turn-on time"
        private const double TurnOnG = 0.020;
        private const double TurnOnEndG = 0.001;
        private const double SpoiledG = 0.5;
        private const double DigitsPerCelsius = -9.05;

        // "Self test" of the ADXL355, typical.
        private static readonly double[] SelfTestG = [0.3, 0.3, 1.5];

        private readonly double _lsbPerG;
        private readonly double _densityMicroG;
        private readonly int _digitsAt25C;
        private readonly (int Word, long Sample)[] _fifo = new (int, long)[Adxl35xMap.FifoWords];
        private readonly int[] _latest = new int[Axes];
        private readonly int[] _entering = new int[Axes];
        private readonly double[] _highPassIn = new double[Axes];
        private readonly double[] _highPassOut = new double[Axes];
        private bool _highPassRuns;
        private int _first;
        private int _count;
        private int _entered = Axes; // words of the newest sample that are in the FIFO
        private double _enteredFrom;
        private long _sample;
        private long _lastLost = -1;
        private bool _dataReady;
        private bool _overrun;
        private bool _activity;
        private long _turnedOn;
        private int _temperature;

        private protected override double NominalRateHertz => HighestRateHertz / (1 << (_registers[Adxl35xMap.Filter] & Adxl35xMap.OdrMask));

        private protected override bool Measuring => (_registers[Adxl35xMap.PowerCtl] & Adxl35xMap.Standby) == 0;

        private protected override bool KeepsSamples => true;

        private double LsbPerG => _lsbPerG / (1 << ((_registers[Adxl35xMap.Range] & Adxl35xMap.RangeMask) - 1));

        private protected override void ConfigureElement()
        {
            ElementSettings settings = Element.Settings;
            settings.CornerHertz = ActualRateHertz / 4;
            settings.LsbPerG = LsbPerG;
            settings.Highest = Highest;
            settings.Lowest = -1 - Highest;
            for (int axis = 0; axis < Axes; axis++)
            {
                settings.NoiseLsb[axis] = _densityMicroG * 1e-6 * Math.Sqrt(ActualRateHertz / 2) * LsbPerG;
                settings.SelfTestLsb[axis] = SelfTestG[axis] * LsbPerG;
            }

            Element.SetSelfTest(_registers[Adxl35xMap.SelfTest] == Adxl35xMap.SelfTestOn);
        }

        private protected override void Deliver(ReadOnlySpan<int> xyz, double nanoseconds)
        {
            EnterWords(double.MaxValue); // the sample before is long complete
            double settling = Settling(nanoseconds - _turnedOn) * LsbPerG;
            for (int axis = 0; axis < Axes; axis++)
            {
                double value = HighPass(axis, xyz[axis]) + settling + (_spoiled && axis == 0 ? SpoiledG * LsbPerG : 0);
                int high = Adxl35xMap.OffsetXH + (2 * axis);
                value += (short)((_registers[high] << 8) | _registers[high + 1]) << OffsetBits;
                _latest[axis] = (int)Math.Clamp(Math.Round(value), -1 - Highest, Highest);
            }

            _highPassRuns = true;
            _latest.CopyTo(_entering, 0);
            _entered = 0;
            _enteredFrom = nanoseconds;
            _sample++;
            _dataReady = true;
            EnterWords(nanoseconds);
        }

        private void Advance(long nanoseconds)
        {
            CatchUp(nanoseconds);
            EnterWords(nanoseconds);
        }

        // The words of a sample enter one after the other, so that a reader can come between them.
        private void EnterWords(double nanoseconds)
        {
            while (_entered < Axes && _enteredFrom + (_entered * _options.WordMicroseconds * 1000) <= nanoseconds)
            {
                if (_count == Adxl35xMap.FifoWords)
                {
                    DropOldest();
                    _overrun = true;
                }

                int marker = _entered == 0 && !LosesMarkers ? Adxl35xMap.MarkerX : 0;
                _fifo[(_first + _count) % _fifo.Length] = ((_entering[_entered] << 4) | marker, _sample);
                _count++;
                _entered++;
            }
        }

        private void DropOldest()
        {
            long sample = _fifo[_first].Sample;
            if (sample != _lastLost)
            {
                _lastLost = sample;
                SamplesLost++;
            }

            _first = (_first + 1) % _fifo.Length;
            _count--;
        }

        private int PopWord()
        {
            if (_count == 0)
            {
                return Adxl35xMap.Empty; // "FIFO": not valid acceleration data
            }

            int word = _fifo[_first].Word;
            _first = (_first + 1) % _fifo.Length;
            _count--;
            return word;
        }

        private void ClearFifo()
        {
            _count = 0;
            _entered = Axes;
            _dataReady = false;
            _overrun = false;
            _activity = false;
        }

        private double HighPass(int axis, double value)
        {
            int code = (_registers[Adxl35xMap.Filter] & Adxl35xMap.HpfMask) >> 4;
            double before = _highPassRuns ? _highPassIn[axis] : value;
            double decay = Math.Exp(-2 * Math.PI * Adxl35xMap.HpfCorner[code]);
            _highPassOut[axis] = _highPassRuns ? decay * (_highPassOut[axis] + value - before) : 0;
            _highPassIn[axis] = value;
            return code == 0 ? value : _highPassOut[axis];
        }

        private static double Settling(double nanoseconds) =>
            nanoseconds < TurnOnNanoseconds ? TurnOnG * Math.Pow(TurnOnEndG / TurnOnG, nanoseconds / TurnOnNanoseconds) : 0;

        private void MeasureTemperature(long nanoseconds)
        {
            if (Measuring && _sample > 0 && (_registers[Adxl35xMap.PowerCtl] & Adxl35xMap.TempOff) == 0)
            {
                double celsius = _options.Temperature?.CelsiusAt(nanoseconds * 1e-9) ?? 25;
                _temperature = (int)Math.Clamp(Math.Round(_digitsAt25C + (DigitsPerCelsius * (celsius - 25))), 0, 0xFFF);
            }
        }
    }
}
