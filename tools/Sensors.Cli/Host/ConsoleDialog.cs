using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Cli.Host
{
    /// <summary>The person at the process's own terminal.</summary>
    internal sealed class ConsoleDialog(TextWriter error) : IDialog
    {
        /// <summary>A read cannot be called off: after Ctrl-C the process ends around it.</summary>
        public Task<string?> ReadLineAsync(bool secret, CancellationToken stop) =>
            Task.Run(() => secret ? ReadSecret() : Console.ReadLine(), CancellationToken.None).WaitAsync(stop);

        private string? ReadSecret()
        {
            const char EndOfInput = '\u0004';
            var text = new StringBuilder();
            while (true)
            {
                ConsoleKeyInfo key = Console.ReadKey(intercept: true);
                if (key.Key == ConsoleKey.Enter || key.KeyChar is '\r' or '\n')
                {
                    error.WriteLine();
                    return text.ToString();
                }

                if (key.KeyChar == EndOfInput && text.Length == 0)
                {
                    return null;
                }

                if (key.Key == ConsoleKey.Backspace)
                {
                    text.Length = Math.Max(0, text.Length - 1);
                }
                else if (!char.IsControl(key.KeyChar))
                {
                    text.Append(key.KeyChar);
                }
            }
        }
    }
}
