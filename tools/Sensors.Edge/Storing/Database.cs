using System;
using System.IO;
using SQLitePCL;

namespace Sensors.Edge
{
    /// <summary>A connection to an SQLite database that is a store, or becomes one.</summary>
    internal sealed class Database : IDisposable
    {
        private const int Application = 0x536E7372; // "Snsr", in the file's header
        private const int Version = 1;
        private const int Patience = 2000; // ms, while another program has the file to itself for a moment

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

        private readonly sqlite3 _handle;
        private readonly string _name;

        static Database() => Batteries_V2.Init();

        private Database(sqlite3 handle, string name)
        {
            _handle = handle;
            _name = name;
        }

        /// <summary>Opens a file and makes it a store if it is empty.</summary>
        internal static Database OpenForWriting(string path) => Prepared(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_FULLMUTEX, database =>
        {
            database.Execute("PRAGMA page_size = 8192");
            database.MakeOrCheck();
            database.Execute("PRAGMA journal_mode = WAL");
            database.Execute("PRAGMA synchronous = FULL"); // the write-ahead log is on the disk before a commit returns
            database.Execute("PRAGMA fullfsync = 1"); // on a Mac, on the disk and not in its cache
            database.Execute("PRAGMA cache_size = -65536"); // 64 MiB hold the pages of the largest batch: none is written twice
            database.Execute("PRAGMA wal_autocheckpoint = 4000"); // 32 MiB: a page of the index is copied once for several batches
        });

        /// <summary>Opens a file to read it.</summary>
        internal static Database OpenForReading(string path)
        {
            if (!File.Exists(path)) { throw new StoreException($"There is no file {path}."); }
            return Prepared(path, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_FULLMUTEX, database => database.Check());
        }

        /// <summary>Makes a store that ends with the process.</summary>
        internal static Database InMemory() => Prepared(":memory:", raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_MEMORY | raw.SQLITE_OPEN_NOMUTEX, database =>
        {
            database.Execute("PRAGMA synchronous = OFF");
            database.MakeOrCheck();
        });

        /// <summary>Gets a value indicating whether a transaction is open.</summary>
        internal bool IsInTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

        internal long LastRow => raw.sqlite3_last_insert_rowid(_handle);

        internal Statement Prepare(string sql) => new(_handle, sql);

        internal void Execute(string sql)
        {
            int result = raw.sqlite3_exec(_handle, sql);
            if (result != raw.SQLITE_OK) { throw new SqliteFailure(_handle, result); }
        }

        /// <summary>Tells in one sentence why a statement failed.</summary>
        internal StoreException Explain(SqliteFailure failure) => new(
            failure.Result switch
            {
                raw.SQLITE_FULL => $"The disk that {_name} is on is full.",
                raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"{_name} is in use by another program.",
                raw.SQLITE_READONLY => $"{_name} cannot be written: {failure.Message}.",
                raw.SQLITE_IOERR => $"{_name} cannot be read or written: {failure.Message}.",
                raw.SQLITE_CANTOPEN => $"{_name} cannot be opened: {failure.Message}.",
                raw.SQLITE_NOTADB => $"{_name} is no SQLite file.",
                raw.SQLITE_CORRUPT => $"{_name} is damaged: {failure.Message}.",
                _ => $"{_name}: {failure.Message} (SQLite {failure.Result}).",
            },
            failure,
            failure.Result switch
            {
                raw.SQLITE_FULL => StoreTrouble.Full,
                raw.SQLITE_BUSY or raw.SQLITE_LOCKED => StoreTrouble.InUse,
                raw.SQLITE_NOTADB => StoreTrouble.Foreign,
                _ => StoreTrouble.Unusable,
            });

        /// <inheritdoc/>
        public void Dispose() => _handle.Dispose();

        private static Database Prepared(string path, int flags, Action<Database> prepare)
        {
            // Two threads at once would be a mistake of ours; SQLite's own lock (full mutex) keeps it from becoming a damaged file.
            int result = raw.sqlite3_open_v2(path, out sqlite3 handle, flags, null);
            var database = new Database(handle, path);
            try
            {
                if (result != raw.SQLITE_OK) { throw new SqliteFailure(handle, result); }
                raw.sqlite3_busy_timeout(handle, Patience);
                prepare(database);
                return database;
            }
            catch (SqliteFailure failure)
            {
                StoreException explained = database.Explain(failure);
                database.Dispose();
                throw explained;
            }
            catch (StoreException)
            {
                database.Dispose();
                throw;
            }
        }

        private void MakeOrCheck()
        {
            if (Number("SELECT count(*) FROM sqlite_master") > 0 || Number("PRAGMA application_id") != 0)
            {
                Check();
                return;
            }

            Execute($"BEGIN IMMEDIATE; {Schema} PRAGMA application_id = {Application}; PRAGMA user_version = {Version}; COMMIT");
        }

        private void Check()
        {
            if (Number("PRAGMA application_id") != Application) { throw new StoreException($"{_name} is a database of another program.", trouble: StoreTrouble.Foreign); }
            long version = Number("PRAGMA user_version");
            if (version != Version) { throw new StoreException($"{_name} has the form {version}; this program knows form {Version}. A newer sensorctl reads it.", trouble: StoreTrouble.Foreign); }
        }

        private long Number(string sql)
        {
            using Statement statement = Prepare(sql);
            statement.Next();
            return statement.Integer(0);
        }
    }
}
