using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace Sensors.Campaigns
{
    /// <summary>A file of everything the node's source gave out. A line is written through to the operating system before its reading is handed over.</summary>
    internal sealed class GivenLog : IDisposable
    {
        private readonly FileStream _file;

        public GivenLog(string path)
        {
            _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            _file.Write("\n"u8); // whatever half a line the process before left
        }

        /// <summary>Writes down what is about to be handed over.</summary>
        public void Add(Given given) => _file.Write(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{(given.Alarm ? 'a' : 'r')} {given.Epoch} {given.Sequence} {given.Value} {given.UtcMilliseconds} .\n")));

        public void Dispose() => _file.Dispose();

        /// <summary>Reads the file. Half a line was never handed over: its process died while writing it.</summary>
        public static List<Given> Read(string path)
        {
            var all = new List<Given>();
            if (!File.Exists(path))
            {
                return all;
            }

            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            while (reader.ReadLine() is { } line)
            {
                string[] words = line.Split(' ');
                if (words.Length == 6 && words[5] == ".")
                {
                    all.Add(new Given(words[0] == "a", Number(words[1]), Number(words[2]), Number(words[3]), Number(words[4])));
                }
            }

            return all;

            static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>A reading or an alarm that was given out.</summary>
    /// <param name="Alarm">Which of the two.</param>
    /// <param name="Epoch">Its epoch.</param>
    /// <param name="Sequence">Its number.</param>
    /// <param name="Value">Its value, which no other has.</param>
    /// <param name="UtcMilliseconds">When, by the PC's clock.</param>
    internal readonly record struct Given(bool Alarm, long Epoch, long Sequence, long Value, long UtcMilliseconds);
}
