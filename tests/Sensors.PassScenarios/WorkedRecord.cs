using System;

namespace Sensors.PassScenarios
{
    /// <summary>
    /// The cost model's worked feature record: 1,024 samples of three axes, plain careful C#. Not what the node does: that is better, and has scenarios of
    /// its own. This is what was measured part by part on the official CLR, written again as the cost model describes it.
    /// </summary>
    public sealed class WorkedRecord
    {
        private const int Axes = 3;
        private const int Samples = 1024;
        private const int Points = Samples / 2;   // of the complex transform
        private const int Bins = Points + 1;
        private const int Bands = 16;
        private const int Peaks = 3;
        private const float Weight = 0.0383f;     // m/s2 per count
        private const float Rate = 3200f;

        private readonly short[] _counts = new short[Axes * Samples];
        private readonly float[] _axis = new float[Samples];
        private readonly float[] _window = new float[Samples];
        private readonly short[] _reversed = new short[Points];
        private readonly float[] _cosines = new float[Points];
        private readonly float[] _sines = new float[Points];
        private readonly float[] _real = new float[Points];
        private readonly float[] _imaginary = new float[Points];
        private readonly float[] _power = new float[Bins];
        private readonly float[] _velocityWeights = new float[Bins];
        private readonly short[] _edges = new short[Bands + 1];
        private readonly float[] _bands = new float[Bands];
        private readonly float[] _peakHeights = new float[Peaks];
        private readonly int[] _peakBins = new int[Peaks];
        private float _mean, _rms, _peak, _skewness, _kurtosis, _velocity;

        /// <summary>Makes the tables and a signal.</summary>
        public WorkedRecord()
        {
            Signal.Fill(_counts, Axes);
            for (int i = 0; i < Samples; i++)
            {
                _window[i] = (float)(0.5 - 0.5 * Math.Cos(2 * Math.PI * i / Samples));
            }

            for (int i = 0; i < Points; i++)
            {
                int reversed = 0;
                for (int bit = 1, out1 = Points >> 1; bit < Points; bit <<= 1, out1 >>= 1)
                {
                    if ((i & bit) != 0)
                    {
                        reversed |= out1;
                    }
                }

                _reversed[i] = (short)reversed;
                double angle = 2 * Math.PI * i / Samples; // of the long transform: every second one is the short one's
                _cosines[i] = (float)Math.Cos(angle);
                _sines[i] = (float)-Math.Sin(angle);
            }

            for (int i = 1; i < Bins; i++)
            {
                double omega = 2 * Math.PI * i * Rate / Samples;
                _velocityWeights[i] = i * Rate / Samples < 10 || i * Rate / Samples > 1000 ? 0 : (float)(1e6 / (omega * omega));
            }

            for (int i = 0; i <= Bands; i++)
            {
                _edges[i] = (short)(1 + (i * Points / Bands));
            }
        }

        /// <summary>Computes the record.</summary>
        [Scenario("worked record, 3 x 1,024", Measured = 103000)]
        public void Compute()
        {
            for (int axis = 0; axis < Axes; axis++)
            {
                Statistics(axis);
                WindowAndLoad();
                Transform();
                UnpackPower();
                BandsAndVelocity();
                FindPeaks();
            }
        }

        /// <summary>Mean, RMS, peak, skewness and kurtosis in two passes.</summary>
        [Measured(22000)]
        private void Statistics(int axis)
        {
            short[] counts = _counts;
            float[] values = _axis;
            int n = Samples;
            int sum = 0;
            for (int i = 0, at = axis; i < n; i++, at += Axes)
            {
                sum += counts[at];
            }

            float mean = (float)sum / n;
            float sum2 = 0, sum3 = 0, sum4 = 0, largest = 0;
            for (int i = 0, at = axis; i < n; i++, at += Axes)
            {
                float a = counts[at] - mean;
                values[i] = a;
                float a2 = a * a;
                sum2 += a2;
                sum3 += a2 * a;
                sum4 += a2 * a2;
                if (a < 0)
                {
                    a = -a;
                }

                if (a > largest)
                {
                    largest = a;
                }
            }

            float variance = sum2 / n;
            float rms = (float)Math.Sqrt(variance);
            _mean = mean * Weight;
            _rms = rms * Weight;
            _peak = largest * Weight;
            _skewness = sum3 / n / (variance * rms);
            _kurtosis = sum4 / n / (variance * variance);
        }

        /// <summary>Even samples are the real parts, odd ones the imaginary.</summary>
        [Measured(8700)]
        private void WindowAndLoad()
        {
            float[] values = _axis, window = _window, real = _real, imaginary = _imaginary;
            short[] reversed = _reversed;
            int n = Points;
            int at = 0;
            for (int i = 0; i < n; i++)
            {
                int to = reversed[i];
                real[to] = values[at] * window[at];
                at++;
                imaginary[to] = values[at] * window[at];
                at++;
            }
        }

