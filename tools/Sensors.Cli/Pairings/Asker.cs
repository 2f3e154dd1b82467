using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;

namespace Sensors.Cli.Pairings
{
    /// <summary>Puts questions to who sits at the terminal, again until the answer is one.</summary>
    internal sealed class Asker(CliHost host, IDialog dialog)
    {
        /// <summary>Writes a line for people.</summary>
        public void Say(string line) => host.Error.WriteLine(line);

        /// <summary>Asks for a text.</summary>
        /// <param name="question">The question, without its colon.</param>
        /// <param name="usual">What Enter alone means; null where there is nothing usual.</param>
        /// <param name="check">Says what is wrong with an answer; null for nothing.</param>
        /// <param name="stop">Ends it with an exception.</param>
        public async Task<string> TextAsync(string question, string? usual, Func<string, string?> check, CancellationToken stop)
        {
            while (true)
            {
                string answer = (await ReadAsync(usual is null ? $"{question}: " : $"{question} [{(usual.Length == 0 ? "none" : usual)}]: ", secret: false, stop).ConfigureAwait(false)).Trim();
                answer = answer.Length == 0 && usual is not null ? usual : answer;
                if (check(answer) is not { } wrong)
                {
                    return answer;
                }

                Say("  " + wrong);
            }
        }

        /// <summary>Asks for a secret; it is not shown, and Enter alone is an empty one.</summary>
        public async Task<string> SecretAsync(string question, Func<string, string?> check, CancellationToken stop)
        {
            while (true)
            {
                string answer = await ReadAsync($"{question}: ", secret: true, stop).ConfigureAwait(false);
                if (check(answer) is not { } wrong)
                {
                    return answer;
                }

                Say("  " + wrong);
            }
        }

        /// <summary>Asks for yes or no.</summary>
        public async Task<bool> YesAsync(string question, bool usual, CancellationToken stop)
        {
            while (true)
            {
                string answer = (await ReadAsync($"{question} [{(usual ? "Y/n" : "y/N")}]: ", secret: false, stop).ConfigureAwait(false)).Trim().ToUpperInvariant();
                switch (answer)
                {
                    case "":
                        return usual;
                    case "Y" or "YES":
                        return true;
                    case "N" or "NO":
                        return false;
                    default:
                        Say("  y or n, please.");
                        break;
                }
            }
        }

        /// <summary>Asks for one of a list, by its number or by name; a name that is not in the list will do, too.</summary>
        public async Task<string> OneOfAsync(string question, IReadOnlyList<string> names, string? usual, Func<string, string?> check, CancellationToken stop)
        {
            string answer = await TextAsync(question, usual, text => check(Named(text, names)), stop).ConfigureAwait(false);
            return Named(answer, names);
        }

        private static string Named(string answer, IReadOnlyList<string> names) =>
            int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= names.Count ? names[number - 1] : answer;

        private async Task<string> ReadAsync(string question, bool secret, CancellationToken stop)
        {
            await host.Error.WriteAsync(question).ConfigureAwait(false);
            await host.Error.FlushAsync(stop).ConfigureAwait(false);
            string? answer = null;
            try
            {
                answer = await dialog.ReadLineAsync(secret, stop).ConfigureAwait(false);
            }
            finally
            {
                if (answer is null)
                {
                    Say(string.Empty); // what comes next begins a line of its own
                }
            }

            return answer ?? throw ErrorTable.Unanswered.Because("The input ended at a question.", "sensorctl pair --help lists the options that answer each, and --plan.");
        }
    }
}
