using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Edge;
using Sensors.Node;

namespace Sensors.Identification
{
    /// <summary>The registry of nodes in one SQLite file.</summary>
    public sealed class NodeRegistry : INodeRegistry
    {
        /// <summary>The file's name where nobody says another.</summary>
        public const string UsualName = "nodes.db";

        private const char PointSeparator = ' '; // no name of a point holds one

        private const string Schema = """
            CREATE TABLE node (
                id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, identifier TEXT NOT NULL, retired INTEGER NOT NULL,
                name TEXT, place TEXT, paired INTEGER NOT NULL, broker TEXT, root TEXT, points TEXT NOT NULL);
            CREATE TABLE hardware (
                id INTEGER PRIMARY KEY, node INTEGER NOT NULL, board_key TEXT NOT NULL, label TEXT NOT NULL, board TEXT, mac TEXT, firmware TEXT,
                since INTEGER NOT NULL, until INTEGER);
            CREATE UNIQUE INDEX hardware_of_node ON hardware (node) WHERE until IS NULL;
            CREATE UNIQUE INDEX hardware_in_use ON hardware (board_key) WHERE until IS NULL;
            CREATE TABLE event (id INTEGER PRIMARY KEY, node INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL);
            CREATE TABLE series (key TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE given (key TEXT PRIMARY KEY, identifier TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
            """;

        private static readonly DatabaseForm Form = new(0x536E6F64, 1, Schema); // "Snod"

        private readonly Database _database;

        private NodeRegistry(Database database) => _database = database;

        /// <summary>Opens a file, and makes it a registry when it is new.</summary>
        /// <param name="path">The file.</param>
        /// <returns>The registry.</returns>
        /// <exception cref="StoreException">The file is something else, or cannot be written.</exception>
        public static NodeRegistry Open(string path)
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            Database database = Database.OpenForWriting(path, Form);
            return new NodeRegistry(database);
        }

