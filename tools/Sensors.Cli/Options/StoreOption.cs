using System;
using System.CommandLine;
using System.IO;
using Sensors.Cli.Errors;
using Sensors.Cli.Parsing;
using Sensors.Edge;

namespace Sensors.Cli.Options
{
    /// <summary><c>--store</c>: the file that keeps readings, and what can be wrong with it.</summary>
    internal sealed class StoreOption
    {
        private const string Usual = "readings.db";

        private readonly Option<string> _store;

        public StoreOption(Command command, ParseContext context, string description)
        {
            _store = context.Create("--store", "file", $"{description} (default: {Usual}).", Values.Text);
            command.Options.Add(_store);
        }

        /// <summary>Gets the file's name.</summary>
        public string File(ParseResult parsed) => parsed.GetValue(_store) ?? Usual;

        /// <summary>Opens the store to write.</summary>
        /// <exception cref="CliException">It cannot be.</exception>
        public static SqliteReadingStore Write(string file) => Translate(file, () => SqliteReadingStore.Open(file));

        /// <summary>Opens the store to read; a collector may write meanwhile.</summary>
        /// <exception cref="CliException">It cannot be.</exception>
        public static ReadingArchive Read(string file) => Translate(file, () => ReadingArchive.Open(file));

        /// <summary>Turns what is wrong with a store into rows of the error table.</summary>
        public static T Translate<T>(string file, Func<T> use)
        {
            try
            {
                return use();
            }
            catch (StoreException error)
            {
                throw StoreErrors.Of(file, error);
            }
        }
    }
}
