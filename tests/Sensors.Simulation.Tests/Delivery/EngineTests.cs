using System.Collections.Generic;
using System.Linq;
using Sensors.Simulation;

namespace Sensors.Simulation.Tests.Delivery;

/// <summary>Virtual time and chance.</summary>
public class EngineTests
{
    [Fact]
    public void Events_run_in_the_order_of_time_and_then_of_setting()
    {
        var queue = new EventQueue();
        var order = new List<string>();
        queue.At(20, () => order.Add("c"));
        queue.At(10, () => order.Add("a"));
        queue.At(10, () =>
        {
            order.Add("b");
            queue.At(5, () => order.Add("b, and what it set: now at the earliest"));
        });
        var timer = new SimTimer(queue, () => order.Add($"d at {queue.Now}"));
        timer.Set(15);
        timer.Set(30);
        timer.SetEarlier(40);
        var never = new SimTimer(queue, () => order.Add("never"));
        never.Set(12);
        never.Cancel();
        queue.At(31, () => order.Add("too late"));
        queue.RunUntil(30);
        Assert.Equal(["a", "b", "b, and what it set: now at the earliest", "c", "d at 30"], order);
        Assert.Equal(30, queue.Now);
    }

    [Fact]
    public void A_thousand_events_come_sorted()
    {
        var queue = new EventQueue();
        var random = new SimRandom(1);
        var times = new List<long>();
        for (int i = 0; i < 1000; i++)
        {
            queue.At(random.Next(500), () => times.Add(queue.Now));
        }

        queue.RunUntil(500);
        Assert.Equal(1000, times.Count);
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void A_seed_means_the_same_for_ever()
    {
        var random = new SimRandom(1);
        Assert.Equal([702, 520, 574, 391, 697], Enumerable.Range(0, 5).Select(_ => random.Next(1000)));
        SimRandom fork = random.Fork();
        Assert.NotEqual(random.Between(0, 1_000_000_000), fork.Between(0, 1_000_000_000));
    }

    [Fact]
    public void Drawn_numbers_keep_their_range_and_spread_over_it()
    {
        var random = new SimRandom(5);
        long[] spread = [.. Enumerable.Range(0, 10_000).Select(_ => random.Spread(10, 10_000_000))];
        Assert.InRange(spread.Min(), 10, 30);
        Assert.InRange(spread.Max(), 5_000_000, 10_000_000);
        Assert.InRange(spread.Count(each => each < 10_000), 4_000, 6_000); // half of the six decades is below
        int[] flat = [.. Enumerable.Range(0, 10_000).Select(_ => random.Next(10))];
        Assert.All(Enumerable.Range(0, 10), digit => Assert.InRange(flat.Count(each => each == digit), 850, 1150));
        Assert.InRange(Enumerable.Range(0, 10_000).Count(_ => random.Chance(1, 4)), 2300, 2700);
    }

    [Fact]
    public void A_boards_clock_runs_by_its_crystal_and_waits_by_it()
    {
        var queue = new EventQueue();
        queue.RunUntil(EventQueue.Hour);
        var clock = new SimClock(queue, EventQueue.Hour, 40_000); // 40 ppm fast
        queue.RunUntil(2 * EventQueue.Hour);
        Assert.Equal(3_600_000 + 144, clock.Milliseconds);
        Assert.Equal((2 * EventQueue.Hour) + (1000 * EventQueue.Millisecond) - 40, clock.After(1000));
        clock.Sleep(500);
        Assert.Equal(3_600_000 + 144 + 500, clock.Milliseconds);
        clock.Release();
        Assert.Equal(3_600_000 + 144, clock.Milliseconds);
    }
}
