using System;

namespace Sensors.Drivers
{
    // Windows longer than a block: a second is 26,667 samples, which a program that looks at each one cannot follow. So slots are moved
    // as they stand, with a look at a few of each burst, and taken apart afterwards; or, where memory is short, one axis is kept.
    public sealed partial class Iis3dwb
    {
        private const byte First = 0x11, Second = 0x12, Third = 0x14, Fourth = 0x17; // a turn of TAG_CNT

        private int _passed;            // samples among the slots passed on

        /// <summary>Moves what the FIFO holds, as it stands, into the caller's array: slots of <see cref="SlotBytes"/> for <see cref="DecodeAxis"/>. In continuous mode only.</summary>
        /// <remarks>
        /// Keeps the same account as <see cref="FifoAccelerometer.ReadFifo"/> of samples lost and of the rate. Of each burst the first tag and the last time stamp
        /// are looked at, and the FIFO's flags before it; where these do not fit, each tag is. A second is 27,500 slots, 192,500 bytes.
        /// </remarks>
        /// <param name="slots">Receives slots, oldest first.</param>
        /// <param name="at">Index of the first byte written.</param>
        /// <param name="most">Most bytes to write. What is left waits in the FIFO.</param>
        /// <returns>Bytes written, whole slots; 0 when there is none yet.</returns>
        /// <exception cref="InvalidOperationException">The driver was started in another mode.</exception>
        /// <exception cref="BusException">The chip did not answer; see <see cref="FifoAccelerometer.ReadFifo"/>.</exception>
        /// <exception cref="SensorException">The chip answered what it cannot answer.</exception>
        [HotPath]
        public int ReadSlots(byte[] slots, int at, int most)
        {
            int room = most / SlotBytes;
            int count = BeginWindow(room);
            if (count == 0)
            {
                return 0;
            }

            _passed = 0;
            int moved = Move(null, slots, at, room, AllAxes);
            EndRead(_passed, count);
            return moved * SlotBytes;
        }

        /// <summary>Moves one axis of what the FIFO holds into the caller's array, oldest first. In continuous mode only.</summary>
        /// <remarks>Two thirds of the work of <see cref="FifoAccelerometer.ReadFifo"/>, and a third of the memory. Each tag is checked.</remarks>
        /// <param name="counts">Receives signed digits; times <see cref="FifoAccelerometer.GPerDigit"/> gives g.</param>
        /// <param name="at">Index of the first number written.</param>
        /// <param name="most">Most samples to move. What is left waits in the FIFO.</param>
        /// <param name="axis">0 for X, 1 for Y, 2 for Z.</param>
        /// <returns>Samples moved, 0 when there is none yet.</returns>
        /// <exception cref="InvalidOperationException">The driver was started in another mode.</exception>
        /// <exception cref="BusException">The chip did not answer; see <see cref="FifoAccelerometer.ReadFifo"/>.</exception>
        /// <exception cref="SensorException">The chip answered what it cannot answer.</exception>
        [HotPath]
        public int ReadAxis(short[] counts, int at, int most, int axis)
        {
            int count = BeginWindow(most);
            if (count == 0)
            {
                return 0;
            }

            int moved = Move(counts, null, at, count, axis);
            EndRead(moved, count);
            return moved;
        }

