namespace Sensors.Drivers
{
    /// <summary>Constants of nature and of definition, once and in full.</summary>
    public static class PhysicalConstants
    {
        /// <summary>One g in metres per second squared, exact by definition (CGPM 1901; ISO 80000-3).</summary>
        public const float StandardGravity = 9.80665f;
    }
}
