using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Commissioning
{
    /// <summary>Finds nodes that wait: virtual ones on this PC, and the real one whose access point this PC has joined.</summary>
    public sealed class NodeDiscovery : IDisposable
    {
        /// <summary>Where every real node's portal is, once its access point is joined.</summary>
        public static readonly Uri PortalAddress = new("http://192.168.4.1/");

        private const int MostAnswer = 4096;
        private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

        private readonly string _folder;
        private readonly Uri? _real;
        private readonly HttpClient _http = PortalHttp.Create(Limit);

        /// <summary>Makes it.</summary>
        /// <param name="folder">Where virtual nodes announce themselves; null for <see cref="VirtualNotice.DefaultFolder"/>.</param>
        /// <param name="real">Where to look for a real node; null for none.</param>
        public NodeDiscovery(string? folder = null, Uri? real = null)
        {
            _folder = folder ?? VirtualNotice.DefaultFolder;
            _real = real;
        }

        /// <summary>Looks once.</summary>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>The nodes that answer, in the order of their names.</returns>
        public async Task<IReadOnlyList<WaitingNode>> FindAsync(CancellationToken stop)
        {
            var asked = new List<Task<WaitingNode?>>();
            foreach (VirtualNotice notice in VirtualNotice.ReadAll(_folder))
            {
                asked.Add(AskAsync(new Uri($"http://{notice.Endpoint}/"), isVirtual: true, notice.Node, stop));
            }

            if (_real is not null)
            {
                asked.Add(AskAsync(_real, isVirtual: false, null, stop));
            }

            WaitingNode?[] found = await Task.WhenAll(asked).ConfigureAwait(false);
            return [.. found.OfType<WaitingNode>().OrderBy(node => node.State.Node, StringComparer.Ordinal)];
        }

        /// <summary>Gives where a node's portal is now.</summary>
        /// <param name="node">The node, as it was found.</param>
        /// <returns>A function that looks again each time: a virtual board listens elsewhere after a restart.</returns>
        public Func<Uri?> EndpointOf(WaitingNode node)
        {
            ArgumentNullException.ThrowIfNull(node);
            return node.IsVirtual
                ? () => VirtualNotice.ReadAll(_folder).FirstOrDefault(notice => notice.Node == node.State.Node) is { } notice ? new Uri($"http://{notice.Endpoint}/") : null
                : () => node.Endpoint;
        }

        /// <inheritdoc/>
        public void Dispose() => _http.Dispose();

        private async Task<WaitingNode?> AskAsync(Uri endpoint, bool isVirtual, string? expected, CancellationToken stop)
        {
            try
            {
                (int status, byte[] body) = await PortalHttp.SendAsync(_http, HttpMethod.Get, new Uri(endpoint, "/api/v1/node"), null, Limit, MostAnswer, stop).ConfigureAwait(false);
                NodeState? state = status == 200 ? PortalAnswers.State(body) : null;
                return state is null || (expected is not null && state.Node != expected) ? null : new WaitingNode(state, endpoint, isVirtual);
            }
            catch (Exception error) when (error is HttpRequestException or PairingException)
            {
                return null; // nobody there, or something else: a router of that address is common
            }
        }
    }
}
