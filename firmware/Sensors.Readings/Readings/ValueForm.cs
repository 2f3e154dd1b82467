namespace Sensors.Node
{
    /// <summary>How a stored record keeps a value; <c>docs/payloads.md</c> states each form byte by byte.</summary>
    public enum ValueForm
    {
        /// <summary>The 32-bit IEEE 754 number itself.</summary>
        Float = 0,

        /// <summary>An amplitude, 0 or more: 16 bits, logarithmic, within 0.05 %.</summary>
        Amplitude = 1,

        /// <summary>A number of either sign: a sign and 15 bits, logarithmic, within 0.05 % or 0.0001.</summary>
        Signed = 2,

        /// <summary>A frequency, 0 or more: 24 bits, logarithmic, within 2e-6.</summary>
        Fine = 3,
    }
}
