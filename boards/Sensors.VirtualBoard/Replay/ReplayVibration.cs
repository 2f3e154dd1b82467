using System;

namespace Sensors.VirtualBoard
{
    /// <summary>A recorded vibration, fed to the axes of an accelerometer through its low-pass and sampled at its own times.</summary>
    /// <remarks>
    /// Filter and interpolation are one: a windowed inverse Fourier transform of <see cref="LowPass"/>'s |H(f)|, evaluated at each of the chip's
    /// sample times. What the record holds above half the chip's rate folds back as far as |H| lets it through; range, noise and
    /// quantisation are the chip's.
    /// </remarks>
    public sealed class ReplayVibration : IVibrationSource
    {
        private readonly RecordedSignal?[] _signals;
        private readonly BandLimitedKernel?[] _kernels = new BandLimitedKernel?[3];
        private float[] _edge = [];
        private double _corner;

        /// <summary>Makes a source that replays one record on one axis.</summary>
        /// <param name="signal">The record, an acceleration.</param>
        /// <param name="axis">The axis it is fed to.</param>
        /// <exception cref="RecordException">The record is no acceleration.</exception>
        public ReplayVibration(RecordedSignal signal, SensorAxis axis = SensorAxis.X)
            : this(
                axis == SensorAxis.X ? signal : null,
                axis == SensorAxis.Y ? signal : null,
                axis == SensorAxis.Z ? signal : null)
        {
        }

        /// <summary>Makes a source that replays a record on each axis.</summary>
        /// <param name="x">Acceleration along X; null for none.</param>
        /// <param name="y">Acceleration along Y; null for none.</param>
        /// <param name="z">Acceleration along Z; null for none.</param>
        /// <exception cref="RecordException">A record is no acceleration.</exception>
        public ReplayVibration(RecordedSignal? x, RecordedSignal? y, RecordedSignal? z)
        {
            _signals = [x, y, z];
            foreach (RecordedSignal? signal in _signals)
            {
                if (signal is { Quantity: not SignalQuantity.Acceleration })
                {
                    throw new RecordException($"An accelerometer cannot feel a {signal.Quantity}: give the record's unit as g, mg or m/s2.");
                }
            }
        }

        /// <summary>Gets whether the record begins again at its end; otherwise nothing moves after it.</summary>
        public bool Loop { get; init; } = true;

        /// <summary>Gets or sets the virtual time at which the record begins, in seconds.</summary>
        /// <remarks>
        /// Where a record has strong lines near half the chip's rate or its multiples, what they fold to depends on where between the
        /// record's samples the chip's fall: a comparison with another computation must begin at the same point.
        /// </remarks>
        public double StartSeconds { get; set; }

        /// <summary>Gets the axis that points up and shows +1 g on top of the record; null for none.</summary>
        public SensorAxis? Up { get; init; }

        /// <inheritdoc/>
        public void Fill(in SampleGrid grid, Span<float> xyzG)
        {
            if (grid.CornerHertz != _corner)
            {
                Prepare(grid.CornerHertz);
            }

            for (int axis = 0; axis < 3; axis++)
            {
                RecordedSignal? signal = _signals[axis];
                float level = (int?)Up == axis ? 1 : 0;
                for (int i = 0; i < grid.Count; i++)
                {
                    double seconds = grid.FirstSeconds + (i * grid.PeriodSeconds) - StartSeconds;
                    float value = signal is null ? 0 : ValueAt(signal, _kernels[axis]!, seconds);
                    xyzG[(3 * i) + axis] = level + value;
                }
            }
        }

        private void Prepare(double corner)
        {
            _corner = corner;
            for (int axis = 0; axis < 3; axis++)
            {
                if (_signals[axis] is RecordedSignal signal)
                {
                    var kernel = new BandLimitedKernel(signal.RateHertz, corner);
                    _kernels[axis] = kernel;
                    Array.Resize(ref _edge, Math.Max(_edge.Length, kernel.Taps));
                }
            }
        }

        private float ValueAt(RecordedSignal signal, BandLimitedKernel kernel, double seconds)
        {
            ReadOnlySpan<float> values = signal.Values;
            double position = seconds * signal.RateHertz;
            if (Loop)
            {
                position -= Math.Floor(position / values.Length) * values.Length;
            }
            else if (position < -kernel.Half || position >= values.Length + kernel.Half)
            {
                return 0;
            }

            int before = (int)Math.Floor(position);
            int first = before - kernel.Half + 1;
            double fraction = position - before;
            if (first >= 0 && first + kernel.Taps <= values.Length)
            {
                return kernel.Apply(values.Slice(first, kernel.Taps), fraction);
            }

            Span<float> edge = _edge.AsSpan(0, kernel.Taps);
            for (int i = 0; i < edge.Length; i++)
            {
                int at = first + i;
                bool inside = at >= 0 && at < values.Length;
                int wrapped = inside ? at : ((at % values.Length) + values.Length) % values.Length;
                edge[i] = inside || Loop ? values[wrapped] : 0;
            }

            return kernel.Apply(edge, fraction);
        }
    }
}
