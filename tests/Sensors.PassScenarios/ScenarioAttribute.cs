using System;

namespace Sensors.PassScenarios
{
    /// <summary>Marks an instance method without arguments that the pass counter runs. What its class's constructor does is set-up: it costs memory, not passes.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class ScenarioAttribute : Attribute
    {
        /// <summary>Names the scenario.</summary>
        /// <param name="name">A name that no other has.</param>
        public ScenarioAttribute(string name)
        {
            Name = name;
        }

        /// <summary>Gets the name.</summary>
        public string Name { get; }

        /// <summary>Gets or sets by what the passes are divided: the turns of a loop that is told per turn.</summary>
        public int Per { get; set; } = 1;

        /// <summary>Gets or sets the passes that the official CLR was measured to take; 0 when nobody measured.</summary>
        public double Measured { get; set; }

        /// <summary>Gets or sets the most passes it may take; 0 for no budget.</summary>
        public int Budget { get; set; }

        /// <summary>Gets or sets the most bytes of the device's heap that its object and all it refers to may take; 0 for no budget.</summary>
        public int MemoryBudget { get; set; }
    }
}
