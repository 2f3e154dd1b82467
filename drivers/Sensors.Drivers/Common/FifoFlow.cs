namespace Sensors.Drivers
{
    /// <summary>Keeps account of the samples of a FIFO: what the chip made, what was delivered, what was lost.</summary>
    /// <remarks>
    /// At each look at the FIFO: made = delivered + lost + held. After a gap, made = made before + elapsed time x measured rate, so
    /// lost is what remains: right to 1 sample + 0.1 % of the gap once the rate was measured over some seconds, and never 0 in all.
    /// The rate is that of the longest run without a gap, see <see cref="RateMeter"/>; before any, the nominal one. One thread at a time.
    /// </remarks>
    public sealed class FifoFlow
    {
        private const float MicrosecondsPerSecond = 1000000f;

        private readonly RateMeter _meter = new RateMeter();
        private float _rate;         // best known, in hertz
        private long _rateSpan;      // microseconds it was measured over; 0 for the nominal one
        private long _runStart;
        private long _looked;        // time of the last look
        private long _made;          // at the last look
        private long _delivered;
        private int _lost;
        private bool _gap;
        private bool _stopped;

        /// <summary>Gets the samples lost since the last <see cref="Begin"/>; at least 1 when any was.</summary>
        public int Lost
        {
            [HotPath]
            get { return _gap && _lost == 0 ? 1 : _lost; }
        }

        /// <summary>Gets whether a gap is known of whose length is not: the next look tells it.</summary>
        public bool HasOpenGap
        {
            [HotPath]
            get { return _gap; }
        }

        /// <summary>Forgets everything, the rate as well: the chip was set anew.</summary>
        /// <param name="nominalHertz">The rate it was set to, in hertz.</param>
        /// <param name="microseconds">Now; the FIFO is empty.</param>
        public void Reset(float nominalHertz, long microseconds)
        {
            Begin(microseconds); // first: it learns from the run that ends, which may have had another rate, or died
            _rate = nominalHertz;
            _rateSpan = 0;
        }

        /// <summary>Begins a new account with an empty FIFO; the rate stays known.</summary>
        /// <param name="microseconds">Now.</param>
        [HotPath]
        public void Begin(long microseconds)
        {
            Learn();
            _meter.Reset();
            _runStart = microseconds;
            _looked = microseconds;
            _made = 0;
            _delivered = 0;
            _lost = 0;
            _gap = false;
            _stopped = false;
        }

        /// <summary>Says that samples were lost, or may have been, since the last look.</summary>
        [HotPath]
        public void Break()
        {
            _gap = true;
        }

        /// <summary>Says that the chip has filled its FIFO and stopped, until the next <see cref="Begin"/>: the level no longer tells of time.</summary>
        [HotPath]
        public void Stop()
        {
            _stopped = true;
        }

        /// <summary>Takes a look at the FIFO.</summary>
        /// <param name="microseconds">When.</param>
        /// <param name="level">Samples it holds.</param>
        [HotPath]
        public void Look(long microseconds, int level)
        {
            long known = _delivered + _lost + level;
            if (_gap)
            {
                Learn(); // from the run that ends here
                double elapsed = _stopped ? 0 : microseconds - _looked;
                long made = _made + (long)((elapsed * _rate / MicrosecondsPerSecond) + 0.5);
                int missing = (int)(made - known);
                if (missing > 0)
                {
                    _lost += missing;
                }
                else if (_lost == 0)
                {
                    _lost = 1; // too short for the clock to tell, but not nothing
                }

                known = _delivered + _lost + level;
                _gap = false;
                _meter.Reset();
                _runStart = microseconds;
            }

            _made = known;
            if (!_stopped)
            {
                _looked = microseconds;
                _meter.Add(microseconds, known);
            }
        }

        /// <summary>Says how many samples were lost exactly, as chips with time stamps tell it, in place of what was estimated; closes the gap.</summary>
        /// <param name="lost">Samples lost since <see cref="Begin"/>, in all.</param>
        [HotPath]
        public void CloseGap(int lost)
        {
            _lost = lost;
            _made = _delivered + _lost;
            _gap = false;
            _meter.Reset();
            _runStart = _looked;
        }

        /// <summary>Says how many of the samples held at the last look were delivered.</summary>
        /// <param name="samples">0 or more.</param>
        [HotPath]
        public void Deliver(int samples)
        {
            _delivered += samples;
        }

        /// <summary>Computes the rate over the present run, that is, since <see cref="Begin"/> or the last gap. Once per block.</summary>
        /// <returns>Hertz; 0 while too little is known.</returns>
        [HotPath]
        public float RunHertz()
        {
            return _meter.Hertz();
        }

        /// <summary>Tells the best known rate: of the longest run so far, else the nominal one.</summary>
        /// <returns>Hertz.</returns>
        [HotPath]
        public float BestHertz()
        {
            Learn();
            return _rate;
        }

        // Longer runs are more exact; equally long ones are newer, and the chip's temperature may have changed.
        [HotPath]
        private void Learn()
        {
            long span = _looked - _runStart;
            if (span < _rateSpan - (_rateSpan / 8) || span <= 0)
            {
                return;
            }

            float rate = _meter.Hertz();
            if (rate > 0)
            {
                _rate = rate;
                _rateSpan = span;
            }
        }
    }
}
