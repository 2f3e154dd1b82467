namespace Sensors.Node
{
    /// <content>What is found on the volume at start.</content>
    public sealed partial class Journal
    {
        private int _parsedLow;
        private int _parsedHigh;
        private long _parsedEpoch;

        /// <summary>Reads what is on the volume: finishes what a power cut broke off, and removes what was never whole.</summary>
        public void Scan()
        {
            string[] names = _volume.List();
            _index.Clear(names.Length > _limit + 1 ? names.Length : _limit + 1);
            _nextOrder = 1;
            _open = false;
            _loaded = false;
            _epoch = 0;
            High = 0;
            _lastEpoch = 0;
            _lastHigh = 0;
            _lastUnsound = false;
            LatestUtc = 0;
            _isUntidy = false;
            Discard();
            for (int i = 0; i < names.Length; i++) { Meet(names[i]); }
            FinishMerges();
            ReadNewest();
        }

        private void Meet(string name)
        {
            if (!Parse(name)) { return; }
            int low = _parsedLow;
            int high = _parsedHigh;
            int length = _volume.Read(name, _source.Bytes);
            if (high >= _nextOrder) { _nextOrder = high + 1; }
            if (length == 0)
            {
                Drop(name); // made, and never closed
                return;
            }

            int index = _index.Insert(low, high, _parsedEpoch);
            Look(index, length > JournalForm.MostBytes ? JournalForm.MostBytes : length, high > low);
        }

        // Reads a name; false when the file is none of the journal's.
        private bool Parse(string name)
        {
            int at = 1;
            if (name == null || name.Length < 4 || name[0] != 'j') { return false; }
            long low = JournalForm.FromHex(name, ref at);
            long high = low;
            if (at < name.Length && name[at] == '-')
            {
                at++;
                high = JournalForm.FromHex(name, ref at);
            }

            if (low < 1 || high < low || high > int.MaxValue - 1 || at >= name.Length || name[at++] != '.') { return false; }
            _parsedLow = (int)low;
            _parsedHigh = (int)high;
            _parsedEpoch = JournalForm.FromHex(name, ref at);
            return _parsedEpoch > 0 && at == name.Length;
        }

        // Counts what is in a file that was just read, without unpacking.
        private void Look(int index, int length, bool merged)
        {
            JournalWalk walk = _source.Walk;
            walk.Begin(length < 0 ? 0 : length);
            JournalStep step = walk.Next(false);
            bool sound = step == JournalStep.Head;
            int records = 0;
            int generation = 0;
            JournalStep before = step;
            while (step != JournalStep.End)
            {
                if (step == JournalStep.Head && walk.UtcAtStart > LatestUtc) { LatestUtc = walk.UtcAtStart; }
                if (step == JournalStep.Record) { records++; }
                if (step == JournalStep.Seal && walk.Generation > generation) { generation = walk.Generation; }
                before = step;
                step = walk.Next(false);
            }

            sound = sound && (!merged || (before == JournalStep.Seal && walk.IsEnd));
            _index.Set(index, length < 0 ? 0 : length, records, sound ? generation : JournalIndex.Unsound);
        }

        // A merged segment and those it was made of: a power cut came between.
        private void FinishMerges()
        {
            for (int i = 0; i < _index.Count; i++)
            {
                int parts = 0;
                int end = 0;
                while (i + 1 + parts < _index.Count && _index.High(i + 1 + parts) <= _index.High(i))
                {
                    parts++;
                    end = _index.High(i + parts);
                }

                if (parts == 0) { continue; }
                bool all = _index.Low(i + 1) == _index.Low(i) && end == _index.High(i);
                if (_index.Generation(i) == JournalIndex.Unsound && all)
                {
                    Drop(_index.Name(i));
                    _index.Remove(i);
                    i--;
                    continue;
                }

                for (; parts > 0; parts--)
                {
                    Drop(_index.Name(i + 1));
                    _index.Remove(i + 1);
                }
            }
        }

        // How far the last epoch came, and when.
        private void ReadNewest()
        {
            int newest = _index.Count - 1;
            for (int index = newest; index >= 0; index--)
            {
                Load(_source, index);
                long epoch = 0;
                long high = 0;
                JournalStep step = _source.NextStored();
                while (step != JournalStep.End && _source.Sections > 0)
                {
                    if (step == JournalStep.Record) { MeetTime(); }
                    if (step == JournalStep.Seal)
                    {
                        epoch = _source.Epoch;
                        high = _source.SectionEnd;
                    }

                    step = _source.NextStored();
                }

                if (epoch != 0)
                {
                    if (!_lastUnsound) { _lastEpoch = epoch; }
                    if (_lastEpoch == epoch) { _lastHigh = high; }
                    if (_source.IsTorn) { _lastUnsound = true; } // until the epoch is closed: one that ended on purpose tore nothing, and has lost what is not sound
                    return;
                }

                _lastUnsound = true;
                _lastEpoch = _index.Epoch(newest);
            }
        }

        private void MeetTime()
        {
            byte[] record = _source.Entry;
            int at = 9 + record[2];
            long time = (LittleEndian.Get(record, at, 6) << 16) >> 16;
            if ((record[at + 6] & 3) == 0) { time = _source.UtcAtStart > 0 ? _source.UtcAtStart + time : 0; }
            if (time > LatestUtc) { LatestUtc = time; }
        }
    }
}
