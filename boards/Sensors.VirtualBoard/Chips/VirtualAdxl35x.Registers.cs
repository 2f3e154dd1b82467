using System;

namespace Sensors.VirtualBoard
{
    /// <content>The register map as bytes: what reading shows and takes, what writing changes, how the address moves on.</content>
    public abstract partial class VirtualAdxl35x
    {
        private const int BytesPerWord = 3;

        private readonly byte[] _word = new byte[BytesPerWord];
        private readonly byte[] _axisBytes = new byte[BytesPerWord];
        private bool _underWay;
        private bool _inFifo;
        private int _wordByte;

        private protected override bool IsDeaf(long nanoseconds) => IsLoading(nanoseconds);

        private protected override int NextRegister(int register) => _inFifo ? register : Math.Min(register + 1, Adxl35xMap.Top);

        private protected override void EndTransaction(long nanoseconds)
        {
            if (_wordByte != 0)
            {
                Violations.Add(nanoseconds, "a read of FIFO_DATA ends inside a word");
            }

            _underWay = false;
            _inFifo = false;
            _wordByte = 0;
        }

        private protected override byte ReadRegister(int register, long nanoseconds)
        {
            bool first = !_underWay;
            _underWay = true;
            if (IsLoading(nanoseconds))
            {
                return 0xFF;
            }

            if (!Adxl35xMap.IsReadable(register))
            {
                return RefuseRead(register, nanoseconds);
            }

            Advance(nanoseconds);
            if (register == Adxl35xMap.FifoData)
            {
                _inFifo = first || _inFifo;
                return ReadFifo(nanoseconds);
            }

            if (register is Adxl35xMap.Temp2 or Adxl35xMap.Temp1)
            {
                MeasureTemperature(nanoseconds);
            }

            if (register is >= Adxl35xMap.XData3 and <= Adxl35xMap.ZData1)
            {
                return ReadAxis(register - Adxl35xMap.XData3, first);
            }

            byte value = Content(register);
            if (register == Adxl35xMap.Status)
            {
                _dataReady = false;
                _overrun = false;
                _activity = false;
                _busyFlag = false; // loading has ended, else there would have been no answer
            }

            return value;
        }

        private byte ReadFifo(long nanoseconds)
        {
            if (!_inFifo)
            {
                Violations.Add(nanoseconds, "a burst runs into FIFO_DATA, where the data sheet contradicts itself");
                return 0;
            }

            if (_wordByte == 0)
            {
                Split(PopWord(), _word);
            }

            byte value = _word[_wordByte];
            _wordByte = (_wordByte + 1) % BytesPerWord;
            return value;
        }

        // The three bytes of an axis are of one sample; whether the axes are is for the reader to see to.
        private byte ReadAxis(int place, bool first)
        {
            int index = place % BytesPerWord;
            if (index == 0 || first)
            {
                Split(_latest[place / BytesPerWord] << 4, _axisBytes);
            }

            return _axisBytes[index];
        }

        private static void Split(int word, byte[] bytes)
        {
            bytes[0] = (byte)(word >> 16);
            bytes[1] = (byte)(word >> 8);
            bytes[2] = (byte)word;
        }

        private byte Content(int register) => register switch
        {
            Adxl35xMap.PartId => (byte)Faults.Identity(_registers[register], Adxl35xMap.PartIdOfAdxl359),
            Adxl35xMap.Status => (byte)StatusBits(),
            Adxl35xMap.FifoEntries => (byte)_count,
            Adxl35xMap.Temp2 => (byte)(_temperature >> 8),
            Adxl35xMap.Temp1 => (byte)_temperature,
            >= Adxl35xMap.XData3 and <= Adxl35xMap.ZData1 =>
                (byte)((_latest[(register - Adxl35xMap.XData3) / 3] << 4) >> (8 * (2 - ((register - Adxl35xMap.XData3) % 3)))),
            >= Adxl35xMap.Shadow and <= Adxl35xMap.ShadowEnd => (byte)(_shadow[register - Adxl35xMap.Shadow] ^ (_spoiled ? 0x10 : 0)),
            _ => _registers[register],
        };

        private int StatusBits()
        {
            int bits = _busyFlag ? Adxl35xMap.NvmBusy : 0;
            bits |= _dataReady ? Adxl35xMap.DataRdy : 0;
            bits |= _count >= _registers[Adxl35xMap.FifoSamples] ? Adxl35xMap.FifoFull : 0;
            bits |= _overrun ? Adxl35xMap.FifoOvr : 0;
            return bits | (_activity ? Adxl35xMap.Activity : 0);
        }

        private bool IsLoading(long nanoseconds) => nanoseconds < _loadedAt;

        private protected override void WriteRegister(int register, byte value, long nanoseconds)
        {
            _underWay = true;
            if (!Adxl35xMap.IsWritable(register))
            {
                RefuseWrite(register, value, nanoseconds);
                return;
            }

            if (IsLoading(nanoseconds))
            {
                Violations.Add(nanoseconds, $"write to register 0x{register:X2} while the chip loads its memory");
                return;
            }

            Advance(nanoseconds);
            value &= Adxl35xMap.WritableBits(register);
            byte changed = (byte)(_registers[register] ^ value);
            if (!Adxl35xMap.IsDefined(register, value))
            {
                Violations.Add(nanoseconds, $"write of 0x{value:X2} to register 0x{register:X2}, which the data sheet does not define");
                return;
            }

            // "Register map": while measuring only these may be written.
            bool free = register is Adxl35xMap.IntMap or Adxl35xMap.PowerCtl or Adxl35xMap.SelfTest or Adxl35xMap.Reset
                || (register == Adxl35xMap.Filter && (changed & ~Adxl35xMap.HpfMask) == 0);
            if (Measuring && !free)
            {
                Violations.Add(nanoseconds, $"write to register 0x{register:X2} while measuring");
                return;
            }

            if (register == Adxl35xMap.Reset)
            {
                _spoiled = _spoiledResets > 0;
                _spoiledResets -= _spoiled ? 1 : 0;
                Restart(nanoseconds);
                return;
            }

            _registers[register] = value;
            if (register != Adxl35xMap.PowerCtl)
            {
                ConfigureElement();
            }
            else if ((changed & Adxl35xMap.Standby) != 0)
            {
                ClearFifo(); // "Power control register": standby resets the pointers
                if (Measuring)
                {
                    _turnedOn = nanoseconds;
                    _highPassRuns = false;
                    BeginSampling(nanoseconds, 0);
                }
            }
        }
    }
}
