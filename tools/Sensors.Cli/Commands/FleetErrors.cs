using System;
using System.IO;
using Sensors.Cli.Errors;
using Sensors.VirtualBoard;

namespace Sensors.Cli.Commands
{
    /// <summary>Turns what can be wrong with a node's wiring into rows of the error table.</summary>
    internal static class FleetErrors
    {
        public static T Translate<T>(Func<T> make)
        {
            try
            {
                return make();
            }
            catch (FormatException error) when (error.Message.StartsWith("Fault", StringComparison.Ordinal))
            {
                throw ErrorTable.BadFault.Because(error.Message, "sensorctl demo --help lists the kinds of faults.", cause: error);
            }
            catch (FormatException error)
            {
                throw ErrorTable.BadIdentifier.Because(error.Message, "give an --id with a shorter suffix.", cause: error);
            }
            catch (RecordException error)
            {
                throw ErrorTable.BadRecording.Because($"The record cannot be used: {error.Message}", "--unit says what the record holds.", cause: error);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw ErrorTable.BadVolume.Because(
                    $"The volume's directory cannot be used: {error.Message}", "name a directory that you may write to with --volume.", cause: error);
            }
        }
    }
}
