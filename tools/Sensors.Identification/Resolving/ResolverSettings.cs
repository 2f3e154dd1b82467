using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Sensors.Identification
{
    /// <summary>Where identifiers are resolved and registered. There are no addresses but those somebody wrote here.</summary>
    public sealed record ResolverSettings
    {
        /// <summary>The seconds a service has for an answer where nobody says another number.</summary>
        public const int UsualSeconds = 10;

        private const int MostSeconds = 300;

        private static readonly string[] Members = ["handle", "enterprise", "snms", "ca", "timeout_seconds"];

        /// <summary>Gets where resolving begins: a service with the Handle HTTP interface; null for none.</summary>
        public Uri? Handle { get; init; }

        /// <summary>Gets the enterprise node; null for none.</summary>
        public EnterpriseEnd? Enterprise { get; init; }

        /// <summary>Gets the SNMS interface; null for none.</summary>
        public SnmsEnd? Snms { get; init; }

        /// <summary>Gets the file with the certificates of authorities that are trusted beside the system's; null for none.</summary>
        public string? CertificateAuthority { get; init; }

        /// <summary>Gets how long a service has for an answer.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(UsualSeconds);

        /// <summary>Reads a file. Names of files in it are relative to its own folder.</summary>
        /// <param name="path">The file.</param>
        /// <returns>The settings.</returns>
        /// <exception cref="FormatException">What it says cannot be; the message names the member.</exception>
        /// <exception cref="IOException">It cannot be read.</exception>
        /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
        public static ResolverSettings Read(string path)
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            try
            {
                using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
                return Read(document.RootElement, folder);
            }
            catch (JsonException error)
            {
                throw new FormatException($"it is no JSON: {error.Message}", error);
            }
        }

        private static ResolverSettings Read(JsonElement root, string folder)
        {
            Expect(root, "", Members);
            return new ResolverSettings
            {
                Handle = Text(root, "", "handle") is { } handle ? Address("handle", handle) : null,
                Enterprise = root.TryGetProperty("enterprise", out JsonElement enterprise) ? ReadEnterprise(enterprise, folder) : null,
                Snms = root.TryGetProperty("snms", out JsonElement snms) ? ReadSnms(snms, folder) : null,
                CertificateAuthority = Text(root, "", "ca") is { } ca ? Path.Combine(folder, ca) : null,
                Timeout = TimeSpan.FromSeconds(Seconds(root)),
            };
        }

        private static EnterpriseEnd ReadEnterprise(JsonElement end, string folder)
        {
            const string Here = "enterprise.";
            Expect(end, Here, ["url", "application", "key", "template"]);
            return new EnterpriseEnd(
                Address(Here + "url", Needed(end, Here, "url")), Needed(end, Here, "application"), Path.Combine(folder, Needed(end, Here, "key")), Needed(end, Here, "template"));
        }

        private static SnmsEnd ReadSnms(JsonElement end, string folder)
        {
            const string Here = "snms.";
            Expect(end, Here, ["url", "user", "password_file", "template_version"]);
            return new SnmsEnd(
                Address(Here + "url", Needed(end, Here, "url")), Needed(end, Here, "user"), Path.Combine(folder, Needed(end, Here, "password_file")), Needed(end, Here, "template_version"));
        }

        private static void Expect(JsonElement element, string where, string[] members)
        {
            if (element.ValueKind != JsonValueKind.Object) { throw new FormatException($"{(where.Length == 0 ? "the whole" : where.TrimEnd('.'))} is no object."); }
            foreach (JsonProperty property in element.EnumerateObject().Where(property => !members.Contains(property.Name)))
            {
                throw new FormatException($"there is no member {where}{property.Name}; there are {string.Join(", ", members)}.");
            }
        }

        private static string Needed(JsonElement element, string where, string name) => Text(element, where, name) ?? throw new FormatException($"{where}{name} is missing.");

        private static string? Text(JsonElement element, string where, string name)
        {
            if (!element.TryGetProperty(name, out JsonElement value)) { return null; }
            return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : throw new FormatException($"{where}{name} is no text.");
        }

        private static Uri Address(string name, string text)
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.Query.Length + uri.Fragment.Length + uri.UserInfo.Length > 0)
            {
                throw new FormatException($"{name} '{text}' is no address: write http://host:port or https://host:port.");
            }

            return uri.AbsolutePath.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");
        }

        private static int Seconds(JsonElement root)
        {
            if (!root.TryGetProperty("timeout_seconds", out JsonElement value)) { return UsualSeconds; }
            return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int seconds) && seconds is >= 1 and <= MostSeconds
                ? seconds
                : throw new FormatException($"timeout_seconds is no whole number from 1 to {MostSeconds}.");
        }
    }

    /// <summary>An enterprise node.</summary>
    /// <param name="Url">Its address.</param>
    /// <param name="Application">The identifier of the application that registers, such as <c>88.888.888/App_sensors</c>.</param>
    /// <param name="KeyFile">The file with the application's private key, PEM.</param>
    /// <param name="Template">The identifier of the template of nodes, such as <c>88.888.888/META_node</c>.</param>
    public sealed record EnterpriseEnd(Uri Url, string Application, string KeyFile, string Template);

    /// <summary>The SNMS interface of a hosted enterprise.</summary>
    /// <param name="Url">Its address.</param>
    /// <param name="User">The application's user.</param>
    /// <param name="PasswordFile">The file with its password.</param>
    /// <param name="TemplateVersion">The version of the template of nodes.</param>
    public sealed record SnmsEnd(Uri Url, string User, string PasswordFile, string TemplateVersion);
}
