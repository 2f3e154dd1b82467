using System;
using System.Collections.Generic;

namespace Sensors.Campaigns
{
    /// <summary>What the campaigns print, as Markdown.</summary>
    internal static class Tables
    {
        public static void Print(IReadOnlyList<SweepResult> results)
        {
            Console.WriteLine("| Chip | Clock off by | Level | Amplitude to half the corner | Amplitude above, folded | Frequency |");
            Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
            foreach (SweepResult result in results)
            {
                foreach (LevelResult level in result.Levels)
                {
                    Console.WriteLine(FormattableString.Invariant(
                        $"| {result.Name} | {result.ClockErrorPercent:+0.00;-0.00} % | {level.Level:P0} | {level.Amplitude:P2} | {level.AmplitudeAbove:P2} | {level.Frequency:P4} |"));
                }
            }
        }

        public static void Print(IReadOnlyList<DriverFaultsResult> results)
        {
            Console.WriteLine("| Driver | Faults | Samples made | Delivered | Lost, told | Gaps | Worst lost count | Worst rate | Retries | Reopens | Starts | Slowest to recover |");
            Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
            foreach (DriverFaultsResult r in results)
            {
                Console.WriteLine(FormattableString.Invariant(
                    $"| {r.Name} | {r.Faults} | {r.Made} | {r.Delivered} | {r.Lost} | {r.Gaps} | {r.WorstGap:F1} | {r.WorstRate:P4} | {r.Retries} | {r.Reopens} | {r.Starts} | {r.Slowest:F2} s |"));
            }
        }

        public static void Print(IReadOnlyList<NodeFaultsResult> results)
        {
            Console.WriteLine("| Node with | Faults | Readings | Good | Telling | Retries | Reopens | Starts | Slowest good reading | Longest silence |");
            Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
            foreach (NodeFaultsResult r in results)
            {
                Console.WriteLine(FormattableString.Invariant(
                    $"| {r.Name} | {r.Faults} | {r.Readings} | {r.Good} | {r.Telling} | {r.Retries} | {r.Reopens} | {r.Starts} | {r.Slowest:F2} s | {r.Silence:F2} s |"));
            }
        }
    }
}
