namespace Sensors.Drivers
{
    // "FIFO": slots of a tag and six bytes, moved in bursts; the address rolls from 7Eh back to 78h.
    public sealed partial class Iis3dwb
    {
        private const int MicrosecondsPerSlot = 5;          // 56 bits at 10 MHz take 5.6: the least a burst takes

        private const int AllAxes = -1;

        // Tags of acceleration by their count: kind 2, count, and the parity bit that makes the number of ones even.
        private static readonly byte[] AccelerationTags = { 0x11, 0x12, 0x14, 0x17 };

        private readonly byte[] _chunk = new byte[ChunkSlots * SlotBytes];
        private readonly byte[] _frame = new byte[Register.Control1 - Register.FifoControl4 + 1];
        private int _at;                // next byte of the chunk
        private int _end;               // where the chunk's slots end
        private int _slots;             // slots seen at the last look and not read yet
        private long _lookBegan;        // when that was, in microseconds: before the level was asked for
        private int _room;              // slots that could come since the last look without pushing one out
        private int _count;             // TAG_CNT expected next; -1 when not known
        private int _otherEnd;          // where in the chunk a slot that is no sample has just ended
        private bool _lapse;            // samples were found missing since the look before
        private bool _full;             // a snapshot is complete
        private bool _silent;           // the chunk broke off: nobody drove the line
        private bool _misaligned;       // the chunk made no sense
        private bool _brokeOff;
        private int _badTag;

        /// <summary>Gets how many slots were neither a sample nor a time stamp, such as temperatures, since the start; they were skipped.</summary>
        public int SkippedSlots { get; private set; }

        /// <inheritdoc/>
        [HotPath]
        protected override int ReadLevel()
        {
            _lookBegan = Clock.Microseconds;
            int slots = ReadStatus();
            if (slots == 0 && _status[1] == 0)
            {
                // "None yet" is also what a line shorted low reads, and a chip that lost its settings: asked again once neither is.
                RequireFifo(_settings[17]);
                slots = ReadStatus();
            }

            int flags = _status[1];
            bool full = slots == FifoSlots || (flags & FifoStatus2.Full) != 0;
            bool told = _lapse;
            _lapse = false;
            if (_snapshot)
            {
                _full |= full;
                if (_full)
                {
                    Flow.Stop();
                }
            }
            else if (full || ((flags & FifoStatus2.Latched) != 0 && !told))
            {
                _at = 0; // the gap follows what was read and not unpacked: these few go with it, and are counted
                _end = 0;
                Lose();
            }

            _slots = slots;
            _room = FifoSlots - slots;
            return (_skipped + SamplesIn(slots + ((_end - _at) / SlotBytes))) / _every;
        }

        /// <inheritdoc/>
        [HotPath]
        protected override int Ready(int level)
        {
            return _snapshot && !_full ? 0 : level;
        }

        /// <inheritdoc/>
        [HotPath]
        protected override int Drain(short[] xyz, int offset, int count)
        {
            return Move(xyz, null, offset, count, AllAxes);
        }

        /// <inheritdoc/>
        [HotPath]
        protected override bool BrokeOff(int moved, int count)
        {
            return _brokeOff;
        }

        /// <inheritdoc/>
        [HotPath]
        protected override void TellBreak()
        {
            if (_misaligned)
            {
                ThrowMisaligned();
            }

            base.TellBreak();
        }

        /// <inheritdoc/>
        [HotPath]
        protected override void Empty()
        {
            Flush();
            ForgetRun();
            _anchored = false;
            _discards = false;
            _skipped = 0;
            _lapse = false;
            _full = false;
        }

        // Moves samples of all axes or of one, or slots as they stand: what is moved is counted in these.
        [HotPath]
        private int Move(short[] counts, byte[] slots, int offset, int most, int axis)
        {
            int moved = 0;
            _silent = false;
            _misaligned = false;
            _brokeOff = false;
            while (!_brokeOff && moved < most && (_at < _end || _slots > 0))
            {
                try
                {
                    if (_at == _end)
                    {
                        ReadChunk();
                    }

                    if (slots != null)
                    {
                        moved += PassOn(slots, offset + (SlotBytes * moved), most - moved);
                    }
                    else if (axis == AllAxes)
                    {
                        moved += Unpack(counts, offset + (Axes * moved), most - moved);
                    }
                    else
                    {
                        moved += UnpackAxis(counts, offset + moved, most - moved, axis);
                    }

                    if (_silent)
                    {
                        throw new BusException(Bus.Name, Register.FifoDataOutTag, BusStatus.Silent);
                    }

                    if (_misaligned)
                    {
                        Flush();
                        _brokeOff = true;
                    }
                }
                catch (BusException)
                {
                    Lose();
                    _misaligned = false;
                    _brokeOff = true;
                    if (moved == 0)
                    {
                        throw;
                    }
                }
            }

            if (_misaligned && moved == 0)
            {
                TellBreak();
            }

            return moved;
        }

        private void ThrowMisaligned()
        {
            throw new SensorException(Part, SensorFault.LostAlignment, Register.FifoDataOutTag, _badTag, AccelerationTags[0]);
        }

        // Bypass empties the FIFO; what was read and not unpacked goes with it. A write that the chip missed shows on no SPI line:
        // without the first one old samples would pass as new ones, without the second one there would be none.
        [HotPath]
        private void Flush()
        {
            _at = 0;
            _end = 0;
            Bus.Write(Register.FifoControl4, FifoControl4.Bypass);
            RequireFifo(FifoControl4.Bypass);
            ReadStatus(); // clears the latched flag
            Bus.Write(Register.FifoControl4, _settings[17]);
            RequireFifo(_settings[17]);
        }

