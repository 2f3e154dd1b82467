using System;

namespace Sensors.Edge
{
    /// <summary>Reads from the rows which numbers of a stream are stored or covered by a gap.</summary>
    internal sealed class SettledNumbers(Database database) : IDisposable
    {
        private readonly Statement _numbers = database.Prepare("SELECT seq FROM message WHERE stream = ?1 AND seq > ?2 ORDER BY seq");
        private readonly Statement _ranges = database.Prepare("SELECT first, last FROM gap_range WHERE stream = ?1 AND last > ?2");

        /// <summary>Reads them.</summary>
        /// <param name="stream">The stream's row.</param>
        /// <param name="upTo">Up to here nothing was missing when the stream's row was written, so the rows above are enough.</param>
        /// <param name="settled">Gets the numbers.</param>
        internal void Read(long stream, long upTo, RangeSet settled)
        {
            if (upTo > 0) { settled.Add(1, upTo); }
            _numbers.Bind(1, stream).Bind(2, upTo);
            while (_numbers.Next()) { settled.Add(_numbers.Integer(0)); }
            _ranges.Bind(1, stream).Bind(2, upTo);
            while (_ranges.Next()) { settled.Add(_ranges.Integer(0), _ranges.Integer(1)); }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _numbers.Dispose();
            _ranges.Dispose();
        }
    }
}
