namespace Sensors.Drivers
{
    /// <summary>What accelerometers have in common that give many samples in one burst: little-endian words, left-justified.</summary>
    /// <remarks>
    /// SPI has no acknowledge. Bits that a left-justified word leaves empty are 0, so a word that has one set is a line that floats high; zeros
    /// on all axes are free fall, a line shorted low, or a chip that lost its settings. The FIFO's control register tells: while the FIFO runs it
    /// is neither all zeros, which is its reset value, nor all ones. It stands in front of the level and comes in one frame with it, so that no
    /// level is believed without.
    /// </remarks>
    public abstract class BurstFifoAccelerometer : FifoAccelerometer
    {
        /// <summary>Bytes a sample takes on the wire.</summary>
        protected const int BytesPerSample = 2 * Axes;

        private const int BitsPerSampleI2c = 9 * BytesPerSample; // with the acknowledge bits
        private const int LeadInBitsI2c = 29;                    // what RegisterBus.LeadInMicroseconds spans

        private const int AverageTimeoutMicroseconds = 1000000;

        // The mode in the upper bits, the threshold, which nothing here uses, in the lower ones: not 0, as a line shorted low would read.
        private const byte FifoBypass = 0x01;
        private const byte FifoReset = 0x00;

        private readonly string _part;
        private readonly byte _identityRegister;
        private readonly byte _identityValue;
        private readonly byte _dataRegister;
        private readonly byte _fifoRegister;
        private readonly byte _fifoRunning;
        private readonly int _shift;
        private readonly int _unusedBits;
        private readonly int _sampleMicroseconds;
        private readonly byte[] _burst;
        private readonly byte[] _look = new byte[2];
        private readonly short[] _single = new short[Axes];

        /// <summary>Makes the shared part. Touches no hardware.</summary>
        /// <param name="bus">The chip's bus.</param>
        /// <param name="clock">Time, for waits and for the rate.</param>
        /// <param name="part">The chip's name.</param>
        /// <param name="identityRegister">Register that tells the chip from others.</param>
        /// <param name="identityValue">What it reads.</param>
        /// <param name="dataRegister">First of the six data registers; after the last a burst goes on with the first.</param>
        /// <param name="fifoRegister">The FIFO's control register; the next one tells the level.</param>
        /// <param name="fifoRunning">What it holds while the FIFO runs; not its reset value, which is 0.</param>
        /// <param name="depth">Most samples the chip can hold.</param>
        /// <param name="bits">Bits of a word that carry the sample, at its upper end.</param>
        protected BurstFifoAccelerometer(
            RegisterBus bus,
            BusClock clock,
            string part,
            byte identityRegister,
            byte identityValue,
            byte dataRegister,
            byte fifoRegister,
            byte fifoRunning,
            int depth,
            int bits)
            : base(bus, clock)
        {
            _part = part;
            _identityRegister = identityRegister;
            _identityValue = identityValue;
            _dataRegister = dataRegister;
            _fifoRegister = fifoRegister;
            _fifoRunning = fifoRunning;
            _shift = 16 - bits;
            _unusedBits = (1 << _shift) - 1;
            _sampleMicroseconds = bus.LeadInMicroseconds * BitsPerSampleI2c / LeadInBitsI2c; // nothing worth counting on SPI
            _burst = new byte[depth * BytesPerSample];
        }

        /// <inheritdoc/>
        [HotPath]
        protected override int Drain(short[] xyz, int offset, int count)
        {
            byte[] burst = _burst;
            int shift = _shift;
            Bus.Read(_dataRegister, burst, count * BytesPerSample);

            // Reading data clears a chip's overrun flag, so only the time tells of one between look and burst.
            if (MayHaveOverflowedBefore(count * _sampleMicroseconds))
            {
                MarkGap();
            }

            bool doubtful = false;
            int last = 0;
            for (int i = 0, at = 0; i < count; i++, at += BytesPerSample)
            {
                if (((burst[at] | burst[at + 2] | burst[at + 4]) & _unusedBits) != 0)
                {
                    return BreakOff(i);
                }

                int x = (short)(burst[at] | (burst[at + 1] << 8)) >> shift;
                int y = (short)(burst[at + 2] | (burst[at + 3] << 8)) >> shift;
                int z = (short)(burst[at + 4] | (burst[at + 5] << 8)) >> shift;
                doubtful |= (x | y | z) == 0;
                last = z;
                xyz[offset] = (short)x;
                xyz[offset + 1] = (short)y;
                xyz[offset + 2] = (short)z;
                offset += Axes;
            }

            // Where a chip loses its settings inside a sample, what follows is zeros up to the burst's end.
            doubtful |= last == 0;
            return doubtful && Bus.Read(_fifoRegister) != _fifoRunning ? BreakOff(0) : count;
        }

