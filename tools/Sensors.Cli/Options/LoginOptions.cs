using System;
using System.CommandLine;
using System.IO;
using Sensors.Cli.Errors;
using Sensors.Cli.Parsing;

namespace Sensors.Cli.Options
{
    /// <summary>As whom to connect: <c>--user</c>, <c>--password</c>, <c>--password-file</c>.</summary>
    internal sealed class LoginOptions
    {
        private readonly Option<string> _user;
        private readonly Option<string> _password;
        private readonly Option<string> _passwordFile;

        public LoginOptions(Command command, ParseContext context)
        {
            _user = context.Create("--user", "name", "User at the broker.", Values.Text);
            _password = context.Create("--password", "text", "Password; other users of this PC can see it, a variable or file is better.", ReadPassword);
            _passwordFile = context.Create("--password-file", "file", "File whose first line is the password.", Values.Text);
            command.Options.Add(_user);
            command.Options.Add(_password);
            command.Options.Add(_passwordFile);
        }

        public (string? User, string? Password) Read(ParseResult parsed)
        {
            string? user = parsed.GetValue(_user);
            string? password = parsed.GetValue(_password);
            string? file = parsed.GetValue(_passwordFile);
            if (password is not null && file is not null)
            {
                throw ErrorTable.Conflict.Because("--password and --password-file are both given.", "give one of them.");
            }

            if (user is null && (password ?? file) is not null)
            {
                throw ErrorTable.Conflict.Because("A password is given without a user.", "add --user <name>; MQTT has no password without one.");
            }

            return (user, file is null ? password : FirstLine(file));
        }

        /// <summary>The node keeps its settings as lines, white space around a value dropped.</summary>
        private static string ReadPassword(string text) => text == text.Trim() && text.IndexOfAny(['\r', '\n']) < 0
            ? text
            : throw new FormatException("the password begins or ends with a blank, or has a line break in it; a node cannot keep that.");

        private static string FirstLine(string file)
        {
            try
            {
                using StreamReader reader = File.OpenText(file);
                return reader.ReadLine() ?? throw new InvalidDataException("The file is empty.");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                throw ErrorTable.BadPasswordFile.Because(
                    $"The password file {file} cannot be read: {error.Message}", "name a file that exists and that you may read.", file, error);
            }
        }
    }
}
