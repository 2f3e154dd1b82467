using System;
using System.Collections.Generic;
using System.Text;

namespace Sensors.Cli.Drawing
{
    /// <summary>Turns a curve into path data. Where several values share one unit of width, their least and greatest are drawn, so no peak is lost.</summary>
    internal static class CurvePath
    {
        public static string Of(ChartCurve curve, ChartScale across, ChartScale upwards, double left, double bottom, double width, double height)
        {
            var path = new StringBuilder();
            IReadOnlyList<float> values = curve.Values;
            double X(int i) => left + (width * across.Place(curve.First + (curve.Step * i)));
            double Y(double value) => bottom - (height * upwards.Place(value));
            void To(double x, double y) => path.Append(path.Length == 0 ? 'M' : 'L').Append(SvgWriter.Number(x)).Append(' ').Append(SvgWriter.Number(y));

            int column = -1;
            float least = 0;
            float greatest = 0;
            bool rising = true;
            bool isDense = values.Count > 2 * width;
            for (int i = 0; i < values.Count; i++)
            {
                float value = values[i];
                if (!isDense)
                {
                    To(X(i), Y(value));
                    continue;
                }

                int here = Math.Min((int)(X(i) - left), (int)width - 1);
                if (here == column)
                {
                    rising = value > greatest || (value >= least && rising); // whichever extreme came last is drawn last
                    least = value < least ? value : least;
                    greatest = value > greatest ? value : greatest;
                    continue;
                }

                Flush();
                column = here;
                least = greatest = value;
            }

            if (isDense)
            {
                Flush();
            }

            return path.ToString();

            void Flush()
            {
                if (column >= 0)
                {
                    double x = left + column + 0.5;
                    To(x, Y(rising ? least : greatest));
                    if (greatest > least)
                    {
                        To(x, Y(rising ? greatest : least));
                    }
                }
            }
        }
    }
}
