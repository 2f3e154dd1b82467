using System;
using System.Collections.Generic;

namespace Sensors.Edge
{
    /// <summary>What a store holds, for reading; a collector may write the same file meanwhile. One thread at a time.</summary>
    public sealed class ReadingArchive : IDisposable
    {
        private const string Time = "(CASE clock WHEN 0 THEN arrived ELSE time END)"; // without UTC there is only the arrival

        private readonly bool _owns;

        internal ReadingArchive(Database database, bool owns)
        {
            Database = database;
            _owns = owns;
        }

        internal Database Database { get; }

        /// <summary>Opens a file for reading.</summary>
        /// <param name="path">The file.</param>
        /// <returns>What it holds.</returns>
        /// <exception cref="StoreException">There is no such file, it is of a newer version, or no store at all.</exception>
        public static ReadingArchive Open(string path)
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            return new ReadingArchive(Database.OpenForReading(path, StoreForm.Form), owns: true);
        }

        /// <summary>Gives messages one by one: by node, epoch and number; gaps in the order they came.</summary>
        /// <param name="kind">Readings, alarms or gaps.</param>
        /// <param name="filter">Which ones. Gaps are of no point.</param>
        /// <returns>The messages; enumerate to the end or dispose, and commit nothing meanwhile through the store this archive is of.</returns>
        /// <exception cref="StoreException">The file cannot be read.</exception>
        public IEnumerable<StoredMessage> Messages(StoreKind kind, ArchiveFilter filter)
        {
            ArgumentNullException.ThrowIfNull(filter);
            string sql = kind switch
            {
                StoreKind.Reading or StoreKind.Alarm =>
                    $"SELECT seq, arrived, payload FROM message WHERE stream = ?1 AND {Time} >= ?2 AND {Time} < ?3 AND kind = {(int)kind} AND (?4 = '' OR point IN (SELECT id FROM point WHERE name = ?4)) ORDER BY seq",
                StoreKind.Gap => $"SELECT 0, arrived, payload FROM gap WHERE stream = ?1 AND {Time} >= ?2 AND {Time} < ?3 AND ?4 = ?4 ORDER BY id",
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Readings, alarms or gaps."),
            };
            return Messages(kind, sql, filter);
        }

        /// <summary>Gives the messages that were refused last, oldest first.</summary>
        /// <returns>At most 1,000.</returns>
        /// <exception cref="StoreException">The file cannot be read.</exception>
        public IEnumerable<RefusedMessage> Refused()
        {
            using Statement row = Prepare("SELECT topic, reason, arrived, payload FROM refused ORDER BY id");
            while (Next(row)) { yield return new RefusedMessage(row.Text(0), row.Text(1), Moment(row.Integer(2)), row.Bytes(3)!); }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_owns) { Database.Dispose(); }
        }

        internal static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

        /// <summary>Until it is disposed, all reads see the file as it is now, whatever a collector writes meanwhile.</summary>
        internal Snapshot Freeze() => new(_owns ? this : null);

        internal Statement Prepare(string sql)
        {
            try
            {
                return Database.Prepare(sql);
            }
            catch (SqliteFailure failure)
            {
                throw Database.Explain(failure);
            }
        }

        internal bool Next(Statement statement)
        {
            try
            {
                return statement.Next();
            }
            catch (SqliteFailure failure)
            {
                throw Database.Explain(failure);
            }
        }

        private IEnumerable<StoredMessage> Messages(StoreKind kind, string sql, ArchiveFilter filter)
        {
            var streams = new List<(long Row, string Id, long Epoch)>();
            using (Statement stream = Prepare(
                "SELECT stream.id, node.name, stream.epoch FROM stream JOIN node ON node.id = stream.node WHERE ?1 = '' OR node.key = ?1 ORDER BY node.key, stream.epoch"))
            {
                stream.Bind(1, filter.Id?.ToLowerInvariant() ?? "");
                while (Next(stream)) { streams.Add((stream.Integer(0), stream.Text(1), stream.Integer(2))); }
            }

            using Statement message = Prepare(sql);
            message.Bind(2, filter.From?.ToUnixTimeMilliseconds() ?? long.MinValue).Bind(3, filter.To?.ToUnixTimeMilliseconds() ?? long.MaxValue).Bind(4, filter.Point ?? "");
            foreach ((long row, string id, long epoch) in streams)
            {
                message.Bind(1, row);
                while (Next(message)) { yield return new StoredMessage(kind, id, epoch, message.Integer(0), Moment(message.Integer(1)), message.Bytes(2)!); }
            }
        }

        /// <summary>A state of the file that stands still.</summary>
        internal readonly struct Snapshot : IDisposable
        {
            private readonly ReadingArchive? _archive;

            internal Snapshot(ReadingArchive? archive)
            {
                _archive = archive;
                Execute("BEGIN");
            }

            /// <inheritdoc/>
            public void Dispose() => Execute("COMMIT");

            private void Execute(string sql)
            {
                try
                {
                    _archive?.Database.Execute(sql);
                }
                catch (SqliteFailure failure)
                {
                    throw _archive!.Database.Explain(failure);
                }
            }
        }
    }
}
