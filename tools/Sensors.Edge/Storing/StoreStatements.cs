using System;

namespace Sensors.Edge
{
    /// <summary>The store's prepared statements.</summary>
    internal sealed class StoreStatements : IDisposable
    {
        private readonly Statement _setStream;
        private readonly Statement _findNode;
        private readonly Statement _findVolumes;
        private readonly Statement _findStream;
        private readonly SettledNumbers _settled;
        private readonly Statement _findPoint;
        private readonly Statement _addPoint;

        internal StoreStatements(Database database)
        {
            Begin = database.Prepare("BEGIN IMMEDIATE");
            Commit = database.Prepare("COMMIT");
            AddMessage = database.Prepare(
                "INSERT INTO message (stream, seq, kind, point, time, clock, uncertainty, arrived, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING");
            AddGap = database.Prepare(
                "INSERT INTO gap (stream, reason, count, ranges, time, clock, uncertainty, arrived, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING");
            AddGapRange = database.Prepare("INSERT INTO gap_range (stream, last, first, gap) VALUES (?1, ?2, ?3, ?4)");
            AddNode = database.Prepare("INSERT INTO node (key, name) VALUES (?1, ?2)");
            AddStream = database.Prepare(
                "INSERT INTO stream (node, epoch, upto, highest, readings, alarms, duplicates, late, unset, holdover, synced) VALUES (?1, ?2, 0, 0, 0, 0, 0, 0, 0, 0, 0)");
            SetMeta = database.Prepare("UPDATE node SET meta = ?2, meta_arrived = ?3 WHERE id = ?1");
            // The will of an earlier start may come after the greeting of this one.
            SetStatus = database.Prepare(
                "UPDATE node SET status = ?2, status_arrived = ?3, status_epoch = ?4 WHERE id = ?1 AND (status_epoch IS NULL OR status_epoch <= ?4 OR status_epoch >> 20 <> ?4 >> 20)");
            AddRefused = database.Prepare("INSERT INTO refused (topic, reason, arrived, payload) VALUES (?1, ?2, ?3, ?4)");
            TrimRefused = database.Prepare("DELETE FROM refused WHERE id <= (SELECT max(id) FROM refused) - ?2 AND ?1 > 0");
            _setStream = database.Prepare(
                "UPDATE stream SET upto = ?2, highest = ?3, readings = ?4, alarms = ?5, duplicates = ?6, late = ?7, first = ?8, last = ?9, unset = ?10, holdover = ?11, synced = ?12, uncertainty = ?13 WHERE id = ?1");
            _findNode = database.Prepare("SELECT id, status_epoch FROM node WHERE key = ?1");
            _findVolumes = database.Prepare(
                """
                SELECT DISTINCT gap.id, gap.payload FROM stream JOIN gap_range ON gap_range.stream = stream.id JOIN gap ON gap.id = gap_range.gap
                WHERE stream.node = ?1 AND (gap_range.first = 1 OR gap.reason = ?2) ORDER BY gap.id
                """);
            _findStream = database.Prepare(
                "SELECT id, upto, highest, readings, alarms, duplicates, late, first, last, unset, holdover, synced, uncertainty FROM stream WHERE node = ?1 AND epoch = ?2");
            _settled = new SettledNumbers(database);
            _findPoint = database.Prepare("SELECT id FROM point WHERE name = ?1 AND measured = ?2");
            _addPoint = database.Prepare("INSERT INTO point (name, measured) VALUES (?1, ?2)");
        }

        internal Statement Begin { get; }

        internal Statement Commit { get; }

        internal Statement AddMessage { get; }

        internal Statement AddGap { get; }

        internal Statement AddGapRange { get; }

        internal Statement AddNode { get; }

        internal Statement AddStream { get; }

        internal Statement SetMeta { get; }

        internal Statement SetStatus { get; }

        internal Statement AddRefused { get; }

        internal Statement TrimRefused { get; }

        internal void SetProbe(Action? probe)
        {
            foreach (Statement each in All()) { each.Probe = probe; }
        }

        internal void Write(StreamState stream) => _setStream
            .Bind(1, stream.Row).Bind(2, stream.Settled.UpTo).Bind(3, stream.Highest).Bind(4, stream.Readings).Bind(5, stream.Alarms).Bind(6, stream.Duplicates)
            .Bind(7, stream.Late).Bind(8, stream.First).Bind(9, stream.Last).Bind(10, stream.Unset).Bind(11, stream.Holdover).Bind(12, stream.Synced)
            .Bind(13, stream.Uncertainty).Run();

        internal NodeState? LoadNode(string key)
        {
            if (!_findNode.Bind(1, key).Next()) { return null; }
            var node = new NodeState { Row = _findNode.Integer(0), Present = _findNode.Optional(1) };
            _findNode.Reset();
            _findVolumes.Bind(1, node.Row).Bind(2, GapMessage.NewVolume);
            while (_findVolumes.Next()) { node.Enter(GapMessage.Parse(_findVolumes.Bytes(1)), _findVolumes.Integer(0)); }
            return node;
        }

        internal StreamState? LoadStream(long node, long epoch)
        {
            Statement row = _findStream.Bind(1, node).Bind(2, epoch);
            if (!row.Next()) { return null; }
            long upTo = row.Integer(1);
            var stream = new StreamState
            {
                Row = row.Integer(0),
                Epoch = epoch,
                Highest = row.Integer(2),
                Readings = row.Integer(3),
                Alarms = row.Integer(4),
                Duplicates = row.Integer(5),
                Late = row.Integer(6),
                First = row.Optional(7),
                Last = row.Optional(8),
                Unset = row.Integer(9),
                Holdover = row.Integer(10),
                Synced = row.Integer(11),
                Uncertainty = row.Optional(12),
            };
            row.Reset();
            _settled.Read(stream.Row, upTo, stream.Settled);
            return stream;
        }

        internal long PointOf(string name, string measured, Database database)
        {
            if (_findPoint.Bind(1, name).Bind(2, measured).Next())
            {
                long row = _findPoint.Integer(0);
                _findPoint.Reset();
                return row;
            }

            _addPoint.Bind(1, name).Bind(2, measured).Run();
            return database.LastRow;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            foreach (Statement each in All()) { each.Dispose(); }
            _settled.Dispose();
        }

        private Statement[] All() =>
        [
            Begin, Commit, AddMessage, AddGap, AddGapRange, AddNode, AddStream, SetMeta, SetStatus, AddRefused, TrimRefused,
            _setStream, _findNode, _findVolumes, _findStream, _findPoint, _addPoint,
        ];
    }
}
