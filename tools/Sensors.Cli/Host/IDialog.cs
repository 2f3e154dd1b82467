using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Cli.Host
{
    /// <summary>Somebody at a terminal who can be asked.</summary>
    public interface IDialog
    {
        /// <summary>Reads a line. What is asked has been written to the error stream already, without a line's end.</summary>
        /// <param name="secret">Whether nobody may see it.</param>
        /// <param name="stop">Ends the wait with an exception.</param>
        /// <returns>The line; null when there is nobody any more.</returns>
        Task<string?> ReadLineAsync(bool secret, CancellationToken stop);
    }
}
