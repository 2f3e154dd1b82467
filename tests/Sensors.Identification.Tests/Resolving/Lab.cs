using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;

namespace Sensors.Identification.Tests.Resolving
{
    /// <summary>A lab's resolver in a folder of its own, and clients that know it.</summary>
    internal sealed class Lab : IAsyncDisposable
    {
        public const string Id = "88.888.888/NODE-0001";

        private static readonly Lazy<string> Key = new(() =>
        {
            using var key = RSA.Create(2048);
            return key.ExportPkcs8PrivateKeyPem();
        });

        private readonly string _folder = Directory.CreateTempSubdirectory("resolver").FullName;

        /// <param name="ownKey">Whether it draws a key of its own, which takes a while.</param>
        public Lab(bool ownKey = false)
        {
            if (!ownKey)
            {
                Directory.CreateDirectory(Path.Combine(_folder, "settings"));
                File.WriteAllText(Path.Combine(_folder, "settings", "application.pem"), Key.Value);
            }

            (Resolver, string file) = Start();
            Settings = ResolverSettings.Read(file);
        }

        public LabResolver Resolver { get; private set; }

        public ResolverSettings Settings { get; private set; }

        public TestClock Clock { get; } = new();

        public ConcurrentQueue<LabRequestSeen> Seen { get; } = new();

        public string Records => Path.Combine(_folder, "records.json");

        public static RecordItem[] Items(params string[] pairs) => [.. pairs.Select(pair => NodeTemplate.Make(pair.Split('=')[0], pair.Split('=')[1]))];

        public EnterpriseNodeClient Enterprise() => new(Settings.Enterprise!, Settings);

        public SnmsClient Snms() => new(Settings.Snms!, Settings, Clock);

        public async Task<Resolution> ResolveAsync(string id = Id)
        {
            using var client = new HandleClient(Settings);
            return await new ChainResolver(client, Settings.Handle!).ResolveAsync(id);
        }

        public async Task RestartAsync()
        {
            await Resolver.DisposeAsync();
            (Resolver, string file) = Start();
            Settings = ResolverSettings.Read(file);
        }

        public async ValueTask DisposeAsync()
        {
            await Resolver.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }

        private (LabResolver Resolver, string Settings) Start() => LabResolver.Start(
            Path.Combine(_folder, "settings"),
            (key, password) => new LabResolverOptions { Store = Records, ApplicationKey = key, Password = password, Clock = Clock, OnRequest = Seen.Enqueue });

        /// <summary>A clock that a test moves.</summary>
        internal sealed class TestClock : TimeProvider
        {
            public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

            public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

            public override DateTimeOffset GetUtcNow() => Now;
        }
    }
}
