using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;
using Sensors.Pairing;

namespace Sensors.Cli.Tests.Identifiers
{
    /// <summary><c>label</c>: files to flash and to print, and no secret anywhere else.</summary>
    public class LabelCommandTests
    {
        [Fact]
        public async Task BoardLabelsAreDrawnEachInItsFolder()
        {
            using var folder = new RegistryFile(filled: false);
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("label", "new", "--count", "3", "--out", folder.Beside("labels")));
            string[] made = Directory.GetDirectories(folder.Beside("labels"));
            Assert.Equal(3, made.Length);
            foreach (string each in made)
            {
                PairingLabel label = PairingLabel.Parse(File.ReadAllBytes(Path.Combine(each, "label.txt")));
                Assert.Equal(Path.GetFileName(each), label.Name);
                Assert.Contains(PairingLabel.Print(label.Code), File.ReadAllText(Path.Combine(each, "label.svg")));
                Assert.True(new FileInfo(Path.Combine(each, "label.png")).Length > 500);
                Assert.DoesNotContain(label.AccessPointPassword, host.Out + host.Error);
                Assert.DoesNotContain(PairingLabel.Print(label.Code), host.Out + host.Error);
                foreach (string file in Directory.GetFiles(each))
                {
                    if (!OperatingSystem.IsWindows()) { Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)); }
                }
            }
        }

        [Fact]
        public async Task ALabelIsNotDrawnOverAnother()
        {
            using var folder = new RegistryFile(filled: false);
            string[] line = ["label", "new", "--node", "3f2a1c", "--out", folder.Beside("labels"), "--json"];
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync(line));
            string before = File.ReadAllText(folder.Beside("labels/sensors-3F2A1C/label.txt"));
            Assert.Equal(3, await host.RunAsync(line));
            Assert.Contains("S268", host.Error);
            Assert.Equal(before, File.ReadAllText(folder.Beside("labels/sensors-3F2A1C/label.txt")));
            Assert.StartsWith("{\"version\":1,\"node\":\"sensors-3F2A1C\"", Assert.Single(host.OutLines));
        }

        [Fact]
        public async Task AMachinesLabelSaysWhatTheRegistryKnows()
        {
            using var registry = new RegistryFile();
            var host = new TestHost();
            string folder = registry.Beside("labels");
            Assert.Equal(0, await host.RunAsync("label", "machine", "3F2A1C", "--registry", registry.Path, "--out", folder));
            Assert.EndsWith(" x 24 mm, QR version 2, level Q, modules of 0.59 mm", Assert.Single(host.OutLines));
            Assert.Empty(host.Error);
            string svg = File.ReadAllText(Path.Combine(folder, "88.888.888_PRESS-01.svg"));
            Assert.All(["88.888.888/PRESS-01", "Press 2", "sensors-3F2A1C", "2026-11-21"], text => Assert.Contains($">{text}</text>", svg));
            Assert.True(File.Exists(Path.Combine(folder, "88.888.888_PRESS-01.png")));
        }

        [Fact]
        public async Task WithoutARegistryAnIdentifierIsEnough()
        {
            using var folder = new RegistryFile(filled: false);
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("label", "machine", "88.888.888/X", "--name", "3号车床", "--size", "40x30", "--domain", "id.example.cn", "--out", folder.Beside("labels"), "--json"));
            Assert.Contains("\"content\":\"https://id.example.cn/88.888.888/X\"", host.Out);
            Assert.Contains("\"event\":\"boxes\"", host.Error);
        }

        [Theory]
        [InlineData(2, "S107", "label", "new")]
        [InlineData(2, "S104", "label", "new", "--node", "xyz", "--out", "x")]
        [InlineData(2, "S104", "label", "new", "--size", "big", "--out", "x")]
        [InlineData(2, "S104", "label", "new", "--dpi", "72", "--out", "x")]
        [InlineData(2, "S106", "label", "new", "--node", "3F2A1C", "--count", "2", "--out", "x")]
        [InlineData(2, "S162", "label", "new", "--size", "12", "--out", "x")]
        [InlineData(2, "S162", "label", "machine", "88.888.888/X", "--domain", "x", "--out", "x")]
        [InlineData(2, "S108", "label", "machine", "88.888/X", "--out", "x")]
        [InlineData(1, "S365", "label", "machine", "FFFFFF", "--out", "x")]
        [InlineData(3, "S268", "label", "machine", "88.888.888/X", "--out", "/proc/none")]
        public async Task WrongInputIsToldWithItsCode(int exit, string code, params string[] args)
        {
            using var registry = new RegistryFile();
            var host = new TestHost { Environment = { ["SENSORCTL_REGISTRY"] = registry.Path } };
            Assert.Equal(exit, await host.RunAsync(args));
            Assert.Contains($"error {code}: ", host.Error);
            Assert.False(Directory.Exists("x"));
        }
    }
}
