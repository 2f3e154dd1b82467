using System;
using System.IO;

namespace Sensors.Cli.Output
{
    /// <summary>The program that read standard output is gone.</summary>
    public sealed class OutputClosedException(IOException cause) : Exception("Standard output is closed.", cause);
}
