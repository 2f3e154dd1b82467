using System;

namespace Sensors.VirtualBoard
{
    /// <content>Sampling, the timestamp, and the FIFO of tagged slots.</content>
    public sealed partial class VirtualIis3dwb
    {
        private const double RateHertz = 80_000 / 3.0;      // 26.667 kHz
        private const double TrimPerDigit = 0.0015;
        private const double FirstFilterHertz = 6300;
        private const double MilliGPerLsb2G = 0.061;
        private const double MicroGPerRootHertz = 75;
        private const double SelfTestMilliG = 1600;         // the middle of 800 to 3200 on a scale of factors
        private const int SelfTestSettling = 512;           // samples: 19 ms
        private const long TurnOnNanoseconds = 10_000_000;
        private const int TemperatureSpacing = 256;         // samples: 104 Hz
        private const double FineOffsetG = 1.0 / 1024;      // USR_OFF_W = 0: 2^-10 g
        private const double CoarseOffsetG = 1.0 / 64;      // 1: 2^-6 g

        // "FS": the order of the codes is 2, 16, 4, 8 g; factors of the smallest range.
        private static readonly int[] RangeFactors = [1, 8, 2, 4];
        private static readonly double[] SecondFilterDivisors = [4, 10, 20, 45, 100, 200, 400, 800];
        private static readonly int[] TimestampSpacings = [0, 1, 8, 32];

        private readonly byte[] _slots = new byte[Iis3dwbMap.FifoSlots * Iis3dwbMap.SlotBytes];
        private readonly byte[] _slot = new byte[2 * Iis3dwbMap.SlotBytes]; // the one being read, behind the one before
        private readonly short[] _output = new short[3];
        private readonly byte[] _words = new byte[6];

        private int _first;
        private int _level;
        private long _sample;          // running number of the next sample
        private int _slotTag;          // running number of the next slot
        private double _counts;        // of the timestamp, at ...
        private double _countsSince;   // ... this time
        private bool _fresh;
        private bool _latched;
        private bool _triggered;
        private bool _stopped;
        private bool _taken;
        private int _given;
        private int _slip;
        private int _garbleAfter = -1;
        private int _garbleIndex;
        private byte _garbleMask;

        private protected override double NominalRateHertz => RateHertz * (1 + (TrimPerDigit * _options.FrequencyTrim));

        private protected override bool Measuring => (_registers[Iis3dwbMap.Ctrl1] & Iis3dwbMap.EnableMask) == Iis3dwbMap.EnableOn;

        private protected override bool KeepsSamples => Fills && (_registers[Iis3dwbMap.FifoCtrl3] & Iis3dwbMap.BatchMask) == Iis3dwbMap.BatchEverySample;

        private bool Fills => FifoMode switch
        {
            Iis3dwbMap.ModeFifo or Iis3dwbMap.ModeContinuousToFifo or Iis3dwbMap.ModeContinuous => true,
            Iis3dwbMap.ModeBypassToContinuous or Iis3dwbMap.ModeBypassToFifo => _triggered,
            _ => false,
        };

        private bool StopsWhenFull => FifoMode switch
        {
            Iis3dwbMap.ModeFifo => true,
            Iis3dwbMap.ModeContinuousToFifo or Iis3dwbMap.ModeBypassToFifo => _triggered,
            _ => false,
        };

        private int Capacity => (_registers[Iis3dwbMap.FifoCtrl2] & Iis3dwbMap.StopOnWatermark) != 0 && Watermark > 0 ? Watermark : Iis3dwbMap.FifoSlots;

