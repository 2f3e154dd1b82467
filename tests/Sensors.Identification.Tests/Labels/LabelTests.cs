using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sensors.Node;
using Sensors.Pairing;

namespace Sensors.Identification.Tests.Labels
{
    /// <summary>Labels: what is drawn is what is to be read, at a size that readers read.</summary>
    public sealed partial class LabelTests : IDisposable
    {
        private const string Short = "88.118.12345/NODE-0001";
        private const string Long = "88.608.24061301/870101.NF01.20251120.0001";

        private readonly string _folder = Directory.CreateTempSubdirectory("label").FullName;

        public static TheoryData<string, int, string, string?> Prints
        {
            get
            {
                var data = new TheoryData<string, int, string, string?>();
                foreach ((string size, int dpi) in new[] { ("12", 360), ("18", 300), ("24", 300), ("24", 180), ("40x30", 300), ("40x30", 203), ("30x50", 300), ("36", 600) })
                {
                    data.Add(size, dpi, Short, null);
                    if (size == "12") { continue; }
                    data.Add(size, dpi, Long, null);
                    data.Add(size, dpi, Long, "id.example.cn");
                }

                return data;
            }
        }

        [Theory]
        [MemberData(nameof(Prints))]
        public void ModulesAndQuietZoneAreThoseThatReadersNeed(string size, int dpi, string id, string? domain)
        {
            LabelPicture label = Machine(size, dpi, id, domain);
            Assert.True(label.ModuleMillimetres >= 0.35, $"{label.ModuleMillimetres} mm");
            Assert.Contains(label.Level, "QM");
            Pixels pixels = Pixels.Of(label.ToPng());
            Assert.Equal((label.Width, label.Height), (pixels.Width, pixels.Height));
            Assert.Equal((int)Math.Round(dpi / 0.0254), pixels.PerMetre);
            Assert.True(label.WidthMillimetres <= (label.Stock.WidthMillimetres ?? 100) + 0.01);

            // The code's dark edge is found in the picture, and four modules around it are white.
            int side = (17 + (4 * label.Version)) * label.ModuleDots, quiet = 4 * label.ModuleDots;
            (int left, int top) = pixels.FinderCorner(label.ModuleDots);
            Assert.True(left >= quiet && top >= quiet && top + side + quiet <= pixels.Height && left + side + quiet <= pixels.Width, "the quiet zone is cut");
            for (int x = left - quiet; x < left + side + quiet; x++)
            {
                for (int y = top - quiet; y < top + side + quiet; y++)
                {
                    bool inside = x >= left && x < left + side && y >= top && y < top + side;
                    Assert.False(!inside && pixels.IsDark(x, y), $"{x}, {y} is dark in the quiet zone");
                }
            }
        }

        [Theory]
        [MemberData(nameof(Prints))]
        public void DrawingAndPictureShowTheSameCode(string size, int dpi, string id, string? domain)
        {
            LabelPicture label = Machine(size, dpi, id, domain);
            var svg = XDocument.Parse(label.ToSvg());
            string data = svg.Descendants().Single(element => element.Name.LocalName == "path").Attribute("d")!.Value;
            Pixels pixels = Pixels.Of(label.ToPng());
            int dark = 0;
            foreach (Match run in Run().Matches(data))
            {
                int[] n = [.. run.Groups.Values.Skip(1).Select(group => int.Parse(group.Value, CultureInfo.InvariantCulture))];
                dark += n[2] * n[3];
                Assert.Equal(label.ModuleDots, n[3]);
                Assert.True(pixels.IsDark(n[0], n[1]) && pixels.IsDark(n[0] + n[2] - 1, n[1] + n[3] - 1));
            }

            Assert.True(dark > 0);
            Assert.Equal($"{label.WidthMillimetres.ToString("0.###", CultureInfo.InvariantCulture)}mm", svg.Root!.Attribute("width")!.Value);
            Assert.Equal(label.Lines, svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value));
        }

        [Theory]
        [MemberData(nameof(Prints))]
        public void AnIndependentReaderReadsThePicture(string size, int dpi, string id, string? domain)
        {
            string file = Path.Combine(_folder, "label.png");
            File.WriteAllBytes(file, Machine(size, dpi, id, domain).ToPng());
            Assert.Equal(domain is null ? id : $"https://{domain}/{id}", Zbar(file));
        }