        /// <summary>Takes one axis out of slots that <see cref="ReadSlots"/> moved, and checks each tag.</summary>
        /// <remarks>A slot that cannot be ends it: what stands before it is kept, and <see cref="FifoAccelerometer.Lost"/> is at least 1 then.</remarks>
        /// <param name="slots">The slots, from index 0.</param>
        /// <param name="length">Bytes of them.</param>
        /// <param name="axis">0 for X, 1 for Y, 2 for Z.</param>
        /// <param name="counts">Receives signed digits from index 0; samples that do not fit are left.</param>
        /// <returns>Samples written.</returns>
        /// <exception cref="SensorException"><see cref="SensorFault.LostAlignment"/> when there is nothing in front of a slot that cannot be.</exception>
        [HotPath]
        public int DecodeAxis(byte[] slots, int length, int axis, short[] counts)
        {
            byte[] tags = AccelerationTags;
            int end = length - (length % SlotBytes);
            int turnsEnd = end - (Tag.CountMask * SlotBytes); // four slots fit in front of it
            int most = counts.Length;
            int turnsMost = most - Tag.CountMask;
            int low = 1 + (2 * axis);
            int count = -1;                                 // the first one, and one behind a slot that is no sample, may be any
            int have = 0;
            int at = 0;
            while (at < end && have < most)
            {
                if (count == 0)
                {
                    while (at < turnsEnd && have < turnsMost && slots[at] == First && slots[at + SlotBytes] == Second
                        && slots[at + (2 * SlotBytes)] == Third && slots[at + (3 * SlotBytes)] == Fourth)
                    {
                        int word = at + low;
                        counts[have] = (short)(slots[word] | (slots[word + 1] << 8));
                        counts[have + 1] = (short)(slots[word + SlotBytes] | (slots[word + SlotBytes + 1] << 8));
                        counts[have + 2] = (short)(slots[word + (2 * SlotBytes)] | (slots[word + (2 * SlotBytes) + 1] << 8));
                        counts[have + 3] = (short)(slots[word + (3 * SlotBytes)] | (slots[word + (3 * SlotBytes) + 1] << 8));
                        at += 4 * SlotBytes;
                        have += 4;
                    }

                    if (at == end || have == most)
                    {
                        break;
                    }
                }

                int tag = slots[at];
                int kind = tag >> Tag.KindShift;
                if (kind == Tag.Acceleration && count < 0)
                {
                    count = (tag >> 1) & Tag.CountMask;
                }

                if (count >= 0 && tag == tags[count])
                {
                    counts[have] = (short)(slots[at + low] | (slots[at + low + 1] << 8));
                    have++;
                    count = (count + 1) & Tag.CountMask;
                }
                else if ((kind == Tag.Stamp || kind == Tag.Temperature) && HasEvenParity(tag))
                {
                    count = -1;
                }
                else
                {
                    Distrust(tag, have);
                    break;
                }

                at += SlotBytes;
            }

            return have;
        }

        [HotPath]
        private int BeginWindow(int most)
        {
            if (_snapshot || _every != 1)
            {
                ThrowMode();
            }

            return BeginRead(most);
        }

        [HotPath]
        private void Distrust(int tag, int have)
        {
            MarkGap();
            _badTag = tag;
            if (have == 0)
            {
                ThrowMisaligned();
            }
        }

        private static void ThrowMode()
        {
            throw new InvalidOperationException("IIS3DWB: windows of slots need continuous mode.");
        }

        // Passes slots on in one piece as far as their tags are where a chip that lost nothing puts them, else one by one. Gives how many.
        [HotPath]
        private int PassOn(byte[] slots, int offset, int room)
        {
            int moved = 0;
            while (_at < _end && moved < room)
            {
                int here = (_end - _at) / SlotBytes;
                if (here > room - moved)
                {
                    here = room - moved;
                }

                int at = _at;
                int piece = _discards || _run < 0 ? 0 : Piece(here);
                if (piece == 0)
                {
                    piece = Step() ? 1 : 0;
                }

                if (piece > 0)
                {
                    Array.Copy(_chunk, at, slots, offset + (SlotBytes * moved), piece * SlotBytes);
                    moved += piece;
                }
            }

            return moved;
        }

