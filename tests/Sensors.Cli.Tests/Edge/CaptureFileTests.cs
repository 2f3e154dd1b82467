using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Sensors.Edge;
using Sensors.VirtualBoard;

namespace Sensors.Cli.Tests.Edge
{
    /// <summary>Chunks become captures in any order, and captures become files that other programs read.</summary>
    public sealed class CaptureFileTests : IDisposable
    {
        private const string Id = "88.118.12345/NODE-0001";
        private readonly string _folder = Directory.CreateTempSubdirectory("capture").FullName;

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        [Fact]
        public void ChunksMayComeInAnyOrderTwiceAndWithGaps()
        {
            CaptureMessage[] chunks = [.. Chunks()];
            for (int seed = 0; seed < 200; seed++)
            {
                var random = new Random(seed);
                CaptureMessage[] order = [.. chunks, .. chunks.Where(_ => random.Next(2) == 0)];
                random.Shuffle(order);
                var assembler = new CaptureAssembler(Id, order[0]);
                var have = new HashSet<int> { order[0].Index };
                foreach (CaptureMessage chunk in order.Skip(1))
                {
                    Assert.Equal(have.Add(chunk.Index), assembler.Add(chunk));
                    Assert.Equal(have.Count, assembler.Received);
                    Assert.Equal(have.Count == chunks.Length, assembler.IsComplete);
                    Assert.Equal(
                        Enumerable.Range(0, chunks.Length).Where(i => !have.Contains(i)),
                        assembler.Missing().SelectMany(range => Enumerable.Range(range.From, range.To - range.From + 1)));
                }

                RawCapture capture = assembler.Build();
                Assert.Equal(Expected, capture.Blocks.SelectMany(block => block.Counts.ToArray()));
                Assert.Equal([3, 2], capture.Blocks.Select(block => block.Samples));
            }
        }

        [Fact]
        public void MissingChunksAreToldAsRanges()
        {
            var assembler = new CaptureAssembler(Id, Parse(new ChunkBytes { Chunks = 9, Index = 4, BlockSamples = 30 }));
            assembler.Add(Parse(new ChunkBytes { Chunks = 9, Index = 5, BlockSamples = 30 }));
            assembler.Add(Parse(new ChunkBytes { Chunks = 9, Index = 8, BlockSamples = 30 }));
            Assert.Equal([(0, 3), (6, 7)], assembler.Missing());
            Assert.Throws<InvalidOperationException>(assembler.Build);
        }

        [Fact]
        public void ChunksThatContradictAreRefused()
        {
            var first = new ChunkBytes { Chunks = 2, BlockSamples = 4 };
            var assembler = new CaptureAssembler(Id, Parse(first));
            Refused(new ChunkBytes { Chunks = 2, Index = 1, BlockSamples = 4, Capture = 8 });
            Refused(new ChunkBytes { Chunks = 2, Index = 1, BlockSamples = 4, Epoch = 6 });
            Refused(new ChunkBytes { Chunks = 3, Index = 1, BlockSamples = 4 });
            Refused(new ChunkBytes { Chunks = 2, Index = 1, BlockSamples = 4, Blocks = 2 });
            Refused(new ChunkBytes { Chunks = 2, Index = 1, BlockSamples = 4, Point = "vib2" });
            Refused(new ChunkBytes { Chunks = 2, Index = 1, BlockSamples = 4, Axes = 1, Counts = [1] });
            Assert.Equal(1, assembler.Received);
            assembler.Add(Parse(new ChunkBytes { Chunks = 2, Index = 1, BlockSamples = 4, First = 1 }));
            Assert.Equal("Chunk 1 does not follow on the one before it in block 0.", Assert.Throws<PayloadException>(assembler.Build).Message);
            assembler.Add(Parse(new ChunkBytes { Chunks = 2, Index = 1, BlockSamples = 4, First = 2, Counts = [1, 1, 1] }));
            Assert.Equal("Block 0 has 3 samples, fewer than it says.", Assert.Throws<PayloadException>(assembler.Build).Message);

            void Refused(ChunkBytes chunk) => Assert.Contains("contradicts", Assert.Throws<PayloadException>(() => assembler.Add(Parse(chunk))).Message);
        }

        [Fact]
        public void TheTimeKnownBestIsTaken()
        {
            var assembler = new CaptureAssembler(Id, Parse(new ChunkBytes { Chunks = 3, BlockSamples = 6, Clock = 2, Time = 1000 }));
            assembler.Add(Parse(new ChunkBytes { Chunks = 3, Index = 1, First = 2, BlockSamples = 6, Clock = 2, Time = 1007 }));
            assembler.Add(Parse(new ChunkBytes { Chunks = 3, Index = 2, First = 4, BlockSamples = 6, Clock = 0, Time = 77 }));
            Assert.Equal(1007, assembler.Build().TriggerBlock.UtcMilliseconds);
            Assert.Equal(ClockQuality.Synced, assembler.Build().TriggerBlock.Clock);
        }

        [Fact]
        public void AWaveFileOfCountsHasTheBytesOfTheFormat()
        {
            byte[] bytes = Written("a.wav");
            Assert.Equal(
                "52494646" + "42000000" + "57415645" + "666d7420" + "10000000" + "0100" + "0300" + "a00f0000" + "c05d0000" + "0600" + "1000" + "64617461" + "1e000000",
                Convert.ToHexStringLower(bytes[..44]));
            Assert.Equal(Expected, Enumerable.Range(0, 15).Select(i => BitConverter.ToInt16(bytes, 44 + (2 * i))));
            Assert.Equal(44 + 30, bytes.Length);
        }

