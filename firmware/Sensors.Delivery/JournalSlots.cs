using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The plain readings that a section's packed ones are compared with, one of each point, and what was learned of each of their bytes.</summary>
    internal sealed class JournalSlots
    {
        /// <summary>The bytes of all together; a reading that does not fit is stored as it is.</summary>
        public const int Bytes = 768;

        private readonly byte[] _store;
        private readonly byte[] _parameters = new byte[Bytes];
        private readonly int[] _at = new int[JournalForm.Slots];
        private readonly int[] _length = new int[JournalForm.Slots];
        private int _used;

        /// <summary>Makes the slots.</summary>
        /// <param name="keeps">Whether the readings themselves are kept; who reads has them in the file.</param>
        public JournalSlots(bool keeps)
        {
            _store = keeps ? new byte[Bytes] : null;
        }

        /// <summary>Gets the readings, without their checks; null where they are not kept.</summary>
        public byte[] Store
        {
            [HotPath]
            get { return _store; }
        }

        /// <summary>Gets the parameter of each byte's code.</summary>
        public byte[] Parameters
        {
            [HotPath]
            get { return _parameters; }
        }

        /// <summary>Tells where a slot's reading begins.</summary>
        /// <param name="slot">The slot.</param>
        /// <returns>The index.</returns>
        [HotPath]
        public int At(int slot)
        {
            return _at[slot];
        }

        /// <summary>Tells a slot's length.</summary>
        /// <param name="slot">The slot.</param>
        /// <returns>Bytes; 0 for an empty one.</returns>
        [HotPath]
        public int Length(int slot)
        {
            return _length[slot];
        }

        /// <summary>Empties all slots.</summary>
        public void Clear()
        {
            _used = 0;
            for (int i = 0; i < JournalForm.Slots; i++) { _length[i] = 0; }
        }

        /// <summary>Finds the slot of a reading's point, which is known by kind and name.</summary>
        /// <param name="record">Holds the reading.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <returns>The slot; -1 when it has none.</returns>
        [HotPath]
        public int Find(byte[] record, int at)
        {
            byte[] store = _store;
            int head = 3 + record[at + 2];
            for (int slot = 0; slot < JournalForm.Slots; slot++)
            {
                if (_length[slot] < head) { continue; }
                int start = _at[slot];
                int same = 1;
                while (same < head && store[start + same] == record[at + same]) { same++; }
                if (same == head) { return slot; }
            }

            return -1;
        }

        /// <summary>Finds a slot that is empty.</summary>
        /// <returns>The slot; <see cref="JournalForm.NoSlot"/> when all are taken.</returns>
        [HotPath]
        public int FindEmpty()
        {
            for (int slot = 0; slot < JournalForm.Slots; slot++)
            {
                if (_length[slot] == 0) { return slot; }
            }

            return JournalForm.NoSlot;
        }

        /// <summary>Takes a reading into a slot, in place of the one there.</summary>
        /// <param name="slot">The slot.</param>
        /// <param name="record">Holds the reading.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <param name="length">Its length without the check.</param>
        /// <returns>False when there is no room; then the slot is empty.</returns>
        [HotPath]
        public bool Take(int slot, byte[] record, int at, int length)
        {
            byte[] store = _store;
            byte[] parameters = _parameters;
            if (_length[slot] > 0) { Remove(slot); }
            int start = _used;
            if (start + length > Bytes) { return false; }
            _at[slot] = start;
            _length[slot] = length;
            _used += length;
            for (int i = 0; i < length; i++) { parameters[start + i] = 0; }
            for (int i = 0; store != null && i < length; i++) { store[start + i] = record[at + i]; }
            return true;
        }

        [HotPath]
        private void Remove(int slot)
        {
            byte[] store = _store;
            byte[] parameters = _parameters;
            int start = _at[slot];
            int length = _length[slot];
            _used -= length;
            for (int i = start; i < _used; i++)
            {
                parameters[i] = parameters[i + length];
                if (store != null) { store[i] = store[i + length]; }
            }

            for (int i = 0; i < JournalForm.Slots; i++)
            {
                if (_at[i] > start) { _at[i] -= length; }
            }

            _length[slot] = 0;
        }
    }
}
