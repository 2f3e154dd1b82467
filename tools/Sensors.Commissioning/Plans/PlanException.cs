using System;
using System.Globalization;

namespace Sensors.Commissioning
{
    /// <summary>A plan cannot be read; says in which line and why, never a secret.</summary>
    public sealed class PlanException : Exception
    {
        /// <summary>Makes the exception.</summary>
        /// <param name="line">The line, from 1; 0 when it is none alone.</param>
        /// <param name="message">What is wrong there.</param>
        public PlanException(int line, string message)
            : base(line == 0 ? message : string.Create(CultureInfo.InvariantCulture, $"line {line}: {message}"))
        {
            Line = line;
        }

        /// <summary>Gets the line, from 1; 0 when it is none alone.</summary>
        public int Line { get; }
    }
}