        private protected override void ConfigureElement()
        {
            byte control = _registers[Iis3dwbMap.Ctrl1];
            int factor = RangeFactors[(control & Iis3dwbMap.RangeMask) >> 2];
            double corner = FirstFilterHertz;
            if ((control & Iis3dwbMap.SecondFilter) != 0)
            {
                corner = Math.Min(corner, ActualRateHertz / SecondFilterDivisors[_registers[Iis3dwbMap.Ctrl8] >> 5]);
            }

            ElementSettings settings = Element.Settings;
            settings.CornerHertz = corner;
            settings.LsbPerG = 1000 / (MilliGPerLsb2G * factor);
            settings.Highest = short.MaxValue;
            settings.Lowest = short.MinValue;
            settings.SelfTestSettlingSamples = SelfTestSettling;
            double noise = MicroGPerRootHertz * 1e-6 * Math.Sqrt(LowPass.NoiseBandwidthHertz(double.PositiveInfinity, corner));
            bool offsets = (_registers[Iis3dwbMap.Ctrl7] & Iis3dwbMap.OffsetOnOut) != 0;
            double weight = (_registers[Iis3dwbMap.Ctrl6] & Iis3dwbMap.OffsetWeight) != 0 ? CoarseOffsetG : FineOffsetG;
            bool down = (_registers[Iis3dwbMap.Ctrl5] & Iis3dwbMap.SelfTestMask) == Iis3dwbMap.SelfTestDown;
            for (int axis = 0; axis < 3; axis++)
            {
                settings.NoiseLsb[axis] = noise * settings.LsbPerG;
                settings.OffsetLsb[axis] = offsets ? -(sbyte)_registers[Iis3dwbMap.OfsX + axis] * weight * settings.LsbPerG : 0;
                if ((_registers[Iis3dwbMap.Ctrl5] & Iis3dwbMap.SelfTestMask) != 0)
                {
                    settings.SelfTestLsb[axis] = (down ? -SelfTestMilliG : SelfTestMilliG) / 1000 * settings.LsbPerG;
                }
            }
        }

        private void ChangeSelfTest(byte old, byte value)
        {
            if (((old ^ value) & Iis3dwbMap.SelfTestMask) != 0)
            {
                Element.SetSelfTest(false);
                ConfigureElement();
                Element.SetSelfTest((value & Iis3dwbMap.SelfTestMask) != 0);
            }
        }

        private protected override void Skip(long count)
        {
            base.Skip(count);
            _sample += count;
            _slotTag += (int)(count & 3);
        }

        private protected override void Deliver(ReadOnlySpan<int> xyz, double nanoseconds)
        {
            bool stamps = (_registers[Iis3dwbMap.Ctrl10] & Iis3dwbMap.TimestampOn) != 0;
            CountTo(nanoseconds, stamps);
            if (!_outputTaken)
            {
                for (int axis = 0; axis < 3; axis++)
                {
                    _output[axis] = (short)xyz[axis];
                }

                _fresh = true;
            }

            byte control = _registers[Iis3dwbMap.FifoCtrl4];
            if (Fills)
            {
                Batch(xyz, control, stamps);
            }

            _sample++;
        }

        private void Batch(ReadOnlySpan<int> xyz, byte control, bool stamps)
        {
            Span<byte> words = _words;
            if (((control >> Iis3dwbMap.TemperatureShift) & Iis3dwbMap.TemperatureMask) == Iis3dwbMap.Temperature104Hz && _sample % TemperatureSpacing == 0)
            {
                words.Clear();
                BitConverter.TryWriteBytes(words, TemperatureDigits);
                Push(Iis3dwbMap.TagTemperature, words);
            }

            if ((_registers[Iis3dwbMap.FifoCtrl3] & Iis3dwbMap.BatchMask) != Iis3dwbMap.BatchEverySample)
            {
                return; // BDR_XL = 0: nothing of the accelerometer goes into the FIFO
            }

            int spacing = TimestampSpacings[control >> 6];
            if (stamps && spacing > 0 && _sample % spacing == 0)
            {
                words.Clear();
                BitConverter.TryWriteBytes(words, (uint)(long)_counts);
                Push(Iis3dwbMap.TagTimestamp, words);
            }

            for (int axis = 0; axis < 3; axis++)
            {
                BitConverter.TryWriteBytes(words[(2 * axis)..], (short)xyz[axis]);
            }

            Push(Iis3dwbMap.TagAcceleration, words);
        }

