using System;

namespace Sensors.Drivers
{
    /// <summary>What all accelerometers with a FIFO have in common: looking, draining, the measured rate, and samples lost.</summary>
    /// <remarks>
    /// <para>
    /// A driver says how its chip tells the level (<see cref="ReadLevel"/>), how samples are moved (<see cref="Drain"/>) and how the FIFO is
    /// emptied (<see cref="Empty"/>), and calls <see cref="SetScale"/> at the end of its start. Overruns it sees it reports with
    /// <see cref="MarkGap"/>; how many samples are missing is computed here, or by the driver where the chip stamps its samples.
    /// </para>
    /// <para>Delivered samples are an ordered subset of those the chip made; delivered + lost + held = made, see <see cref="FifoFlow"/>.</para>
    /// </remarks>
    public abstract class FifoAccelerometer
    {
        /// <summary>Axes, and numbers per sample: X, Y, Z.</summary>
        protected const int Axes = 3;

        private const float FastSecond = 950000f; // microseconds for one second's samples: parts run some percent fast

        private long _lookBegan; // before the chip was asked: a pause between the answer and the clock must not hide an overflow
        private bool _brokeOff; // the last drain ended early: the next call tells, so that whoever counts failures counts this one
        private bool _told; // one overrun is counted once, although it shows at a look and again while draining

        /// <summary>Makes the shared part. Touches no hardware.</summary>
        /// <param name="bus">The chip's bus.</param>
        /// <param name="clock">Time, for waits and for the rate.</param>
        protected FifoAccelerometer(RegisterBus bus, BusClock clock)
        {
            Bus = bus ?? throw new ArgumentNullException(nameof(bus));
            Clock = clock ?? throw new ArgumentNullException(nameof(clock));
        }

        /// <summary>Gets the most samples the chip can hold.</summary>
        public abstract int Depth { [HotPath] get; }

        /// <summary>Gets the nominal output data rate in hertz. The real one is some percent off, see <see cref="MeasuredHertz"/>.</summary>
        public float NominalHertz { get; private set; }

        /// <summary>Gets the weight of one digit in g (9.80665 m/s²).</summary>
        public float GPerDigit { get; private set; }

        /// <summary>Gets the highest digit of the range: a sample there may have been larger.</summary>
        public int ClipHigh { get; private set; }

        /// <summary>Gets the lowest digit of the range: a sample there may have been smaller.</summary>
        public int ClipLow { get; private set; }

        /// <summary>Gets how often samples were missing in front of, or among, those delivered since the start.</summary>
        public int Overruns { get; private set; }

        /// <summary>Gets the samples lost since the last <see cref="Begin"/>: elapsed time x measured rate, less what was delivered and held.</summary>
        /// <value>0, or at least 1 when any was lost.</value>
        public int Lost
        {
            [HotPath]
            get { return Flow.Lost; }
        }

        /// <summary>Gets the samples the chip held at the last look, those delivered since included.</summary>
        public int Level { get; private set; }

        /// <summary>Gets when the last look was, in microseconds of the clock.</summary>
        public long LevelMicroseconds { get; private set; }

        /// <summary>Gets whether there is a self-test; without one <see cref="SelfTest"/> must not be called.</summary>
        public virtual bool HasSelfTest => true;

        /// <summary>Gets the chip's bus.</summary>
        protected RegisterBus Bus { get; }

        /// <summary>Gets the time.</summary>
        protected BusClock Clock { get; }

        /// <summary>Gets the account of samples.</summary>
        protected FifoFlow Flow { get; } = new FifoFlow();

        /// <summary>Gets the shortest time from one sample to the next, in microseconds, rounded down: 5 % faster than nominal.</summary>
        protected int FastestPeriod { get; private set; }

        /// <summary>Checks that identity and settings still stand, as they would not after a brown-out.</summary>
        /// <exception cref="SensorException"><see cref="SensorFault.BrownOut"/> when the chip is back at its reset values.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public abstract void Check();

        /// <summary>Stops sampling.</summary>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public abstract void Stop();

