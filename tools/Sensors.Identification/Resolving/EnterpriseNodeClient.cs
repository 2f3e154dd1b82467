using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Identification
{
    /// <summary>An enterprise node of the industrial internet ("IDHub"), by its HTTP interface.</summary>
    /// <remarks>
    /// Whoever writes logs in: the node gives a challenge to the application's identifier, and gets it back signed (RSA, PKCS #1 v1.5, SHA-256). The token that comes
    /// of it is fetched when it is first needed, and again when the node no longer takes it.
    /// </remarks>
    public sealed class EnterpriseNodeClient : IRegistrar
    {
        private const string Retrieve = "0.DOIP/Op.Retrieve";
        private const string Create = "0.DOIP/Op.Create";
        private const string Update = "0.DOIP.EXTEND/Op.Update.Non.Overlay";
        private const string Delete = "0.DOIP/Op.Delete";
        private const int Ok = 1;
        private const int AlsoOk = 10000; // as the documented answers of create, update and delete have it
        private const int UnknownClient = 102;
        private const int UnknownLogin = 401;

        private readonly EnterpriseEnd _end;
        private readonly ResolverHttp _http;
        private string? _token;

        /// <summary>Makes a client.</summary>
        /// <param name="end">The node, and who asks.</param>
        /// <param name="settings">Time-out and trust.</param>
        public EnterpriseNodeClient(EnterpriseEnd end, ResolverSettings settings)
        {
            ArgumentNullException.ThrowIfNull(end);
            ArgumentNullException.ThrowIfNull(settings);
            _end = end;
            _http = new ResolverHttp(settings.Timeout, settings.CertificateAuthority);
        }

        /// <summary>Asks what is registered under an identifier.</summary>
        /// <param name="identifier">The identifier.</param>
        /// <param name="stop">Gives up.</param>
        /// <returns>The values by their English names, and the template as <c>type</c>.</returns>
        /// <exception cref="ResolverException">There is no such identifier, or the node refuses.</exception>
        public async Task<IReadOnlyDictionary<string, string>> RetrieveAsync(string identifier, CancellationToken stop = default)
        {
            ResolverAnswer answer = await AskAsync(() => new HttpRequestMessage(HttpMethod.Get, Operation(identifier, Retrieve)), needsLogin: false, stop).ConfigureAwait(false);
            JsonElement data = answer.Object.TryGetProperty("data", out JsonElement told) && told.ValueKind == JsonValueKind.Object ? told : throw answer.NotUnderstood("has no data");
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            if (data.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String) { values["type"] = type.GetString()!; }
            if (data.TryGetProperty("attributes", out JsonElement attributes) && attributes.ValueKind == JsonValueKind.Object
                && attributes.TryGetProperty("content", out JsonElement content) && content.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty value in content.EnumerateObject())
                {
                    values[value.Name] = value.Value.ValueKind == JsonValueKind.String ? value.Value.GetString()! : value.Value.GetRawText();
                }
            }

            return values;
        }

        /// <inheritdoc/>
        public Task CreateAsync(string identifier, IReadOnlyList<RecordItem> items, CancellationToken stop = default) => WriteAsync(identifier, Create, items, stop);

        /// <inheritdoc/>
        public Task UpdateAsync(string identifier, IReadOnlyList<RecordItem> items, CancellationToken stop = default) => WriteAsync(identifier, Update, items, stop);

        /// <inheritdoc/>
        public Task DeleteAsync(string identifier, CancellationToken stop = default) =>
            AskAsync(() => new HttpRequestMessage(HttpMethod.Post, Operation(identifier, Delete)), needsLogin: true, stop);

        /// <inheritdoc/>
        public void Dispose() => _http.Dispose();

        private Task WriteAsync(string identifier, string operation, IReadOnlyList<RecordItem> items, CancellationToken stop)
        {
            ArgumentNullException.ThrowIfNull(items);
            var content = new JsonObject();
            foreach (RecordItem item in items) { content[item.Name] = item.Value; }
            string body = new JsonObject { ["type"] = _end.Template, ["attributes"] = new JsonObject { ["content"] = content } }.ToJsonString();
            return AskAsync(() => new HttpRequestMessage(HttpMethod.Post, Operation(identifier, operation)) { Content = Json(body) }, needsLogin: true, stop);
        }

        private async Task<ResolverAnswer> AskAsync(Func<HttpRequestMessage> make, bool needsLogin, CancellationToken stop)
        {
            for (bool again = false; ; again = true)
            {
                if (needsLogin) { _token ??= await LogInAsync(stop).ConfigureAwait(false); }
                using HttpRequestMessage request = make();
                if (_token is not null) { request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token); }
                ResolverAnswer answer = await _http.AskAsync(request, stop).ConfigureAwait(false);
                int code = answer.Number("code");
                if (code is Ok or AlsoOk) { return answer; }
                if (code is not (UnknownClient or UnknownLogin) || again) { throw Refusal(answer, code); }
                _token = null; // a day has passed, or the node was started anew
                needsLogin = true;
            }
        }

        private async Task<string> LogInAsync(CancellationToken stop)
        {
            using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(_end.Url, "api/v1/doip/public/challenge?handle=" + Uri.EscapeDataString(_end.Application)));
            ResolverAnswer challenge = await _http.AskAsync(ask, stop).ConfigureAwait(false);
            if (challenge.Number("code") is not (Ok or AlsoOk)) { throw Refusal(challenge, challenge.Number("code")); }
            string nonce = challenge.Text("data") is { Length: > 0 } data ? data : throw challenge.NotUnderstood("has no challenge");

            string body = new JsonObject { ["handle"] = _end.Application, ["signature"] = Convert.ToBase64String(Sign(Encoding.UTF8.GetBytes(nonce))) }.ToJsonString();
            using var reply = new HttpRequestMessage(HttpMethod.Post, new Uri(_end.Url, "api/v1/doip/public/verify-response")) { Content = Json(body) };
            ResolverAnswer verdict = await _http.AskAsync(reply, stop).ConfigureAwait(false);
            if (verdict.Number("code") is not (Ok or AlsoOk)) { throw Refusal(verdict, verdict.Number("code")); }
            return verdict.Object.TryGetProperty("data", out JsonElement told) && told.ValueKind == JsonValueKind.Object
                && told.TryGetProperty("token", out JsonElement token) && token.ValueKind == JsonValueKind.String
                ? token.GetString()!
                : throw verdict.NotUnderstood("has no token");
        }

        private byte[] Sign(byte[] challenge)
        {
            try
            {
                using var key = RSA.Create();
                key.ImportFromPem(File.ReadAllText(_end.KeyFile));
                return key.SignData(challenge, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            }
            catch (Exception error) when (error is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
            {
                throw new FormatException($"enterprise.key {_end.KeyFile} is no private key of RSA in PEM that can be read: {error.Message}", error);
            }
        }

        private Uri Operation(string identifier, string operation)
        {
            ArgumentException.ThrowIfNullOrEmpty(identifier);
            return new Uri(_end.Url, $"api/v1/doip?targetId={Uri.EscapeDataString(identifier)}&operationId={Uri.EscapeDataString(operation)}");
        }

        private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

        private static ResolverException Refusal(ResolverAnswer answer, int code)
        {
            (ResolverFault fault, string text, string hint) = code switch
            {
                101 => (ResolverFault.Refused, "that the request is not valid", "see whether the address is that of an enterprise node's HTTP interface."),
                UnknownClient or UnknownLogin => (ResolverFault.Denied, "that it does not know the application", "see whether enterprise.application and enterprise.key are those the node knows."),
                103 => (ResolverFault.Denied, "that the application may not do this", "let the node's administrator allow it."),
                104 => (ResolverFault.NotFound, "that there is no such identifier", "sensorctl id register makes it known."),
                105 => (ResolverFault.Exists, "that the identifier is registered already", "--update changes what is registered."),
                106 => (ResolverFault.Refused, "that a parameter is wrong", "see what the message names."),
                403 => (ResolverFault.Denied, "that the application may not read this", "let the owner allow it."),
                404 or 405 or 602 => (ResolverFault.Refused, "that it does not know the operation", "see whether the node's version has this interface."),
                406 or 605 or 700 or 702 => (ResolverFault.Denied, "that the application may not change this", "only who registered an identifier may change it."),
                500 => (ResolverFault.Server, "an error of its own", "try again later, or ask who runs it."),
                600 => (ResolverFault.Refused, "that the template is not published", "publish the template at the node first."),
                601 => (ResolverFault.Refused, "that an item does not fit the template", "sensorctl id register --help lists the items; the template must have them by these English names."),
                603 => (ResolverFault.Refused, "that the item is of another template", "see whether enterprise.template is the one the identifier was made with."),
                604 => (ResolverFault.Refused, "that there is no such template", "see whether enterprise.template names a template of this node."),
                701 => (ResolverFault.Refused, "that the identifier is not this enterprise's", "register it at the node of its prefix."),
                40508 => (ResolverFault.Refused, "that this is no identifier", "sensorctl id check says what is wrong."),
                _ => (ResolverFault.Refused, "a code that is not known here", "ask who runs it what the code means."),
            };
            string message = answer.Text("message");
            return new ResolverException(fault, FormattableString.Invariant($"{answer.Server} says {text} (code {code}{(message.Length > 0 ? ": " + message : "")})."), hint, code);
        }
    }
}
