using System.Text;

namespace Sensors.Node
{
    /// <summary>Why the node restarted itself last, kept on the volume.</summary>
    public sealed class LastWords
    {
        private const string FileName = "last.txt";

        private readonly Volume _volume;

        /// <summary>Makes the keeper of last words.</summary>
        /// <param name="volume">The node's files.</param>
        public LastWords(Volume volume)
        {
            _volume = volume;
        }

        /// <summary>Reads what the node said before this start, and forgets it: the next start has another cause.</summary>
        /// <returns>The cause; null when the node did not restart itself before this start.</returns>
        public string Take()
        {
            byte[] bytes = _volume.Read(FileName);
            if (bytes == null)
            {
                return null;
            }

            try
            {
                _volume.Delete(FileName);
            }
            catch (VolumeException)
            {
                // Told once more at the next start: better than a node that does not start.
            }

            return Encoding.UTF8.GetString(bytes, 0, bytes.Length);
        }

        /// <summary>Writes the cause of the restart that follows.</summary>
        /// <param name="cause">One line.</param>
        public void Write(string cause)
        {
            _volume.Write(FileName, Encoding.UTF8.GetBytes(cause));
        }
    }
}
