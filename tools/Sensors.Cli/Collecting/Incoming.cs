using System;

namespace Sensors.Cli.Collecting
{
    /// <summary>A message that came in.</summary>
    internal readonly record struct Incoming(string Topic, ReadOnlyMemory<byte> Payload);
}
