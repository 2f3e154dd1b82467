using System;
using System.IO;
using System.Linq;
using System.Threading;
using Sensors.Cli.Errors;
using Sensors.Commissioning;
using Sensors.Edge;
using Sensors.Identification;
using Sensors.Node;

namespace Sensors.Cli.Pairings
{
    /// <summary>What a pairing leaves behind in a folder: report (HTML, JSON), label (SVG, PNG), and the entry in the registry.</summary>
    internal sealed class PairFiles : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly string _folder;
        private readonly LabelStock _stock;
        private readonly string? _domain;
        private readonly NodeRegistry _registry;

        /// <summary>Opens the folder.</summary>
        /// <param name="folder">The folder, made where there is none.</param>
        /// <param name="registry">The registry's file.</param>
        /// <param name="stock">What labels are printed on.</param>
        /// <param name="domain">The domain of the label's link; null for the bare identifier.</param>
        /// <exception cref="CliException">It cannot be used.</exception>
        public PairFiles(string folder, string registry, LabelStock stock, string? domain)
        {
            _folder = folder;
            _stock = stock;
            _domain = domain;
            RegistryFile = registry;
            try
            {
                Directory.CreateDirectory(folder);
                _registry = NodeRegistry.Open(RegistryFile);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or StoreException)
            {
                throw Unwritable(error, RegistryFile);
            }
        }

        /// <summary>Gets the registry's file.</summary>
        public string RegistryFile { get; }

        /// <summary>Tells which other board bears an identifier by the registry.</summary>
        /// <returns>Null for none.</returns>
        public string? OtherBoard(Identifier id, string node)
        {
            lock (_gate)
            {
                return _registry.Find(id)?.Hardware is { } hardware && !string.Equals(hardware.Node, node, StringComparison.OrdinalIgnoreCase) ? hardware.Node : null;
            }
        }

        /// <summary>Gives identifiers of a template out.</summary>
        public Identifier Give(IdentifierTemplate template)
        {
            lock (_gate)
            {
                return _registry.Give(template.Series, template.Make, 1, keep: true, DateTimeOffset.UtcNow)[0];
            }
        }

        /// <summary>Writes all files of a node, and enters it into the registry if it is paired.</summary>
        /// <returns>The report's file.</returns>
        public string Write(AcceptanceReport report)
        {
            string name = string.Concat((report.Setup.Id ?? report.Node).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'));
            bool paired = report.Verdict != AcceptanceVerdict.NotPaired;
            lock (_gate)
            {
                try
                {
                    if (paired && Identifier.Check(report.Setup.Id).Identifier is { } id)
                    {
                        Enter(report, id);
                        LabelPicture label = new LabelMaker(_stock).Machine(new MachineLabel
                        {
                            Identifier = id,
                            Node = report.Node,
                            Machine = report.Setup.Name,
                            Date = DateOnly.FromDateTime(report.Made.UtcDateTime),
                            Domain = _domain,
                        });
                        string svg = label.ToSvg();
                        File.WriteAllText(At($"{name}.label.svg"), svg);
                        File.WriteAllBytes(At($"{name}.label.png"), label.ToPng());
                        report = report with { LabelSvg = svg };
                    }

                    File.WriteAllText(At($"{name}.report.json"), ReportJson.Write(report));
                    string page = At($"{name}.report.html");
                    File.WriteAllText(page, ReportHtml.Write(report));
                    return page;
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException or StoreException)
                {
                    throw Unwritable(error, _folder);
                }
                catch (RegistryException error)
                {
                    throw ErrorTable.IdentifierTaken.Because($"The node is paired, but the registry refuses it: {error.Message}", "sensorctl nodes shows and changes the registry.", report.Setup.Id, error);
                }
                catch (LabelException error)
                {
                    throw ErrorTable.BadOutput.Because($"The node is paired, but its label cannot be made: {error.Message}", "--label takes wider tape, such as 24 or 36.", name, error);
                }
            }
        }

        public void Dispose() => _registry.Dispose();

        private void Enter(AcceptanceReport report, Identifier id)
        {
            var hardware = new NodeHardware(report.Node, report.Info?.Board, Firmware: report.Info?.Firmware);
            if (_registry.Find(id)?.Hardware is { } before && !string.Equals(before.Node, report.Node, StringComparison.OrdinalIgnoreCase))
            {
                _registry.Replace(id, hardware, report.Made);
            }

            _registry.AddPaired(new PairedNode
            {
                Identifier = id,
                Hardware = hardware,
                PairedAt = report.Made,
                Name = report.Setup.Name,
                Broker = report.Last?.Broker,
                Root = report.Setup.Root ?? Topics.DefaultRoot,
                Points = [.. (report.Testimony?.Verdicts() ?? []).Select(point => point.Point)],
            });
        }

        private string At(string name) => Path.Combine(_folder, name);

        private static CliException Unwritable(Exception error, string file) =>
            ErrorTable.BadOutput.Because($"{file} cannot be used: {error.Message}", "--out names a folder, --registry a file, that you may write to.", file, error);
    }
}
