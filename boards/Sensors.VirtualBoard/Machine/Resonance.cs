namespace Sensors.VirtualBoard
{
    /// <summary>A natural frequency of what stands between a bearing and an accelerometer, and how well each direction hears it.</summary>
    /// <param name="Hertz">Frequency it rings at, more than 0.</param>
    /// <param name="Damping">Part of the critical damping, more than 0; 0.01 to 0.05 are usual.</param>
    /// <param name="FirstRadial">What the first radial direction gets of it.</param>
    /// <param name="SecondRadial">What the second radial direction gets of it.</param>
    /// <param name="Axial">What the axial direction gets of it.</param>
    public sealed record Resonance(double Hertz, double Damping, double FirstRadial = 1, double SecondRadial = 1, double Axial = 0.5)
    {
        internal double Gain(int direction) => direction switch
        {
            MachineLines.FirstRadial => FirstRadial,
            MachineLines.SecondRadial => SecondRadial,
            _ => Axial,
        };
    }
}
