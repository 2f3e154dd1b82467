namespace Sensors.Node
{
    /// <summary>Has the journal say what of the epochs before will not come, durably, once each, and begins the present epoch there.</summary>
    public sealed class EpochCloser
    {
        private readonly Journal _journal;
        private readonly Incarnation _incarnation;
        private readonly string _identifier;
        private readonly Clock _clock;

        /// <summary>Makes it, and begins the present epoch in the journal.</summary>
        /// <param name="journal">The journal, scanned.</param>
        /// <param name="incarnation">The node's incarnation, begun.</param>
        /// <param name="identifier">The node's identifier.</param>
        /// <param name="clock">The node's time.</param>
        public EpochCloser(Journal journal, Incarnation incarnation, string identifier, Clock clock)
        {
            _journal = journal;
            _incarnation = incarnation;
            _identifier = identifier;
            _clock = clock;

            // Nothing of an epoch is in the journal before those ahead of it are closed. So these are, should a file that knew it be damaged.
            UnclosedEpochs unclosed = incarnation.Unclosed;
            int ahead = 0;
            while (ahead < unclosed.Count && unclosed.Epoch(ahead) != journal.LastEpoch)
            {
                ahead++;
            }

            for (bool found = ahead < unclosed.Count; found && ahead > 0; ahead--)
            {
                unclosed.RemoveFirst();
            }

            Begin();
        }

        /// <summary>Closes what is not closed yet. Nothing of the present epoch may be in the journal before that.</summary>
        /// <returns>False when the volume refused something.</returns>
        /// <remarks>
        /// One after the other, each noted before the next: the journal tells that an epoch is closed already only as long as nothing else
        /// came behind it.
        /// </remarks>
        public bool TryClose()
        {
            if (!_incarnation.IsDurable)
            {
                _incarnation.Repair();
            }

            UnclosedEpochs unclosed = _incarnation.Unclosed;
            while (_incarnation.IsDurable && unclosed.Count > 0)
            {
                bool closed = _journal.CloseEpoch(unclosed.Identifier(0), unclosed.Epoch(0), unclosed.From(0), unclosed.To(0));
                Begin();
                if (!closed)
                {
                    return false;
                }

                _incarnation.Closed();
            }

            return _incarnation.IsDurable;
        }

        private void Begin()
        {
            _journal.Begin(_identifier, _incarnation.Epoch, _clock);
        }
    }
}
