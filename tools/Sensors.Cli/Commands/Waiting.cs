using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Cli.Commands
{
    /// <summary>Waiting without exceptions.</summary>
    internal static class Waiting
    {
        public static async Task UntilCancelledAsync(CancellationToken token) =>
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
