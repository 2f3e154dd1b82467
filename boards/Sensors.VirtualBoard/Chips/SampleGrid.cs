namespace Sensors.VirtualBoard
{
    /// <summary>The times at which an accelerometer samples, and the filter in front of its sampling.</summary>
    /// <param name="FirstSeconds">Virtual time of the first sample.</param>
    /// <param name="PeriodSeconds">Time between samples, more than 0.</param>
    /// <param name="Count">Number of samples.</param>
    /// <param name="FirstIndex">Running number of the first sample since the chip had power; noise is drawn by it.</param>
    /// <param name="CornerHertz">Corner of the low-pass <see cref="LowPass"/> states, which the source applies.</param>
    public readonly record struct SampleGrid(double FirstSeconds, double PeriodSeconds, int Count, long FirstIndex, double CornerHertz);
}
