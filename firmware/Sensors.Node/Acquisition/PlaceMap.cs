using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sensors.Node
{
    /// <summary>Remembers which point's sensor is wired where, so that a point keeps its name when another sensor is dead.</summary>
    /// <remarks>
    /// Without it points would be named in the order of finding: with the first accelerometer silent at start, the second
    /// one's readings would carry the first one's name, that is, be told of another place on the machine. Kept on the volume as
    /// <see cref="FileName"/>, UTF-8 lines of <c>name=place</c> and a last line <c>crc=</c> with the CRC-32 of the lines before it
    /// in eight hexadecimal digits; delete the file after wiring anew. A file that is damaged counts as none: half a place
    /// is no place on any board, and its point would wait for it for ever.
    /// </remarks>
    public sealed class PlaceMap
    {
        /// <summary>Name of the file on the volume.</summary>
        public const string FileName = "points.txt";

        private const int SealLength = 13; // crc=XXXXXXXX and the line's end

        private readonly Volume _volume;
        private readonly string[] _names;
        private readonly string[] _places;

        /// <summary>Reads the map; a damaged file counts as none.</summary>
        /// <param name="volume">The node's files.</param>
        /// <param name="capacity">The most points there can be.</param>
        public PlaceMap(Volume volume, int capacity)
        {
            _volume = volume;
            _names = new string[capacity];
            _places = new string[capacity];
            byte[] file = volume.Read(FileName);
            if (file == null || !IsWhole(file))
            {
                return;
            }

            string[] lines = Encoding.UTF8.GetString(file, 0, file.Length - SealLength).Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                int equals = lines[i].IndexOf('=');
                if (equals > 0 && Count < capacity)
                {
                    _names[Count] = lines[i].Substring(0, equals).Trim();
                    _places[Count] = lines[i].Substring(equals + 1).Trim();
                    Count++;
                }
            }
        }

        /// <summary>Gets how many points have a place.</summary>
        public int Count { get; private set; }

        /// <summary>Tells the name of an entry.</summary>
        /// <param name="index">0 to <see cref="Count"/> - 1.</param>
        /// <returns>The point's name.</returns>
        public string NameOf(int index)
        {
            return _names[index];
        }

        /// <summary>Tells where a point's sensor is wired.</summary>
        /// <param name="name">The point's name.</param>
        /// <returns>The name of its bus, see <see cref="Drivers.RegisterBus.Name"/>; null when it has none yet.</returns>
        public string PlaceOf(string name)
        {
            for (int i = 0; i < Count; i++)
            {
                if (_names[i] == name)
                {
                    return _places[i];
                }
            }

            return null;
        }

        /// <summary>Tells whether a place belongs to a point.</summary>
        /// <param name="place">The name of a bus.</param>
        /// <returns>True when it does.</returns>
        public bool Has(string place)
        {
            for (int i = 0; i < Count; i++)
            {
                if (_places[i] == place)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Gives a point its place and writes the map. A volume that refuses costs the memory of it, nothing else.</summary>
        /// <param name="name">The point's name.</param>
        /// <param name="place">The name of its bus.</param>
        [SuppressMessage("Sensors", "NANO114", Justification = "Once in the life of a point.")]
        public void Add(string name, string place)
        {
            if (Count == _names.Length)
            {
                return;
            }

            _names[Count] = name;
            _places[Count] = place;
            Count++;
            string text = string.Empty;
            for (int i = 0; i < Count; i++)
            {
                text += _names[i] + "=" + _places[i] + "\n";
            }

            byte[] lines = Encoding.UTF8.GetBytes(text);
            try
            {
                _volume.Write(FileName, Encoding.UTF8.GetBytes(text + Seal(lines, lines.Length)));
            }
            catch (VolumeException)
            {
                // The names hold until the next start, which finds again.
            }
        }

        private static string Seal(byte[] lines, int count)
        {
            return "crc=" + Crc32.Compute(lines, 0, count).ToString("X8") + "\n";
        }

        private static bool IsWhole(byte[] file)
        {
            int lines = file.Length - SealLength;
            if (lines < 0)
            {
                return false;
            }

            byte[] seal = Encoding.UTF8.GetBytes(Seal(file, lines));
            for (int i = 0; i < SealLength; i++)
            {
                if (file[lines + i] != seal[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
