using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Identification
{
    /// <summary>Follows an identifier from service to service - top node, secondary node, enterprise node - until one knows it.</summary>
    public sealed class ChainResolver
    {
        private const int MostSteps = 8;

        private readonly HandleClient _client;
        private readonly Uri _first;

        /// <summary>Makes a resolver.</summary>
        /// <param name="client">Asks a service.</param>
        /// <param name="first">The first one.</param>
        public ChainResolver(HandleClient client, Uri first)
        {
            ArgumentNullException.ThrowIfNull(client);
            ArgumentNullException.ThrowIfNull(first);
            _client = client;
            _first = first;
        }

        /// <summary>Resolves an identifier.</summary>
        /// <param name="identifier">The identifier.</param>
        /// <param name="stop">Gives up.</param>
        /// <returns>The way, and what stood at its end.</returns>
        /// <exception cref="ResolverException">A service fails, or the way does not end.</exception>
        public async Task<Resolution> ResolveAsync(string identifier, CancellationToken stop = default)
        {
            ArgumentException.ThrowIfNullOrEmpty(identifier);
            var steps = new List<ResolutionStep>();
            var asked = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            Uri server = _first;
            while (true)
            {
                if (!asked.Add(server.AbsoluteUri) || asked.Count > MostSteps)
                {
                    throw new ResolverException(
                        ResolverFault.Lost, $"The way does not end: {string.Join(", ", steps.Select(step => step.Server))}, and then {ResolverHttp.Name(server)} again.",
                        "ask who runs the last of them: its referral is wrong.");
                }

                var clock = Stopwatch.StartNew();
                HandleRecord answer = await _client.AskAsync(server, identifier, stop).ConfigureAwait(false);
                bool elsewhere = answer.Code is HandleClient.ServiceReferral or HandleClient.PrefixReferral;
                Uri? next = elsewhere ? await NextAsync(server, answer, stop).ConfigureAwait(false) : null;
                steps.Add(new ResolutionStep(answer.Server, answer.Code, next is null ? null : ResolverHttp.Name(next), clock.Elapsed));
                if (next is null) { return new Resolution(steps, answer); }
                server = next;
            }
        }

        private async Task<Uri> NextAsync(Uri server, HandleRecord answer, CancellationToken stop)
        {
            HandleValue? site = answer.Values.FirstOrDefault(value => value.Type is "HS_SITE.PREFIX" or "HS_SITE");
            if (site is null && answer.Find("HS_SERV") is { } service)
            {
                HandleRecord record = await _client.AskAsync(server, service.Text, stop).ConfigureAwait(false);
                site = record.Values.FirstOrDefault(value => value.Type is "HS_SITE" or "HS_SITE.PREFIX");
            }

            Uri next = site is null ? throw Unusable(answer, "names no site") : Address(answer, site);
            return server.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps ? throw Unusable(answer, "leads from https to http") : next;
        }

        // {"servers":[{"address":"10.0.0.5","interfaces":[{"query":true,"protocol":"HTTP","port":8000}]}]}
        private static Uri Address(HandleRecord answer, HandleValue site)
        {
            if (site.Data.ValueKind == JsonValueKind.Object && site.Data.TryGetProperty("servers", out JsonElement servers) && servers.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement server in servers.EnumerateArray())
                {
                    if (server.ValueKind != JsonValueKind.Object
                        || !server.TryGetProperty("address", out JsonElement address) || address.ValueKind != JsonValueKind.String
                        || !server.TryGetProperty("interfaces", out JsonElement interfaces) || interfaces.ValueKind != JsonValueKind.Array) { continue; }
                    foreach (JsonElement each in interfaces.EnumerateArray())
                    {
                        if (Address(address.GetString()!, each) is { } uri) { return uri; }
                    }
                }
            }

            throw Unusable(answer, "names no site that speaks HTTP");
        }

        private static Uri? Address(string host, JsonElement end)
        {
            bool usable = end.ValueKind == JsonValueKind.Object
                && end.TryGetProperty("protocol", out JsonElement protocol) && protocol.ValueKind == JsonValueKind.String && protocol.GetString() is "HTTP" or "HTTPS"
                && end.TryGetProperty("port", out JsonElement port) && port.ValueKind == JsonValueKind.Number && port.TryGetUInt16(out _);
            if (!usable || Uri.CheckHostName(host) == UriHostNameType.Unknown) { return null; }
            string scheme = end.GetProperty("protocol").GetString() == "HTTP" ? "http" : "https";
            return new UriBuilder(scheme, host, end.GetProperty("port").GetUInt16()).Uri;
        }

        private static ResolverException Unusable(HandleRecord answer, string what) => new(
            ResolverFault.Lost, string.Create(CultureInfo.InvariantCulture, $"{answer.Server} says to ask elsewhere (code {answer.Code}), and {what}."), "ask who runs it: its referral is wrong.", answer.Code);
    }

    /// <summary>How an identifier was resolved.</summary>
    /// <param name="Steps">Who was asked, in turn.</param>
    /// <param name="Record">What the last one said.</param>
    public sealed record Resolution(IReadOnlyList<ResolutionStep> Steps, HandleRecord Record)
    {
        /// <summary>Gets a value indicating whether there is such an identifier.</summary>
        public bool IsRegistered => Record.Code is HandleClient.Found or HandleClient.NoValues;
    }

    /// <summary>A service that was asked.</summary>
    /// <param name="Server">Who.</param>
    /// <param name="Code">Its response code.</param>
    /// <param name="Next">Whom it named; null when it answered itself.</param>
    /// <param name="Time">How long it took.</param>
    public sealed record ResolutionStep(string Server, int Code, string? Next, TimeSpan Time);
}
