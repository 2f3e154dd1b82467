using System;
using System.CommandLine;
using System.IO;
using Sensors.Cli.Errors;
using Sensors.Cli.Parsing;
using Sensors.Identification;

namespace Sensors.Cli.Identifiers
{
    /// <summary><c>--size</c>, <c>--dpi</c> and <c>--out</c>: what labels are printed on, and where the files go.</summary>
    internal sealed class LabelOptions
    {
        private const int LeastDpi = 150;
        private const int MostDpi = 1200;

        private readonly Option<LabelStock> _size;
        private readonly Option<int> _dpi;
        private readonly Option<string> _out;

        public LabelOptions(Command command, ParseContext context)
        {
            _size = context.Create("--size", "mm", $"Width of the tape, such as 12, 18 or 24, or width x height of the piece, such as 40x30 (default: {LabelStock.Tape24.Name}).", LabelStock.Parse);
            _dpi = context.Create("--dpi", "n", $"Dots per inch of the printer (default: {LabelMaker.UsualDpi}).", Values.WholeNumber(LeastDpi, MostDpi));
            _out = context.Create("--out", "folder", "Folder for the files.", Values.Text, required: true);
            command.Options.Add(_size);
            command.Options.Add(_dpi);
            command.Options.Add(_out);
        }

        /// <summary>Gets the folder.</summary>
        public string Folder(ParseResult parsed) => parsed.GetValue(_out)!;

        /// <summary>Makes a label.</summary>
        /// <exception cref="CliException">It does not fit, or cannot be.</exception>
        public LabelPicture Make(ParseResult parsed, Func<LabelMaker, LabelPicture> make)
        {
            try
            {
                return make(new LabelMaker(parsed.GetValue(_size) ?? LabelStock.Tape24, parsed.GetResult(_dpi) is null ? LabelMaker.UsualDpi : parsed.GetValue(_dpi)));
            }
            catch (LabelException error)
            {
                throw ErrorTable.BadLabel.Because(error.Message, "--size and --dpi say what it is printed on.", cause: error);
            }
        }

        /// <summary>Does what writes files.</summary>
        /// <exception cref="CliException">A file cannot be written.</exception>
        public static void Write(string folder, Action write)
        {
            try
            {
                Directory.CreateDirectory(folder);
                write();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw ErrorTable.BadLabelFile.Because($"The label cannot be written: {error.Message}", "--out names a folder that you may write to.", folder, error);
            }
        }
    }
}
