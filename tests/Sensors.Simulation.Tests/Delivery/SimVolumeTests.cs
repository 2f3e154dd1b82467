using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Node;
using Sensors.Simulation;

namespace Sensors.Simulation.Tests.Delivery;

/// <summary>The volume keeps LittleFS's rules: a simulation is worth what its world is worth.</summary>
public class SimVolumeTests
{
    private static readonly byte[] Old = [1, 2, 3];
    private static readonly byte[] More = [4, 5, 6, 7];

    [Fact]
    public void What_was_closed_is_there()
    {
        SimVolume volume = Make(1);
        volume.Write("a", Old);
        volume.Append("a", More, 1, 2);
        volume.Append("b", More, 0, 4);
        Assert.Equal([1, 2, 3, 5, 6], volume.Read("a"));
        Assert.Equal(More, volume.Read("b"));
        Assert.Equal(["a", "b"], volume.List().Order());
        var small = new byte[2];
        Assert.Equal(5, volume.Read("a", small));
        Assert.Equal([1, 2], small);
        Assert.Equal(-1, volume.Read("c", small));
        volume.Delete("a");
        volume.Delete("a");
        Assert.Null(volume.Read("a"));
    }

    [Fact]
    public void A_power_cut_leaves_the_old_file_nothing_an_empty_one_or_the_new_one()
    {
        var left = Cuts(volume => volume.Write("a", Old), volume => volume.Write("a", More));
        Assert.Equal(["", "1-2-3", "4-5-6-7", "none"], left);
    }

    [Fact]
    public void A_power_cut_leaves_what_was_there_or_all_that_was_appended()
    {
        Assert.Equal(["1-2-3", "1-2-3-4-5-6-7"], Cuts(volume => volume.Write("a", Old), volume => volume.Append("a", More, 0, 4)));
        Assert.Equal(["", "4-5-6-7", "none"], Cuts(_ => { }, volume => volume.Append("a", More, 0, 4)));
        Assert.Equal(["1-2-3", "none"], Cuts(volume => volume.Write("a", Old), volume => volume.Delete("a")));
    }

    [Fact]
    public void A_worse_file_system_tears()
    {
        string[] left = Cuts(volume => volume.Write("a", Old), volume => volume.Append("a", More, 0, 4), tears: true);
        Assert.Contains("1-2-3-4", left);
        Assert.Contains("1-2-3-255-255-255-255", left);
        Assert.All(left, each => Assert.StartsWith("1-2-3", each, StringComparison.Ordinal)); // what was closed before is never touched
    }

    [Fact]
    public void Nothing_of_the_node_runs_on_without_power()
    {
        SimVolume volume = Make(1);
        volume.CutAfter(1);
        volume.Write("a", Old);
        Assert.Throws<PowerCutException>(() => volume.Write("b", Old));
        Assert.True(volume.IsDead);
        Assert.Throws<PowerCutException>(() => volume.Read("a"));
        Assert.Throws<PowerCutException>(() => volume.List());
        volume.Revive();
        Assert.Equal(Old, volume.Read("a"));
    }

    [Fact]
    public void Blocks_are_counted_and_the_last_one_twice_while_it_is_written()
    {
        SimVolume volume = Make(1, blocks: 6); // two are the file system's own
        Assert.Equal(4, volume.FreeBlocks);
        volume.Write("a", new byte[1]);
        volume.Write("b", new byte[4097]);
        Assert.Equal(1, volume.FreeBlocks);
        volume.Append("a", new byte[4095], 0, 4095); // copied into the free one
        Assert.Equal(1, volume.FreeBlocks);
        volume.Append("a", new byte[1], 0, 1); // begins a block, and the last one is full: nothing to copy
        Assert.Equal(0, volume.FreeBlocks);
        Assert.Throws<VolumeException>(() => volume.Append("b", new byte[1], 0, 1));
        Assert.Throws<VolumeException>(() => volume.Write("c", Old));
        Assert.Equal(4097, volume.Read("a")!.Length);
        Assert.InRange(volume.Read("b")!.Length, 4097, 4098); // a part may have been taken
        Assert.True(volume.Refusals.Any);
        volume.Delete("a");
        volume.Write("c", Old);
    }

    [Fact]
    public void Damage_changes_a_file_and_nothing_else()
    {
        SimVolume volume = Make(1);
        volume.Write("j1.1", new byte[100]);
        volume.Write("b", new byte[100]);
        for (int i = 0; i < 5; i++)
        {
            volume.Damage("j1.1");
        }

        Assert.Equal(100, volume.Read("j1.1")!.Length);
        Assert.Contains(volume.Read("j1.1")!, each => each != 0);
        Assert.All(volume.Read("b")!, each => Assert.Equal(0, each));
        Assert.True(volume.Damages.Any);
    }

    [Fact]
    public void What_is_damaged_or_gone_is_not_sound_until_it_is_written_again()
    {
        SimVolume volume = Make(1);
        volume.Write("a", Old);
        Assert.Equal(Old, volume.Sound("a"));
        volume.Lose("a");
        Assert.Null(volume.Sound("a"));
        volume.Write("a", Old);
        while (volume.Sound("a") is not null)
        {
            volume.Damage("a");
        }

        Assert.NotEqual(Old, volume.Read("a"));
        Assert.False(volume.Damages.Any); // none of the journal's
        volume.Write("a", Old);
        Assert.Equal(Old, volume.Sound("a"));
    }

    [Theory]
    [InlineData(10, 0, 1)] // three quarters of 16 blocks, less the one to work in: 11
    [InlineData(11, 0, 0)]
    [InlineData(9, 2, 1)]
    [InlineData(9, 3, 0)] // less than three free
    public void Segments_are_put_together_when_there_is_no_room_and_not_before(int segments, int others, int told)
    {
        SimVolume volume = Make(1);
        var texts = new List<string>();
        volume.WithoutNeed = texts.Add;
        for (int i = 0; i < segments + others; i++)
        {
            volume.Write(i < segments ? "j" + i + ".1" : "other" + i, Old);
        }

        volume.Append("j0-1.1", More, 0, 4);
        volume.Append("j0-1.1", More, 0, 4); // the same one still
        Assert.Equal(told, texts.Count);
    }

    private static SimVolume Make(ulong seed, int blocks = 16, bool tears = false) =>
        new(new SimRandom(seed), new EventQueue(), blocks) { Tears = tears };

    // Everything that can be left of file a.
    private static string[] Cuts(Action<SimVolume> before, Action<SimVolume> change, bool tears = false) =>
        [.. Enumerable.Range(1, 2000).Select(seed =>
        {
            SimVolume volume = Make((ulong)seed, tears: tears);
            before(volume);
            volume.CutAfter(0);
            Assert.Throws<PowerCutException>(() => change(volume));
            volume.Revive();
            return volume.Read("a") is { } left ? string.Join('-', left) : "none";
        }).Distinct().Order(StringComparer.Ordinal)];
}
