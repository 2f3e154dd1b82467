namespace Sensors.Cli.Errors
{
    /// <summary>One row of the error table.</summary>
    /// <param name="Code">The stable code, such as <c>S101</c>.</param>
    /// <param name="Title">What it stands for, in a few words, as the README's table shows it.</param>
    /// <param name="Exit">The exit code that comes with it.</param>
    public sealed record ErrorEntry(string Code, string Title, int Exit)
    {
        /// <summary>Makes an error of this kind.</summary>
        /// <param name="message">What happened and what was found: whole sentences.</param>
        /// <param name="hint">One action that cannot be wrong.</param>
        /// <param name="found">The very thing that was found, for programs; null where there is none.</param>
        /// <param name="cause">The exception behind it, or null.</param>
        /// <returns>The exception to throw.</returns>
        public CliException Because(string message, string hint, string? found = null, System.Exception? cause = null) =>
            new(this, message, hint, found, cause);
    }
}
