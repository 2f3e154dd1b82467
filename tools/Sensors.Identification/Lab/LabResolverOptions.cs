using System;

namespace Sensors.Identification
{
    /// <summary>How the lab's resolver is.</summary>
    public sealed record LabResolverOptions
    {
        /// <summary>The prefix where nobody says another: one that published examples use.</summary>
        public const string UsualPrefix = "88.888.888";

        /// <summary>Gets the enterprise's prefix.</summary>
        public string Prefix { get; init; } = UsualPrefix;

        /// <summary>Gets the port of the top node; secondary and enterprise node follow. 0 takes any free ones.</summary>
        public int Port { get; init; }

        /// <summary>Gets the file that keeps the records; null forgets them at the end.</summary>
        public string? Store { get; init; }

        /// <summary>Gets the public key of the application that registers, PEM.</summary>
        public required string ApplicationKey { get; init; }

        /// <summary>Gets the password of the SNMS user.</summary>
        public required string Password { get; init; }

        /// <summary>Gets the clock.</summary>
        public TimeProvider Clock { get; init; } = TimeProvider.System;

        /// <summary>Gets who is told of every request; may be called by several threads at once.</summary>
        public Action<LabRequestSeen> OnRequest { get; init; } = _ => { };
    }

    /// <summary>A request that the lab's resolver answered.</summary>
    /// <param name="Node">Who: <c>top</c>, <c>secondary</c>, <c>enterprise</c>.</param>
    /// <param name="Action">What was asked: <c>resolve</c>, <c>create</c>, <c>login</c> ...</param>
    /// <param name="Identifier">Of which identifier; empty for none.</param>
    /// <param name="Code">What was answered, in the codes of that interface.</param>
    public sealed record LabRequestSeen(string Node, string Action, string Identifier, int Code);
}
