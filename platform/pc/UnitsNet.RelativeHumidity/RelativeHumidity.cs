namespace UnitsNet
{
    public readonly struct RelativeHumidity
    {
        private RelativeHumidity(double percent) => Percent = percent;

        public double Percent { get; }

        public static RelativeHumidity FromPercent(double value) => new(value);
    }
}
