using System.IO;

namespace Sensors.Cli.Output
{
    /// <summary>Writes data to standard output, and tells when nobody reads it any more.</summary>
    internal static class DataOut
    {
        public static void WriteLine(TextWriter writer, string line)
        {
            try
            {
                writer.WriteLine(line);
            }
            catch (IOException error)
            {
                throw new OutputClosedException(error);
            }
        }
    }
}
