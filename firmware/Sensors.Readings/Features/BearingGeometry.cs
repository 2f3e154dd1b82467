using System;

namespace Sensors.Node
{
    /// <summary>A rolling bearing whose inner ring turns, and the frequencies its defects make, as multiples of the shaft's speed.</summary>
    /// <remarks>
    /// With n elements of diameter d on a pitch circle D at contact angle phi, r = d / D cos phi: FTF = (1 - r) / 2, BPFO = n (1 - r) / 2,
    /// BPFI = n (1 + r) / 2, BSF = D / (2 d) (1 - r²). A defect of an element strikes both races: look at twice BSF. Slip moves lines
    /// by up to 2 %.
    /// </remarks>
    public sealed class BearingGeometry
    {
        /// <summary>Makes a bearing.</summary>
        /// <param name="elements">Rolling elements, 3 to 100.</param>
        /// <param name="diameter">Diameter of an element, more than 0, in any unit.</param>
        /// <param name="pitch">Pitch diameter in the same unit, more than the element's.</param>
        /// <param name="degrees">Contact angle in degrees, 0 to below 90.</param>
        /// <exception cref="ArgumentException">There is no such bearing; the message says why.</exception>
        public BearingGeometry(int elements, double diameter, double pitch, double degrees)
        {
            string wrong = Check(elements, diameter, pitch, degrees);
            if (wrong != null) { throw new ArgumentException(wrong); }

            double r = diameter / pitch * Math.Cos(degrees * Math.PI / 180);
            Cage = (float)((1 - r) / 2);
            OuterRace = (float)(elements * (1 - r) / 2);
            InnerRace = (float)(elements * (1 + r) / 2);
            BallSpin = (float)(pitch / (2 * diameter) * (1 - (r * r)));
        }

        /// <summary>Gets the order of the cage, FTF.</summary>
        public float Cage { get; }

        /// <summary>Gets the order of the outer race, BPFO.</summary>
        public float OuterRace { get; }

        /// <summary>Gets the order of the inner race, BPFI.</summary>
        public float InnerRace { get; }

        /// <summary>Gets the order of an element's spin, BSF.</summary>
        public float BallSpin { get; }

        /// <summary>Tells what is wrong with a geometry.</summary>
        /// <param name="elements">Rolling elements.</param>
        /// <param name="diameter">Diameter of an element.</param>
        /// <param name="pitch">Pitch diameter.</param>
        /// <param name="degrees">Contact angle in degrees.</param>
        /// <returns>Null when nothing is.</returns>
        public static string Check(int elements, double diameter, double pitch, double degrees)
        {
            if (elements < 3 || elements > 100) { return "a bearing has 3 to 100 elements"; }
            if (!(diameter > 0 && pitch > diameter)) { return "a bearing's pitch diameter is larger than its elements', which is larger than 0"; }
            return degrees >= 0 && degrees < 90 ? null : "a contact angle is from 0 to below 90 degrees";
        }
    }
}
