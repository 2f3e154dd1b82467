using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Sensors.VirtualBoard;

namespace Sensors.Simulation.Tests;

/// <summary>The ways to take a block of vibration, through chip, driver and node; and what the node says of a machine that gets worse.</summary>
public class VibrationWindowTests
{
    private const double StandardGravity = 9.80665;
    private const double SineHertz = 120;
    private const string Machine = "rpm=1500 bearing=9,7.94,39.04,0";

    [Theory]
    [InlineData(true, 26700, 26880)] // a second of FIFO slots, decoded afterwards
    [InlineData(false, 14336, 14336)] // without PSRAM: half a second of one axis after the other
    public void The_fastest_chip_gives_a_long_window(bool externalMemory, int fewest, int most)
    {
        ConstantSource source = new ConstantSource().WithSine(SineHertz, 2, 1, 0.5);
        using SimulatedNode node = new(
            source,
            source,
            source,
            "sensor=vib1 IIS3DWB spi0 every=1\npoint=vib1 " + Machine + "\n",
            accelerometer: time => new VirtualIis3dwb(time, source, 1, options: new Iis3dwbOptions { OutputRateErrorPpm = 12_000 }),
            externalMemory: externalMemory);
        node.Run(25);
        JsonElement reading = Readings(node, "vib1").Last();
        JsonElement quality = reading.GetProperty("quality");
        Assert.InRange(quality.GetProperty("samples").GetInt32(), fewest, most);
        Assert.Equal(0, quality.GetProperty("lost").GetInt32());
        Assert.Equal(0, quality.GetProperty("retries").GetInt32());
        Assert.InRange(quality.GetProperty("rate").GetDouble(), 26667 * 1.012 * 0.999, 26667 * 1.012 * 1.001);
        double[] amplitudes = [2, 1, 0.5];
        for (int axis = 0; axis < 3; axis++)
        {
            string name = "xyz"[axis] + "_";
            double rms = amplitudes[axis] * StandardGravity / Math.Sqrt(2);
            Assert.InRange(Value(reading, name + "rms"), rms * 0.98, rms * 1.02);
            Assert.InRange(Value(reading, name + "vel"), Millimetres(rms) * 0.98, Millimetres(rms) * 1.02);
            Assert.InRange(Value(reading, name + "f1"), SineHertz - 1, SineHertz + 1);
            Assert.True(Value(reading, name + "env") >= 0);
            Assert.True(Value(reading, name + "bpfo") >= 0);
        }

        Assert.Equal([], Notes(reading));
        Assert.False(quality.TryGetProperty("selftest", out _)); // it fails on a machine that shakes so much, which says nothing
        Assert.Equal(0, node.Faults.Count);
    }

    [Fact]
    public void One_axis_after_the_other_says_the_same_as_all_at_once()
    {
        ConstantSource source = new ConstantSource().WithSine(SineHertz, 2, 1, 0.5);
        using SimulatedNode all = new(source, source, source, "point=vib1 block=4096 " + Machine + "\n");
        all.Run(22);
        using SimulatedNode one = new(source, source, source, "point=vib1 block=4096 axes=one " + Machine + "\n");
        one.Run(22);
        JsonElement first = Readings(all, "vib1").Last();
        JsonElement second = Readings(one, "vib1").Last();
        Assert.Equal(4096, second.GetProperty("quality").GetProperty("samples").GetInt32());
        foreach (string channel in new[] { "rms", "p2p", "vel", "f1", "a1" })
        {
            foreach (char axis in "xyz")
            {
                double expected = Value(first, axis + "_" + channel);
                Assert.InRange(Value(second, axis + "_" + channel), expected * 0.97, expected * 1.03);
            }
        }
    }

    [Theory]
    [InlineData("", 2048)]
    [InlineData("interval_ms=1000\n", 1024)] // a block takes at most 40 % of the interval
    [InlineData("point=vib1 block=256\n", 256)]
    public void A_block_is_as_long_as_it_may_be_and_what_it_cannot_support_is_absent_with_the_reason(string settings, int samples)
    {
        ConstantSource source = new ConstantSource().WithSine(SineHertz, 2, 1, 0.5);
        using SimulatedNode node = new(source, source, source, settings);
        node.Run(12);
        JsonElement reading = Readings(node, "vib1").Last();
        Assert.Equal(samples, reading.GetProperty("quality").GetProperty("samples").GetInt32());
        bool velocity = samples >= 2048;
        Assert.Equal(velocity, reading.GetProperty("values").TryGetProperty("x_vel", out _));
        Assert.Equal(!velocity, Notes(reading).Contains("velocity-window"));
        Assert.True(Value(reading, "x_kurt_pearson") < 2);
    }

