using System.IO;
using System.Text.Json.Nodes;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;

namespace Sensors.Cli.Output
{
    /// <summary>What goes to the error stream: progress, events, hints, errors. With <c>--json</c> one JSON object per line.</summary>
    public sealed class Report
    {
        private const string Red = "\u001b[31m";
        private const string Plain = "\u001b[0m";

        private readonly object _gate = new(); // events come from broker, nodes and client threads
        private readonly TextWriter _writer;
        private readonly bool _json;
        private readonly bool _colours;

        /// <summary>Makes the report.</summary>
        /// <param name="host">Whose error stream is written.</param>
        /// <param name="json">Whether lines are JSON objects.</param>
        /// <param name="noColour">Whether colours are off whatever the stream.</param>
        public Report(CliHost host, bool json, bool noColour)
        {
            System.ArgumentNullException.ThrowIfNull(host);
            _writer = host.Error;
            _json = json;
            _colours = host.ErrorHasColours && !noColour;
        }

        /// <summary>Tells that something happened.</summary>
        /// <param name="happened">The event: its name and facts, and the line for people.</param>
        public void Tell(CliEvent happened)
        {
            System.ArgumentNullException.ThrowIfNull(happened);
            lock (_gate)
            {
                _writer.WriteLine(_json ? happened.ToJson() : happened.Text);
            }
        }

        /// <summary>Tells people more about the event before; objects have it as a fact.</summary>
        /// <param name="line">The line.</param>
        public void TellPlain(string line)
        {
            lock (_gate)
            {
                if (!_json)
                {
                    _writer.WriteLine(line);
                }
            }
        }

        /// <summary>Tells an error with its hint.</summary>
        /// <param name="error">The error.</param>
        public void Tell(CliException error)
        {
            System.ArgumentNullException.ThrowIfNull(error);
            lock (_gate)
            {
                if (_json)
                {
                    var body = new JsonObject
                    {
                        ["code"] = error.Entry.Code,
                        ["message"] = error.Message,
                        ["found"] = error.Found,
                        ["hint"] = error.Hint,
                        ["exit"] = error.Entry.Exit,
                    };
                    _writer.WriteLine(JsonLine.Of(new JsonObject { ["error"] = body }));
                    return;
                }

                _writer.WriteLine(_colours ? $"{Red}error {error.Entry.Code}:{Plain} {error.Message}" : $"error {error.Entry.Code}: {error.Message}");
                _writer.WriteLine($"Hint: {error.Hint}");
            }
        }
    }
}
