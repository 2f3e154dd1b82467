using System.Collections.Generic;
using System.Linq;
using Sensors.Campaigns;

namespace Sensors.Simulation.Tests;

/// <summary>A few cases of the long campaigns (<c>dotnet run --project tests/Sensors.Campaigns</c>), for every chip.</summary>
public class CampaignTests
{
    private const int Seed = 2;
    private const int Frequencies = 3;
    private const int Faults = 30;

    public static TheoryData<string> AccelerometerNames => new(Accelerometers.All.Select(setup => setup.Name));

    public static TheoryData<string> NodeNames => new(Nodes.All.Select(setup => setup.Name));

    [Theory]
    [MemberData(nameof(AccelerometerNames))]
    public void What_an_accelerometer_feels_is_what_leaves_its_driver(string name)
    {
        SweepResult result = FrequencySweep.Run(Accelerometers.All.Single(setup => setup.Name == name), Seed, Frequencies);
        Assert.Empty(result.Broken);
        Assert.Equal(3, result.Levels.Count);
        Assert.All(result.Levels, level => Assert.InRange(level.Amplitude, 1e-9, FrequencySweep.AmplitudeLimit));
        Assert.All(result.Levels, level => Assert.InRange(level.Frequency, 1e-9, FrequencySweep.FrequencyLimit));
    }

    [Theory]
    [MemberData(nameof(AccelerometerNames))]
    public void No_fault_makes_a_driver_invent_or_forget_a_sample(string name)
    {
        DriverFaultsResult result = DriverFaults.Run(Accelerometers.All.Single(setup => setup.Name == name), Seed, Faults);
        Assert.Empty(result.Broken);
        Assert.Equal(Faults, result.Faults);
        Assert.InRange(result.Delivered, 1000, result.Made);
    }

    [Theory]
    [MemberData(nameof(NodeNames))]
    public void No_fault_stops_the_node_and_its_readings_tell(string name)
    {
        NodeFaultsResult result = NodeFaults.Run(Nodes.All.Single(setup => setup.Name == name), Seed, Faults);
        Assert.Empty(result.Broken);
        Assert.Equal(Faults, result.Faults);
        Assert.InRange(result.Good, 5, result.Readings);
        Assert.InRange(result.Telling, 1, result.Readings);
    }

    [Fact]
    public void A_seed_replays()
    {
        NodeSetup setup = Nodes.All[0];
        List<object> runs = [];
        for (int i = 0; i < 2; i++)
        {
            runs.Add(NodeFaults.Run(setup, Seed, Faults) with { Broken = [] });
        }

        Assert.Equal(runs[0].ToString(), runs[1].ToString());
    }

    [Fact]
    public void A_sine_is_found_in_noise_and_between_the_cycles()
    {
        double[] samples = Enumerable.Range(0, 1000)
            .Select(i => 0.3 + (2 * System.Math.Sin((2 * System.Math.PI * 0.01234 * i) + 0.7)) + (0.01 * ((i * 7919 % 101) - 50) / 50.0)).ToArray();
        (double amplitude, double cycles) = SineFit.Fit(samples, 0.0122);
        Assert.Equal(2, amplitude, 0.002);
        Assert.Equal(0.01234, cycles, 1e-6);
        Assert.Equal(2, SineFit.Amplitude(samples, 0.01234), 0.002);
        Assert.InRange(SineFit.Amplitude(samples, 0.1), 0, 0.02);
    }
}
