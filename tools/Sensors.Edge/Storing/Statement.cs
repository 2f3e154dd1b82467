using System;
using SQLitePCL;

namespace Sensors.Edge
{
    /// <summary>A prepared statement, used again and again: what ADO.NET allocates per execution would cost more than the insert.</summary>
    internal sealed class Statement : IDisposable
    {
        private readonly sqlite3 _database;
        private readonly sqlite3_stmt _statement;

        internal Statement(sqlite3 database, string sql)
        {
            _database = database;
            Check(raw.sqlite3_prepare_v2(database, sql, out _statement));
        }

        /// <summary>Gets or sets what is called before each step; tests end the process there, so to speak.</summary>
        internal Action? Probe { get; set; }

        internal Statement Bind(int index, long value)
        {
            Check(raw.sqlite3_bind_int64(_statement, index, value));
            return this;
        }

        internal Statement Bind(int index, long? value)
        {
            Check(value is { } number ? raw.sqlite3_bind_int64(_statement, index, number) : raw.sqlite3_bind_null(_statement, index));
            return this;
        }

        internal Statement Bind(int index, string value)
        {
            Check(raw.sqlite3_bind_text(_statement, index, value));
            return this;
        }

        internal Statement BindOrNull(int index, string? value)
        {
            Check(value is null ? raw.sqlite3_bind_null(_statement, index) : raw.sqlite3_bind_text(_statement, index, value));
            return this;
        }

        internal Statement Bind(int index, ReadOnlySpan<byte> value)
        {
            // No bytes are a value, too; from an empty span the library would make null.
            Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, index, 0) : raw.sqlite3_bind_blob(_statement, index, value));
            return this;
        }

        /// <summary>Runs a statement that gives no rows.</summary>
        /// <returns>How many rows it changed.</returns>
        internal int Run()
        {
            Probe?.Invoke();
            int result = raw.sqlite3_step(_statement);
            raw.sqlite3_reset(_statement); // says again what the step said
            if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW)) { throw new SqliteFailure(_database, result); }
            return raw.sqlite3_changes(_database);
        }

        /// <summary>Goes to the next row.</summary>
        /// <returns>False behind the last one; then the statement can be run again.</returns>
        internal bool Next()
        {
            int result = raw.sqlite3_step(_statement);
            if (result == raw.SQLITE_ROW) { return true; }
            raw.sqlite3_reset(_statement);
            return result == raw.SQLITE_DONE ? false : throw new SqliteFailure(_database, result);
        }

        /// <summary>Leaves the rows that were not read.</summary>
        internal void Reset() => raw.sqlite3_reset(_statement);

        internal long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

        internal long? Optional(int column) =>
            raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_int64(_statement, column);

        internal string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

        internal string? TextOrNull(int column) =>
            raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_text(_statement, column).utf8_to_string();

        internal byte[]? Bytes(int column) =>
            raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_blob(_statement, column).ToArray();

        /// <inheritdoc/>
        public void Dispose() => _statement.Dispose();

        private void Check(int result)
        {
            if (result != raw.SQLITE_OK) { throw new SqliteFailure(_database, result); }
        }
    }

    /// <summary>SQLite refused.</summary>
    internal sealed class SqliteFailure : Exception
    {
        internal SqliteFailure(sqlite3 database, int result)
            : base(raw.sqlite3_errmsg(database).utf8_to_string())
        {
            Result = result & 0xFF; // the extended codes stand above
        }

        internal int Result { get; }
    }
}
