namespace Sensors.VirtualBoard
{
    /// <summary>An axis of an accelerometer.</summary>
    public enum SensorAxis
    {
        /// <summary>X.</summary>
        X = 0,

        /// <summary>Y.</summary>
        Y = 1,

        /// <summary>Z.</summary>
        Z = 2,
    }

    /// <summary>How an accelerometer is mounted on a machine.</summary>
    /// <param name="Axial">The axis along the shaft; of the other two the first in the alphabet is the first radial axis.</param>
    /// <param name="Up">The axis that points up and shows +1 g of gravity.</param>
    public sealed record Mounting(SensorAxis Axial = SensorAxis.Y, SensorAxis Up = SensorAxis.Z)
    {
        /// <summary>Gets the first radial axis.</summary>
        public SensorAxis FirstRadial => Axial == SensorAxis.X ? SensorAxis.Y : SensorAxis.X;

        /// <summary>Gets the second radial axis, a quarter of a turn behind the first.</summary>
        public SensorAxis SecondRadial => Axial == SensorAxis.Z ? SensorAxis.Y : SensorAxis.Z;
    }
}
