using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Identification
{
    /// <summary>The kinds of identifiers that are told apart.</summary>
    public enum IdentifierKind
    {
        /// <summary>The strict profile of the industrial internet that nodes bear: <c>88.608.8889/87654321</c>.</summary>
        Node = 0,

        /// <summary>A Handle (RFC 3651): <c>20.1000/5555</c>.</summary>
        Handle = 1,

        /// <summary>The ISO/IEC 15459 form under the agency code VAA: <c>VAA08810012345678/abc123</c>.</summary>
        Vaa = 2,

        /// <summary>An object identifier (ITU-T X.660): <c>1.2.156.3001</c>.</summary>
        Oid = 3,

        /// <summary>An Ecode (GB/T 31866-2023): <c>0|0001|6901234567892</c>.</summary>
        Ecode = 4,

        /// <summary>A GTIN of GS1: <c>6901234567892</c>.</summary>
        Gtin = 5,

        /// <summary>An SGTIN of GS1 as pure identity: <c>urn:epc:id:sgtin:0614141.812345.12345</c>.</summary>
        Sgtin = 6,

        /// <summary>A GS1 Digital Link (ISO/IEC 18975): <c>https://example.cn/01/06901234567892/21/1</c>.</summary>
        Link = 7,

        /// <summary>A decentralised identifier, BID among them: <c>did:bid:efnVUgqQFfYeu97ABf6sGm3WFtVXHZB2</c>.</summary>
        Did = 8,

        /// <summary>A UUID (RFC 9562).</summary>
        Uuid = 9,
    }

    /// <summary>How kinds are called.</summary>
    public static class IdentifierKinds
    {
        /// <summary>Gets the names, in the order of the kinds.</summary>
        public static IReadOnlyList<string> Names { get; } = [.. Enum.GetNames<IdentifierKind>().Select(name => name.ToLowerInvariant())];

        /// <summary>Gives the name of a kind.</summary>
        /// <param name="kind">The kind.</param>
        /// <returns>Such as <c>node</c>.</returns>
        public static string NameOf(IdentifierKind kind) => Names[(int)kind];

        /// <summary>Finds the kind of a name.</summary>
        /// <param name="name">The name.</param>
        /// <returns>The kind; null when there is none of this name.</returns>
        public static IdentifierKind? Find(string name)
        {
            int at = Names.ToList().IndexOf(name);
            return at < 0 ? null : (IdentifierKind)at;
        }
    }
}
