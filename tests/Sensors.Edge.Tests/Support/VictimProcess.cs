using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace Sensors.Edge.Tests.Support
{
    /// <summary>This program as a child process, to be killed.</summary>
    internal sealed class VictimProcess : IAsyncDisposable
    {
        public const string Store = "store-victim";
        public const string Service = "service-victim";

        private readonly Process _process;

        public VictimProcess(params string[] arguments)
        {
            _process = Process.Start(new ProcessStartInfo("dotnet", [typeof(VictimProcess).Assembly.Location, .. arguments]) { RedirectStandardOutput = true })!;
        }

        /// <summary>Reads what it says; null once it is dead and all is read.</summary>
        public ValueTask<string?> ReadAsync() => _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        /// <summary>Kills it: SIGKILL, nothing of it runs any more.</summary>
        public void Kill() => _process.Kill();

        public async ValueTask DisposeAsync()
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }
}
