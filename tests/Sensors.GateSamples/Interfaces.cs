namespace Sensors.GateSamples
{
    public interface BadDefaultMethod
    {
        int Value() => 1;
    }

    public interface GoodInterface
    {
        int Value();
    }
}
