using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Sensors.VirtualBoard;

namespace Sensors.Simulation.Tests;

/// <summary>From what acts on a chip to what the edge reads, with nothing left out between but the radio.</summary>
public class ChainTests
{
    private const double StandardGravity = 9.80665;

    [Fact]
    public void What_acts_on_the_chips_is_what_the_edge_reads()
    {
        ConstantSource source = new() { Celsius = 61.5, Amperes = -3.25, Volts = 24 };
        source.WithSine(50, 2, 1, 0.5);
        using SimulatedNode node = new(source, source, source, "interval_ms=2000");
        node.Run(10);

        JsonElement vibration = Last(node, "vib1");
        double[] amplitudes = [2, 1, 0.5];
        for (int axis = 0; axis < 3; axis++)
        {
            double expected = amplitudes[axis] * StandardGravity / Math.Sqrt(2);
            Assert.InRange(Value(vibration, "xyz"[axis] + "_rms"), expected * 0.98, expected * 1.02);
        }

        JsonElement quality = vibration.GetProperty("quality");
        Assert.InRange(quality.GetProperty("rate").GetDouble(), 3200 * 0.999, 3200 * 1.001);
        Assert.Equal(2048, quality.GetProperty("samples").GetInt32());
        Assert.Equal(0, quality.GetProperty("lost").GetInt32());
        Assert.Equal(61.5, Value(Last(node, "temp1"), "mean"), 0.02);
        Assert.Equal(-3.25, Value(Last(node, "cur1"), "mean"), 0.01);
        Assert.Equal(3.25, Value(Last(node, "cur1"), "rms"), 0.01);
    }

    [Fact]
    public void Sequence_numbers_have_no_gap_and_nothing_is_invented()
    {
        ConstantSource source = new();
        using SimulatedNode node = new(source, source, source, "interval_ms=1000");
        node.Run(120);

        long[] sequences = Readings(node).Select(r => r.GetProperty("seq").GetInt64()).ToArray();
        Assert.Equal(Enumerable.Range(2, sequences.Length).Select(i => (long)i), sequences);
        Assert.InRange(sequences.Length, 3 * 119, 3 * 121 + 3);
        Assert.Equal([], node.Accelerometer.Violations.Texts);
        Assert.Equal(0, node.Faults.Count);
    }

    private static JsonElement Last(SimulatedNode node, string point) =>
        Readings(node).Last(r => r.GetProperty("point").GetString() == point);

    private static double Value(JsonElement reading, string channel) => reading.GetProperty("values").GetProperty(channel).GetDouble();

    private static IEnumerable<JsonElement> Readings(SimulatedNode node) => node.Link.Messages
        .Where(m => m.Topic.Contains("/reading/", StringComparison.Ordinal))
        .Select(m => JsonDocument.Parse(m.Payload).RootElement);
}