    [Theory]
    [InlineData(0, 0, "passed")]
    [InlineData(0, 2, "failed")]
    [InlineData(2, 2, null)] // the machine shakes: nobody can tell
    public void A_self_test_s_end_is_told_where_it_says_something(double sineG, int failedAxes, string? told)
    {
        ConstantSource source = new ConstantSource().WithAcceleration(0, 0, 1).WithSine(SineHertz, sineG, sineG, sineG);
        using SimulatedNode node = new(
            source,
            source,
            source,
            accelerometer: time =>
            {
                var chip = new VirtualAdxl345(time, source, 1);
                chip.Faults.FailedSelfTestAxes = failedAxes;
                return chip;
            });
        node.Run(12);
        JsonElement quality = Readings(node, "vib1").Last().GetProperty("quality");
        Assert.Equal(told, quality.TryGetProperty("selftest", out JsonElement test) ? test.GetString() : null);
        Assert.False(quality.TryGetProperty("fault", out _));
    }

    [Fact]
    public void A_rotor_that_gets_unbalanced_raises_its_alarm_before_the_reading_and_is_hinted_at()
    {
        var machine = new VirtualMachine(new MachineOptions { UnbalanceGramMillimetres = 100 });
        machine.Apply(FaultPlan.Parse("unbalance=25@60s"));
        using SimulatedNode node = new(
            machine.Vibration,
            machine,
            machine,
            "point=vib1 axial=y zones=group2-rigid " + Machine + "\nalarm=vib1 vel warning=2.8 danger=4.5 persistence=2\n");
        node.Run(55);
        JsonElement healthy = Readings(node, "vib1").Last().GetProperty("state");
        Assert.Equal("A", healthy.GetProperty("zone").GetString());
        Assert.Equal("none", healthy.GetProperty("alarm").GetString());
        Assert.Equal("healthy", healthy.GetProperty("hint").GetString());
        Assert.DoesNotContain(node.Link.Messages, message => message.Topic.EndsWith("/alarm", StringComparison.Ordinal));

        node.Run(45);
        var messages = node.Link.Messages.ToList();
        int at = messages.FindIndex(message => message.Topic.EndsWith("/alarm", StringComparison.Ordinal));
        JsonElement alarm = JsonDocument.Parse(messages[at].Payload).RootElement;
        JsonElement next = JsonDocument.Parse(messages[at + 1].Payload).RootElement;
        Assert.Equal("vel", alarm.GetProperty("channel").GetString());
        Assert.NotEqual("none", alarm.GetProperty("alarm").GetString());
        Assert.Equal("none", alarm.GetProperty("was").GetString());
        Assert.Equal("limit", alarm.GetProperty("cause").GetString());
        Assert.Equal("vib1", next.GetProperty("point").GetString());
        Assert.Equal(alarm.GetProperty("seq").GetInt64() + 1, next.GetProperty("seq").GetInt64());
        Assert.Equal(alarm.GetProperty("ts").GetInt64(), next.GetProperty("ts").GetInt64());

        JsonElement state = Readings(node, "vib1").Last().GetProperty("state");
        Assert.Equal("unbalance", state.GetProperty("hint").GetString());
        Assert.NotEqual("none", state.GetProperty("alarm").GetString());
        Assert.True(state.GetProperty("evidence").EnumerateObject().Any());

        // Readings and alarms are one count without a gap.
        long[] sequences = messages
            .Where(message => message.Topic.Contains("/reading/", StringComparison.Ordinal) || message.Topic.EndsWith("/alarm", StringComparison.Ordinal))
            .Select(message => JsonDocument.Parse(message.Payload).RootElement.GetProperty("seq").GetInt64())
            .Order().ToArray();
        Assert.Equal(Enumerable.Range(2, sequences.Length).Select(i => (long)i), sequences);
    }

    private static double Millimetres(double rms) => rms / (2 * Math.PI * SineHertz) * 1000;

    private static double Value(JsonElement reading, string channel) => reading.GetProperty("values").GetProperty(channel).GetDouble();

    private static string[] Notes(JsonElement reading) => reading.GetProperty("quality").TryGetProperty("notes", out JsonElement notes)
        ? notes.EnumerateArray().Select(note => note.GetString()!).ToArray() : [];

    private static List<JsonElement> Readings(SimulatedNode node, string point) => node.Link.Messages
        .Where(message => message.Topic.EndsWith("/reading/" + point, StringComparison.Ordinal))
        .Select(message => JsonDocument.Parse(message.Payload).RootElement)
        .ToList();
}
