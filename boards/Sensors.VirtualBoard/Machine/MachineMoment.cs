namespace Sensors.VirtualBoard
{
    /// <summary>What drives and ails a machine at one moment.</summary>
    internal readonly record struct MachineMoment(
        double Rpm,
        double Load,
        double UnbalanceFactor,
        double MisalignmentMicrometres,
        double LoosenessMicrometres,
        double OuterRace,
        double InnerRace,
        double Ball,
        double Electrical)
    {
        /// <summary>Tells the strength of a bearing part's defect, in m/s² at 1500 rpm.</summary>
        public double Defect(BearingPart part) => part switch
        {
            BearingPart.OuterRace => OuterRace,
            BearingPart.InnerRace => InnerRace,
            _ => Ball,
        };
    }
}
