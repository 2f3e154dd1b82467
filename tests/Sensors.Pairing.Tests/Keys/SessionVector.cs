using System;
using System.IO;
using System.Text.Json;

namespace Sensors.Pairing.Tests.Keys
{
    /// <summary>A whole session as Python computed it: Vectors/session.py.</summary>
    internal static class SessionVector
    {
        private static readonly JsonElement Root =
            JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "session.json"))).RootElement;

        public static string Name => Text("name");

        public static string Code => Text("code");

        public static int Iterations => Root.GetProperty("iterations").GetInt32();

        public static string Text(string member) => Root.GetProperty(member).GetString()!;

        public static byte[] Bytes(string member) => Convert.FromHexString(Text(member));
    }
}
