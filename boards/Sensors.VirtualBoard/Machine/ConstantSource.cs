using System;

namespace Sensors.VirtualBoard
{
    /// <summary>A machine at rest, or a calibration bench: what does not change, and one sine on each axis if wanted.</summary>
    /// <remarks>
    /// A chip looks at its source when somebody looks at the chip, for all the time that has passed since. So what is set here counts from the
    /// last access to the chip on; a machine's course, which knows its times, is the source for changes on schedule.
    /// </remarks>
    public sealed class ConstantSource : IVibrationSource, ITemperatureSource, ICurrentSource
    {
        private readonly float[] _offsetG = new float[3];
        private readonly double[] _amplitudeG = new double[3];

        /// <summary>Gets or sets the temperature in degrees Celsius.</summary>
        public double Celsius { get; set; } = 25;

        /// <summary>Gets or sets the current in amperes.</summary>
        public double Amperes { get; set; }

        /// <summary>Gets or sets the bus voltage in volts.</summary>
        public double Volts { get; set; }

        /// <summary>Gets or sets the frequency of the sine in hertz.</summary>
        public double SineHertz { get; set; }

        /// <summary>Sets the constant acceleration.</summary>
        /// <param name="xG">X in g.</param>
        /// <param name="yG">Y in g.</param>
        /// <param name="zG">Z in g.</param>
        /// <returns>This source.</returns>
        public ConstantSource WithAcceleration(double xG, double yG, double zG)
        {
            _offsetG[0] = (float)xG;
            _offsetG[1] = (float)yG;
            _offsetG[2] = (float)zG;
            return this;
        }

        /// <summary>Adds a sine, 0 at time 0 and rising.</summary>
        /// <param name="hertz">Its frequency, more than 0.</param>
        /// <param name="xG">Amplitude on X in g.</param>
        /// <param name="yG">Amplitude on Y in g.</param>
        /// <param name="zG">Amplitude on Z in g.</param>
        /// <returns>This source.</returns>
        public ConstantSource WithSine(double hertz, double xG, double yG, double zG)
        {
            SineHertz = hertz;
            _amplitudeG[0] = xG;
            _amplitudeG[1] = yG;
            _amplitudeG[2] = zG;
            return this;
        }

        /// <inheritdoc/>
        public void Fill(in SampleGrid grid, Span<float> xyzG)
        {
            double gain = LowPass.Gain(SineHertz, grid.CornerHertz);
            for (int i = 0; i < grid.Count; i++)
            {
                double sine = gain * Math.Sin(2 * Math.PI * SineHertz * (grid.FirstSeconds + (i * grid.PeriodSeconds)));
                for (int axis = 0; axis < 3; axis++)
                {
                    xyzG[(3 * i) + axis] = _offsetG[axis] + (float)(sine * _amplitudeG[axis]);
                }
            }
        }

        /// <inheritdoc/>
        public double CelsiusAt(double seconds) => Celsius;

        /// <inheritdoc/>
        public void At(double seconds, out double amperes, out double volts)
        {
            amperes = Amperes;
            volts = Volts;
        }
    }
}
