namespace Sensors.VirtualBoard
{
    /// <summary>What hangs at the four inputs of an ADS1115.</summary>
    public interface IAds1115Inputs
    {
        /// <summary>Tells the voltage at an input, against ground.</summary>
        /// <param name="input">0 to 3, for AIN0 to AIN3.</param>
        /// <param name="seconds">Virtual time.</param>
        /// <returns>Volts.</returns>
        double VoltsAt(int input, double seconds);
    }
}
