using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Identification
{
    /// <summary>Asks services over HTTP: within the time, no more than a sensible answer, and every failure by its name.</summary>
    internal sealed class ResolverHttp : IDisposable
    {
        private const int MostBytes = 1024 * 1024;

        private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false, UseCookies = false };
        private readonly HttpClient _client;
        private readonly TimeSpan _timeout;

        /// <summary>Makes a client.</summary>
        /// <param name="timeout">How long an answer may take.</param>
        /// <param name="certificateAuthority">The file with the only authorities to trust; null for the system's.</param>
        internal ResolverHttp(TimeSpan timeout, string? certificateAuthority)
        {
            _timeout = timeout;
            if (certificateAuthority is not null)
            {
                var roots = new X509Certificate2Collection();
                try
                {
                    roots.ImportFromPemFile(certificateAuthority);
                }
                catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
                {
                    throw new FormatException($"ca {certificateAuthority} cannot be read: {error.Message}", error);
                }

                var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
                policy.CustomTrustStore.AddRange(roots);
                _handler.SslOptions.CertificateChainPolicy = policy;
            }

            _client = new HttpClient(_handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MostBytes };
        }

        /// <summary>Sends a request and reads the JSON of the answer, whatever its status.</summary>
        /// <exception cref="ResolverException">No answer came, or one that is no JSON.</exception>
        internal async Task<ResolverAnswer> AskAsync(HttpRequestMessage request, CancellationToken stop)
        {
            string server = Name(request.RequestUri!);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(_timeout);
            try
            {
                using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token).ConfigureAwait(false);
                byte[] body = await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false);
                return new ResolverAnswer(server, (int)response.StatusCode, Parse(body));
            }
            catch (OperationCanceledException error) when (!stop.IsCancellationRequested)
            {
                throw new ResolverException(
                    ResolverFault.Unreachable, FormattableString.Invariant($"{server} did not answer within {_timeout.TotalSeconds:0.#} s."), "see whether the service runs at that address.", cause: error);
            }
            catch (HttpRequestException error) when (error.InnerException is AuthenticationException)
            {
                throw new ResolverException(
                    ResolverFault.Untrusted, $"{server} is not trusted: {error.InnerException.Message}", "name the authority's certificate as \"ca\" in the resolver's settings.", cause: error);
            }
            catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.SecureConnectionError)
            {
                throw new ResolverException(ResolverFault.Untrusted, $"{server} made no secure connection: {error.Message}", "see whether that port speaks https.", cause: error);
            }
            catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.ResponseEnded)
            {
                throw new ResolverException(ResolverFault.NotUnderstood, $"{server} does not answer as a web service does: {error.Message}", "see whether the port is the right one.", cause: error);
            }
            catch (HttpRequestException error)
            {
                throw new ResolverException(ResolverFault.Unreachable, $"{server} cannot be reached: {error.Message}", "see whether the service runs at that address.", cause: error);
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _client.Dispose();
            _handler.Dispose();
        }

        internal static string Name(Uri uri) => uri.GetLeftPart(UriPartial.Authority);

        private static JsonElement? Parse(byte[] body)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(body);
                return document.RootElement.Clone();
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>What a service answered.</summary>
    /// <param name="Server">Who.</param>
    /// <param name="Status">The status of HTTP.</param>
    /// <param name="Body">The JSON; null when the answer is none.</param>
    internal sealed record ResolverAnswer(string Server, int Status, JsonElement? Body)
    {
        /// <summary>Gets the object that the answer is.</summary>
        /// <exception cref="ResolverException">It is none.</exception>
        internal JsonElement Object => Body is { ValueKind: JsonValueKind.Object } body
            ? body
            : throw new ResolverException(
                Status >= 500 ? ResolverFault.Server : ResolverFault.NotUnderstood,
                FormattableString.Invariant($"{Server} answered with HTTP status {Status} and {(Body is null ? "no JSON" : "JSON that is no object")}."),
                "see whether the address is that of this interface.",
                Status);

        /// <summary>Reads a whole number of the answer.</summary>
        /// <exception cref="ResolverException">There is none.</exception>
        internal int Number(string name) => Object.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            ? number
            : throw NotUnderstood($"has no {name}");

        /// <summary>Reads a text of the answer; empty when there is none.</summary>
        internal string Text(string name) => Object.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;

        internal ResolverException NotUnderstood(string what) => new(
            ResolverFault.NotUnderstood, FormattableString.Invariant($"{Server} gave an answer that {what} (HTTP status {Status})."), "see whether the address is that of this interface.", Status);
    }
}
