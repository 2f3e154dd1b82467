using System;
using System.Collections.Generic;
using Sensors.Node;

namespace Sensors.Identification
{
    /// <summary>Which identifier is where, and which boards bore it. Identifiers are compared as text without case; so are the names of boards.</summary>
    /// <remarks>Trouble with the file is a <see cref="Edge.StoreException"/>. One thread at a time; several processes may use one file.</remarks>
    public interface INodeRegistry : IDisposable
    {
        /// <summary>Enters a node that was paired.</summary>
        /// <remarks>The same board again renews what is known. A board that bore another identifier leaves that place: boards are moved.</remarks>
        /// <param name="node">What pairing knows.</param>
        /// <exception cref="RegistryException">Another board bears the identifier (<see cref="Replace"/> changes that), or it is retired.</exception>
        void AddPaired(PairedNode node);

        /// <summary>Enters that another board bears an identifier from now on. What else is known stays.</summary>
        /// <param name="identifier">The identifier.</param>
        /// <param name="hardware">The new board.</param>
        /// <param name="at">When.</param>
        /// <exception cref="RegistryException">The identifier is not known or retired, or the board bears another one.</exception>
        void Replace(Identifier identifier, NodeHardware hardware, DateTimeOffset at);

        /// <summary>Finds a node, retired ones too.</summary>
        /// <param name="identifier">The identifier.</param>
        /// <returns>The node; null when the registry does not know it.</returns>
        NodeEntry? Find(Identifier identifier);

        /// <summary>Finds the place where a board is now.</summary>
        /// <param name="node">The name on its label, such as <c>sensors-3F2A1C</c>.</param>
        /// <returns>The node; null when the board bears no identifier.</returns>
        NodeEntry? FindBoard(string node);

        /// <summary>Gives all nodes, by identifier.</summary>
        /// <param name="retired">Whether those that were given up are among them.</param>
        /// <returns>The nodes.</returns>
        IReadOnlyList<NodeEntry> All(bool retired = true);

        /// <summary>Changes what people call a node, and where it stands. The identifier stays.</summary>
        /// <param name="identifier">The identifier.</param>
        /// <param name="name">The new name; null leaves it.</param>
        /// <param name="place">The new place; null leaves it.</param>
        /// <param name="at">When.</param>
        /// <exception cref="RegistryException">The identifier is not known.</exception>
        void Rename(Identifier identifier, string? name, string? place, DateTimeOffset at);

        /// <summary>Gives a node up. The identifier is not given again.</summary>
        /// <param name="identifier">The identifier.</param>
        /// <param name="at">When.</param>
        /// <exception cref="RegistryException">The identifier is not known or retired already.</exception>
        void Retire(Identifier identifier, DateTimeOffset at);

        /// <summary>Tells whether an identifier is taken: borne, retired, or given out by a template and not paired yet.</summary>
        /// <param name="identifier">The identifier.</param>
        /// <returns>False when it is free.</returns>
        bool IsInUse(Identifier identifier);

        /// <summary>Gives identifiers out, so that nobody gets one of them again.</summary>
        /// <param name="series">Counts the identifiers of one template, without regard to case.</param>
        /// <param name="make">Makes the identifier of a number, from 1; null behind the last one.</param>
        /// <param name="count">How many.</param>
        /// <param name="keep">False shows what would come, and keeps nothing.</param>
        /// <param name="at">When.</param>
        /// <returns>The identifiers: those of the next numbers that are not taken.</returns>
        /// <exception cref="RegistryException">The template has no numbers left; then none was given.</exception>
        IReadOnlyList<Identifier> Give(string series, Func<long, Identifier?> make, int count, bool keep, DateTimeOffset at);
    }
}
