using Sensors.Edge;

namespace Sensors.Cli.Errors
{
    /// <summary>What a store refuses, as rows of the error table.</summary>
    internal static class StoreErrors
    {
        public static CliException Of(string file, StoreException error)
        {
            (ErrorEntry entry, string hint) = error.Trouble switch
            {
                StoreTrouble.InUse => (ErrorTable.StoreInUse, "end the other collector, or give this one a file of its own with --store."),
                StoreTrouble.Full => (ErrorTable.StoreFull, "make room on the disk; nodes keep what is not stored yet."),
                StoreTrouble.Foreign => (ErrorTable.NoStore, "--store names a file that sensorctl collect made, or for collect one that does not exist yet."),
                _ => (ErrorTable.BadStore, "--store names a file in a folder that exists and that you may write to."),
            };
            return entry.Because(error.Message, hint, file, error);
        }
    }
}
