using System;

namespace Sensors.VirtualBoard
{
    /// <summary>A rolling bearing on the shaft, its inner ring turning with it. The default is a 6205.</summary>
    /// <remarks>
    /// In pure rolling the cage turns at (1 - r) / 2 of the shaft's speed, r = d / D cos phi. Real cages slip: they lag, so that the outer race
    /// is passed less often and the inner race more often than the formulas of pure rolling say.
    /// </remarks>
    /// <param name="Elements">Rolling elements.</param>
    /// <param name="Diameter">Diameter of an element, in millimetres.</param>
    /// <param name="Pitch">Pitch diameter, in millimetres.</param>
    /// <param name="Degrees">Contact angle.</param>
    public sealed record RollingBearing(int Elements = 9, double Diameter = 7.94, double Pitch = 39.04, double Degrees = 0)
    {
        /// <summary>Gets how much slower the cage turns than in pure rolling, in percent; some tenths are usual.</summary>
        public double SlipPercent { get; init; } = 0.2;

        /// <summary>Gets how far each interval between two strikes differs from the mean one, standard deviation in percent; 1 to 2 are usual.</summary>
        public double JitterPercent { get; init; } = 1;

        /// <summary>
        /// Gets the part of the pitch diameter that carries load (Stribeck's epsilon): 0.5 half the circle, as without clearance; less with
        /// clearance; above 1 every element carries some.
        /// </summary>
        public double LoadZone { get; init; } = 0.5;

        /// <summary>Gets the order of the cage.</summary>
        public double CageOrder => (1 - Ratio) / 2 * Lag;

        /// <summary>Gets how often per turn of the shaft an element passes a place of the outer race.</summary>
        public double OuterRaceOrder => Elements * CageOrder;

        /// <summary>Gets how often per turn of the shaft an element passes a place of the inner race.</summary>
        public double InnerRaceOrder => Elements * (1 - CageOrder);

        /// <summary>Gets how often per turn of the shaft a place of an element meets a race, this one or the other: twice its spin.</summary>
        public double TwiceBallSpinOrder => Pitch / Diameter * (1 - (Ratio * Ratio)) * Lag;

        private double Ratio => Diameter / Pitch * Math.Cos(Degrees * Math.PI / 180);

        private double Lag => 1 - (SlipPercent / 100);

        /// <summary>Tells the load at an angle from the middle of the load zone, as a part of the load there (Stribeck, point contact).</summary>
        internal double LoadAt(double turns)
        {
            double load = 1 - ((1 - Math.Cos(2 * Math.PI * turns)) / (2 * LoadZone));
            return load > 0 ? load * Math.Sqrt(load) : 0;
        }
    }

    /// <summary>A part of a rolling bearing that can have a defect.</summary>
    internal enum BearingPart
    {
        /// <summary>The outer race, in the middle of the load zone.</summary>
        OuterRace,

        /// <summary>The inner race: the defect goes in and out of the load zone once a turn.</summary>
        InnerRace,

        /// <summary>An element: the defect goes through the load zone with the cage and strikes both races.</summary>
        Ball,
    }
}
