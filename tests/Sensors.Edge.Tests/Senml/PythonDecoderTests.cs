using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace Sensors.Edge.Tests.Senml;

/// <summary>What we write, read by decoders we did not write: Python's json, and cbor2. They also encode again what they read.</summary>
public sealed class PythonDecoderTests
{
    private const string Python = "/usr/bin/python3"; // Debian's, which has Debian's packages

    private const string Script =
        """
        import json, sys, cbor2
        text, data = open(sys.argv[1], "rb").read(), open(sys.argv[2], "rb").read()
        labels = {-1: "bver", -2: "bn", -3: "bt", -4: "bu", -5: "bv", -6: "bs", 0: "n", 1: "u", 2: "v", 3: "vs", 4: "vb", 5: "s", 6: "t", 7: "ut"}
        from_json, from_cbor = json.loads(text), cbor2.loads(data)
        named = [{labels[k]: v for k, v in r.items()} for r in from_cbor]
        assert from_json == named, [pair for pair in zip(from_json, named) if pair[0] != pair[1]][:3]
        shortest = cbor2.dumps(from_cbor, canonical=True)
        # Canonical form sorts a map's keys, which SenML does not ask for: same items and same lengths make the same number of bytes.
        print(len(from_cbor), len(data) == len(shortest))
        open(sys.argv[3], "wb").write(cbor2.dumps(from_cbor))
        """;

    [Fact]
    public void They_read_the_same()
    {
        MetaMessage meta = MetaMessage.Parse(Encoding.UTF8.GetBytes(SenmlPage.Golden("payloads.md", "meta")));
        var random = new Random(2020);
        var pack = new List<SenmlRecord>();
        foreach (string example in new[] { "reading-vibration", "reading-fault", "reading-temperature", "reading-humidity", "reading-current" })
        {
            pack.AddRange(SenmlPack.Of(SenmlPage.Reading(example), meta, DateTimeOffset.FromUnixTimeMilliseconds(1_763_600_000_123)));
        }

        pack.Add(new SenmlRecord { Name = "b", BooleanValue = true, BaseVersion = 10, BaseValue = 0.1, BaseSum = -1, BaseUnit = "A", UpdateTime = 5, Sum = 2.5 });
        pack.Add(new SenmlRecord { Name = "s", StringValue = "gr\u00fcn \U0001f600 \"\\\u0001" });
        foreach (double value in new[] { 0, 1e300, -1e-300, 65504, 65505.5, 5.960464477539063e-8, 9007199254740991, -9007199254740992, 1e17, 1.401298464324817e-45 })
        {
            pack.Add(new SenmlRecord { Name = "v", Value = value });
        }

        for (int i = 0; i < 2000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64());
            pack.Add(new SenmlRecord { Name = "r", Value = double.IsFinite(value) ? value : i, Time = random.Next(-100000, 100000) / 1000.0 });
        }

        string folder = Directory.CreateTempSubdirectory("senml-").FullName;
        try
        {
            string[] files = [.. new[] { "script.py", "pack.json", "pack.cbor", "again.cbor" }.Select(name => Path.Combine(folder, name))];
            File.WriteAllText(files[0], Script);
            File.WriteAllBytes(files[1], SenmlJson.Encode(pack));
            File.WriteAllBytes(files[2], SenmlCbor.Encode(pack));
            Assert.Equal(pack.Count + " True", Run(files));
            Assert.Equal(pack, SenmlCbor.Decode(File.ReadAllBytes(files[3]))); // what cbor2 writes, with doubles only, we read
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string[] arguments)
    {
        try
        {
            using Process probe = Start(["-c", "import cbor2"]);
            Assert.SkipWhen(probe.ExitCode != 0, Python + " has no cbor2: apt-get install python3-cbor2");
        }
        catch (Win32Exception)
        {
            Assert.Skip(Python + " is not installed");
        }

        using Process process = Start(arguments);
        string error = process.StandardError.ReadToEnd();
        Assert.True(process.ExitCode == 0, error);
        return process.StandardOutput.ReadToEnd().Trim();
    }

    private static Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = Process.Start(start)!;
        process.WaitForExit();
        return process;
    }
}
