namespace Sensors.Node.Tests.Fakes
{
    /// <summary>Numbers for tests that need them to go on with something else.</summary>
    internal static class Begun
    {
        public static Incarnation Incarnation(Clock clock)
        {
            var incarnation = new Incarnation(new MemoryVolume(), new SeededRandom(1));
            incarnation.Begin("88.118.12345/NODE-0001", clock);
            return incarnation;
        }
    }
}
