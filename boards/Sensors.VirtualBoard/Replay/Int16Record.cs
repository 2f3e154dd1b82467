using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Sensors.VirtualBoard
{
    /// <summary>Files of little-endian 16-bit counts, and nothing else.</summary>
    internal static class Int16Record
    {
        public static RecordTable ReadTable(string path, int interleaved, IReadOnlyList<int> channels, int limit)
        {
            byte[] bytes = File.ReadAllBytes(path);
            int frame = sizeof(short) * interleaved;
            if (bytes.Length % frame != 0)
            {
                throw new RecordException(interleaved == 1
                    ? $"{path}: {bytes.Length} bytes are no whole number of 16-bit counts."
                    : $"{path}: {bytes.Length} bytes are no whole number of samples of {interleaved} 16-bit counts.");
            }

            int[] chosen = RecordTable.Choose(path, channels, interleaved, limit);
            double[][] columns = [.. chosen.Select(_ => new double[bytes.Length / frame])];
            for (int i = 0; i < columns.Length; i++)
            {
                double[] column = columns[i];
                for (int sample = 0; sample < column.Length; sample++)
                {
                    column[sample] = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan((sample * frame) + (sizeof(short) * chosen[i])));
                }
            }

            return new RecordTable([.. chosen.Select(channel => (channel + 1).ToString(CultureInfo.InvariantCulture))], columns, 1, null);
        }
    }
}
