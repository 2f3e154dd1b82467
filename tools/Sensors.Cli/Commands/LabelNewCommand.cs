using System;
using System.CommandLine;
using System.IO;
using System.Text;
using System.Text.Json.Nodes;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Identifiers;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Identification;
using Sensors.Pairing;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl label new</c>: draws the label of a board, to be flashed and to be printed.</summary>
    internal sealed class LabelNewCommand : CliCommand
    {
        private const int Most = 1000;

        private readonly CliHost _host;
        private readonly GlobalOptions _global;
        private readonly LabelOptions _label;
        private readonly Option<string> _node;
        private readonly Option<int> _count;

        public LabelNewCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("new", "Draw the labels of boards: password and code, as file for the board and as picture.")
        {
            _host = host;
            _global = global;
            _node = context.Create("--node", "digits", "The node's six hexadecimal digits, the last of its MAC address (default: drawn).", BoardLabels.ReadNode);
            _count = context.Create("--count", "n", $"How many labels (default: 1, at most {Most}).", Values.WholeNumber(1, Most));
            Options.Add(_node);
            Options.Add(_count);
            _label = new LabelOptions(this, context);
            Examples =
            [
                "sensorctl label new --node 3F2A1C --out labels",
                "sensorctl label new --count 20 --size 18 --dpi 360 --out labels",
            ];
            Notes =
            [
                "Each label has a folder of its own: label.txt goes onto the board's volume before its first start, label.svg and label.png are printed and stuck on the board. The QR code joins the board's access point.",
                "Password and code are drawn by the system's cryptographic generator and are written nowhere else. Keep the folder as you keep keys, and delete it when the boards are flashed and labelled.",
            ];
            SetAction(parsed => Act(parsed));
        }

        private int Act(ParseResult parsed)
        {
            string? node = parsed.GetValue(_node);
            int count = parsed.GetResult(_count) is null ? 1 : parsed.GetValue(_count);
            if (node is not null && count > 1)
            {
                throw ErrorTable.Conflict.Because("--node is the number of one board, and --count asks for more.", "leave --node out: numbers are drawn.");
            }

            for (int i = 0; i < count; i++)
            {
                PairingLabel label = BoardLabels.Draw(node);
                string folder = Path.Combine(_label.Folder(parsed), label.Name);
                if (Directory.Exists(folder))
                {
                    if (node is null)
                    {
                        i--; // drawn before: another number
                        continue;
                    }

                    throw ErrorTable.BadLabelFile.Because($"{folder} is there already, and the board may bear that label.", "delete the folder if it does not, or write to another one.", folder);
                }

                LabelPicture picture = _label.Make(parsed, maker => maker.Board(label));
                LabelOptions.Write(folder, () =>
                {
                    Keep(Path.Combine(folder, PairingLabel.FileName), label.ToBytes());
                    Keep(Path.Combine(folder, "label.svg"), Encoding.UTF8.GetBytes(picture.ToSvg()));
                    Keep(Path.Combine(folder, "label.png"), picture.ToPng());
                });
                DataOut.WriteLine(_host.Out, _global.Json(parsed)
                    ? JsonLine.Of(new JsonObject { ["version"] = 1, ["node"] = label.Name, ["folder"] = folder })
                    : $"{label.Name}  {folder}");
            }

            return ExitCode.Ok;
        }

        private static void Keep(string file, byte[] content)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; }
            using var stream = new FileStream(file, options);
            stream.Write(content);
        }
    }
}
