using System;
using System.IO;
using System.Text;
using Sensors.Cli.Tests.Support;

namespace Sensors.Cli.Tests.Pairings
{
    /// <summary>Looks for secrets in all that a command left behind.</summary>
    internal static class Secrets
    {
        public static void Absent(TestHost host, string folder, params string[] secrets)
        {
            Assert.All(secrets, secret =>
            {
                Assert.DoesNotContain(secret, host.Out);
                Assert.DoesNotContain(secret, host.Error);
                foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                {
                    byte[] content = File.ReadAllBytes(file);
                    Assert.True(content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{file} holds a secret");
                }
            });
        }
    }
}
