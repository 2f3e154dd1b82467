namespace Sensors.Drivers
{
    // "FIFO" in the data sheet: words of three bytes, 20 bits and four flags; a burst from 11h pops one with every third byte.
    public abstract partial class Adxl35x
    {
        private const int MostSlips = 2; // words out of place that one cut sample explains

        private readonly byte[] _words = new byte[FifoWords * BytesPerWord];
        private readonly int[] _sample = new int[Axes]; // the sample under way, when a burst ends inside one
        private int _held;     // words in the FIFO at the last look
        private int _axis;     // the axis the next word belongs to
        private int _slips;    // words out of place since the last whole sample
        private bool _slipped; // any in the burst taken apart last
        private int _bad;      // where in that burst a word stands that cannot be; -1 for none
        private bool _unseen;  // the last look failed, and may have cleared a flag
        private int _next;     // where in the caller's array the next sample goes

        /// <summary>Moves what the FIFO holds into the caller's array, oldest first, with all 20 bits: X, Y, Z, X, Y, Z ...</summary>
        /// <param name="xyz">Receives signed digits; times <see cref="FineGPerDigit"/> gives g.</param>
        /// <param name="offset">Index of the first number written.</param>
        /// <param name="maxSamples">Most samples to move; the array takes three numbers for each. What is left waits in the FIFO.</param>
        /// <returns>Whole samples moved, 0 when there is none yet.</returns>
        /// <exception cref="BusException">As with the 16-bit read.</exception>
        /// <exception cref="SensorException"><see cref="SensorFault.LostAlignment"/>: words without their markers; start anew.</exception>
        [HotPath]
        public int ReadFifo(int[] xyz, int offset, int maxSamples)
        {
            int count = BeginRead(maxSamples);
            if (count == 0)
            {
                return 0;
            }

            int moved;
            try
            {
                moved = Move(null, xyz, offset, count);
            }
            catch (BusException)
            {
                MarkGap(); // the samples under way may be gone
                throw;
            }

            EndRead(moved, count);
            return moved;
        }

        /// <inheritdoc/>
        [HotPath]
        protected override int ReadLevel()
        {
            if (LookAtFifo())
            {
                MarkGap();
            }

            return (_held + _axis) / Axes;
        }

        /// <inheritdoc/>
        [HotPath]
        protected override int Drain(short[] xyz, int offset, int count)
        {
            return Move(xyz, null, offset, count);
        }

        /// <inheritdoc/>
        /// <remarks>By reading: standby would empty it at once, but the output settles for 10 ms afterwards.</remarks>
        [HotPath]
        protected override void Empty()
        {
            for (int i = 0; i < EmptyRounds; i++)
            {
                LookAtFifo();
                if (_held + _axis < Axes)
                {
                    return;
                }

                ReadWords(_held);
                Decode(_held, null, null);
                if (_bad >= 0)
                {
                    Refuse(0);
                }
            }
        }

        // The look begins with the identity: an empty FIFO reads zeros, and so does a dead line.
        [HotPath]
        private bool LookAtFifo()
        {
            byte[] look = _look;
            bool unseen = _unseen;
            _unseen = true;
            Bus.Read(Register.AnalogDevicesId, look, Look.Length);
            int status = look[Look.Status];
            _held = look[Look.FifoEntries];
            if (look[Look.AnalogDevicesId] != AnalogDevicesIdValue || look[Look.MemsId] != MemsIdValue || look[Look.PartId] != IdentityValue
                || (status & Status.Reserved) != 0 || _held > FifoWords)
            {
                throw new BusException(Bus.Name, Register.AnalogDevicesId, BusStatus.Silent);
            }

            // "FIFO_OVR": words were lost since Status was last read, which clears the bit, even when the answer did not arrive.
            bool overrun = (status & Status.FifoOverrun) != 0 || (unseen && _held == FifoWords);
            _unseen = false;
            if (overrun)
            {
                _axis = 0; // the rest of a sample begun may be among them
            }

            return overrun;
        }

        // Both widths go this way. Words that a cut sample costs are made up for by further ones.
        [HotPath]
        private int Move(short[] narrow, int[] wide, int offset, int count)
        {
            _next = offset;
            bool full = _held == FifoWords;
            int moved = 0;
            while (moved < count)
            {
                int words = ((count - moved) * Axes) - _axis;
                try
                {
                    ReadWords(words);
                }
                catch (BusException)
                {
                    _axis = 0; // the words under way may be gone
                    if (moved == 0)
                    {
                        throw;
                    }

                    MarkGap();
                    return moved;
                }

                moved += Decode(words, narrow, wide);
                if (_slipped)
                {
                    MarkGap();
                }

                if (_bad >= 0)
                {
                    return Refuse(moved);
                }
            }

            if (full)
            {
                LookForOverrun();
            }

            return moved;
        }

        // A FIFO found full can run over before the first word is out of it. Only the next look tells, and it may be another block's.
        [HotPath]
        private void LookForOverrun()
        {
            try
            {
                if (LookAtFifo())
                {
                    MarkGap();
                }
            }
            catch (BusException)
            {
                MarkGap();
            }
        }

        [HotPath]
        private void ReadWords(int words)
        {
            Bus.Read(Register.FifoData, _words, words * BytesPerWord);
        }

        // Takes a burst apart, into whichever array there is, and tells how many samples became whole.
        [HotPath]
        private int Decode(int words, short[] narrow, int[] wide)
        {
            byte[] bytes = _words;
            int end = words * BytesPerWord;
            int at = 0;
            int samples = 0;
            _bad = -1;
            _slipped = false;
            while (at < end)
            {
                // The way of nearly all samples: whole, with the marker where it belongs and no other flag.
                if (_axis == 0 && at + (Axes * BytesPerWord) <= end && (bytes[at + 2] & Word.Flags) == Word.MarkerX
                    && ((bytes[at + 5] | bytes[at + 8]) & Word.Flags) == 0)
                {
                    int next = _next;
                    if (narrow != null)
                    {
                        narrow[next] = (short)((bytes[at] << 8) | bytes[at + 1]);
                        narrow[next + 1] = (short)((bytes[at + 3] << 8) | bytes[at + 4]);
                        narrow[next + 2] = (short)((bytes[at + 6] << 8) | bytes[at + 7]);
                    }
                    else if (wide != null)
                    {
                        wide[next] = Digits(bytes, at);
                        wide[next + 1] = Digits(bytes, at + 3);
                        wide[next + 2] = Digits(bytes, at + 6);
                    }

                    _next = next + Axes;
                    _slips = 0;
                    at += Axes * BytesPerWord;
                    samples++;
                    continue;
                }

                if (!Take(bytes, at))
                {
                    _bad = at;
                    return samples;
                }

                at += BytesPerWord;
                if (_axis == Axes)
                {
                    Give(narrow, wide);
                    samples++;
                }
            }

            return samples;
        }

        // Takes one word; false when it cannot be one.
        [HotPath]
        private bool Take(byte[] bytes, int at)
        {
            int flags = bytes[at + 2] & Word.Flags;
            if ((flags & (Word.Empty | Word.Virtual)) != 0)
            {
                return false;
            }

            bool marked = flags == Word.MarkerX;
            if (marked != (_axis == 0))
            {
                _slipped = true;
                _slips++;
                if (_slips > MostSlips)
                {
                    return false;
                }

                if (!marked)
                {
                    return true; // its X is gone, and so is it
                }

                _axis = 0; // the rest of the sample begun is gone; here is the next one's X
            }

            _sample[_axis] = Digits(bytes, at);
            _axis++;
            return true;
        }

        [HotPath]
        private void Give(short[] narrow, int[] wide)
        {
            for (int axis = 0; axis < Axes; axis++)
            {
                if (narrow != null)
                {
                    narrow[_next + axis] = (short)(_sample[axis] >> NarrowBits);
                }
                else if (wide != null)
                {
                    wide[_next + axis] = _sample[axis];
                }
            }

            _next += Axes;
            _axis = 0;
            _slips = 0;
        }

        // Twos complement: the sign is bit 19. To negate the unsigned number instead makes -997376 of -1 g, which is -51200.
        [HotPath]
        private static int Digits(byte[] bytes, int at)
        {
            return ((sbyte)bytes[at] << 12) | (bytes[at + 1] << 4) | (bytes[at + 2] >> 4);
        }

        // A word that cannot be: nothing after it is believed. What was whole before it is; then the next read tells.
        [HotPath]
        private int Refuse(int moved)
        {
            byte[] bytes = _words;
            int at = _bad;
            int low = bytes[at + 2];
            bool emptied = (low & Word.Virtual) == 0 && (low & Word.Empty) != 0; // a chip that lost its supply since the look
            bool silent = (low == 0x00 || low == 0xFF) && bytes[at] == low && bytes[at + 1] == low;
            MarkGap();
            _axis = 0;
            _slips = 0;
            if (moved > 0 || emptied)
            {
                return moved;
            }

            if (silent)
            {
                throw new BusException(Bus.Name, Register.FifoData, BusStatus.Silent);
            }

            Bus.Write(Register.PowerControl, PowerControl.Standby); // "Power Control Register": resets the FIFO's pointers
            Bus.Write(Register.PowerControl, PowerControl.Measure);
            throw new SensorException(_part, SensorFault.LostAlignment, Register.FifoData, low, Word.MarkerX);
        }
    }
}
