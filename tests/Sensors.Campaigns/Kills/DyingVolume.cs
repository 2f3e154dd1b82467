using System;
using System.Threading;
using NanoFramework.Pc;
using Sensors.Node;

namespace Sensors.Campaigns
{
    /// <summary>The firmware's volume, on which the process dies inside a change of a journal's file when it was told to.</summary>
    internal sealed class DyingVolume(Volume inner, PcVolume wires, Func<string, bool> isJournal) : Volume
    {
        private int _armed;

        public override int CapacityBytes => inner.CapacityBytes;

        /// <summary>Lets the next change of a journal's file be the last thing the process does. From any thread.</summary>
        /// <param name="operation">Before which operation of it, from 1: create, write or close; beyond the last one just after it.</param>
        public void DieAt(int operation) => Volatile.Write(ref _armed, operation);

        public override byte[] Read(string name) => inner.Read(name);

        public override int Read(string name, byte[] buffer) => inner.Read(name, buffer);

        public override string[] List() => inner.List();

        public override void Write(string name, byte[] bytes) => Change("write", name, () => inner.Write(name, bytes));

        public override void Append(string name, byte[] bytes, int start, int count) => Change("append", name, () => inner.Append(name, bytes, start, count));

        public override void Delete(string name) => Change("delete", name, () => inner.Delete(name));

        private void Change(string what, string name, Action change)
        {
            int operation = isJournal(name) ? Interlocked.Exchange(ref _armed, 0) : 0;
            if (operation == 0)
            {
                change();
                return;
            }

            wires.CutPowerAtOperation(operation);
            try
            {
                change();
            }
            catch (VolumeException)
            {
                Death.Now($"journal {what} {operation}");
            }

            Death.Now($"journal {what} done");
        }
    }
}