        [Theory]
        [MemberData(nameof(Prints))]
        public void AnIndependentReaderReadsTheDrawing(string size, int dpi, string id, string? domain)
        {
            string drawing = Path.Combine(_folder, "label.svg"), file = Path.Combine(_folder, "drawn.png");
            File.WriteAllText(drawing, Machine(size, dpi, id, domain).ToSvg());
            string rasteriser = Find("rsvg-convert") ?? Skip("rsvg-convert is not installed: apt-get install librsvg2-bin");
            Run(rasteriser, "--dpi-x", "300", "--dpi-y", "300", "-o", file, drawing);
            Assert.Equal(domain is null ? id : $"https://{domain}/{id}", Zbar(file));
        }

        [Fact]
        public void PhonesJoinTheBoardsAccessPointByItsLabel()
        {
            PairingLabel label = PairingLabel.Make("3F2A1C", "7H2K9QWX4M3T", "K7M2-9QXW");
            LabelPicture picture = new LabelMaker(LabelStock.Parse("18")).Board(label);
            Assert.Equal(["sensors-3F2A1C", "Wi-Fi 7H2K9QWX4M3T", "Code  K7M2-9QXW"], picture.Lines);
            Assert.Equal("WIFI:T:WPA;S:sensors-3F2A1C;P:7H2K9QWX4M3T;;", picture.Content);
            Assert.False(picture.HasBoxes);
            string file = Path.Combine(_folder, "board.png");
            File.WriteAllBytes(file, picture.ToPng());
            Assert.Equal(picture.Content, Zbar(file));
        }

        [Fact]
        public void SignsThatMeanSomethingInACodeForPhonesAreEscaped() =>
            Assert.Equal(@"WIFI:T:WPA;S:sensors-3F2A1C;P:a\;b\,c\:d12;;", BoardLabels.ContentOf(PairingLabel.Make("3F2A1C", "a;b,c:d12", "K7M2-9QXW")));

        [Fact]
        public void DrawnLabelsAreLongEnoughAndDifferent()
        {
            PairingLabel[] labels = [.. Enumerable.Range(0, 300).Select(_ => BoardLabels.Draw())];
            Assert.All(labels, label => Assert.Equal((12, 8, 6), (label.AccessPointPassword.Length, label.Code.Length, label.Node.Length)));
            Assert.Equal(300, labels.Select(label => label.AccessPointPassword).Distinct().Count());
            Assert.Equal(300, labels.Select(label => label.Code).Distinct().Count());
            Assert.All(PairingLabel.Alphabet, sign => Assert.Contains(labels, label => label.Code.Contains(sign)));
            Assert.Equal("3F2A1C", BoardLabels.Draw("sensors-3f2a1c").Node);
            Assert.Throws<FormatException>(() => BoardLabels.Draw("3F2A1"));
            Assert.Throws<FormatException>(() => BoardLabels.Draw("3F2A1G"));
        }

        [Fact]
        public void ALabelReadsAsWhatTheNodeReads()
        {
            PairingLabel drawn = BoardLabels.Draw("3F2A1C");
            PairingLabel read = PairingLabel.Parse(drawn.ToBytes());
            Assert.Equal((drawn.Node, drawn.AccessPointPassword, drawn.Code), (read.Node, read.AccessPointPassword, read.Code));
        }

        [Theory]
        [InlineData("12", 300, Short, "18 mm tape takes it, or a printer of 360 dpi.")]
        [InlineData("12", 300, Long, "18 mm tape takes it.")]
        [InlineData("20x10", 300, Long, "18 mm tape takes it.")]
        public void WhatDoesNotFitSaysWhatWould(string size, int dpi, string id, string advice) =>
            Assert.EndsWith(advice, Assert.Throws<LabelException>(() => Machine(size, dpi, id, null)).Message);

        [Fact]
        public void OnNarrowerTapeTheLevelFallsToMAndNoFurther()
        {
            LabelPicture label = Machine("18", 300, Long, "id.example.cn");
            Assert.Equal('M', label.Level);
            Assert.Equal('Q', Machine("24", 300, Long, "id.example.cn").Level);
        }

        [Fact]
        public void LettersThatTheFontLacksAreBoxesInThePictureOnly()
        {
            LabelPicture label = Make(new LabelMaker(LabelStock.Tape24), Short, null, "3号车床 <A&B>");
            Assert.True(label.HasBoxes);
            Assert.Contains("3号车床 <A&B>", XDocument.Parse(label.ToSvg()).Descendants().Select(element => element.Value));
            Assert.False(Machine("24", 300, Short, null).HasBoxes);
        }