        /// <summary>Opens a file that is there, to read it.</summary>
        /// <param name="path">The file.</param>
        /// <returns>The registry.</returns>
        /// <exception cref="StoreException">There is no such file, or it is something else.</exception>
        public static NodeRegistry OpenForReading(string path)
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            return new NodeRegistry(Database.OpenForReading(path, Form));
        }

        /// <summary>Makes a registry that ends with the process.</summary>
        /// <returns>The registry.</returns>
        public static NodeRegistry InMemory() => new(Database.InMemory(Form));

        /// <inheritdoc/>
        public void AddPaired(PairedNode node)
        {
            ArgumentNullException.ThrowIfNull(node);
            Transact(() =>
            {
                string board = KeyOf(node.Hardware.Node);
                if (Row(node.Identifier) is not { } row)
                {
                    LeaveOtherPlace(board, null, node.Identifier, node.PairedAt);
                    row = Insert(node);
                    Enter(row, board, node.Hardware, node.PairedAt);
                    Tell(row, node.PairedAt, "paired", node.Hardware.Node);
                    return;
                }

                ThrowIfRetired(row, node.Identifier);
                if (BoardAt(row) is { } there && there.Key != board)
                {
                    throw new RegistryException(RegistryRefusal.InUse, $"{node.Identifier} is borne by {there.Label}.");
                }

                bool again = BoardAt(row) is not null;
                LeaveOtherPlace(board, row, node.Identifier, node.PairedAt);
                Renew(row, node);
                if (again)
                {
                    Run(
                        "UPDATE hardware SET board = coalesce(?2, board), mac = coalesce(?3, mac), firmware = coalesce(?4, firmware) WHERE node = ?1 AND until IS NULL",
                        statement => statement.Bind(1, row).BindOrNull(2, node.Hardware.Board).BindOrNull(3, node.Hardware.Mac).BindOrNull(4, node.Hardware.Firmware));
                }
                else
                {
                    Enter(row, board, node.Hardware, node.PairedAt);
                }

                Tell(row, node.PairedAt, again ? "paired-again" : "paired", node.Hardware.Node);
            });
        }

        /// <inheritdoc/>
        public void Replace(Identifier identifier, NodeHardware hardware, DateTimeOffset at)
        {
            ArgumentNullException.ThrowIfNull(identifier);
            ArgumentNullException.ThrowIfNull(hardware);
            Transact(() =>
            {
                long row = Known(identifier);
                ThrowIfRetired(row, identifier);
                string board = KeyOf(hardware.Node);
                (string Key, string Label)? old = BoardAt(row);
                if (old?.Key == board)
                {
                    throw new RegistryException(RegistryRefusal.BoardInUse, $"{identifier} is borne by {old.Value.Label} already.");
                }

                if (PlaceOf(board) is { } place)
                {
                    throw new RegistryException(RegistryRefusal.BoardInUse, $"{hardware.Node} bears {place.Identifier}.");
                }

                Leave(row, at);
                Enter(row, board, hardware, at);
                Tell(row, at, "replaced", old is null ? hardware.Node : $"{old.Value.Label} by {hardware.Node}");
            });
        }

        /// <inheritdoc/>
        public NodeEntry? Find(Identifier identifier)
        {
            ArgumentNullException.ThrowIfNull(identifier);
            return Read("WHERE key = ?1", statement => statement.Bind(1, KeyOf(identifier.Text))).FirstOrDefault();
        }

        /// <inheritdoc/>
        public NodeEntry? FindBoard(string node)
        {
            ArgumentException.ThrowIfNullOrEmpty(node);
            return Read("WHERE id = (SELECT node FROM hardware WHERE board_key = ?1 AND until IS NULL)", statement => statement.Bind(1, KeyOf(node))).FirstOrDefault();
        }

        /// <inheritdoc/>
        public IReadOnlyList<NodeEntry> All(bool retired = true) => Read("WHERE retired <= ?1 ORDER BY key", statement => statement.Bind(1, retired ? 1L : 0L));

        /// <inheritdoc/>
        public void Rename(Identifier identifier, string? name, string? place, DateTimeOffset at)
        {
            ArgumentNullException.ThrowIfNull(identifier);
            Transact(() =>
            {
                long row = Known(identifier);
                Run("UPDATE node SET name = coalesce(?2, name), place = coalesce(?3, place) WHERE id = ?1", statement => statement.Bind(1, row).BindOrNull(2, name).BindOrNull(3, place));
                Tell(row, at, "renamed", string.Join(", ", new[] { name, place }.Where(each => each is not null)));
            });
        }

        /// <inheritdoc/>
        public void Retire(Identifier identifier, DateTimeOffset at)
        {
            ArgumentNullException.ThrowIfNull(identifier);
            Transact(() =>
            {
                long row = Known(identifier);
                ThrowIfRetired(row, identifier);
                string board = BoardAt(row)?.Label ?? string.Empty;
                Leave(row, at);
                Run("UPDATE node SET retired = 1 WHERE id = ?1", statement => statement.Bind(1, row));
                Tell(row, at, "retired", board);
            });
        }

        /// <inheritdoc/>
        public bool IsInUse(Identifier identifier)
        {
            ArgumentNullException.ThrowIfNull(identifier);
            return Explained(() => IsTaken(identifier));
        }

        /// <inheritdoc/>
        public IReadOnlyList<Identifier> Give(string series, Func<long, Identifier?> make, int count, bool keep, DateTimeOffset at)
        {
            ArgumentException.ThrowIfNullOrEmpty(series);
            ArgumentNullException.ThrowIfNull(make);
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
            var given = new List<Identifier>(count);
            if (keep) { Transact(Take); }
            else { Explained(() => { Take(); return true; }); }
            return given;

            void Take()
            {
                string key = KeyOf(series);
                long next = Number("SELECT next FROM series WHERE key = ?1", statement => statement.Bind(1, key)) ?? 1;
                for (; given.Count < count; next++)
                {
                    Identifier identifier = make(next) ?? throw new RegistryException(
                        RegistryRefusal.Exhausted, FormattableString.Invariant($"{series} has no number {next}: {given.Count} of the {count} identifiers are free."));
                    if (!IsTaken(identifier)) { given.Add(identifier); }
                }

                if (!keep) { return; }
                Run("INSERT INTO series (key, next) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET next = ?2", statement => statement.Bind(1, key).Bind(2, next));
                foreach (Identifier identifier in given)
                {
                    Run(
                        "INSERT INTO given (key, identifier, at) VALUES (?1, ?2, ?3)",
                        statement => statement.Bind(1, KeyOf(identifier.Text)).Bind(2, identifier.Text).Bind(3, at.ToUnixTimeMilliseconds()));
                }
            }
        }

        /// <inheritdoc/>
        public void Dispose() => _database.Dispose();

        // Both identifiers and the names of boards are ASCII.
        private static string KeyOf(string text) => text.ToLowerInvariant();

        private bool IsTaken(Identifier identifier) => Number(
            "SELECT 1 FROM node WHERE key = ?1 UNION ALL SELECT 1 FROM given WHERE key = ?1 LIMIT 1", statement => statement.Bind(1, KeyOf(identifier.Text))) is not null;

        private long? Row(Identifier identifier) => Number("SELECT id FROM node WHERE key = ?1", statement => statement.Bind(1, KeyOf(identifier.Text)));

        private long Known(Identifier identifier) => Row(identifier) ?? throw new RegistryException(RegistryRefusal.Unknown, $"The registry does not know {identifier}.");

        private void ThrowIfRetired(long row, Identifier identifier)
        {
            if (Number("SELECT retired FROM node WHERE id = ?1", statement => statement.Bind(1, row)) == 1)
            {
                throw new RegistryException(RegistryRefusal.Retired, $"{identifier} is retired; its history stays its own.");
            }
        }

        private (string Key, string Label)? BoardAt(long row)
        {
            using Statement statement = _database.Prepare("SELECT board_key, label FROM hardware WHERE node = ?1 AND until IS NULL");
            statement.Bind(1, row);
            return statement.Next() ? (statement.Text(0), statement.Text(1)) : null;
        }

        private (long Row, string Identifier)? PlaceOf(string board)
        {
            using Statement statement = _database.Prepare("SELECT node.id, node.identifier FROM hardware JOIN node ON node.id = hardware.node WHERE board_key = ?1 AND until IS NULL");
            statement.Bind(1, board);
            return statement.Next() ? (statement.Integer(0), statement.Text(1)) : null;
        }

        private void LeaveOtherPlace(string board, long? here, Identifier to, DateTimeOffset at)
        {
            if (PlaceOf(board) is { } other && other.Row != here)
            {
                Leave(other.Row, at);
                Tell(other.Row, at, "moved", $"its board to {to}");
            }
        }

        private void Leave(long row, DateTimeOffset at) => Run(
            "UPDATE hardware SET until = ?2 WHERE node = ?1 AND until IS NULL", statement => statement.Bind(1, row).Bind(2, at.ToUnixTimeMilliseconds()));

        private void Enter(long row, string board, NodeHardware hardware, DateTimeOffset since) => Run(
            "INSERT INTO hardware (node, board_key, label, board, mac, firmware, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            statement => statement.Bind(1, row).Bind(2, board).Bind(3, hardware.Node)
                .BindOrNull(4, hardware.Board).BindOrNull(5, hardware.Mac).BindOrNull(6, hardware.Firmware).Bind(7, since.ToUnixTimeMilliseconds()));

        private long Insert(PairedNode node)
        {
            Run(
                "INSERT INTO node (key, identifier, retired, name, place, paired, broker, root, points) VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8)",
                statement => BindFacts(statement.Bind(1, KeyOf(node.Identifier.Text)).Bind(2, node.Identifier.Text), node));
            return _database.LastRow;
        }

        private void Renew(long row, PairedNode node) => Run(
            "UPDATE node SET name = coalesce(?3, name), place = coalesce(?4, place), paired = ?5, broker = ?6, root = ?7, points = ?8 WHERE id = ?1",
            statement => BindFacts(statement.Bind(1, row), node));

        private static void BindFacts(Statement statement, PairedNode node) => statement
            .BindOrNull(3, node.Name).BindOrNull(4, node.Place).Bind(5, node.PairedAt.ToUnixTimeMilliseconds())
            .BindOrNull(6, node.Broker).BindOrNull(7, node.Root).Bind(8, string.Join(PointSeparator, node.Points));

        private void Tell(long row, DateTimeOffset at, string kind, string text) => Run(
            "INSERT INTO event (node, at, kind, text) VALUES (?1, ?2, ?3, ?4)",
            statement => statement.Bind(1, row).Bind(2, at.ToUnixTimeMilliseconds()).Bind(3, kind).Bind(4, text));

        private IReadOnlyList<NodeEntry> Read(string where, Action<Statement> bind) => Explained(() =>
        {
            var rows = new List<(long Row, NodeEntry Entry)>();
            using (Statement node = _database.Prepare($"SELECT id, identifier, retired, name, place, paired, broker, root, points FROM node {where}"))
            {
                bind(node);
                while (node.Next())
                {
                    rows.Add((node.Integer(0), new NodeEntry
                    {
                        Identifier = Identifier.Parse(node.Text(1)),
                        State = (NodeState)node.Integer(2),
                        Name = node.TextOrNull(3),
                        Place = node.TextOrNull(4),
                        PairedAt = Moment(node.Integer(5)),
                        Broker = node.TextOrNull(6),
                        Root = node.TextOrNull(7),
                        Points = node.Text(8).Split(PointSeparator, StringSplitOptions.RemoveEmptyEntries),
                    }));
                }
            }

            return (IReadOnlyList<NodeEntry>)[.. rows.Select(each => each.Entry with { History = HistoryOf(each.Row), Events = EventsOf(each.Row) })];
        });

        private List<HardwarePeriod> HistoryOf(long row)
        {
            var history = new List<HardwarePeriod>();
            using Statement period = _database.Prepare("SELECT label, board, mac, firmware, since, until FROM hardware WHERE node = ?1 ORDER BY id");
            period.Bind(1, row);
            while (period.Next())
            {
                var hardware = new NodeHardware(period.Text(0), period.TextOrNull(1), period.TextOrNull(2), period.TextOrNull(3));
                history.Add(new HardwarePeriod(hardware, Moment(period.Integer(4)), period.Optional(5) is { } until ? Moment(until) : null));
            }

            return history;
        }

        private List<NodeEvent> EventsOf(long row)
        {
            var events = new List<NodeEvent>();
            using Statement each = _database.Prepare("SELECT at, kind, text FROM event WHERE node = ?1 ORDER BY id");
            each.Bind(1, row);
            while (each.Next()) { events.Add(new NodeEvent(Moment(each.Integer(0)), each.Text(1), each.Text(2))); }
            return events;
        }

        private static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

        private long? Number(string sql, Action<Statement> bind)
        {
            using Statement statement = _database.Prepare(sql);
            bind(statement);
            return statement.Next() ? statement.Optional(0) : null;
        }

        private void Run(string sql, Action<Statement> bind)
        {
            using Statement statement = _database.Prepare(sql);
            bind(statement);
            statement.Run();
        }

        // The file is this process's from the first look on: what was looked up still holds when it is written.
        private void Transact(Action act) => Explained(() =>
        {
            _database.Execute("BEGIN IMMEDIATE");
            try
            {
                act();
                _database.Execute("COMMIT");
            }
            catch
            {
                if (_database.IsInTransaction) { _database.Execute("ROLLBACK"); }
                throw;
            }

            return true;
        });

        private T Explained<T>(Func<T> act)
        {
            try
            {
                return act();
            }
            catch (SqliteFailure failure)
            {
                throw _database.Explain(failure);
            }
        }
    }
}
