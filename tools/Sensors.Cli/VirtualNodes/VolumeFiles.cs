using System;
using System.Text;
using NanoFramework.Pc;
using Sensors.Node;
using Sensors.Pairing;

namespace Sensors.Cli.VirtualNodes
{
    /// <summary>Reads what a virtual board keeps on its internal volume, as somebody with a programmer would: the firmware does not notice.</summary>
    internal static class VolumeFiles
    {
        private const string Root = @"I:\";
        private const string LastWordsFile = "last.txt";

        /// <summary>Reads the label that the board has.</summary>
        /// <returns>Null while it has none.</returns>
        public static PairingLabel? Label(PcBoard board) => PairingLabel.Parse(Read(board, PairingLabel.FileName));

        /// <summary>Reads the settings that count.</summary>
        /// <returns>Null when there are none that a node could work with.</returns>
        public static Settings? Settings(PcBoard board)
        {
            var settings = global::Sensors.Node.Settings.Parse(new SettingsStore(new Looked(board)).Text);
            return settings.Error is null ? settings : null;
        }

        /// <summary>Reads why the board restarted itself last.</summary>
        /// <returns>Null when it did not.</returns>
        public static string? LastWords(PcBoard board) => Read(board, LastWordsFile) is { Length: > 0 } words ? Encoding.UTF8.GetString(words).Trim() : null;

        /// <summary>Reads a file.</summary>
        /// <returns>Null where there is none.</returns>
        public static byte[]? Read(PcBoard board, string name) => board.Volume.Peek(Root + name);

        /// <summary>The volume as one that is only looked at.</summary>
        private sealed class Looked(PcBoard board) : Volume
        {
            public override int CapacityBytes => board.Volume.CapacityBytes;

            public override byte[]? Read(string name) => VolumeFiles.Read(board, name);

            public override int Read(string name, byte[] buffer)
            {
                byte[]? content = Read(name);
                content?.AsSpan(0, Math.Min(content.Length, buffer.Length)).CopyTo(buffer);
                return content?.Length ?? -1;
            }

            public override void Write(string name, byte[] bytes) => throw new NotSupportedException();

            public override void Append(string name, byte[] bytes, int start, int count) => throw new NotSupportedException();

            public override void Delete(string name) => throw new NotSupportedException();

            public override string[] List() => throw new NotSupportedException();
        }
    }
}
