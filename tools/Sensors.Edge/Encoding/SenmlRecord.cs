using System;

namespace Sensors.Edge
{
    /// <summary>One record of a SenML pack (RFC 8428, section 4). What is null is not in the record.</summary>
    public sealed record SenmlRecord
    {
        /// <summary>The version that a pack has when it does not say so.</summary>
        public const int DefaultVersion = 10;

        /// <summary>Gets the text that goes before the names of this record and of all after it.</summary>
        public string? BaseName { get; init; }

        /// <summary>Gets the seconds that are added to the times of this record and of all after it.</summary>
        public double? BaseTime { get; init; }

        /// <summary>Gets the unit of this record and of all after it that have none.</summary>
        public string? BaseUnit { get; init; }

        /// <summary>Gets the version of the pack.</summary>
        public int? BaseVersion { get; init; }

        /// <summary>Gets what is added to the numbers of this record and of all after it.</summary>
        public double? BaseValue { get; init; }

        /// <summary>Gets what is added to the sums of this record and of all after it.</summary>
        public double? BaseSum { get; init; }

        /// <summary>Gets the name.</summary>
        public string? Name { get; init; }

        /// <summary>Gets the unit, one of the registry's.</summary>
        public string? Unit { get; init; }

        /// <summary>Gets the time in seconds: below 2^28 from now, else since 1970-01-01T00:00:00Z.</summary>
        public double? Time { get; init; }

        /// <summary>Gets the seconds until which the next record of this name comes at the latest.</summary>
        public double? UpdateTime { get; init; }

        /// <summary>Gets the value, if it is a number; finite.</summary>
        public double? Value { get; init; }

        /// <summary>Gets the value, if it is a text.</summary>
        public string? StringValue { get; init; }

        /// <summary>Gets the value, if it is true or false.</summary>
        public bool? BooleanValue { get; init; }

        /// <summary>Gets the value, if it is bytes.</summary>
        public ReadOnlyMemory<byte>? DataValue { get; init; }

        /// <summary>Gets the integral of the value over time, in the unit times seconds.</summary>
        public double? Sum { get; init; }

        internal int Values => Count(Value) + Count(StringValue) + Count(BooleanValue) + Count(DataValue);

        private static int Count(object? value) => value is null ? 0 : 1;
    }
}
