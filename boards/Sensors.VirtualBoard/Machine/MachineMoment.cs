namespace Sensors.VirtualBoard
{
    /// <summary>What drives and ails a machine at one moment.</summary>
    internal readonly record struct MachineMoment(
        double Rpm,
        double Load,
        double UnbalanceFactor,
        double MisalignmentMicrometres,
        double LoosenessMicrometres,
        double Bearing);
}
