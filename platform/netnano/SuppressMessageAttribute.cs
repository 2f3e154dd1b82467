namespace System.Diagnostics.CodeAnalysis
{
    /// <summary>Lets one rule of the device flavour be broken in one place, and says why. Stays in the assembly, for the gate to read.</summary>
    [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
    internal sealed class SuppressMessageAttribute : Attribute
    {
        /// <summary>Makes the exception.</summary>
        /// <param name="category">Who owns the rule: <c>Sensors</c>.</param>
        /// <param name="checkId">The rule: <c>RS0030</c> for the ban list, or the gate's number.</param>
        public SuppressMessageAttribute(string category, string checkId)
        {
            Category = category;
            CheckId = checkId;
        }

        /// <summary>Gets who owns the rule.</summary>
        public string Category { get; }

        /// <summary>Gets the rule.</summary>
        public string CheckId { get; }

        /// <summary>Gets or sets the reason.</summary>
        public string Justification { get; set; }
    }
}
