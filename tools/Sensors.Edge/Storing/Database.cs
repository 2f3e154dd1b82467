using System;
using System.IO;
using SQLitePCL;

namespace Sensors.Edge
{
    /// <summary>A connection to an SQLite database of one of our forms: a store of readings, a registry of nodes.</summary>
    internal sealed class Database : IDisposable
    {
        private const int Patience = 2000; // ms, while another program has the file to itself for a moment

        private readonly sqlite3 _handle;
        private readonly string _name;
        private readonly DatabaseForm _form;

        static Database() => Batteries_V2.Init();

        private Database(sqlite3 handle, string name, DatabaseForm form)
        {
            _handle = handle;
            _name = name;
            _form = form;
        }

        /// <summary>Opens a file and gives it the form if it is empty.</summary>
        internal static Database OpenForWriting(string path, DatabaseForm form) => Prepared(path, form, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_FULLMUTEX, database =>
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
        internal static Database OpenForReading(string path, DatabaseForm form)
        {
            if (!File.Exists(path)) { throw new StoreException($"There is no file {path}."); }
            return Prepared(path, form, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_FULLMUTEX, database => database.Check());
        }

        /// <summary>Makes a database that ends with the process.</summary>
        internal static Database InMemory(DatabaseForm form) => Prepared(":memory:", form, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_MEMORY | raw.SQLITE_OPEN_NOMUTEX, database =>
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

        private static Database Prepared(string path, DatabaseForm form, int flags, Action<Database> prepare)
        {
            // Two threads at once would be a mistake of ours; SQLite's own lock (full mutex) keeps it from becoming a damaged file.
            int result = raw.sqlite3_open_v2(path, out sqlite3 handle, flags, null);
            var database = new Database(handle, path, form);
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

            Execute($"BEGIN IMMEDIATE; {_form.Schema} PRAGMA application_id = {_form.Application}; PRAGMA user_version = {_form.Version}; COMMIT");
        }

        private void Check()
        {
            if (Number("PRAGMA application_id") != _form.Application) { throw new StoreException($"{_name} is a database of another program.", trouble: StoreTrouble.Foreign); }
            long version = Number("PRAGMA user_version");
            if (version != _form.Version) { throw new StoreException($"{_name} has the form {version}; this program knows form {_form.Version}. A newer sensorctl reads it.", trouble: StoreTrouble.Foreign); }
        }

        private long Number(string sql)
        {
            using Statement statement = Prepare(sql);
            statement.Next();
            return statement.Integer(0);
        }
    }
}