        [Fact]
        public void EveryFormatIsReadBackAsARecord()
        {
            RawCapture capture = Capture();
            double[] y = [2 * 0.5, -5 * 0.5, 8 * 0.5, 11 * 0.25, 14 * 0.25];
            CaptureFile.Write(capture, Name("a.csv"));
            CaptureFile.Write(capture, Name("f.wav"), floats: true);
            Assert.Equal(y, Read("a.csv", new RecordOptions { RateHertz = 3200, Unit = "m/s2", Column = "y" }));
            Assert.Equal(y, Read("f.wav", new RecordOptions { Unit = "m/s2", Channel = 2 }));

            RawCapture one = Capture() with { Blocks = [Capture().Blocks[0]], Trigger = 0 };
            CaptureFile.Write(one, Name("c.wav"));
            Assert.Equal(y.Take(3), Read("c.wav", new RecordOptions { Unit = "m/s2", Channel = 2, Scale = 32768 * 0.5 }));
            CaptureFile.Write(one, Name("c.i16"));
            Assert.Equal(
                one.Blocks[0].Counts.ToArray().Select(count => count * 0.5), Read("c.i16", new RecordOptions { Unit = "m/s2", Scale = 0.5, RateHertz = 3200 }));
        }

        [Fact]
        public void ACsvFileTellsBlockTimeAndAcceleration()
        {
            Written("a.csv");
            Assert.Equal(
                [
                    "block,time,x,y,z",
                    "0,-1.000250,0.5,1,1.5",
                    "0,-1.000000,-2,-2.5,-3",
                    "0,-0.999750,3.5,4,4.5",
                    "1,0.000000,2.5,2.75,3",
                    "1,0.000250,3.25,3.5,3.75",
                ],
                File.ReadAllLines(Name("a.csv")));
        }

        [Fact]
        public void BlocksOfOneAxisEachHaveTheirColumn()
        {
            RawBlock x = new(1, 0, ClockQuality.Unset, 10, null, 1, 0, new short[] { 1, 2 });
            RawBlock z = new(1, 2, ClockQuality.Unset, 20, null, 1, 0, new short[] { 3 });
            CaptureFile.Write(Capture() with { Blocks = [x, z], Trigger = 0 }, Name("a.csv"));
            Assert.Equal(["block,time,x,z", "0,,1,", "0,,2,", "1,,,3"], File.ReadAllLines(Name("a.csv")));
            Assert.Equal("xz", (string?)JsonNode.Parse(File.ReadAllText(Name("a.csv.json")))!["axes"]);
        }

        [Fact]
        public void WhatIsKnownStandsBesideIt()
        {
            Written("a.i16");
            JsonNode about = JsonNode.Parse(File.ReadAllText(Name("a.i16.json")))!;
            Assert.Equal(
                """{"version":1,"file":"a.i16","id":"88.118.12345/NODE-0001","point":"vib1","epoch":5,"capture":7,"reason":"alarm","missed":0,"unit":"m/s2","axes":"xyz","samples":5,"rate":4000,"blocks":[{"first":0,"samples":3,"axes":"xyz","ts":1763599999000,"clock":"synced","rate":4000,"weight":0.5,"lost":0,"trigger":false},{"first":3,"samples":2,"axes":"xyz","ts":1763600000000,"clock":"holdover","rate":4000,"weight":0.25,"lost":0,"trigger":true}]}""",
                about.ToJsonString());
            Assert.Equal(Expected, Enumerable.Range(0, 15).Select(i => BitConverter.ToInt16(File.ReadAllBytes(Name("a.i16")), 2 * i)));
            Assert.Throws<ArgumentException>(() => CaptureFile.Write(Capture(), Name("a.mp3")));
        }

        private static short[] Expected => [1, 2, 3, -4, -5, -6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

        private static CaptureMessage Parse(ChunkBytes chunk) => CaptureMessage.Parse(chunk.ToArray());

        private static RawCapture Capture()
        {
            CaptureMessage[] chunks = [.. Chunks()];
            var assembler = new CaptureAssembler(Id, chunks[0]);
            Array.ForEach(chunks, chunk => assembler.Add(chunk));
            return assembler.Build();
        }

        // Two blocks: three samples in two chunks, two samples in one.
        private static IEnumerable<CaptureMessage> Chunks()
        {
            yield return Parse(new ChunkBytes { Reason = 2, Chunks = 3, Index = 0, Blocks = 2, Trigger = 1, BlockSamples = 3, Time = 1763599999000 });
            yield return Parse(new ChunkBytes { Reason = 2, Chunks = 3, Index = 1, Blocks = 2, Trigger = 1, BlockSamples = 3, Time = 1763599999000, First = 2, Counts = [7, 8, 9] });
            yield return Parse(new ChunkBytes
            {
                Reason = 2,
                Chunks = 3,
                Index = 2,
                Block = 1,
                Blocks = 2,
                Trigger = 1,
                BlockSamples = 2,
                Time = 1763600000000,
                Clock = 1,
                Weight = 0.25f,
                Counts = [10, 11, 12, 13, 14, 15],
            });
        }

        private string Name(string file) => Path.Combine(_folder, file);

        private byte[] Written(string file)
        {
            CaptureFile.Write(Capture(), Name(file));
            return File.ReadAllBytes(Name(file));
        }

        private IEnumerable<double> Read(string file, RecordOptions options) =>
            RecordedSignal.Load(Name(file), options).Values.ToArray().Select(value => Math.Round(value * 9.80665, 4));
    }
}
