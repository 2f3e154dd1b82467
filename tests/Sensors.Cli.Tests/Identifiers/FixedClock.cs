using System;

namespace Sensors.Cli.Tests.Identifiers
{
    /// <summary>A clock that stands at noon.</summary>
    internal sealed class FixedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => RegistryFile.Noon.AddDays(2);
    }
}
