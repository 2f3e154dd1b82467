using System;

namespace Sensors.VirtualBoard
{
    /// <summary>Something measured before, at an even rate.</summary>
    public sealed class RecordedSignal
    {
        private readonly float[] _values;

        /// <summary>Makes a signal of values at hand.</summary>
        /// <param name="values">At least one, finite; g, degrees Celsius, amperes or volts.</param>
        /// <param name="rateHertz">Sampling rate, more than 0.</param>
        /// <param name="quantity">What it is.</param>
        /// <exception cref="RecordException">There are no values, or the rate is not more than 0.</exception>
        public RecordedSignal(float[] values, double rateHertz, SignalQuantity quantity = SignalQuantity.Acceleration)
        {
            ArgumentNullException.ThrowIfNull(values);
            if (values.Length == 0)
            {
                throw new RecordException("The record holds no samples.");
            }

            if (!(rateHertz > 0 && double.IsFinite(rateHertz)))
            {
                throw new RecordException($"The sampling rate is {rateHertz} Hz. Allowed: more than 0.");
            }

            _values = values;
            RateHertz = rateHertz;
            Quantity = quantity;
        }

        /// <summary>Gets the samples in g, degrees Celsius, amperes or volts.</summary>
        public ReadOnlySpan<float> Values => _values;

        /// <summary>Gets the sampling rate in hertz.</summary>
        public double RateHertz { get; }

        /// <summary>Gets what was measured.</summary>
        public SignalQuantity Quantity { get; }

        /// <summary>Gets the length in seconds.</summary>
        public double Seconds => _values.Length / RateHertz;

        /// <summary>Reads a file by its extension: .csv and .txt, .wav, and .i16, .raw and .bin for little-endian 16-bit counts.</summary>
        /// <param name="path">The file.</param>
        /// <param name="options">What the file does not say itself.</param>
        /// <returns>The signal.</returns>
        /// <exception cref="RecordException">The file is missing or cannot be used.</exception>
        public static RecordedSignal Load(string path, RecordOptions options)
        {
            ArgumentNullException.ThrowIfNull(path);
            ArgumentNullException.ThrowIfNull(options);
            SignalUnit unit = SignalUnit.Parse(options.Unit);
            double factor = options.Scale * unit.Factor;
            if (factor == 0 || !double.IsFinite(factor))
            {
                throw new RecordException($"{path}: the scale is {options.Scale}. Allowed: any number but 0.");
            }

            RecordTable table = RecordTable.Read(path, new RecordTableOptions
            {
                Columns = [options.Column],
                Channels = [options.Channel],
                ReadsTimes = options.RateHertz is null,
            });
            double rate = options.RateHertz ?? table.RateHertz ?? 0;
            if (!(rate > 0 && double.IsFinite(rate)))
            {
                throw new RecordException($"{path}: the file does not tell its sampling rate. Give it in hertz, more than 0.");
            }

            factor /= table.FullScale;
            return new RecordedSignal(Array.ConvertAll(table.Columns[0], value => (float)(value * factor)), rate, unit.Quantity);
        }
    }
}
