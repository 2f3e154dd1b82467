using System;

namespace Sensors.VirtualBoard
{
    /// <summary>What an accelerometer feels.</summary>
    public interface IVibrationSource
    {
        /// <summary>Tells the acceleration along the chip's axes at its sample times, after the chip's low-pass.</summary>
        /// <remarks>Called by one thread at a time, seldom with times in the past; makes no garbage.</remarks>
        /// <param name="grid">The sample times and the low-pass to apply.</param>
        /// <param name="xyzG">Receives X, Y, Z, X, Y, Z ... in g (9.80665 m/s²), gravity included; 3 × <see cref="SampleGrid.Count"/> long.</param>
        void Fill(in SampleGrid grid, Span<float> xyzG);
    }
}