        // Slots held; the flags are in _status then.
        [HotPath]
        private int ReadStatus()
        {
            byte[] status = _status;
            Bus.Read(Register.FifoStatus1, status, status.Length);
            int slots = status[0] | ((status[1] & FifoStatus2.LevelMask) << 8);
            if (slots > FifoSlots)
            {
                throw new BusException(Bus.Name, Register.FifoStatus1, BusStatus.Silent);
            }

            return slots;
        }

        // One frame from the FIFO's mode over the identity, which is neither all zeros nor all ones, to the power.
        [HotPath]
        private void RequireFifo(int mode)
        {
            byte[] frame = _frame;
            Bus.Read(Register.FifoControl4, frame, frame.Length);
            if (frame[Register.WhoAmI - Register.FifoControl4] == IdentityValue)
            {
                int power = frame[Register.Control1 - Register.FifoControl4];
                if (power == Control1.PowerDown) // the reset value; a running chip has XL_EN set
                {
                    throw new SensorException(Part, SensorFault.BrownOut, Register.Control1, power, Control1.Enabled);
                }

                if (frame[0] == mode)
                {
                    return;
                }
            }

            throw new BusException(Bus.Name, Register.FifoControl4, BusStatus.Silent);
        }

        [HotPath]
        private void ReadChunk()
        {
            int slots = _slots < ChunkSlots ? _slots : ChunkSlots;
            Bus.Read(Register.FifoDataOutTag, _chunk, slots * SlotBytes);
            _otherEnd = _otherEnd == _end ? 0 : -1;
            _at = 0;
            _end = slots * SlotBytes;
            _slots -= slots;
            long elapsed = Clock.Microseconds - _lookBegan - (slots * MicrosecondsPerSlot);
            if (!_snapshot && elapsed > _room * (long)_fastest)
            {
                Lose(); // this program paused, and the tags cannot tell a loss of four from none
            }

            _room += slots;
        }

        // Fields in locals, no calls while slots follow each other: this runs for every sample of the chip.
        [HotPath]
        private int Unpack(short[] xyz, int offset, int most)
        {
            byte[] chunk = _chunk;
            byte[] tags = AccelerationTags;
            int every = _every;
            int moved = 0;
            while (_at < _end && moved < most)
            {
                int at = _at;
                int end = _end;
                int count = _count;
                int skipped = _skipped;
                int first = at;
                if (!_discards)
                {
                    while (at < end && moved < most && count >= 0 && chunk[at] == tags[count])
                    {
                        count = (count + 1) & Tag.CountMask;
                        skipped++;
                        if (skipped == every)
                        {
                            skipped = 0;
                            xyz[offset] = (short)(chunk[at + 1] | (chunk[at + 2] << 8));
                            xyz[offset + 1] = (short)(chunk[at + 3] | (chunk[at + 4] << 8));
                            xyz[offset + 2] = (short)(chunk[at + 5] | (chunk[at + 6] << 8));
                            offset += Axes;
                            moved++;
                        }

                        at += SlotBytes;
                    }

                    _kept += (at - first) / SlotBytes;
                }
                else
                {
                    while (at < end && count >= 0 && chunk[at] == tags[count])
                    {
                        count = (count + 1) & Tag.CountMask;
                        at += SlotBytes;
                    }
                }

                _run += (at - first) / SlotBytes;
                _at = at;
                _count = count;
                _skipped = skipped;
                if (at < end && moved < most)
                {
                    TakeOther(at);
                }
            }

            return moved;
        }

        // Anything but the acceleration expected next. When the slot makes no sense, nothing behind it in the chunk does.
        [HotPath]
        private void TakeOther(int at)
        {
            int tag = _chunk[at];
            int kind = tag >> Tag.KindShift;
            if (!HasEvenParity(tag) || kind < Tag.Acceleration || kind > Tag.Stamp)
            {
                GiveUpChunk(at, tag);
                return;
            }

            if (kind == Tag.Acceleration)
            {
                int count = (tag >> 1) & Tag.CountMask;
                bool skips = at == _otherEnd && count == ((_count + 1) & Tag.CountMask); // some chips may count the other slot, too
                if (_count >= 0 && !skips)
                {
                    Lose();
                }

                _count = count;
                return;
            }

            if (kind == Tag.Stamp)
            {
                TakeStamp((uint)(_chunk[at + 1] | (_chunk[at + 2] << 8) | (_chunk[at + 3] << 16) | (_chunk[at + 4] << 24)));
            }
            else
            {
                SkippedSlots++;
            }

            _at = at + SlotBytes;
            _otherEnd = _at;
        }

        [HotPath]
        private void GiveUpChunk(int at, int tag)
        {
            bool dead = tag == 0x00 || tag == 0xFF;
            for (int i = 1; i < SlotBytes; i++)
            {
                dead &= _chunk[at + i] == tag;
            }

            Lose();
            _badTag = tag;
            _silent = dead; // no chip sends that
            _misaligned = !dead;
            _at = 0;
            _end = 0;
        }

        [HotPath]
        private static bool HasEvenParity(int tag)
        {
            tag ^= tag >> 4;
            tag ^= tag >> 2;
            tag ^= tag >> 1;
            return (tag & 1) == 0;
        }
    }
}