        [Theory]
        [InlineData("nodomain")]
        [InlineData("id.example.cn/x")]
        [InlineData("id example.cn")]
        [InlineData("")]
        public void ALinkNeedsADomain(string domain) => Assert.Throws<LabelException>(() => Machine("24", 300, Short, domain));

        [Theory]
        [InlineData("")]
        [InlineData("24mm")]
        [InlineData("5")]
        [InlineData("40x")]
        [InlineData("40x30x20")]
        [InlineData("-24")]
        [InlineData("NaN")]
        public void AStockIsATapeOrAPiece(string text) => Assert.Throws<FormatException>(() => LabelStock.Parse(text));

        [Fact]
        public void TheFontHasEveryPrintableLetterOnce()
        {
            string all = string.Concat(Enumerable.Range(33, 94).Select(code => (char)code));
            Assert.True(LabelFont.Has(all));
            string[] shapes = [.. all.Select(letter => string.Join(' ', LabelFont.DotsOf(letter.ToString())))];
            Assert.Equal(shapes.Length, shapes.Distinct().Count());
            Assert.All(shapes, shape => Assert.NotEmpty(shape));
        }

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        private static LabelPicture Machine(string size, int dpi, string id, string? domain) => Make(new LabelMaker(LabelStock.Parse(size), dpi), id, domain, "Press 2");

        private static LabelPicture Make(LabelMaker maker, string id, string? domain, string machine) => maker.Machine(new MachineLabel
        {
            Identifier = Identifier.Parse(id),
            Machine = machine,
            Node = "sensors-3F2A1C",
            Date = new DateOnly(2026, 11, 21),
            Domain = domain,
        });

        private static string Zbar(string file) =>
            Run(Find("zbarimg") ?? Skip("zbarimg is not installed: apt-get install zbar-tools"), "-q", "--raw", "--nodbus", file).TrimEnd('\n');

        private static string Run(string program, params string[] arguments)
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 })!;
            string output = process.StandardOutput.ReadToEnd(), error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {error}");
            return output;
        }

        private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

        private static string Skip(string reason)
        {
            Assert.Skip(reason);
            return string.Empty;
        }

        [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v(\d+)h-\d+z")]
        private static partial Regex Run();

        /// <summary>A PNG, read by nothing that wrote it.</summary>
        private sealed class Pixels
        {
            private readonly byte[] _rows;
            private readonly int _stride;

            private Pixels(int width, int height, int perMetre, byte[] rows)
            {
                (Width, Height, PerMetre, _rows, _stride) = (width, height, perMetre, rows, 1 + ((width + 7) / 8));
                Assert.Equal(_stride * height, rows.Length);
            }

            public int Width { get; }

            public int Height { get; }

            public int PerMetre { get; }

            public static Pixels Of(byte[] png)
            {
                Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(png.AsSpan(0, 8)));
                int width = 0, height = 0, perMetre = 0;
                var packed = new MemoryStream();
                for (int at = 8; at < png.Length;)
                {
                    int length = Number(png, at);
                    switch (Encoding.ASCII.GetString(png, at + 4, 4))
                    {
                        case "IHDR":
                            (width, height) = (Number(png, at + 8), Number(png, at + 12));
                            break;
                        case "pHYs":
                            perMetre = Number(png, at + 8);
                            break;
                        case "IDAT":
                            packed.Write(png, at + 8, length);
                            break;
                    }

                    at += 12 + length;
                }

                packed.Position = 0;
                using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
                using var rows = new MemoryStream();
                zlib.CopyTo(rows);
                return new Pixels(width, height, perMetre, rows.ToArray());
            }

            public bool IsDark(int x, int y) => (_rows[(y * _stride) + 1 + (x / 8)] & (0x80 >> (x % 8))) == 0;

            /// <summary>The upper left corner of the first row of seven dark modules: the finder's.</summary>
            public (int X, int Y) FinderCorner(int module)
            {
                for (int y = 0; y < Height; y++)
                {
                    for (int x = 0; x + (7 * module) <= Width; x++)
                    {
                        if (Enumerable.Range(x, 7 * module).All(column => IsDark(column, y)) && Enumerable.Range(y, Math.Min(7 * module, Height - y)).All(row => IsDark(x, row))) { return (x, y); }
                    }
                }

                throw new InvalidDataException("There is no code in the picture.");
            }

            private static int Number(byte[] bytes, int at) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
        }
    }
}
