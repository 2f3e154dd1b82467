using System;

namespace Sensors.VirtualBoard
{
    /// <summary>A recorded temperature or current, read between its samples along straight lines; it begins at virtual time 0.</summary>
    public sealed class ReplaySlowSignal : ITemperatureSource, ICurrentSource
    {
        private readonly RecordedSignal _signal;

        /// <summary>Makes a source.</summary>
        /// <param name="signal">The record: a temperature or a current.</param>
        /// <exception cref="RecordException">The record is neither.</exception>
        public ReplaySlowSignal(RecordedSignal signal)
        {
            ArgumentNullException.ThrowIfNull(signal);
            if (signal.Quantity is not (SignalQuantity.Temperature or SignalQuantity.Current))
            {
                throw new RecordException($"A {signal.Quantity} is neither temperature nor current: give the record's unit as degC, A or mA.");
            }

            _signal = signal;
        }

        /// <summary>Gets whether the record begins again at its end; otherwise its last value stays.</summary>
        public bool Loop { get; init; } = true;

        /// <summary>Gets the bus voltage told with a current, in volts.</summary>
        public double Volts { get; init; } = 24;

        /// <inheritdoc/>
        public double CelsiusAt(double seconds) => ValueAt(seconds);

        /// <inheritdoc/>
        public void At(double seconds, out double amperes, out double volts)
        {
            amperes = ValueAt(seconds);
            volts = Volts;
        }

        private double ValueAt(double seconds)
        {
            ReadOnlySpan<float> values = _signal.Values;
            double position = Math.Max(0, seconds) * _signal.RateHertz;
            position = Loop ? position % values.Length : Math.Min(position, values.Length - 1);
            int before = (int)position;
            int after = before + 1 < values.Length ? before + 1 : Loop ? 0 : before;
            double fraction = position - before;
            return (values[before] * (1 - fraction)) + (values[after] * fraction);
        }
    }
}