        /// <summary>Empties the FIFO: the next sample delivered is the first one taken from now on, and nothing has been lost yet.</summary>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public void Begin()
        {
            _brokeOff = false;
            Empty();
            Flow.Begin(Clock.Microseconds);
        }

        /// <summary>Moves what the FIFO holds into the caller's array, oldest first: X, Y, Z, X, Y, Z ...</summary>
        /// <param name="xyz">Receives signed digits; times <see cref="GPerDigit"/> gives g.</param>
        /// <param name="offset">Index of the first number written.</param>
        /// <param name="maxSamples">Most samples to move; the array takes three numbers for each. What is left waits in the FIFO.</param>
        /// <returns>Whole samples moved, 0 when there is none yet.</returns>
        /// <exception cref="BusException">
        /// The chip did not answer. If it falls silent after samples were moved, these are returned, <see cref="Lost"/> counts,
        /// and the next call tells.
        /// </exception>
        /// <exception cref="SensorException">The chip answered what it cannot answer.</exception>
        [HotPath]
        public int ReadFifo(short[] xyz, int offset, int maxSamples)
        {
            int count = BeginRead(maxSamples);
            if (count == 0)
            {
                return 0;
            }

            int moved;
            try
            {
                moved = Drain(xyz, offset, count);
            }
            catch (BusException)
            {
                MarkGap(); // the samples under way may be gone
                throw;
            }

            EndRead(moved, count);
            return moved;
        }

        /// <summary>Computes the real sampling rate over the present run: a line through (time, samples) pairs. Once per block.</summary>
        /// <returns>Hertz, to 0.1 % after 10 s and often much sooner, see <see cref="RateMeter"/>; 0 while too little is known.</returns>
        [HotPath]
        public float MeasuredHertz()
        {
            return Flow.RunHertz();
        }

        /// <summary>Pushes the sensing element electrically and tells whether it moved as far as it must at 3.3 V.</summary>
        /// <remarks>Needs a machine at rest: vibration adds to what is measured. Afterwards the chip stands by; start it anew.</remarks>
        /// <param name="change">Receives how far X, Y and Z moved, in digits.</param>
        /// <returns>True when every axis moved within the data sheet's limits.</returns>
        /// <exception cref="InvalidOperationException">There is none, see <see cref="HasSelfTest"/>.</exception>
        /// <exception cref="SensorException">Another chip, a register did not keep its value, or no data came.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public abstract bool SelfTest(int[] change);

        /// <summary>Asks the chip how many samples it holds; calls <see cref="MarkGap"/> when it tells of an overrun since the last look.</summary>
        /// <returns>0 to <see cref="Depth"/>.</returns>
        [HotPath]
        protected abstract int ReadLevel();

        /// <summary>Moves samples; those the chip was found to hold.</summary>
        /// <param name="xyz">Receives digits.</param>
        /// <param name="offset">Index of the first number written.</param>
        /// <param name="count">Samples to move, 1 to <see cref="Level"/>.</param>
        /// <returns>Samples moved. Fewer than asked for after <see cref="MarkGap"/> where the chip fell silent or its data made no sense.</returns>
        /// <exception cref="BusException">It fell silent before anything was moved.</exception>
        [HotPath]
        protected abstract int Drain(short[] xyz, int offset, int count);

        /// <summary>Empties the FIFO.</summary>
        [HotPath]
        protected abstract void Empty();

        /// <summary>Tells how many of the samples held may be moved now: all, unless the chip is still collecting a snapshot.</summary>
        /// <param name="level">Samples held.</param>
        /// <returns>0 to <paramref name="level"/>.</returns>
        [HotPath]
        protected virtual int Ready(int level)
        {
            return level;
        }

        /// <summary>Tells whether a drain ended because something failed, which the next call then tells with <see cref="TellBreak"/>.</summary>
        /// <param name="moved">Samples moved.</param>
        /// <param name="count">Samples asked for.</param>
        /// <returns>True unless all were moved; a chip whose FIFO holds other things than samples knows better.</returns>
        [HotPath]
        protected virtual bool BrokeOff(int moved, int count)
        {
            return moved < count;
        }

