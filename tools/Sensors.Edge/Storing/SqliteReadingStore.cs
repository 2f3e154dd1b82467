using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace Sensors.Edge
{
    /// <summary>Keeps readings in one SQLite file, or in memory. A file has one writer; others may read it meanwhile.</summary>
    /// <remarks>A batch is one transaction, which the disk has confirmed when <see cref="Commit"/> returns (write-ahead log, synchronous = FULL). The
    /// numbers that are settled are kept in memory per epoch, and read again from the rows when an epoch is first touched.</remarks>
    public sealed class SqliteReadingStore : IReadingStore
    {
        private const int RefusedKept = 1000;
        private const int RefusedBytes = 4096;
        private static readonly SequenceRange[] Everything = [new SequenceRange(1, SequenceRange.LastNumber)];

        private readonly Database _database;
        private readonly FileStream? _lock;
        private readonly StoreStatements _statements;
        private readonly Dictionary<string, NodeState> _nodes = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<(string Name, string Measured), long> _points = [];
        private readonly List<StreamState> _dirty = [];
        private int _busy;
        private ReadingArchive? _archive;

        private SqliteReadingStore(Database database, FileStream? fileLock)
        {
            _database = database;
            _lock = fileLock;
            _statements = new StoreStatements(database);
        }

        /// <summary>Gets what can be read back of it, by the same thread; ends with the store.</summary>
        public ReadingArchive Archive => _archive ??= new ReadingArchive(_database, owns: false);

        /// <summary>Gets or sets what is called before each step of a batch; tests end the process there, so to speak.</summary>
        internal Action? Probe
        {
            get => _statements.Begin.Probe;
            set => _statements.SetProbe(value);
        }

        /// <summary>Opens a file for writing; makes it when there is none.</summary>
        /// <param name="path">The file. Beside it SQLite keeps two more while it is open, and a lock stands against a second collector.</param>
        /// <returns>The store.</returns>
        /// <exception cref="StoreException">Another collector has it, it is of a newer version, or no store at all.</exception>
        public static SqliteReadingStore Open(string path)
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            FileStream fileLock = Lock(path);
            try
            {
                return new SqliteReadingStore(Database.OpenForWriting(path, StoreForm.Form), fileLock);
            }
            catch
            {
                fileLock.Dispose();
                throw;
            }
        }

        /// <summary>Makes a store that lives and ends with the process, for simulations.</summary>
        /// <returns>The store.</returns>
        public static SqliteReadingStore InMemory() => new(Database.InMemory(StoreForm.Form), null);

        /// <inheritdoc/>
        public StoreOutcome[] Commit(IReadOnlyList<StoreEntry> batch)
        {
            ArgumentNullException.ThrowIfNull(batch);
            var outcomes = new StoreOutcome[batch.Count];
            if (batch.Count == 0) { return outcomes; }
            if (Interlocked.Exchange(ref _busy, 1) != 0) { throw new InvalidOperationException("Two threads commit at once; a store has one writer."); }
            try
            {
                _statements.Begin.Run();
                bool refused = false;
                for (int i = 0; i < outcomes.Length; i++)
                {
                    outcomes[i] = Enter(batch[i]);
                    refused |= batch[i].Kind == StoreKind.Refused;
                }

                foreach (StreamState stream in _dirty) { _statements.Write(stream); }
                if (refused) { _statements.TrimRefused.Bind(1, _database.LastRow).Bind(2, RefusedKept).Run(); }
                _statements.Commit.Run();
                foreach (StreamState stream in _dirty) { stream.IsDirty = false; }
                _dirty.Clear();
                return outcomes;
            }
            catch (SqliteFailure failure)
            {
                StoreException explained = _database.Explain(failure);
                Undo();
                throw explained;
            }
            catch
            {
                Undo();
                throw;
            }
            finally
            {
                Volatile.Write(ref _busy, 0);
            }
        }

        /// <inheritdoc/>
        public IReadOnlyList<SequenceRange> Covered(string id, long epoch)
        {
            try
            {
                return Find(id) is not { } node ? [] : node.IsSuperseded(epoch) ? Everything : SettledOf(node, epoch);
            }
            catch (SqliteFailure failure)
            {
                throw _database.Explain(failure);
            }
        }

        /// <inheritdoc/>
        public IReadOnlyList<SequenceRange> Settled(string id, long epoch)
        {
            try
            {
                return Find(id) is { } node ? SettledOf(node, epoch) : [];
            }
            catch (SqliteFailure failure)
            {
                throw _database.Explain(failure);
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _statements.Dispose();
            _database.Dispose();
            _lock?.Dispose();
        }

        private static FileStream Lock(string path)
        {
            string name = path + ".lock";
            try
            {
                return new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException cause) when (File.Exists(name)) // which could not be made otherwise
            {
                throw new StoreException($"Another collector writes {path}.", cause, StoreTrouble.InUse);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                throw new StoreException($"{path} cannot be opened: {cause.Message}", cause);
            }
        }

        private StoreOutcome Enter(StoreEntry entry)
        {
            switch (entry.Kind)
            {
                case StoreKind.Reading or StoreKind.Alarm:
                    return EnterMessage(entry);
                case StoreKind.Gap:
                    return EnterGap(entry, entry.Gap!);
                case StoreKind.Meta:
                    _statements.SetMeta.Bind(1, NodeOf(entry.Id).Row).Bind(2, entry.Payload.Span).Bind(3, entry.ArrivedMilliseconds).Run();
                    return StoreOutcome.Stored;
                case StoreKind.Status:
                    NodeState node = NodeOf(entry.Id);
                    int changed = _statements.SetStatus.Bind(1, node.Row).Bind(2, entry.Payload.Span).Bind(3, entry.ArrivedMilliseconds).Bind(4, entry.Epoch).Run();
                    if (changed > 0) { node.Present = entry.Epoch; }
                    return StoreOutcome.Stored;
                default:
                    ReadOnlySpan<byte> payload = entry.Payload.Span;
                    _statements.AddRefused.Bind(1, entry.Refused!.Topic).Bind(2, entry.Refused.Reason).Bind(3, entry.ArrivedMilliseconds)
                        .Bind(4, payload[..Math.Min(payload.Length, RefusedBytes)]).Run();
                    return StoreOutcome.Stored;
            }
        }

        private StoreOutcome EnterMessage(StoreEntry entry)
        {
            StreamState stream = Touch(entry);
            // A number that is settled may be stored, or only covered by a gap: the index knows.
            int added = _statements.AddMessage.Bind(1, stream.Row).Bind(2, entry.Sequence).Bind(3, (int)entry.Kind).Bind(4, PointOf(entry)).Bind(5, entry.UtcMilliseconds)
                .Bind(6, (int)entry.Clock).Bind(7, entry.Uncertainty).Bind(8, entry.ArrivedMilliseconds).Bind(9, entry.Payload.Span).Run();
            if (added == 0)
            {
                stream.Duplicates++;
                return StoreOutcome.Duplicate;
            }

            return stream.Enter(entry) ? StoreOutcome.StoredLate : StoreOutcome.Stored;
        }

        private StoreOutcome EnterGap(StoreEntry entry, GapMessage gap)
        {
            StreamState stream = Touch(entry);
            int added = _statements.AddGap.Bind(1, stream.Row).Bind(2, gap.Reason).Bind(3, gap.Count).Bind(4, SequenceRanges.Text(gap.Ranges)).Bind(5, entry.UtcMilliseconds)
                .Bind(6, (int)entry.Clock).Bind(7, entry.Uncertainty).Bind(8, entry.ArrivedMilliseconds).Bind(9, entry.Payload.Span).Run();
            if (added == 0) { return StoreOutcome.Duplicate; }
            long row = _database.LastRow;
            foreach (SequenceRange range in gap.Ranges)
            {
                _statements.AddGapRange.Bind(1, stream.Row).Bind(2, range.To).Bind(3, range.From).Bind(4, row).Run();
                stream.Settled.Add(range.From, range.To);
            }

            NodeOf(entry.Id).Enter(gap, row);
            return StoreOutcome.Stored;
        }

        private StreamState Touch(StoreEntry entry)
        {
            NodeState node = NodeOf(entry.Id);
            StreamState? stream = Find(node, entry.Epoch);
            if (stream is null)
            {
                _statements.AddStream.Bind(1, node.Row).Bind(2, entry.Epoch).Run();
                stream = new StreamState { Row = _database.LastRow, Epoch = entry.Epoch };
                node.Streams.Add(entry.Epoch, stream);
            }

            if (!stream.IsDirty)
            {
                stream.IsDirty = true;
                _dirty.Add(stream);
            }

            return stream;
        }

        private NodeState NodeOf(string id)
        {
            if (Find(id) is { } found) { return found; }
            _statements.AddNode.Bind(1, id.ToLowerInvariant()).Bind(2, id).Run();
            var node = new NodeState { Row = _database.LastRow };
            _nodes.Add(id, node);
            return node;
        }

        private NodeState? Find(string id)
        {
            if (_nodes.TryGetValue(id, out NodeState? known)) { return known; }
            NodeState? node = _statements.LoadNode(id.ToLowerInvariant());
            if (node is not null) { _nodes.Add(id, node); }
            return node;
        }

        private IReadOnlyList<SequenceRange> SettledOf(NodeState node, long epoch) => Find(node, epoch) is { } stream ? stream.Settled : [];

        private StreamState? Find(NodeState node, long epoch)
        {
            if (node.Streams.TryGetValue(epoch, out StreamState? known)) { return known; }
            StreamState? stream = _statements.LoadStream(node.Row, epoch);
            if (stream is not null) { node.Streams.Add(epoch, stream); }
            return stream;
        }

        private long PointOf(StoreEntry entry)
        {
            (string Name, string Measured) key = (entry.Point ?? "", entry.Measured ?? "");
            if (_points.TryGetValue(key, out long row)) { return row; }
            row = _statements.PointOf(key.Name, key.Measured, _database);
            _points.Add(key, row);
            return row;
        }

        // What is remembered was changed on the way; it is read again from what stands in the file.
        private void Undo()
        {
            _nodes.Clear();
            _points.Clear();
            _dirty.Clear();
            try
            {
                if (_database.IsInTransaction) { _database.Execute("ROLLBACK"); }
            }
            catch (SqliteFailure)
            {
                // The transaction has ended by itself, or the next one's begin will tell.
            }
        }
    }
}
