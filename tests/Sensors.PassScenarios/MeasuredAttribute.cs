using System;

namespace Sensors.PassScenarios
{
    /// <summary>Tells what one part of a scenario was measured to take on the official CLR, all its calls together.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class MeasuredAttribute : Attribute
    {
        /// <summary>Tells it.</summary>
        /// <param name="passes">Loop passes.</param>
        public MeasuredAttribute(double passes)
        {
            Passes = passes;
        }

        /// <summary>Gets the passes.</summary>
        public double Passes { get; }
    }
}
