using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
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
    /// <summary>The interface for hosted enterprises that secondary nodes and enterprise nodes share ("SNMS").</summary>
    /// <remarks>Status 504 leaves open whether an identifier was registered. So it is sent again, and then "exists" means done.</remarks>
    public sealed class SnmsClient : IRegistrar
    {
        private const string Data = "identityv2/data";
        private const int Ok = 1;
        private const int NotLoggedIn = -1;
        private const int Failure = -2;
        private const int NoRight = -3;
        private const int Internal = -4;
        private const int MostTries = 4;

        private readonly SnmsEnd _end;
        private readonly ResolverHttp _http;
        private readonly TimeProvider _clock;
        private string? _token;

        /// <summary>Makes a client.</summary>
        /// <param name="end">The service, and who asks.</param>
        /// <param name="settings">Time-out and trust.</param>
        /// <param name="clock">Tells the day of the login, and waits between tries; null for the system's.</param>
        public SnmsClient(SnmsEnd end, ResolverSettings settings, TimeProvider? clock = null)
        {
            ArgumentNullException.ThrowIfNull(end);
            ArgumentNullException.ThrowIfNull(settings);
            _end = end;
            _http = new ResolverHttp(settings.Timeout, settings.CertificateAuthority);
            _clock = clock ?? TimeProvider.System;
        }

        /// <summary>Gets how long to wait before the second try, when the outcome of the first is not known; later ones wait longer.</summary>
        public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

        /// <summary>Asks what is registered under an identifier.</summary>
        /// <param name="identifier">The identifier.</param>
        /// <param name="stop">Gives up.</param>
        /// <returns>The values by type.</returns>
        /// <exception cref="ResolverException">There is no such identifier, or the service refuses.</exception>
        public async Task<IReadOnlyList<RecordItem>> DetailAsync(string identifier, CancellationToken stop = default)
        {
            ArgumentException.ThrowIfNullOrEmpty(identifier);
            ResolverAnswer answer = await AskAsync(HttpMethod.Get, $"{Data}/detail?handle={Uri.EscapeDataString(identifier)}", null, stop).ConfigureAwait(false);
            var items = new List<RecordItem>();
            if (!answer.Object.TryGetProperty("data", out JsonElement data) || data.ValueKind != JsonValueKind.Object
                || !data.TryGetProperty("value", out JsonElement values) || values.ValueKind != JsonValueKind.Array)
            {
                throw answer.NotUnderstood("has no values");
            }

            foreach (JsonElement value in values.EnumerateArray())
            {
                if (value.ValueKind != JsonValueKind.Object
                    || !value.TryGetProperty("index", out JsonElement index) || index.ValueKind != JsonValueKind.Number || !index.TryGetInt32(out int number)
                    || !value.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String
                    || !value.TryGetProperty("data", out JsonElement inner) || inner.ValueKind != JsonValueKind.Object
                    || !inner.TryGetProperty("value", out JsonElement text) || text.ValueKind != JsonValueKind.String)
                {
                    throw answer.NotUnderstood("has a value without index, type and data");
                }

                items.Add(new RecordItem(number, type.GetString()!, text.GetString()!));
            }

            return items;
        }

        /// <inheritdoc/>
        public Task CreateAsync(string identifier, IReadOnlyList<RecordItem> items, CancellationToken stop = default) => WriteAsync(HttpMethod.Post, identifier, items, ResolverFault.Exists, stop);

        /// <inheritdoc/>
        public Task UpdateAsync(string identifier, IReadOnlyList<RecordItem> items, CancellationToken stop = default) => WriteAsync(HttpMethod.Put, identifier, items, null, stop);

        /// <inheritdoc/>
        public Task DeleteAsync(string identifier, CancellationToken stop = default) => WriteAsync(HttpMethod.Delete, identifier, null, ResolverFault.NotFound, stop);

        /// <inheritdoc/>
        public void Dispose() => _http.Dispose();

        /// <param name="method">What to do.</param>
        /// <param name="identifier">With which identifier.</param>
        /// <param name="items">The values; null for none.</param>
        /// <param name="done">The refusal that, after a try whose outcome is not known, means that try succeeded.</param>
        /// <param name="stop">Gives up.</param>
        private async Task WriteAsync(HttpMethod method, string identifier, IReadOnlyList<RecordItem>? items, ResolverFault? done, CancellationToken stop)
        {
            ArgumentException.ThrowIfNullOrEmpty(identifier);
            string body = Body(identifier, items);
            for (int tries = 1; ; tries++)
            {
                try
                {
                    await AskAsync(method, Data, body, stop).ConfigureAwait(false);
                    return;
                }
                catch (ResolverException error) when (error.Fault == done && tries > 1)
                {
                    return;
                }
                catch (ResolverException error) when (error.Code == (int)HttpStatusCode.GatewayTimeout && tries < MostTries)
                {
                    await Task.Delay(Pause * tries, _clock, stop).ConfigureAwait(false);
                }
            }
        }

        private string Body(string identifier, IReadOnlyList<RecordItem>? items)
        {
            var body = new JsonObject { ["handle"] = identifier };
            if (items is not null)
            {
                body["templateVersion"] = _end.TemplateVersion;
                body["value"] = new JsonArray([.. items.Select(item => (JsonNode)new JsonObject
                {
                    ["auth"] = "",
                    ["index"] = item.Index,
                    ["type"] = item.Name,
                    ["data"] = new JsonObject { ["format"] = "string", ["value"] = item.Value },
                })]);
            }

            return body.ToJsonString();
        }

        private async Task<ResolverAnswer> AskAsync(HttpMethod method, string path, string? body, CancellationToken stop)
        {
            for (bool again = false; ; again = true)
            {
                _token ??= await LogInAsync(stop).ConfigureAwait(false);
                using var request = new HttpRequestMessage(method, new Uri(_end.Url, path)) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
                ResolverAnswer answer = await _http.AskAsync(request, stop).ConfigureAwait(false);
                if (answer.Status == (int)HttpStatusCode.GatewayTimeout)
                {
                    throw new ResolverException(
                        ResolverFault.Server, $"{answer.Server} ran out of time (HTTP status 504); whether it did what was asked is not known.",
                        "try again: if the identifier exists then, the first try had succeeded.", answer.Status);
                }

                int status = answer.Number("status");
                if (status == Ok) { return answer; }
                if (status != NotLoggedIn || again) { throw Refusal(answer, status); }
                _token = null;
            }
        }

        // The password itself is never sent: SHA-256 of its SHA-256 in hexadecimal digits, and the day.
        private async Task<string> LogInAsync(CancellationToken stop)
        {
            string password = ReadPassword();
            string day = _clock.GetLocalNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            string body = new JsonObject { ["username"] = _end.User, ["password"] = Hash(Hash(password) + day) }.ToJsonString();
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_end.Url, "identity/token/v1")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            ResolverAnswer answer = await _http.AskAsync(request, stop).ConfigureAwait(false);
            if (answer.Number("status") != Ok)
            {
                throw new ResolverException(
                    ResolverFault.Denied, $"{answer.Server} does not let {_end.User} in ({answer.Text("message")}).", "see whether snms.user and snms.password_file are right, and this computer's date.", answer.Number("status"));
            }

            return answer.Object.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.Object
                && data.TryGetProperty("token", out JsonElement token) && token.ValueKind == JsonValueKind.String
                ? token.GetString()!
                : throw answer.NotUnderstood("has no token");
        }

        private string ReadPassword()
        {
            try
            {
                return File.ReadAllText(_end.PasswordFile).TrimEnd('\r', '\n');
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new FormatException($"snms.password_file {_end.PasswordFile} cannot be read: {error.Message}", error);
            }
        }

        internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

        private static ResolverException Refusal(ResolverAnswer answer, int status)
        {
            string message = answer.Text("message");
            bool exists = message.Contains("已存在", StringComparison.Ordinal) || message.Contains("exist", StringComparison.OrdinalIgnoreCase) && !message.Contains("not exist", StringComparison.OrdinalIgnoreCase);
            bool missing = message.Contains("没有找到", StringComparison.Ordinal) || message.Contains("不存在", StringComparison.Ordinal) && message.Contains("标识", StringComparison.Ordinal) && !message.Contains("模板", StringComparison.Ordinal) || message.Contains("not found", StringComparison.OrdinalIgnoreCase) || message.Contains("not exist", StringComparison.OrdinalIgnoreCase);
            (ResolverFault fault, string text, string hint) = status switch
            {
                NotLoggedIn => (ResolverFault.Denied, "that one must log in", "see whether snms.user and snms.password_file are right."),
                Failure when exists => (ResolverFault.Exists, "that the identifier is registered already", "--update changes what is registered."),
                Failure when missing => (ResolverFault.NotFound, "that there is no such identifier", "sensorctl id register makes it known."),
                Failure => (ResolverFault.Refused, "no", "see what the message names; index and type of each item must be those of the template."),
                NoRight => (ResolverFault.Denied, "that the user may not do this", "let the service's administrator allow it."),
                Internal => (ResolverFault.Server, "an error of its own", "try again later, or ask who runs it."),
                _ => (ResolverFault.Refused, "a status that is not known here", "ask who runs it what the status means."),
            };
            return new ResolverException(fault, FormattableString.Invariant($"{answer.Server} says {text} (status {status}{(message.Length > 0 ? ": " + message : "")})."), hint, status);
        }
    }
}
