using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;

namespace Sensors.Identification
{
    /// <summary>The records of the lab's enterprise node, in memory and, where there is a file, in that too: whole before and after each change.</summary>
    internal sealed class LabStore
    {
        private static readonly JsonSerializerOptions Form = new() { WriteIndented = true };

        private readonly Lock _gate = new();
        private readonly SortedDictionary<string, LabRecord> _records = new(StringComparer.OrdinalIgnoreCase);
        private readonly string? _file;

        /// <summary>Opens a store.</summary>
        /// <param name="file">Its file, which need not be there yet; null for none.</param>
        /// <exception cref="FormatException">The file is something else.</exception>
        internal LabStore(string? file)
        {
            _file = file;
            if (file is null || !File.Exists(file)) { return; }
            try
            {
                foreach (LabRecord record in JsonSerializer.Deserialize<LabRecord[]>(File.ReadAllText(file)) ?? [])
                {
                    _records.Add(record.Identifier, record);
                }
            }
            catch (Exception error) when (error is JsonException or ArgumentException)
            {
                throw new FormatException($"{file} is no store of the resolver: {error.Message}", error);
            }
        }

        internal IReadOnlyList<LabRecord> All
        {
            get
            {
                lock (_gate) { return [.. _records.Values]; }
            }
        }

        internal LabRecord? Find(string identifier)
        {
            lock (_gate) { return _records.GetValueOrDefault(identifier); }
        }

        /// <summary>Finds a record for somebody who resolves it, and counts that.</summary>
        internal LabRecord? Query(string identifier, DateTimeOffset now) => Change(identifier, record => record is null ? null : record with { Queries = record.Queries + 1, Queried = now });

        internal bool TryAdd(LabRecord record)
        {
            bool added = false;
            Change(record.Identifier, known =>
            {
                added = known is null;
                return known ?? record;
            });
            return added;
        }

        internal bool Remove(string identifier)
        {
            lock (_gate)
            {
                if (!_records.Remove(identifier)) { return false; }
                Save();
                return true;
            }
        }

        internal LabRecord? Change(string identifier, Func<LabRecord?, LabRecord?> change)
        {
            lock (_gate)
            {
                if (change(_records.GetValueOrDefault(identifier)) is not { } changed) { return null; }
                _records[identifier] = changed;
                Save();
                return changed;
            }
        }

        private void Save()
        {
            if (_file is null) { return; }
            string beside = _file + ".new";
            File.WriteAllText(beside, JsonSerializer.Serialize(_records.Values.ToArray(), Form));
            File.Move(beside, _file, overwrite: true);
        }
    }
}