        private void Push(int kind, ReadOnlySpan<byte> words)
        {
            bool full = _level >= Capacity;
            _stopped |= full && StopsWhenFull;
            if (_stopped)
            {
                SamplesLost += kind == Iis3dwbMap.TagAcceleration ? 1 : 0;
                return;
            }

            while (_level >= Capacity)
            {
                DropOldest();
            }

            Span<byte> slot = _slots.AsSpan((_first + _level) % Iis3dwbMap.FifoSlots * Iis3dwbMap.SlotBytes, Iis3dwbMap.SlotBytes);
            slot[0] = TagByte(kind);
            words.CopyTo(slot[1..]);
            _level++;
            _slotTag++;
            _latched |= _level == Capacity;
            _stopped |= _level == Capacity && StopsWhenFull;
        }

        private byte TagByte(int kind)
        {
            int count = _options.OtherTagCount switch
            {
                Iis3dwbTagCount.EverySlot => _slotTag & 3,
                Iis3dwbTagCount.Zero when kind != Iis3dwbMap.TagAcceleration => 0,
                _ => (int)(_sample & 3),
            };
            int tag = (kind << 3) | (count << 1);
            return (byte)(tag | (int.PopCount(tag) & 1));
        }

        private void DropOldest()
        {
            SamplesLost += _slots[_first * Iis3dwbMap.SlotBytes] >> 3 == Iis3dwbMap.TagAcceleration ? 1 : 0;
            _first = (_first + 1) % Iis3dwbMap.FifoSlots;
            _level--;
        }

        private void ClearFifo()
        {
            _first = 0;
            _level = 0;
            _triggered = false;
            _stopped = false;
            _slip = 0;
        }

        private void ChangeFifo(int oldMode)
        {
            if (FifoMode == Iis3dwbMap.ModeBypass)
            {
                ClearFifo(); // "Bypass mode" empties the FIFO
            }
            else if (oldMode != FifoMode)
            {
                _stopped = false;
                _triggered = false;
            }
        }

        private void TakeSlot(long nanoseconds)
        {
            _slot.AsSpan(Iis3dwbMap.SlotBytes).CopyTo(_slot);
            Span<byte> slot = _slot.AsSpan(Iis3dwbMap.SlotBytes);
            _taken = true;
            _given = 0;
            if (_level == 0)
            {
                Violations.Add(nanoseconds, "read of an empty FIFO");
                slot.Clear();
                return;
            }

            _slots.AsSpan(_first * Iis3dwbMap.SlotBytes, Iis3dwbMap.SlotBytes).CopyTo(slot);
            _first = (_first + 1) % Iis3dwbMap.FifoSlots;
            _level--;
            if (_garbleAfter >= 0 && _garbleAfter-- == 0)
            {
                slot[_garbleIndex] ^= _garbleMask;
            }
        }

        private byte SlotByte(int index)
        {
            _given = index + 1;
            return _slot[Iis3dwbMap.SlotBytes + index - _slip];
        }

        private uint Timestamp(long nanoseconds)
        {
            CountTo(nanoseconds, (_registers[Iis3dwbMap.Ctrl10] & Iis3dwbMap.TimestampOn) != 0);
            return (uint)(long)_counts;
        }

        // On the oscillator that makes the samples: its error is in both.
        private void CountTo(double nanoseconds, bool counting)
        {
            if (nanoseconds <= _countsSince)
            {
                return;
            }

            if (counting)
            {
                double countsPerSecond = 1e6 / _options.TimestampMicroseconds * (ActualRateHertz / RateHertz);
                _counts += (nanoseconds - _countsSince) * 1e-9 * countsPerSecond;
            }

            _countsSince = nanoseconds;
        }
    }
}
