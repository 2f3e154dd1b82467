namespace Sensors.Edge
{
    /// <summary>How grave an alarm is.</summary>
    public enum AlarmGrade
    {
        /// <summary>There is none, or it is over.</summary>
        None = 0,

        /// <summary>Look after the machine.</summary>
        Warning = 1,

        /// <summary>Damage is near.</summary>
        Danger = 2,
    }
}
