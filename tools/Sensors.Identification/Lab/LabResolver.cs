using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Sensors.Identification
{
    /// <summary>A small world of resolution services on loopback: top node, secondary node, enterprise node. For trying and teaching; it is no service for others.</summary>
    /// <remarks>
    /// All three answer the Handle HTTP interface: the top node sends to the secondary node (303), that one to the enterprise node (302), and that one knows the records, which
    /// its two other interfaces register.
    /// </remarks>
    public sealed class LabResolver : IAsyncDisposable
    {
        private const string SettingsName = "resolver.json";
        private const string KeyName = "application.pem";
        private const string PasswordName = "password.txt";
        private const int KeyBits = 2048;

        private readonly LabStore _store;
        private readonly LabServer _top;
        private readonly LabServer _secondary;
        private readonly LabServer _enterprise;
        private readonly LabEnterpriseNode _node;

        private LabResolver(LabResolverOptions options)
        {
            _store = new LabStore(options.Store);
            _node = new LabEnterpriseNode(options, _store);
            string secondary = options.Prefix[..options.Prefix.LastIndexOf('.')];
            var started = new List<LabServer>();
            try
            {
                started.Add(_enterprise = LabServer.Start(Port(2), _node.Answer));
                started.Add(_secondary = LabServer.Start(Port(1), new LabReferrer("secondary", options.Prefix, _enterprise.Address, byService: true, options.OnRequest).Answer));
                started.Add(_top = LabServer.Start(Port(0), new LabReferrer("top", secondary, _secondary.Address, byService: false, options.OnRequest).Answer));
            }
            catch
            {
                foreach (LabServer server in started) { server.DisposeAsync().AsTask().GetAwaiter().GetResult(); }
                throw;
            }

            int Port(int number) => options.Port == 0 ? 0 : options.Port + number;
        }

        /// <summary>Gets the address of the top node, where resolving begins.</summary>
        public Uri Top => _top.Address;

        /// <summary>Gets the address of the secondary node.</summary>
        public Uri Secondary => _secondary.Address;

        /// <summary>Gets the address of the enterprise node, which registers.</summary>
        public Uri Enterprise => _enterprise.Address;

        /// <summary>Gets the records.</summary>
        public IReadOnlyList<LabRecord> Records => _store.All;

        /// <summary>Starts it.</summary>
        /// <param name="options">How it is.</param>
        /// <returns>The running resolver.</returns>
        /// <exception cref="FormatException">The prefix or the store is none.</exception>
        /// <exception cref="HttpListenerException">A port is taken.</exception>
        public static LabResolver Start(LabResolverOptions options)
        {
            ArgumentNullException.ThrowIfNull(options);
            Node.IdentifierCheck check = Node.Identifier.Check(options.Prefix + "/x");
            return check.Identifier is null ? throw new FormatException($"'{options.Prefix}' is no prefix: {check.Message}") : new LabResolver(options);
        }

        /// <summary>Starts it with key and password of a folder, and writes there the settings that <c>sensorctl id</c> takes. What is in the folder already is used again.</summary>
        /// <param name="folder">The folder; made when there is none.</param>
        /// <param name="make">Makes the options of the application's public key and the password.</param>
        /// <returns>The running resolver, and the file with the settings.</returns>
        /// <exception cref="FormatException">The prefix, the store, or the key in the folder is none.</exception>
        /// <exception cref="HttpListenerException">A port is taken.</exception>
        /// <exception cref="IOException">The folder cannot be written.</exception>
        public static (LabResolver Resolver, string Settings) Start(string folder, Func<string, string, LabResolverOptions> make)
        {
            ArgumentException.ThrowIfNullOrEmpty(folder);
            ArgumentNullException.ThrowIfNull(make);
            Directory.CreateDirectory(folder);
            using var key = RSA.Create(KeyBits);
            string pem = Kept(Path.Combine(folder, KeyName), key.ExportPkcs8PrivateKeyPem);
            string password = Kept(Path.Combine(folder, PasswordName), () => RandomNumberGenerator.GetHexString(16, lowercase: true)).TrimEnd('\r', '\n');
            try
            {
                key.ImportFromPem(pem);
            }
            catch (Exception error) when (error is CryptographicException or ArgumentException)
            {
                throw new FormatException($"{Path.Combine(folder, KeyName)} is no private key: {error.Message}", error);
            }

            LabResolver resolver = Start(make(key.ExportSubjectPublicKeyInfoPem(), password));
            string file = Path.Combine(folder, SettingsName);
            File.WriteAllText(file, resolver.Settings().ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
            return (resolver, file);
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await _top.DisposeAsync().ConfigureAwait(false);
            await _secondary.DisposeAsync().ConfigureAwait(false);
            await _enterprise.DisposeAsync().ConfigureAwait(false);
        }

        private JsonObject Settings() => new()
        {
            ["handle"] = Top.AbsoluteUri,
            ["enterprise"] = new JsonObject { ["url"] = Enterprise.AbsoluteUri, ["application"] = _node.Application, ["key"] = KeyName, ["template"] = _node.Template },
            ["snms"] = new JsonObject { ["url"] = Enterprise.AbsoluteUri, ["user"] = LabEnterpriseNode.User, ["password_file"] = PasswordName, ["template_version"] = LabEnterpriseNode.TemplateVersion },
        };

        private static string Kept(string file, Func<string> make)
        {
            if (File.Exists(file)) { return File.ReadAllText(file); }
            string text = make() + "\n";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; }
            using var writer = new StreamWriter(file, options);
            writer.Write(text);
            return text;
        }
    }
}
