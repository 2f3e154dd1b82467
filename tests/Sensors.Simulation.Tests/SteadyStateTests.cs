using System;
using Sensors.VirtualBoard;

namespace Sensors.Simulation.Tests;

/// <summary>What the node costs when nothing happens but measuring.</summary>
public class SteadyStateTests
{
    private const int Blocks = 1000;

    [Fact]
    public void Thousand_blocks_allocate_nothing()
    {
        ConstantSource source = new() { Celsius = 25, Amperes = 2, Volts = 24 };
        using SimulatedNode node = new(source, source, source, "interval_ms=1000");
        node.Run(20);
        node.Link.Keep = false;
        long published = node.Link.Published;
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (node.Link.Published < published + 3 * Blocks)
        {
            node.Step();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(0, node.Faults.Count);
        Assert.Equal(0, node.Node.Outbox.Dropped);
        Assert.Equal(0, allocated);
    }
}
