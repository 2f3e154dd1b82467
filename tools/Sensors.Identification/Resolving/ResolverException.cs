using System;

namespace Sensors.Identification
{
    /// <summary>A resolution service did not do what was asked.</summary>
    public sealed class ResolverException : Exception
    {
        /// <summary>Makes the exception.</summary>
        /// <param name="fault">What kind of fault it is.</param>
        /// <param name="message">One sentence: who answered what.</param>
        /// <param name="hint">What to do, without a capital.</param>
        /// <param name="code">The service's own code; null when it gave none.</param>
        /// <param name="cause">The exception behind it; null for none.</param>
        public ResolverException(ResolverFault fault, string message, string hint, int? code = null, Exception? cause = null)
            : base(message, cause)
        {
            Fault = fault;
            Hint = hint;
            Code = code;
        }

        /// <summary>Gets what kind of fault it is.</summary>
        public ResolverFault Fault { get; }

        /// <summary>Gets what to do.</summary>
        public string Hint { get; }

        /// <summary>Gets the service's own code, such as 104; null when it gave none.</summary>
        public int? Code { get; }
    }

    /// <summary>What can be wrong with a resolution service, or with what it was asked.</summary>
    public enum ResolverFault
    {
        /// <summary>Nobody answers there, or not in time.</summary>
        Unreachable = 0,

        /// <summary>The connection is not trusted.</summary>
        Untrusted = 1,

        /// <summary>The answer cannot be understood.</summary>
        NotUnderstood = 2,

        /// <summary>There is no such identifier.</summary>
        NotFound = 3,

        /// <summary>The identifier is registered already.</summary>
        Exists = 4,

        /// <summary>The service does not know who asks, or does not let them.</summary>
        Denied = 5,

        /// <summary>The service will not take what was sent.</summary>
        Refused = 6,

        /// <summary>The service has a fault of its own, or is busy.</summary>
        Server = 7,

        /// <summary>The way from service to service does not end.</summary>
        Lost = 8,
    }
}
