using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The loops of <see cref="RealFft"/>. Nothing but locals and arrays inside them; everything computed once is used from a local.</summary>
    /// <remarks>
    /// Data are complex numbers, real part first, in bit-reversed order: the block that becomes a transform of 8 x size numbers holds eight transforms
    /// of size numbers, those of every eighth number from 0, 4, 2, 6, 1, 5, 3, 7. A factor is c - i s with c and s from the quarter period of a cosine,
    /// s read backwards from the table's end.
    /// </remarks>
    internal static class FftPasses
    {
        private const float Half = 0.5f;
        private const float RootHalf = 0.70710678f;

        /// <summary>Joins eight transforms each to one of eight times their size.</summary>
        /// <param name="data">The numbers.</param>
        /// <param name="length">Elements in use: twice the numbers.</param>
        /// <param name="size">Numbers of a transform now.</param>
        /// <param name="table">A quarter period of a cosine.</param>
        /// <param name="step">Its entries per angle 2 pi / (8 size).</param>
        [HotPath]
        internal static void Radix8(float[] data, int length, int size, float[] table, int step)
        {
            int quarter = table.Length - 1;
            int next = 2 * size;
            int block = 16 * size;
            for (int j = 0; j < size; j++)
            {
                int angle = j * step;
                float c1 = table[angle];
                float s1 = table[quarter - angle];
                float c2 = table[2 * angle];
                float s2 = table[quarter - 2 * angle];
                float c3 = c1 * c2 - s1 * s2;
                float s3 = s1 * c2 + c1 * s2;
                float c4 = c2 * c2 - s2 * s2;
                float s4 = 2 * (s2 * c2);
                float c5 = c1 * c4 - s1 * s4;
                float s5 = s1 * c4 + c1 * s4;
                float c6 = c2 * c4 - s2 * s4;
                float s6 = s2 * c4 + c2 * s4;
                float c7 = c3 * c4 - s3 * s4;
                float s7 = s3 * c4 + c3 * s4;
                for (int i0 = 2 * j; i0 < length; i0 += block)
                {
                    // Even ones: 0, 4, 2, 6.
                    int i1 = i0 + next;
                    float r = data[i1];
                    float i = data[i1 + 1];
                    float ar = r * c4 + i * s4;
                    float ai = i * c4 - r * s4;
                    r = data[i0];
                    i = data[i0 + 1];
                    float e0r = r + ar;
                    float e0i = i + ai;
                    float e1r = r - ar;
                    float e1i = i - ai;
                    int i2 = i1 + next;
                    r = data[i2];
                    i = data[i2 + 1];
                    ar = r * c2 + i * s2;
                    ai = i * c2 - r * s2;
                    int i3 = i2 + next;
                    r = data[i3];
                    i = data[i3 + 1];
                    float br = r * c6 + i * s6;
                    float bi = i * c6 - r * s6;
                    float sr = ar + br;
                    float si = ai + bi;
                    float dr = ar - br;
                    float di = ai - bi;
                    float e2r = e0r - sr;
                    float e2i = e0i - si;
                    e0r += sr;
                    e0i += si;
                    float e3r = e1r - di;
                    float e3i = e1i + dr;
                    e1r += di;
                    e1i -= dr;

                    // Odd ones: 1, 5, 3, 7.
                    int i4 = i3 + next;
                    r = data[i4];
                    i = data[i4 + 1];
                    ar = r * c1 + i * s1;
                    ai = i * c1 - r * s1;
                    int i5 = i4 + next;
                    r = data[i5];
                    i = data[i5 + 1];
                    br = r * c5 + i * s5;
                    bi = i * c5 - r * s5;
                    float o0r = ar + br;
                    float o0i = ai + bi;
                    float o1r = ar - br;
                    float o1i = ai - bi;
                    int i6 = i5 + next;
                    r = data[i6];
                    i = data[i6 + 1];
                    ar = r * c3 + i * s3;
                    ai = i * c3 - r * s3;
                    int i7 = i6 + next;
                    r = data[i7];
                    i = data[i7 + 1];
                    br = r * c7 + i * s7;
                    bi = i * c7 - r * s7;
                    sr = ar + br;
                    si = ai + bi;
                    dr = ar - br;
                    di = ai - bi;

                    // 0 and 4.
                    r = o0r + sr;
                    i = o0i + si;
                    data[i0] = e0r + r;
                    data[i0 + 1] = e0i + i;
                    data[i4] = e0r - r;
                    data[i4 + 1] = e0i - i;

                    // 2 and 6: the odd one times -i.
                    r = o0i - si;
                    i = sr - o0r;
                    data[i2] = e2r + r;
                    data[i2 + 1] = e2i + i;
                    data[i6] = e2r - r;
                    data[i6 + 1] = e2i - i;

                    // 1 and 5: the odd one times (1 - i) / sqrt 2.
                    ar = o1r + di;
                    ai = o1i - dr;
                    r = (ar + ai) * RootHalf;
                    i = (ai - ar) * RootHalf;
                    data[i1] = e1r + r;
                    data[i1 + 1] = e1i + i;
                    data[i5] = e1r - r;
                    data[i5 + 1] = e1i - i;

                    // 3 and 7: the odd one times (-1 - i) / sqrt 2.
                    ar = o1r - di;
                    ai = o1i + dr;
                    r = (ai - ar) * RootHalf;
                    i = (ar + ai) * RootHalf;
                    data[i3] = e3r + r;
                    data[i3 + 1] = e3i - i;
                    data[i7] = e3r - r;
                    data[i7 + 1] = e3i + i;
                }
            }
        }

        /// <summary>Joins four transforms each to one of four times their size.</summary>
        /// <param name="data">The numbers.</param>
        /// <param name="length">Elements in use: twice the numbers.</param>
        /// <param name="size">Numbers of a transform now.</param>
        /// <param name="table">A quarter period of a cosine.</param>
        /// <param name="step">Its entries per angle 2 pi / (4 size).</param>
        [HotPath]
        internal static void Radix4(float[] data, int length, int size, float[] table, int step)
        {
            int quarter = table.Length - 1;
            int next = 2 * size;
            int block = 8 * size;
            for (int j = 0; j < size; j++)
            {
                int angle = j * step;
                float c1 = table[angle];
                float s1 = table[quarter - angle];
                float c2 = c1 * c1 - s1 * s1;
                float s2 = 2 * (s1 * c1);
                float c3 = c1 * c2 - s1 * s2;
                float s3 = s1 * c2 + c1 * s2;
                for (int i0 = 2 * j; i0 < length; i0 += block)
                {
                    int i1 = i0 + next;
                    float r = data[i1];
                    float i = data[i1 + 1];
                    float ar = r * c2 + i * s2;
                    float ai = i * c2 - r * s2;
                    r = data[i0];
                    i = data[i0 + 1];
                    float e0r = r + ar;
                    float e0i = i + ai;
                    float e1r = r - ar;
                    float e1i = i - ai;
                    int i2 = i1 + next;
                    r = data[i2];
                    i = data[i2 + 1];
                    ar = r * c1 + i * s1;
                    ai = i * c1 - r * s1;
                    int i3 = i2 + next;
                    r = data[i3];
                    i = data[i3 + 1];
                    float br = r * c3 + i * s3;
                    float bi = i * c3 - r * s3;
                    r = ar + br;
                    i = ai + bi;
                    ar -= br;
                    ai -= bi;
                    data[i0] = e0r + r;
                    data[i0 + 1] = e0i + i;
                    data[i2] = e0r - r;
                    data[i2 + 1] = e0i - i;
                    data[i1] = e1r + ai;
                    data[i1 + 1] = e1i - ar;
                    data[i3] = e1r - ai;
                    data[i3 + 1] = e1i + ar;
                }
            }
        }

        /// <summary>The first pass, of counts: takes off the mean, applies a periodic Hann window, and makes transforms of eight numbers.</summary>
        /// <param name="counts">Holds the samples.</param>
        /// <param name="first">Index of the first one.</param>
        /// <param name="stride">Distance of two.</param>
        /// <param name="whole">What is taken off each.</param>
        /// <param name="data">Receives transforms of eight numbers each, in the order the next pass wants.</param>
        /// <param name="length">Samples: a power of two, 64 or more.</param>
        /// <param name="table">A quarter period of a cosine.</param>
        /// <param name="step">Its entries per angle 2 pi / length.</param>
        [HotPath]
        internal static void Load(short[] counts, int first, int stride, int whole, float[] data, int length, float[] table, int step)
        {
            // Samples an eighth of the block apart have angles pi / 4 apart: one cosine and one sine give eight values of the window,
            // w = 1/2 - 1/2 cos a.
            int quarter = table.Length - 1;
            int groups = length >> 4;
            int eighth = stride * (length >> 3);
            int to = 0; // group in bit-reversed order, times 16
            int angle = 0;
            int p0 = first;
            for (int group = 0; group < groups; group++)
            {
                // The window of the first, third, ... sample of the pairs; then of the others.
                float c = Half * table[angle];
                float s = Half * table[quarter - angle];
                float d = (c - s) * RootHalf;
                float e = (c + s) * RootHalf;
                angle += step;
                float fc = Half * table[angle];
                float fs = Half * table[quarter - angle];
                float fd = (fc - fs) * RootHalf;
                float fe = (fc + fs) * RootHalf;
                angle += step;

                // Even pairs: 0, 4, 2, 6.
                int p1 = p0 + eighth;
                int p2 = p1 + eighth;
                int p3 = p2 + eighth;
                int p4 = p3 + eighth;
                float r = (counts[p0] - whole) * (Half - c);
                float i = (counts[p0 + stride] - whole) * (Half - fc);
                float ar = (counts[p4] - whole) * (Half + c);
                float ai = (counts[p4 + stride] - whole) * (Half + fc);
                float e0r = r + ar;
                float e0i = i + ai;
                float e1r = r - ar;
                float e1i = i - ai;
                int p5 = p4 + eighth;
                int p6 = p5 + eighth;
                r = (counts[p2] - whole) * (Half + s);
                i = (counts[p2 + stride] - whole) * (Half + fs);
                ar = (counts[p6] - whole) * (Half - s);
                ai = (counts[p6 + stride] - whole) * (Half - fs);
                float sr = r + ar;
                float si = i + ai;
                float dr = r - ar;
                float di = i - ai;
                float e2r = e0r - sr;
                float e2i = e0i - si;
                e0r += sr;
                e0i += si;
                float e3r = e1r - di;
                float e3i = e1i + dr;
                e1r += di;
                e1i -= dr;

                // Odd pairs: 1, 5, 3, 7.
                r = (counts[p1] - whole) * (Half - d);
                i = (counts[p1 + stride] - whole) * (Half - fd);
                ar = (counts[p5] - whole) * (Half + d);
                ai = (counts[p5 + stride] - whole) * (Half + fd);
                float o0r = r + ar;
                float o0i = i + ai;
                float o1r = r - ar;
                float o1i = i - ai;
                int p7 = p6 + eighth;
                r = (counts[p3] - whole) * (Half + e);
                i = (counts[p3 + stride] - whole) * (Half + fe);
                ar = (counts[p7] - whole) * (Half - e);
                ai = (counts[p7 + stride] - whole) * (Half - fe);
                sr = r + ar;
                si = i + ai;
                dr = r - ar;
                di = i - ai;

                r = o0r + sr;
                i = o0i + si;
                data[to] = e0r + r;
                data[to + 1] = e0i + i;
                data[to + 8] = e0r - r;
                data[to + 9] = e0i - i;
                r = o0i - si;
                i = sr - o0r;
                data[to + 4] = e2r + r;
                data[to + 5] = e2i + i;
                data[to + 12] = e2r - r;
                data[to + 13] = e2i - i;
                ar = o1r + di;
                ai = o1i - dr;
                r = (ar + ai) * RootHalf;
                i = (ai - ar) * RootHalf;
                data[to + 2] = e1r + r;
                data[to + 3] = e1i + i;
                data[to + 10] = e1r - r;
                data[to + 11] = e1i - i;
                ar = o1r - di;
                ai = o1i + dr;
                r = (ai - ar) * RootHalf;
                i = (ar + ai) * RootHalf;
                data[to + 6] = e3r + r;
                data[to + 7] = e3i - i;
                data[to + 14] = e3r - r;
                data[to + 15] = e3i + i;

                p0 += 2 * stride;
                int bit = length >> 1;
                while ((to & bit) != 0)
                {
                    to ^= bit;
                    bit >>= 1;
                }

                to |= bit;
            }
        }

        /// <summary>The first pass, of floats: see the other one.</summary>
        /// <param name="samples">Holds the samples; may be <paramref name="data"/>, behind what is written there.</param>
        /// <param name="first">Index of the first one.</param>
        /// <param name="mean">What is taken off each.</param>
        /// <param name="data">Receives transforms of eight numbers each, in the order the next pass wants.</param>
        /// <param name="length">Samples: a power of two, 64 or more.</param>
        /// <param name="table">A quarter period of a cosine.</param>
        /// <param name="step">Its entries per angle 2 pi / length.</param>
        [HotPath]
        internal static void Load(float[] samples, int first, float mean, float[] data, int length, float[] table, int step)
        {
            // Samples an eighth of the block apart have angles pi / 4 apart: one cosine and one sine give eight values of the window,
            // w = 1/2 - 1/2 cos a.
            int quarter = table.Length - 1;
            int groups = length >> 4;
            int eighth = length >> 3;
            int to = 0; // group in bit-reversed order, times 16
            int angle = 0;
            int p0 = first;
            for (int group = 0; group < groups; group++)
            {
                // The window of the first, third, ... sample of the pairs; then of the others.
                float c = Half * table[angle];
                float s = Half * table[quarter - angle];
                float d = (c - s) * RootHalf;
                float e = (c + s) * RootHalf;
                angle += step;
                float fc = Half * table[angle];
                float fs = Half * table[quarter - angle];
                float fd = (fc - fs) * RootHalf;
                float fe = (fc + fs) * RootHalf;
                angle += step;

                // Even pairs: 0, 4, 2, 6.
                int p1 = p0 + eighth;
                int p2 = p1 + eighth;
                int p3 = p2 + eighth;
                int p4 = p3 + eighth;
                float r = (samples[p0] - mean) * (Half - c);
                float i = (samples[p0 + 1] - mean) * (Half - fc);
                float ar = (samples[p4] - mean) * (Half + c);
                float ai = (samples[p4 + 1] - mean) * (Half + fc);
                float e0r = r + ar;
                float e0i = i + ai;
                float e1r = r - ar;
                float e1i = i - ai;
                int p5 = p4 + eighth;
                int p6 = p5 + eighth;
                r = (samples[p2] - mean) * (Half + s);
                i = (samples[p2 + 1] - mean) * (Half + fs);
                ar = (samples[p6] - mean) * (Half - s);
                ai = (samples[p6 + 1] - mean) * (Half - fs);
                float sr = r + ar;
                float si = i + ai;
                float dr = r - ar;
                float di = i - ai;
                float e2r = e0r - sr;
                float e2i = e0i - si;
                e0r += sr;
                e0i += si;
                float e3r = e1r - di;
                float e3i = e1i + dr;
                e1r += di;
                e1i -= dr;

                // Odd pairs: 1, 5, 3, 7.
                r = (samples[p1] - mean) * (Half - d);
                i = (samples[p1 + 1] - mean) * (Half - fd);
                ar = (samples[p5] - mean) * (Half + d);
                ai = (samples[p5 + 1] - mean) * (Half + fd);
                float o0r = r + ar;
                float o0i = i + ai;
                float o1r = r - ar;
                float o1i = i - ai;
                int p7 = p6 + eighth;
                r = (samples[p3] - mean) * (Half + e);
                i = (samples[p3 + 1] - mean) * (Half + fe);
                ar = (samples[p7] - mean) * (Half - e);
                ai = (samples[p7 + 1] - mean) * (Half - fe);
                sr = r + ar;
                si = i + ai;
                dr = r - ar;
                di = i - ai;

                r = o0r + sr;
                i = o0i + si;
                data[to] = e0r + r;
                data[to + 1] = e0i + i;
                data[to + 8] = e0r - r;
                data[to + 9] = e0i - i;
                r = o0i - si;
                i = sr - o0r;
                data[to + 4] = e2r + r;
                data[to + 5] = e2i + i;
                data[to + 12] = e2r - r;
                data[to + 13] = e2i - i;
                ar = o1r + di;
                ai = o1i - dr;
                r = (ar + ai) * RootHalf;
                i = (ai - ar) * RootHalf;
                data[to + 2] = e1r + r;
                data[to + 3] = e1i + i;
                data[to + 10] = e1r - r;
                data[to + 11] = e1i - i;
                ar = o1r - di;
                ai = o1i + dr;
                r = (ai - ar) * RootHalf;
                i = (ar + ai) * RootHalf;
                data[to + 6] = e3r + r;
                data[to + 7] = e3i - i;
                data[to + 14] = e3r - r;
                data[to + 15] = e3i + i;

                p0 += 2;
                int bit = length >> 1;
                while ((to & bit) != 0)
                {
                    to ^= bit;
                    bit >>= 1;
                }

                to |= bit;
            }
        }

        /// <summary>Turns the transform of pairs into that of the samples.</summary>
        /// <param name="data">The numbers.</param>
        /// <param name="length">Elements in use: twice the numbers.</param>
        /// <param name="table">A quarter period of a cosine.</param>
        /// <param name="step">Its entries per angle 2 pi / length.</param>
        [HotPath]
        internal static void Separate(float[] data, int length, float[] table, int step)
        {
            int quarter = table.Length - 1;
            float zero = data[0];
            float last = data[1];
            data[0] = zero + last;
            data[1] = zero - last;
            int high = length - 2;
            int angle = step;
            for (int low = 2; low <= high; low += 2)
            {
                float a = data[low];
                float b = data[low + 1];
                float c = data[high];
                float d = data[high + 1];
                float er = Half * (a + c);
                float ei = Half * (b - d);
                float qr = Half * (b + d);
                float qi = Half * (c - a);
                c = table[angle];
                d = table[quarter - angle];
                a = c * qr + d * qi;
                b = c * qi - d * qr;
                data[high] = er - a;
                data[high + 1] = b - ei;
                data[low] = er + a;
                data[low + 1] = ei + b;
                angle += step;
                high -= 2;
            }
        }

        /// <summary>Turns the transform of pairs into squares of the samples' transform, four times as large, those at 0 and length / 2 twice as large.</summary>
        /// <param name="data">The numbers; receives the squares of [0] to [length / 2].</param>
        /// <param name="length">Elements in use: twice the numbers.</param>
        /// <param name="table">A quarter period of a cosine.</param>
        /// <param name="step">Its entries per angle 2 pi / length.</param>
        [HotPath]
        internal static void Squares(float[] data, int length, float[] table, int step)
        {
            // The lower half goes to where it belongs, behind what is read; the upper half to where it has just been read, half an array too high.
            int quarter = table.Length - 1;
            int half = length >> 1;
            float zero = data[0];
            float last = data[1];
            data[0] = 2 * (zero + last) * (zero + last);
            last = 2 * (zero - last) * (zero - last);
            int from = length - 2;
            int to = length - 1;
            int angle = step;
            int middle = half >> 1;
            for (int low = 1; low <= middle; low++)
            {
                int at = 2 * low;
                float a = data[at];
                float b = data[at + 1];
                float c = data[from];
                float d = data[from + 1];
                float er = a + c;
                float ei = b - d;
                float qr = b + d;
                float qi = c - a;
                c = table[angle];
                d = table[quarter - angle];
                a = c * qr + d * qi;
                b = c * qi - d * qr;
                c = er - a;
                d = ei - b;
                data[to] = c * c + d * d;
                er += a;
                ei += b;
                data[low] = er * er + ei * ei;
                from -= 2;
                to--;
                angle += step;
            }

            Array.Copy(data, half + middle + 1, data, middle + 1, half - middle - 1);
            data[half] = last;
        }

        /// <summary>As <see cref="Squares"/>, but adds to the squares of other segments.</summary>
        /// <param name="data">The numbers; they stay.</param>
        /// <param name="length">Elements in use: twice the numbers.</param>
        /// <param name="table">A quarter period of a cosine.</param>
        /// <param name="step">Its entries per angle 2 pi / length.</param>
        /// <param name="sum">Index in the data of what is added to: [0] to [length / 2] from there.</param>
        [HotPath]
        internal static void AddSquares(float[] data, int length, float[] table, int step, int sum)
        {
            int quarter = table.Length - 1;
            int half = length >> 1;
            float zero = data[0];
            float last = data[1];
            int low = sum;
            int high = sum + half;
            data[low] += 2 * (zero + last) * (zero + last);
            data[high] += 2 * (zero - last) * (zero - last);
            int from = length - 2;
            int angle = step;
            for (int at = 2; at < half; at += 2)
            {
                low++;
                high--;
                float a = data[at];
                float b = data[at + 1];
                float c = data[from];
                float d = data[from + 1];
                float er = a + c;
                float ei = b - d;
                float qr = b + d;
                float qi = c - a;
                c = table[angle];
                d = table[quarter - angle];
                a = c * qr + d * qi;
                b = c * qi - d * qr;
                c = er - a;
                d = ei - b;
                data[high] += c * c + d * d;
                er += a;
                ei += b;
                data[low] += er * er + ei * ei;
                from -= 2;
                angle += step;
            }

            zero = data[half];
            last = data[half + 1];
            data[low + 1] += 4 * (zero * zero + last * last);
        }
    }
}