        // Up to the last time stamp among the next slots, or all of them where there is none. 0 when a tag is not what it should be.
        [HotPath]
        private int Piece(int here)
        {
            byte[] chunk = _chunk;
            int at = _at;
            int ahead = StampSpacing - _run;                // samples in front of the next stamp
            if (ahead > 0 && (_count < 0 || chunk[at] != AccelerationTags[_count]))
            {
                return 0;
            }

            if (here <= ahead)
            {
                int count = (_count + here) & Tag.CountMask;
                if (chunk[at + ((here - 1) * SlotBytes)] != AccelerationTags[(count - 1) & Tag.CountMask])
                {
                    return 0;
                }

                _count = count;
                Pass(here);
                _at = at + (here * SlotBytes);
                return here;
            }

            int more = (here - ahead - 1) / (StampSpacing + 1);
            int last = ahead + (more * (StampSpacing + 1));
            int stamp = at + (last * SlotBytes);
            if (chunk[stamp] >> Tag.KindShift != Tag.Stamp || !HasEvenParity(chunk[stamp]))
            {
                return 0;
            }

            Pass(last - more);
            TakeStamp((uint)(chunk[stamp + 1] | (chunk[stamp + 2] << 8) | (chunk[stamp + 3] << 16) | (chunk[stamp + 4] << 24)));
            _count = -1;                                    // some chips count the stamp, too
            _at = stamp + SlotBytes;
            return last + 1;
        }

        [HotPath]
        private void Pass(int samples)
        {
            _run += samples;
            _kept += samples;
            _passed += samples;
        }

        // One slot. Tells whether it is passed on: not while samples up to the next stamp are thrown away.
        [HotPath]
        private bool Step()
        {
            int at = _at;
            if (_count >= 0 && _chunk[at] == AccelerationTags[_count])
            {
                _count = (_count + 1) & Tag.CountMask;
                _at = at + SlotBytes;
                if (_discards)
                {
                    _run++;
                    return false;
                }

                Pass(1);
                return true;
            }

            TakeOther(at);
            return _at == at + SlotBytes && !_discards;
        }

        // As Unpack, of one axis: four samples a turn, as long as the tags go round.
        [HotPath]
        private int UnpackAxis(short[] counts, int offset, int most, int axis)
        {
            byte[] chunk = _chunk;
            byte[] tags = AccelerationTags;
            int low = 1 + (2 * axis);
            int moved = 0;
            while (_at < _end && moved < most)
            {
                int at = _at;
                int end = _end;
                int count = _count;
                int first = at;
                if (!_discards)
                {
                    while (at < end && moved < most && count >= 0 && chunk[at] == tags[count])
                    {
                        if (count == 0)
                        {
                            int turnsEnd = end - (Tag.CountMask * SlotBytes);
                            int turnsMost = most - Tag.CountMask;
                            while (at < turnsEnd && moved < turnsMost && chunk[at] == First && chunk[at + SlotBytes] == Second
                                && chunk[at + (2 * SlotBytes)] == Third && chunk[at + (3 * SlotBytes)] == Fourth)
                            {
                                int word = at + low;
                                counts[offset] = (short)(chunk[word] | (chunk[word + 1] << 8));
                                counts[offset + 1] = (short)(chunk[word + SlotBytes] | (chunk[word + SlotBytes + 1] << 8));
                                counts[offset + 2] = (short)(chunk[word + (2 * SlotBytes)] | (chunk[word + (2 * SlotBytes) + 1] << 8));
                                counts[offset + 3] = (short)(chunk[word + (3 * SlotBytes)] | (chunk[word + (3 * SlotBytes) + 1] << 8));
                                at += 4 * SlotBytes;
                                offset += 4;
                                moved += 4;
                            }

                            if (at == end || moved == most || chunk[at] != First)
                            {
                                break;
                            }
                        }

                        counts[offset] = (short)(chunk[at + low] | (chunk[at + low + 1] << 8));
                        offset++;
                        moved++;
                        count = (count + 1) & Tag.CountMask;
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
                if (at < end && moved < most)
                {
                    TakeOther(at);
                }
            }

            return moved;
        }
    }
}