        /// <inheritdoc/>
        [HotPath]
        protected override void Empty()
        {
            SetFifo(FifoBypass);
            SetFifo(_fifoRunning);
        }

        /// <summary>Empties and stops the FIFO.</summary>
        /// <exception cref="BusException">The chip did not take it.</exception>
        [HotPath]
        protected void StopFifo()
        {
            SetFifo(FifoBypass);
        }

        /// <summary>Reads the register that tells the level, in one frame with the one that must read as it was written.</summary>
        /// <returns>The register's value.</returns>
        /// <exception cref="SensorException"><see cref="SensorFault.BrownOut"/>: the FIFO is back at its reset value.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        protected int ReadFifoStatus()
        {
            byte[] look = _look;
            Bus.Read(_fifoRegister, look, 2);
            int control = look[0];
            if (control == _fifoRunning)
            {
                return look[1];
            }

            if (control == FifoReset && Bus.Read(_identityRegister) == _identityValue)
            {
                throw new SensorException(_part, SensorFault.BrownOut, _fifoRegister, control, _fifoRunning);
            }

            throw new BusException(Bus.Name, _fifoRegister, BusStatus.Silent);
        }

        /// <summary>Checks the identity register.</summary>
        /// <exception cref="SensorException">Another chip, or none on SPI: a line that nobody drives reads all zeros or all ones.</exception>
        protected void CheckIdentity()
        {
            int id = Bus.Read(_identityRegister);
            if (id != _identityValue)
            {
                SensorFault fault = id == 0x00 || id == 0xFF ? SensorFault.NoAnswer : SensorFault.WrongIdentity;
                throw new SensorException(_part, fault, _identityRegister, id, _identityValue);
            }
        }

        /// <summary>Reads registers back.</summary>
        /// <param name="registers">Their addresses.</param>
        /// <param name="settings">What they must hold.</param>
        /// <exception cref="SensorException">The first that does not.</exception>
        protected void Verify(byte[] registers, byte[] settings)
        {
            for (int i = 0; i < registers.Length; i++)
            {
                int found = Bus.Read(registers[i]);
                if (found != settings[i])
                {
                    throw new SensorException(_part, SensorFault.NotConfigured, registers[i], found, settings[i]);
                }
            }
        }

        /// <summary>Waits until the chip has settled, throws away what came meanwhile, and takes the mean of the next samples.</summary>
        /// <param name="settleMicroseconds">How long it takes to settle.</param>
        /// <param name="samples">Samples to take.</param>
        /// <param name="mean">Receives the mean of X, Y and Z in digits.</param>
        /// <exception cref="SensorException">They did not come within a second.</exception>
        protected void Average(int settleMicroseconds, int samples, int[] mean)
        {
            Clock.Wait(settleMicroseconds);
            Begin();
            long start = Clock.Microseconds;
            int read = 0;
            mean[0] = mean[1] = mean[2] = 0;
            while (read < samples)
            {
                if (ReadFifo(_single, 0, 1) != 0)
                {
                    read++;
                    for (int axis = 0; axis < Axes; axis++)
                    {
                        mean[axis] += _single[axis];
                    }
                }
                else if (Clock.Microseconds - start > AverageTimeoutMicroseconds)
                {
                    throw new SensorException(_part, SensorFault.NoData, _dataRegister, read, samples);
                }
                else
                {
                    Clock.Wait(FastestPeriod);
                }
            }

            for (int axis = 0; axis < Axes; axis++)
            {
                mean[axis] /= samples;
            }
        }

        /// <summary>Compares how far the self-test moved each axis, either way.</summary>
        /// <param name="rest">Means before it, in digits.</param>
        /// <param name="change">Means during it; becomes the change.</param>
        /// <param name="low">Least a good axis moves.</param>
        /// <param name="high">Most a good axis moves.</param>
        /// <returns>True when all axes moved within the limits.</returns>
        protected static bool Moved(int[] rest, int[] change, int low, int high)
        {
            bool passed = true;
            for (int axis = 0; axis < Axes; axis++)
            {
                change[axis] -= rest[axis];
                int moved = change[axis] < 0 ? -change[axis] : change[axis];
                passed &= moved >= low && moved <= high;
            }

            return passed;
        }

        // A write that the chip missed shows on no SPI line, and old samples would pass as new ones.
        [HotPath]
        private void SetFifo(byte control)
        {
            Bus.Write(_fifoRegister, control);
            if (Bus.Read(_fifoRegister) != control)
            {
                throw new BusException(Bus.Name, _fifoRegister, BusStatus.Silent);
            }
        }

        [HotPath]
        private int BreakOff(int moved)
        {
            if (moved == 0)
            {
                throw new BusException(Bus.Name, _dataRegister, BusStatus.Silent);
            }

            MarkGap();
            return moved;
        }
    }
}
