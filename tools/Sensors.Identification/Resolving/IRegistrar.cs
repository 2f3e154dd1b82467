using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Identification
{
    /// <summary>A service that registers identifiers.</summary>
    public interface IRegistrar : IDisposable
    {
        /// <summary>Registers an identifier.</summary>
        /// <param name="identifier">The identifier.</param>
        /// <param name="items">What is told of it.</param>
        /// <param name="stop">Gives up.</param>
        /// <returns>A task that ends when it is registered.</returns>
        /// <exception cref="ResolverException">The service refuses; <see cref="ResolverFault.Exists"/> when it is registered already.</exception>
        Task CreateAsync(string identifier, IReadOnlyList<RecordItem> items, CancellationToken stop = default);

        /// <summary>Changes what is told of an identifier.</summary>
        /// <param name="identifier">The identifier.</param>
        /// <param name="items">What changes; other items stay.</param>
        /// <param name="stop">Gives up.</param>
        /// <returns>A task that ends when it is changed.</returns>
        /// <exception cref="ResolverException">The service refuses.</exception>
        Task UpdateAsync(string identifier, IReadOnlyList<RecordItem> items, CancellationToken stop = default);

        /// <summary>Takes an identifier back.</summary>
        /// <param name="identifier">The identifier.</param>
        /// <param name="stop">Gives up.</param>
        /// <returns>A task that ends when it is gone.</returns>
        /// <exception cref="ResolverException">The service refuses.</exception>
        Task DeleteAsync(string identifier, CancellationToken stop = default);
    }
}
