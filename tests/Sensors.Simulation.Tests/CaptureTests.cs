using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Edge;
using Sensors.VirtualBoard;

namespace Sensors.Simulation.Tests;

/// <summary>From the chip's samples to the captured file, through outages, while readings go on.</summary>
public class CaptureTests
{
    private const int Counter = 4000; // x numbers the samples up to this, y how often that was
    private const int Step = 2;       // counts: at 3,200 Hz the lowest bit of an ADXL345 is always 0
    private const double GPerCount = 1 / 256.0;

    [Fact]
    public void What_arrives_is_what_the_chip_measured_though_the_broker_was_gone_in_the_middle()
    {
        var samples = new CountingSource();
        using var bench = new CaptureBench(4, "interval_ms=5000\n", samples);
        bench.Run(21);
        bench.Command("""{"cmd":"capture","point":"vib1","before":2,"after":1,"req":"r"}""");
        bench.Run(30, () => bench.Chunks.Count() == 20);
        bench.Link.Outage = true;
        bench.Run(40);
        Assert.Equal(20, bench.Chunks.Count());
        bench.Link.Outage = false;
        bench.Run(90);

        Assert.Null(bench.Replies.Single().Error);
        List<CaptureMessage> chunks = [.. bench.Chunks.Select(each => each.Chunk)];
        Assert.Equal(chunks[0].Chunks + 1, chunks.Count); // one had arrived, but its acknowledgement had not
        Assert.Equal([.. Enumerable.Range(0, 20), .. Enumerable.Range(19, chunks[0].Chunks - 19)], chunks.Select(chunk => chunk.Index));
        Assert.Equal(2, bench.Link.Subscribed.Count);

        RawCapture capture = Assemble(chunks);
        Assert.Equal(4, capture.Blocks.Count);
        Assert.Equal(2, capture.Trigger);
        long last = -1;
        foreach (RawBlock block in capture.Blocks)
        {
            Assert.Equal(1024, block.Samples);
            Assert.Equal(0, block.Lost);
            Assert.InRange(block.Rate!.Value, 3190, 3210);
            Assert.Equal(GPerCount * 9.80665, block.Weight, 1e-6);
            long first = NumberOf(block, 0);
            Assert.True(first > last, "blocks come in the order they were measured");
            for (int i = 0; i < block.Samples; i++)
            {
                Assert.Equal(first + i, NumberOf(block, i)); // sample by sample what the chip made, none lost, none twice
            }

            last = first + block.Samples - 1;
            double made = samples.SecondsOf(last) - samples.SecondsOf(NumberOf(capture.Blocks[0], 1023));
            Assert.InRange((block.UtcMilliseconds - capture.Blocks[0].UtcMilliseconds) / 1000.0, made - 0.02, made + 0.02);
        }

        Assert.Equal(0, bench.Faults.Count);
        Assert.Equal([], bench.Accelerometer.Violations.Texts);
    }

    [Fact]
    public void Readings_wait_for_one_chunk_at_most()
    {
        const string Settings = "interval_ms=1000\n";
        using var quiet = new CaptureBench(2, Settings, new CountingSource());
        quiet.Run(40);
        using var busy = new CaptureBench(2, Settings, new CountingSource());
        while (busy.Seconds < 40)
        {
            busy.Command("""{"cmd":"capture","point":"vib1","before":1}""");
            busy.Run(2);
        }

        Assert.InRange(busy.Chunks.Count(), 80, 1000);
        long chunk = busy.Link.Time(979);
        long without = quiet.Delays.Skip(10).Max();
        long with = busy.Delays.Skip(10).Max();
        TestContext.Current.TestOutputHelper?.WriteLine($"longest way of a reading: {without} ms without, {with} ms with captures; a chunk takes {chunk} ms; {busy.Chunks.Count()} chunks");
        AssertDelay(busy, without, with);
        Assert.InRange(busy.Delays.Count(), quiet.Delays.Count() * 0.95, quiet.Delays.Count() * 1.05);
    }

    [Fact]
    public void On_a_slow_wire_too_and_the_capture_still_comes_through()
    {
        const string Settings = "interval_ms=2000\n";
        using var quiet = new CaptureBench(2, Settings, new CountingSource(), 64_000);
        quiet.Run(40);
        using var busy = new CaptureBench(2, Settings, new CountingSource(), 64_000);
        busy.Run(5);
        busy.Command("""{"cmd":"capture","point":"vib1","before":1}""");
        busy.Run(35);
        long chunk = busy.Link.Time(979);
        Assert.InRange(chunk, 120, 140);
        long without = quiet.Delays.Skip(4).Max();
        long with = busy.Delays.Skip(4).Max();
        TestContext.Current.TestOutputHelper?.WriteLine($"longest way of a reading at 64 kbit/s: {without} ms without, {with} ms with a capture; a chunk takes {chunk} ms");
        AssertDelay(busy, without, with);
        Assert.Equal(14, busy.Chunks.Count());
        Assert.Equal(2, Assemble(busy.Chunks.Select(each => each.Chunk)).Blocks.Count);
    }

