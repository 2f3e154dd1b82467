using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Identification
{
    /// <summary>Asks services by the Handle HTTP interface: <c>GET /api/handles/{prefix}/{suffix}</c>.</summary>
    public sealed class HandleClient : IDisposable
    {
        /// <summary>Response code: found.</summary>
        public const int Found = 1;

        /// <summary>Response code: there is no such Handle.</summary>
        public const int NotFound = 100;

        /// <summary>Response code: the Handle has no such values.</summary>
        public const int NoValues = 200;

        /// <summary>Response code: ask the service that <c>HS_SERV</c> names.</summary>
        public const int ServiceReferral = 302;

        /// <summary>Response code: ask the site that <c>HS_SITE.PREFIX</c> names.</summary>
        public const int PrefixReferral = 303;

        private readonly ResolverHttp _http;

        /// <summary>Makes a client.</summary>
        /// <param name="settings">Time-out and trust.</param>
        public HandleClient(ResolverSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            _http = new ResolverHttp(settings.Timeout, settings.CertificateAuthority);
        }

        /// <summary>Asks one service.</summary>
        /// <param name="server">The service.</param>
        /// <param name="handle">The Handle.</param>
        /// <param name="stop">Gives up.</param>
        /// <returns>The answer: found, not found, or to ask elsewhere.</returns>
        /// <exception cref="ResolverException">No answer came, or one of a fault.</exception>
        public async Task<HandleRecord> AskAsync(Uri server, string handle, CancellationToken stop = default)
        {
            ArgumentNullException.ThrowIfNull(server);
            ArgumentException.ThrowIfNullOrEmpty(handle);
            string[] parts = handle.Split('/', 2);
            string path = "api/handles/" + string.Join('/', parts.Select(Uri.EscapeDataString));
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, path));
            ResolverAnswer answer = await _http.AskAsync(request, stop).ConfigureAwait(false);
            int code = answer.Number("responseCode");
            return code is Found or NotFound or NoValues or ServiceReferral or PrefixReferral
                ? new HandleRecord(answer.Server, code, answer.Text("handle") is { Length: > 0 } told ? told : handle, Values(answer))
                : throw Refusal(answer, code);
        }

        /// <inheritdoc/>
        public void Dispose() => _http.Dispose();

        private static List<HandleValue> Values(ResolverAnswer answer)
        {
            var values = new List<HandleValue>();
            if (!answer.Object.TryGetProperty("values", out JsonElement list) || list.ValueKind != JsonValueKind.Array) { return values; }
            foreach (JsonElement value in list.EnumerateArray())
            {
                if (value.ValueKind != JsonValueKind.Object
                    || !value.TryGetProperty("index", out JsonElement index) || index.ValueKind != JsonValueKind.Number || !index.TryGetInt32(out int number)
                    || !value.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String
                    || !value.TryGetProperty("data", out JsonElement data))
                {
                    throw answer.NotUnderstood("has a value without index, type and data");
                }

                // Some servers give the text itself instead of its format and the text.
                bool wrapped = data.ValueKind == JsonValueKind.Object && data.TryGetProperty("value", out _);
                string format = wrapped && data.TryGetProperty("format", out JsonElement told) && told.ValueKind == JsonValueKind.String ? told.GetString()! : "string";
                DateTimeOffset? time = value.TryGetProperty("timestamp", out JsonElement stamp) && stamp.ValueKind == JsonValueKind.String && stamp.TryGetDateTimeOffset(out DateTimeOffset at) ? at : null;
                values.Add(new HandleValue(number, type.GetString()!, format, wrapped ? data.GetProperty("value") : data, time));
            }

            values.Sort((left, right) => left.Index.CompareTo(right.Index));
            return values;
        }

        private static ResolverException Refusal(ResolverAnswer answer, int code)
        {
            (ResolverFault fault, string text, string hint) = code switch
            {
                2 => (ResolverFault.Server, "an error of its own", "try again later, or ask who runs it."),
                3 => (ResolverFault.Server, "that it is busy", "try again later."),
                4 => (ResolverFault.Refused, "that it does not understand the request", "see whether the address is that of a Handle service."),
                5 => (ResolverFault.Refused, "that it does not support this", "see whether the address is that of a Handle service."),
                102 => (ResolverFault.Refused, "that this is no identifier", "sensorctl id check --kind handle says what is wrong."),
                400 or 401 or 403 or 404 => (ResolverFault.Denied, "that the data are not for everybody", "ask who runs it for the right to read them."),
                402 or 405 or 407 or 408 => (ResolverFault.Denied, "that one must log in", "resolve through the enterprise node instead."),
                _ => (ResolverFault.Refused, "a code that is not known here", "ask who runs it what the code means."),
            };
            string message = answer.Text("message");
            return new ResolverException(fault, FormattableString.Invariant($"{answer.Server} says {text} (code {code}{(message.Length > 0 ? ": " + message : "")})."), hint, code);
        }
    }
}
