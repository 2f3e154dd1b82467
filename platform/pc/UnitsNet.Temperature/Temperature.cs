namespace UnitsNet
{
    public readonly struct Temperature
    {
        private Temperature(double degreesCelsius) => DegreesCelsius = degreesCelsius;

        public double DegreesCelsius { get; }

        public static Temperature FromDegreesCelsius(double value) => new(value);
    }
}