    [Fact]
    public void An_alarm_is_captured_with_the_blocks_before_it()
    {
        ConstantSource machine = new();
        machine.WithSine(50, 0.1, 0.1, 0.1);
        using var bench = new CaptureBench(4, "interval_ms=5000\nalarm=vib1 x_rms warning=2 delay=0s persistence=1\n", machine);
        bench.Run(31);
        Assert.Empty(bench.Chunks);
        machine.WithSine(50, 1, 0.1, 0.1); // 6.9 m/s² RMS
        bench.Run(30);
        List<CaptureMessage> chunks = [.. bench.Chunks.Select(each => each.Chunk)];
        RawCapture capture = Assemble(chunks);
        Assert.Equal(CaptureCause.Alarm, capture.Cause);
        Assert.Equal(4, capture.Blocks.Count);
        Assert.Equal(2, capture.Trigger);
        Assert.All(capture.Blocks.Take(2), block => Assert.InRange(Rms(block), 0.6, 0.8));
        Assert.All(capture.Blocks.Skip(2), block => Assert.InRange(Rms(block), 6.5, 7.2));
        string[] topics = [.. bench.Topics];
        Assert.True(Array.IndexOf(topics, "alarm") < Array.IndexOf(topics, "capture"), "the alarm goes first");
        Assert.Equal(1u, chunks.Max(chunk => chunk.Number)); // one, however long the alarm stands
    }

    [Fact]
    public void A_node_takes_the_block_at_once_however_long_its_interval_is()
    {
        using var bench = new CaptureBench(4, "interval_ms=3600000\n", new CountingSource());
        bench.Run(60);
        int readings = bench.Delays.Count();
        double asked = bench.Seconds;
        bench.Command("""{"cmd":"capture","point":"vib1","after":3}""");
        bench.Run(20);
        (double Seconds, CaptureMessage Chunk)[] chunks = [.. bench.Chunks];
        Assert.Equal(28, chunks.Length);
        Assert.InRange(chunks[0].Seconds - asked, 0, 6); // up to 1 s until it is noticed, then four blocks of 0.64 s and what is in between
        Assert.Equal(readings, bench.Delays.Count());
    }

    private static void AssertDelay(CaptureBench busy, long without, long with)
    {
        WireLink link = busy.Link;
        TestContext.Current.TestOutputHelper?.WriteLine($"{link.ReadingsBehindChunks} readings found a chunk on the wire, {link.MostChunksAhead} at most");
        Assert.Equal(1, link.MostChunksAhead);
        Assert.InRange(with, 0, without + link.Time(979) + 5);
    }

    private static RawCapture Assemble(IEnumerable<CaptureMessage> chunks)
    {
        CaptureAssembler? assembler = null;
        foreach (CaptureMessage chunk in chunks)
        {
            assembler ??= new CaptureAssembler(CaptureBench.Id, chunk);
            assembler.Add(chunk);
        }

        Assert.NotNull(assembler);
        Assert.True(assembler.IsComplete);
        return assembler.Build();
    }

    private static long NumberOf(RawBlock block, int sample)
    {
        ReadOnlySpan<short> counts = block.Counts.Span;
        return (counts[3 * sample] / Step) + (Counter / 2) + ((long)counts[(3 * sample) + 1] / Step * Counter);
    }

    private static double Rms(RawBlock block)
    {
        double[] x = [.. Enumerable.Range(0, block.Samples).Select(i => block.Counts.Span[3 * i] * (double)block.Weight)];
        double mean = x.Average();
        return Math.Sqrt(x.Average(value => (value - mean) * (value - mean)));
    }

    /// <summary>An acceleration that numbers the chip's samples.</summary>
    private sealed class CountingSource : IVibrationSource
    {
        private double _period;
        private double _first;
        private long _firstIndex = -1;

        public void Fill(in SampleGrid grid, Span<float> xyzG)
        {
            if (_firstIndex < 0)
            {
                _firstIndex = grid.FirstIndex;
                _first = grid.FirstSeconds;
            }

            _period = grid.PeriodSeconds;
            for (int i = 0; i < grid.Count; i++)
            {
                long number = grid.FirstIndex + i;
                xyzG[3 * i] = (float)(((number % Counter) - (Counter / 2)) * Step * GPerCount);
                xyzG[(3 * i) + 1] = (float)(number / Counter * Step * GPerCount);
                xyzG[(3 * i) + 2] = 0;
            }
        }

        public double SecondsOf(long number) => _first + ((number - _firstIndex) * _period);
    }
}
