namespace Sensors.Drivers
{
    // "Timestamp": each 32nd sample is stamped by the oscillator that makes the samples. So between two stamps the chip made exactly as many
    // samples as the difference says, whatever a count is worth: the driver learns counts per sample from runs without a gap.
    // After a gap, samples up to the next stamp are thrown away and counted with the lost: from there on every sample's number is known again.
    public sealed partial class Iis3dwb
    {
        private const int LearntEnough = 1 << 16;           // samples; the ratio stands long before
        private const int FirstDoubts = 2;                  // one stamp may have been garbled on the wire; two that agree were not
        private const int LastDoubts = 4;
        private const int NoRun = int.MinValue / 2;         // counting on from here stays below 0
        private const int CountsPerSampleLimit = 8;         // 3 or 1.5 (12.5 or 25 us a count); more is no stamp

        private int _skipped;           // samples of the chip since the last one delivered
        private int _kept;              // samples of the chip since the anchor, delivered or left out by the mode
        private int _run;               // samples since the last stamp; less than 0 when some may be missing
        private uint _stamp;            // the last one
        private uint _anchor;           // the last stamp at which the account was exact
        private long _anchorMicroseconds;
        private int _anchorLost;        // lost samples known then
        private bool _anchored;
        private bool _discards;
        private int _doubts;
        private int _countsLearnt;      // counts of the chip's timer in ...
        private int _samplesLearnt;     // ... so many samples

        [HotPath]
        private void ForgetRun()
        {
            _count = -1;
            _run = NoRun;
        }

        /// <summary>Samples were lost, or may have been.</summary>
        [HotPath]
        private void Lose()
        {
            MarkGap();
            _lapse = true;
            ForgetRun();
            _discards = _anchored; // before the first stamp there is nothing to count from: the clock must do
        }

        // Samples among so many slots. Off by one at most before the first stamp.
        [HotPath]
        private int SamplesIn(int slots)
        {
            if (_snapshot)
            {
                return slots;
            }

            int ahead = _run < 0 ? StampSpacing : StampSpacing - _run; // samples in front of the next stamp
            return slots <= ahead ? slots : slots - 1 - ((slots - ahead - 1) / (StampSpacing + 1));
        }

        [HotPath]
        private void TakeStamp(uint stamp)
        {
            Learn((int)(stamp - _stamp), _run);
            _stamp = stamp;
            _run = 0;
            if (!_anchored)
            {
                if (!Flow.HasOpenGap)
                {
                    Anchor(stamp);
                }

                return;
            }

            if (_countsLearnt == 0)
            {
                return; // a gap before the second stamp: the next run tells
            }

            long made = (((long)(stamp - _anchor) * _samplesLearnt) + (_countsLearnt / 2)) / _countsLearnt;
            long missing = made - _kept;
            if (missing == 0 && !_discards)
            {
                Anchor(stamp);
                return;
            }

            // A gap that is known takes the first stamp the clock does not contradict; one that nothing else has shown, the second.
            bool plausible = made <= ((LevelMicroseconds - _anchorMicroseconds) / _fastest) + (2 * FifoSlots);
            int enough = plausible ? FirstDoubts : LastDoubts;
            _doubts += plausible && _discards ? FirstDoubts : 1;
            if (_doubts < enough)
            {
                return;
            }

            if (!_discards)
            {
                MarkGap(); // found late
            }

            if (plausible)
            {
                Flow.CloseGap(_anchorLost + LeaveOut((int)missing));
            }

            Anchor(stamp);
        }

        // Moves the account over samples that are missing.
        [HotPath]
        private int LeaveOut(int missing)
        {
            if (missing < 0)
            {
                return missing / _every; // takes back what a garbled stamp had claimed
            }

            int raw = _skipped + missing;
            int lost = raw / _every;
            _skipped = raw - (lost * _every); // the phase goes on as if they had been there
            return lost;
        }

        [HotPath]
        private void Anchor(uint stamp)
        {
            _anchor = stamp;
            _anchorMicroseconds = LevelMicroseconds;
            _anchorLost = Flow.Lost;
            _anchored = true;
            _discards = false;
            _kept = 0;
            _doubts = 0;
        }

        [HotPath]
        private void Learn(int counts, int samples)
        {
            // The first stamps teach; later ones may be off by one count: more is not the same run, or a garbled stamp.
            long off = ((long)counts * _samplesLearnt) - ((long)samples * _countsLearnt);
            if (samples <= 0 || counts <= 0 || counts > CountsPerSampleLimit * samples || _samplesLearnt >= LearntEnough
                || off > _samplesLearnt || off < -_samplesLearnt)
            {
                return;
            }

            _countsLearnt += counts;
            _samplesLearnt += samples;
        }
    }
}
