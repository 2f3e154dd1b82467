namespace Sensors.NetNano.Passes;

/// <summary>What instrumented code counts in. One measurement at a time: <see cref="ScenarioRunner"/> sees to that.</summary>
public static class Counters
{
    private static long[] _interruptedBlocks = [];
    private static long[] _interruptedArrays = [];
    private static int _depth;

    /// <summary>How often each basic block was entered; instrumented code adds to it.</summary>
    public static long[] Blocks = [];

    /// <summary>Bytes of the arrays made, per place that makes one.</summary>
    internal static long[] Arrays = [];

    /// <summary>The same two of static constructors: the device runs them at start, not while it measures.</summary>
    internal static long[] StaticBlocks = [];

    internal static long[] StaticArrays = [];

    /// <summary>Called before an array is made.</summary>
    /// <param name="length">Its length.</param>
    /// <param name="elementSize">Bytes of an element on the device.</param>
    /// <param name="place">Number of the place that makes it.</param>
    public static void MakeArray(int length, int elementSize, int place)
    {
        Arrays[place] += DeviceSizes.Array(length, elementSize);
    }

    /// <summary>Called where a static constructor begins.</summary>
    public static void EnterStatic()
    {
        if (_depth++ == 0)
        {
            (_interruptedBlocks, _interruptedArrays) = (Blocks, Arrays);
            (Blocks, Arrays) = (StaticBlocks, StaticArrays);
        }
    }

    /// <summary>Called where a static constructor ends.</summary>
    public static void LeaveStatic()
    {
        if (--_depth == 0)
        {
            (Blocks, Arrays) = (_interruptedBlocks, _interruptedArrays);
        }
    }

    internal static void Reset(int blocks, int arrays)
    {
        _depth = 0;
        (Blocks, Arrays) = (new long[blocks], new long[arrays]);
    }
}