        /// <summary>Complex FFT of 512 points: a first pass of radix 4, where no factor is but 1 and -i, then seven of radix 2.</summary>
        [Measured(57000)]
        private void Transform()
        {
            float[] real = _real, imaginary = _imaginary, cosines = _cosines, sines = _sines;
            int n = Points;
            for (int i = 0; i < n; i += 4)
            {
                int i1 = i + 1, i2 = i + 2, i3 = i + 3;
                float r0 = real[i], r1 = real[i1], r2 = real[i2], r3 = real[i3];
                float m0 = imaginary[i], m1 = imaginary[i1], m2 = imaginary[i2], m3 = imaginary[i3];
                float ra = r0 + r1, rb = r0 - r1, rc = r2 + r3, rd = r2 - r3;
                float ma = m0 + m1, mb = m0 - m1, mc = m2 + m3, md = m2 - m3;
                real[i] = ra + rc;
                imaginary[i] = ma + mc;
                real[i1] = rb + md;
                imaginary[i1] = mb - rd;
                real[i2] = ra - rc;
                imaginary[i2] = ma - mc;
                real[i3] = rb - md;
                imaginary[i3] = mb + rd;
            }

            for (int half = 4, stride = Samples >> 3; half < n; half <<= 1, stride >>= 1)
            {
                int step = half << 1;
                for (int k = 0, factor = 0; k < half; k++, factor += stride)
                {
                    float c = cosines[factor], s = sines[factor];
                    for (int a = k; a < n; a += step)
                    {
                        int b = a + half;
                        float realB = real[b], imaginaryB = imaginary[b];
                        float realT = realB * c - imaginaryB * s;
                        float imaginaryT = realB * s + imaginaryB * c;
                        float realA = real[a], imaginaryA = imaginary[a];
                        real[b] = realA - realT;
                        imaginary[b] = imaginaryA - imaginaryT;
                        real[a] = realA + realT;
                        imaginary[a] = imaginaryA + imaginaryT;
                    }
                }
            }
        }

        /// <summary>From the packed transform to the power of 513 bins, two at a time.</summary>
        [Measured(8500)]
        private void UnpackPower()
        {
            float[] real = _real, imaginary = _imaginary, cosines = _cosines, sines = _sines, power = _power;
            int n = Points;
            float scale = 1f / Samples;
            float first = real[0] + imaginary[0], last = real[0] - imaginary[0];
            power[0] = first * first * scale;
            power[n] = last * last * scale;
            for (int k = 1, m = n - 1; k <= m; k++, m--)
            {
                float rk = real[k], rm = real[m], ik = imaginary[k], im = imaginary[m];
                float evenReal = rk + rm, evenImaginary = ik - im;
                float oddReal = ik + im, oddImaginary = rm - rk;
                float c = cosines[k], s = sines[k];
                float turnedReal = oddReal * c - oddImaginary * s;
                float turnedImaginary = oddReal * s + oddImaginary * c;
                float x = evenReal + turnedReal, y = evenImaginary + turnedImaginary;
                power[k] = (x * x + y * y) * scale;
                x = evenReal - turnedReal;
                y = turnedImaginary - evenImaginary;
                power[m] = (x * x + y * y) * scale;
            }
        }

        /// <summary>Sums of 16 bands, and velocity by weights from a table.</summary>
        [Measured(4100)]
        private void BandsAndVelocity()
        {
            float[] power = _power, weights = _velocityWeights, bands = _bands;
            short[] edges = _edges;
            float velocity = 0;
            int k = edges[0];
            for (int band = 0; band < Bands; band++)
            {
                int end = edges[band + 1];
                float sum = 0;
                for (; k < end; k++)
                {
                    float p = power[k];
                    sum += p;
                    velocity += p * weights[k];
                }

                bands[band] = (float)Math.Sqrt(sum);
            }

            _velocity = (float)Math.Sqrt(velocity);
        }

        /// <summary>The three highest local maxima, each with its place between the bins.</summary>
        [Measured(3400)]
        private void FindPeaks()
        {
            float[] power = _power, heights = _peakHeights;
            int[] bins = _peakBins;
            int n = Points;
            for (int i = 0; i < Peaks; i++)
            {
                heights[i] = 0;
                bins[i] = 0;
            }

            float left = power[1], here = power[2];
            for (int k = 2; k < n; k++)
            {
                float right = power[k + 1];
                if (here > left && here >= right && here > heights[Peaks - 1])
                {
                    int at = Peaks - 1;
                    while (at > 0 && here > heights[at - 1])
                    {
                        heights[at] = heights[at - 1];
                        bins[at] = bins[at - 1];
                        at--;
                    }

                    heights[at] = here;
                    bins[at] = k;
                }

                left = here;
                here = right;
            }
        }
    }
}
