namespace Sensors.VirtualBoard
{
    /// <summary>What a shunt carries.</summary>
    public interface ICurrentSource
    {
        /// <summary>Tells the current through the shunt and the voltage behind it.</summary>
        /// <param name="seconds">Virtual time.</param>
        /// <param name="amperes">Current, positive towards the load.</param>
        /// <param name="volts">Bus voltage at the load's side of the shunt.</param>
        void At(double seconds, out double amperes, out double volts);
    }
}