        /// <summary>Tells, in place of reading, why the last drain ended early.</summary>
        /// <exception cref="BusException">The wire fell silent.</exception>
        [HotPath]
        protected virtual void TellBreak()
        {
            throw new BusException(Bus.Name, 0, BusStatus.Partial);
        }

        /// <summary>Takes over what the chip was set to. Called last in a start, with the FIFO empty.</summary>
        /// <param name="hertz">Nominal rate at which samples leave the driver, in hertz.</param>
        /// <param name="gPerDigit">Weight of one digit in g.</param>
        /// <param name="clipLow">Lowest digit of the range.</param>
        /// <param name="clipHigh">Highest digit of the range.</param>
        protected void SetScale(float hertz, float gPerDigit, int clipLow, int clipHigh)
        {
            NominalHertz = hertz;
            GPerDigit = gPerDigit;
            ClipLow = clipLow;
            ClipHigh = clipHigh;
            FastestPeriod = (int)(FastSecond / hertz);
            Overruns = 0;
            Level = 0;
            Flow.Reset(hertz, Clock.Microseconds);
        }

        /// <summary>Begins a read: tells what an earlier one left to tell, and looks. For drivers with more digits than a short holds.</summary>
        /// <param name="maxSamples">Most samples the caller wants.</param>
        /// <returns>Samples to move now; with 0 the read is over.</returns>
        [HotPath]
        protected int BeginRead(int maxSamples)
        {
            _told = false;
            if (_brokeOff)
            {
                _brokeOff = false;
                TellBreak();
            }

            Look();
            int ready = Ready(Level);
            return ready < maxSamples ? ready : maxSamples;
        }

        /// <summary>Ends a read: accounts for what was moved, and measures a gap that showed meanwhile.</summary>
        /// <param name="moved">Samples moved.</param>
        /// <param name="count">Samples that <see cref="BeginRead"/> said to move.</param>
        [HotPath]
        protected void EndRead(int moved, int count)
        {
            Flow.Deliver(moved);
            _brokeOff = BrokeOff(moved, count);
            if (Flow.HasOpenGap)
            {
                LookAgain();
            }
        }

        /// <summary>Says that samples were lost, or may have been. Their number follows from the next look.</summary>
        [HotPath]
        protected void MarkGap()
        {
            Flow.Break();
            if (!_told)
            {
                _told = true;
                Overruns++;
            }
        }

        /// <summary>Tells whether the FIFO can have overflowed since the last look, with so many samples moved out of it meanwhile.</summary>
        /// <remarks>For chips whose overrun flag is cleared by reading data: a pause of this program, such as a garbage collection, can fill the FIFO while it is being emptied.</remarks>
        /// <param name="moved">Samples moved since the look.</param>
        /// <returns>True when the time was long enough.</returns>
        [HotPath]
        protected bool MayHaveOverflowed(int moved)
        {
            return Clock.Microseconds - _lookBegan > (Depth - Level + moved) * (long)FastestPeriod;
        }

        /// <summary>Tells whether the FIFO can have overflowed between the last look and a burst that has just ended.</summary>
        /// <remarks>For chips that give many samples in one burst, each sample making room faster than the chip fills it.</remarks>
        /// <param name="burstMicroseconds">The least time the burst itself took; a figure too low errs towards true.</param>
        /// <returns>True when the time was long enough.</returns>
        [HotPath]
        protected bool MayHaveOverflowedBefore(int burstMicroseconds)
        {
            return Clock.Microseconds - _lookBegan - burstMicroseconds > (Depth - Level) * (long)FastestPeriod;
        }

        [HotPath]
        private void Look()
        {
            _lookBegan = Clock.Microseconds;
            int level = ReadLevel();
            LevelMicroseconds = Clock.Microseconds;
            Level = level;
            Flow.Look(LevelMicroseconds, level);
        }

        // The gap's length is told now, not after whatever the caller does next; a wire that fails now is the next call's news.
        [HotPath]
        private void LookAgain()
        {
            try
            {
                Look();
            }
            catch (BusException)
            {
                Level = 0;
            }
            catch (SensorException)
            {
                Level = 0;
            }
        }
    }
}
