namespace Sensors.Edge
{
    /// <summary>The tables of a store of readings.</summary>
    internal static class StoreForm
    {
        // The indexes make sure that nothing is there twice. Numbers of a stream follow each other in its index, messages in the order they came.
        private const string Schema = """
            CREATE TABLE node (
                id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
                meta BLOB, meta_arrived INTEGER, status BLOB, status_arrived INTEGER, status_epoch INTEGER);
            CREATE TABLE point (id INTEGER PRIMARY KEY, name TEXT NOT NULL, measured TEXT NOT NULL, UNIQUE (name, measured));
            CREATE TABLE stream (
                id INTEGER PRIMARY KEY, node INTEGER NOT NULL, epoch INTEGER NOT NULL,
                upto INTEGER NOT NULL, highest INTEGER NOT NULL, readings INTEGER NOT NULL, alarms INTEGER NOT NULL, duplicates INTEGER NOT NULL, late INTEGER NOT NULL,
                first INTEGER, last INTEGER, unset INTEGER NOT NULL, holdover INTEGER NOT NULL, synced INTEGER NOT NULL, uncertainty INTEGER,
                UNIQUE (node, epoch));
            CREATE TABLE message (
                id INTEGER PRIMARY KEY, stream INTEGER NOT NULL, seq INTEGER NOT NULL, kind INTEGER NOT NULL, point INTEGER NOT NULL,
                time INTEGER NOT NULL, clock INTEGER NOT NULL, uncertainty INTEGER, arrived INTEGER NOT NULL, payload BLOB NOT NULL);
            CREATE UNIQUE INDEX message_number ON message (stream, seq);
            CREATE TABLE gap (
                id INTEGER PRIMARY KEY, stream INTEGER NOT NULL, reason TEXT NOT NULL, count INTEGER, ranges TEXT NOT NULL,
                time INTEGER NOT NULL, clock INTEGER NOT NULL, uncertainty INTEGER, arrived INTEGER NOT NULL, payload BLOB NOT NULL,
                UNIQUE (stream, reason, ranges));
            CREATE TABLE gap_range (
                stream INTEGER NOT NULL, last INTEGER NOT NULL, first INTEGER NOT NULL, gap INTEGER NOT NULL, PRIMARY KEY (stream, last, first, gap)) WITHOUT ROWID;
            CREATE TABLE refused (id INTEGER PRIMARY KEY, topic TEXT NOT NULL, reason TEXT NOT NULL, arrived INTEGER NOT NULL, payload BLOB NOT NULL);
            CREATE VIEW reading AS
                SELECT node.name AS id, stream.epoch, message.seq, point.name AS point, point.measured AS kind, message.time AS ts, message.clock,
                    message.uncertainty, message.arrived, CAST(message.payload AS TEXT) AS message
                FROM message JOIN stream ON stream.id = message.stream JOIN node ON node.id = stream.node JOIN point ON point.id = message.point
                WHERE message.kind = 0;
            CREATE VIEW lost AS
                SELECT node.name AS id, stream.epoch, gap_range.first, gap_range.last, gap.reason, gap.count, gap.time AS ts, gap.clock, gap.arrived
                FROM gap_range JOIN gap ON gap.id = gap_range.gap JOIN stream ON stream.id = gap.stream JOIN node ON node.id = stream.node;
            """;

        /// <summary>Gets the form a store has.</summary>
        internal static DatabaseForm Form { get; } = new(0x536E7372, 1, Schema); // "Snsr"
    }
}
