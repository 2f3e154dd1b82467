namespace Sensors.Node
{
    /// <content>Making room: neighbouring segments become one.</content>
    public sealed partial class Journal
    {
        private const int FreeToSpare = 6;  // of which others need some
        private const int FreeWanted = 3;   // a block for the segment, one for its copy while it is written, one for thinning
        private const int SealBytes = JournalForm.FrameHead + JournalForm.SealBody;
        private const int MostPoints = 16;

        // Of so many readings of a point (second) so many are kept (first), until it fits.
        private static readonly byte[] Kept = { 1, 2, 1, 1, 1 };
        private static readonly byte[] Of = { 2, 5, 3, 4, 8 };

        private readonly int[] _points = new int[MostPoints];  // a sum over the name of each point met
        private readonly byte[] _shares = new byte[MostPoints];
        private readonly byte[] _none = new byte[0];
        private int _pointCount;
        private bool _isUntidy;      // a file that is to go could not be deleted
        private bool _writes;
        private string _mergeName;
        private int _mergeBytes;
        private int _mergeRecords;
        private int _mergeThinned;   // in all
        private int _sectionThinned; // in the section, before included
        private long _utcEpoch;      // an epoch whose start became known in the second segment
        private long _utc;
        private ClockState _utcState;

        // What cannot be merged takes no room from the rest as long as the volume has some to spare: a segment that is damaged, the one that is on
        // its way, and alarms, which are never thinned.
        private bool MakeRoom()
        {
            int failures = WriteFailures;
            while (_index.Sound - (_loaded && _index.Generation(0) != JournalIndex.Unsound ? 1 : 0) >= _limit || FreeBlocks() < FreeWanted)
            {
                if (!MergeOne()) { return WriteFailures == failures && FreeBlocks() >= FreeToSpare; }
            }

            return true;
        }

        private int FreeBlocks()
        {
            string[] names = _volume.List();
            int blocks = FolderBlocks;
            for (int i = 0; i < names.Length; i++)
            {
                if (names[i] == null) { continue; }
                int length = names[i].Length > 0 && names[i][0] == 'j' ? 0 : _volume.Read(names[i], _none);
                blocks += length <= Volume.BlockBytes ? 1 : (length + Volume.BlockBytes - 1) / Volume.BlockBytes;
            }

            return (_volume.CapacityBytes / Volume.BlockBytes) - blocks;
        }

        // Makes one segment of two. What fits together is joined as it is; else the lowest generation is thinned, and of it the oldest.
        private bool MergeOne()
        {
            if (!Tidy()) { return false; }
            int start = _loaded ? 1 : 0;
            int failures = WriteFailures;
            for (int i = start; i + 1 < _index.Count; i++)
            {
                if (!CanMerge(i) || _index.Size(i) + _index.Size(i + 1) + (2 * SealBytes) > JournalForm.MostBytes) { continue; }
                if (TryMerge(i, 1, 1) || IsDamageFound(i)) { return true; }
                if (WriteFailures != failures) { return false; }
            }

            while (true)
            {
                int best = -1;
                int bestGeneration = JournalIndex.Unsound;
                for (int i = start; i + 1 < _index.Count; i++)
                {
                    int generation = _index.Generation(i) > _index.Generation(i + 1) ? _index.Generation(i) : _index.Generation(i + 1);
                    if (CanMerge(i) && generation < bestGeneration)
                    {
                        best = i;
                        bestGeneration = generation;
                    }
                }

                if (best < 0) { return false; }
                for (int i = 0; i < Of.Length; i++)
                {
                    if (TryMerge(best, Kept[i], Of[i]) || IsDamageFound(best)) { return true; }
                    if (WriteFailures != failures) { return false; }
                }

                _index.Stick(best);
            }
        }

        // Deletes files that mean nothing any more but could not be deleted when they should. While one stays, nothing is merged, begun or taken
        // away: it would speak again at the next start, or be written to.
        private bool Tidy()
        {
            if (!_isUntidy) { return true; }
            string[] names = _volume.List();
            for (int i = 0; i < names.Length; i++)
            {
                if (Parse(names[i]) && !_index.Has(_parsedLow, _parsedHigh) && !Delete(names[i])) { return false; }
            }

            _isUntidy = false;
            return true;
        }

        private bool IsDamageFound(int index)
        {
            return _index.Generation(index) == JournalIndex.Unsound || _index.Generation(index + 1) == JournalIndex.Unsound;
        }

        private bool CanMerge(int index)
        {
            return !_index.IsStuck(index) && _index.Generation(index) != JournalIndex.Unsound && _index.Generation(index + 1) != JournalIndex.Unsound;
        }

        // Measures first, so that nothing is written that does not fit.
        private bool TryMerge(int index, int kept, int of)
        {
            int generation = _index.Generation(index) > _index.Generation(index + 1) ? _index.Generation(index) : _index.Generation(index + 1);
            if (kept < of && generation < JournalForm.MostGeneration) { generation++; }
            _utcEpoch = 0;
            _writes = false;
            if (!Merge(index, kept, of, generation)) { return false; }
            if (kept < of && _mergeThinned == 0) { return false; } // nothing to take: alarms and gaps
            _writes = true;
            _mergeName = JournalForm.Name(_index.Low(index), _index.High(index + 1), _index.Epoch(index));
            try
            {
                if (!Merge(index, kept, of, generation))
                {
                    Drop(_mergeName); // what is read changed between two readings of it
                    return false;
                }
            }
            catch (VolumeException)
            {
                WriteFailures++;
                Drop(_mergeName);
                return false;
            }

            int low = _index.Low(index);
            int high = _index.High(index + 1);
            long epoch = _index.Epoch(index);
            Drop(_index.Name(index));
            Drop(_index.Name(index + 1));
            _index.Remove(index + 1);
            _index.Remove(index);
            index = _index.Insert(low, high, epoch);
            _index.Set(index, _mergeBytes, _mergeRecords, generation);
            Thinned += _mergeThinned;
            return true;
        }

        private bool Merge(int index, int kept, int of, int generation)
        {
            JournalSegment source = _source;
            JournalWriter writer = _writer;
            string identifier = null;
            long epoch = 0;
            long end = 0;
            writer.Length = 0;
            _pointCount = 0;
            _mergeBytes = 0;
            _mergeRecords = 0;
            _mergeThinned = 0;
            _sectionThinned = 0;
            for (int part = index; part <= index + 1; part++)
            {
                Load(source, part);
                int sections = 0;
                JournalStep step = source.NextStored();
                while (step != JournalStep.End)
                {
                    if (source.Damaged) { return Spare(part); }

                    if (source.Sections != sections)
                    {
                        sections = source.Sections;
                        if (source.Epoch != epoch || source.Identifier != identifier)
                        {
                            if (epoch != 0) { EndSection(generation, false, end); }
                            epoch = source.Epoch;
                            identifier = source.Identifier;
                            BeginSection(source);
                        }
                        else if (source.State != ClockState.Unset)
                        {
                            _utcEpoch = epoch;
                            _utc = source.UtcAtStart;
                            _utcState = source.State;
                        }
                    }

                    if (step == JournalStep.Seal)
                    {
                        _sectionThinned += source.SectionThinned;
                        end = source.SectionEnd;
                    }
                    else if (source.Entry[1] >= AlarmRecord.Kind || IsKept(source.Entry, kept, of))
                    {
                        Keep(source);
                    }
                    else
                    {
                        _mergeThinned++;
                        _sectionThinned++;
                    }

                    if (_mergeBytes + writer.Length > JournalForm.MostBytes)
                    {
                        Discard();
                        return false;
                    }

                    step = source.NextStored();
                }

                if (source.Damaged) { return Spare(part); }
            }

            EndSection(generation, true, end);
            bool fits = _mergeBytes + writer.Length <= JournalForm.MostBytes;
            if (fits) { Flush(); }
            Discard();
            return fits;
        }

        // A damaged segment stays as it is, and says so when it is delivered.
        private bool Spare(int part)
        {
            _index.Set(part, _index.Size(part), _index.RecordsOf(part), JournalIndex.Unsound);
            Discard();
            return false;
        }

        private void BeginSection(JournalSegment source)
        {
            if (_writer.Length + JournalForm.MostHead > JournalWriter.MostBatch) { Flush(); }
            JournalWalk walk = source.Walk;
            bool better = source.State == ClockState.Unset && _utcEpoch == source.Epoch;
            _writer.Begin(source.Identifier, source.Epoch, walk.After, walk.EpochBefore, walk.HighBefore,
                better ? _utc : source.UtcAtStart, better ? _utcState : source.State);
            _sectionThinned = 0;
        }

        private void EndSection(int generation, bool isEnd, long end)
        {
            if (_writer.Length + SealBytes > JournalWriter.MostBatch) { Flush(); }
            _writer.Seal(generation, isEnd, end, _sectionThinned);
        }

        private void Keep(JournalSegment source)
        {
            if (!_writer.Add(source.Entry, 0, source.EntryLength, JournalWriter.MostBatch))
            {
                Flush();
                _writer.Add(source.Entry, 0, source.EntryLength, JournalWriter.MostBatch);
            }

            _mergeRecords++;
        }

        private void Flush()
        {
            if (_writes)
            {
                _volume.Append(_mergeName, _writer.Bytes, 0, _writer.Length);
                Closes++;
                WrittenBytes += _writer.Length;
            }

            _mergeBytes += _writer.Length;
            _writer.Length = 0;
        }

        private bool IsKept(byte[] record, int kept, int of)
        {
            int sum = record[1];
            for (int i = 3; i < 3 + record[2]; i++) { sum = (sum * 31) + record[i]; }
            int point = 0;
            while (point < _pointCount && _points[point] != sum) { point++; }
            if (point == _pointCount)
            {
                if (point == MostPoints) { point = sum & (MostPoints - 1); } // shares with another
                else
                {
                    _points[point] = sum;
                    _shares[point] = (byte)(of - kept); // the first is kept
                    _pointCount++;
                }
            }

            int share = _shares[point] + kept;
            bool keep = share >= of;
            _shares[point] = (byte)(keep ? share - of : share);
            return keep;
        }
    }
}
