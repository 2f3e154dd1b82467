using System;
using System.Collections.Generic;
using System.Linq;

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

        public static void Print(IReadOnlyList<HintResult> results)
        {
            Console.WriteLine("| What was the matter | Machines | Right | Unknown | Wrong, as |");
            Console.WriteLine("| --- | --- | --- | --- | --- |");
            foreach (HintResult r in results)
            {
                Console.WriteLine(FormattableString.Invariant($"| {r.Hint} | {r.Count} | {100 * r.Right:F1} % | {100 * r.Unknown:F1} % | {r.Others} |"));
            }
        }

        public static void Print(IReadOnlyList<ThresholdResult> results)
        {
            Console.WriteLine("| Fault | Found on half the machines at | Spread of machines | Drawn as developed from | Machines |");
            Console.WriteLine("| --- | --- | --- | --- | --- |");
            foreach (ThresholdResult r in results)
            {
                Console.WriteLine(FormattableString.Invariant(
                    $"| {r.Hint} | {r.Half:G2} {r.Unit} | x {r.Spread:F1} | {r.Developed:G2} | {r.Steps} |"));
            }
        }

        public static void Print(IReadOnlyList<RecordResult> results)
        {
            Console.WriteLine("| Record | Label | Chip | Would be right | Hint | Evidence |");
            Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
            foreach (RecordResult r in results)
            {
                Console.WriteLine($"| {r.Record} | {r.Label} | {r.Chip} | {r.Expected} | {r.Hint} | {r.Evidence} |");
            }
        }

        public static void Print(MonthResult r)
        {
            Console.WriteLine("| Days | Readings of vibration | Of temperature | Healthy | Not judged | Other hints | Alarms raised | Median and highest velocity over the first day's |");
            Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
            Console.WriteLine(FormattableString.Invariant(
                $"| {r.Days} | {r.Vibration} | {r.Slow} | {r.Healthy} | {r.NotJudged} | {r.OtherHints} | {r.Raised.Count} | {r.MedianVelocity:F2}, {r.HighestVelocity:F2} |"));
        }

        public static void Print(KillsResult r)
        {
            Console.WriteLine("| Killed | Times |");
            Console.WriteLine("| --- | --- |");
            foreach ((KillKind kind, int times) in r.Kills)
            {
                Console.WriteLine($"| {kind} | {times} |");
            }

            Console.WriteLine();
            Console.WriteLine("| Where it died | Times |");
            Console.WriteLine("| --- | --- |");
            foreach ((string place, int times) in r.Places)
            {
                Console.WriteLine($"| {place} | {times} |");
            }

            Console.WriteLine();
            Console.WriteLine("| Minutes | Readings | Alarms | Stored once | Lost, with a reason | Oldest of these | Gap records | Came again | Came late | Epochs | Drained after |");
            Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
            Console.WriteLine(FormattableString.Invariant(
                $"| {r.Minutes} | {r.Readings} | {r.Alarms} | {r.Stored} | {r.Lost} | {r.OldestLost.TotalSeconds:F1} s | {r.Gaps} | {r.Duplicates} | {r.Late} | {r.Epochs} | {r.Drain.TotalSeconds:F1} s |"));
        }

        public static string[] Of(IReadOnlyList<OfflineResult> results) =>
        [
            "| Node | Volume | One reading per point per | Offline | Readings | Thinned | Thinning begins after | Journal, per reading | Drained in | Times real time | Longest wait of a new reading |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
            .. results.Select(r => FormattableString.Invariant(
                $"| {r.Name} | {r.VolumeKiB} KiB | {r.IntervalSeconds} s | {r.Hours:F1} h | {r.GivenOut} | {r.Thinned} | {Hours(r.HoursUntilThinning)} | {r.BytesPerReading:F0} bytes | {r.DrainSeconds:F0} s | {r.Speed:F0} | {(r.LiveMilliseconds == 0 ? "none came" : FormattableString.Invariant($"{r.LiveMilliseconds} ms"))} |")),
        ];

        public static string[] Of(IReadOnlyList<WearRow> rows) =>
        [
            "| Volume | One reading per point per | Thinning begins after | Offline: closes, KiB and erased blocks a day | Years | Online: closes, KiB and erased blocks a day | Years |",
            "| --- | --- | --- | --- | --- | --- | --- |",
            .. rows.Select(r => FormattableString.Invariant(
                $"| {r.VolumeKiB} KiB | {r.IntervalSeconds} s | {Hours(r.HoursUntilThinning)} | {Day(r.Offline)} | {Years(r.Offline)} | {Day(r.Online)} | {Years(r.Online)} |")),
        ];

        private static string Hours(double hours) => hours == 0 ? "-" : FormattableString.Invariant($"{hours:F1} h");

        private static string Day(WearDay day) => FormattableString.Invariant($"{day.Closes}, {day.Bytes / 1024.0:F0}, {day.Blocks + (day.Commits / WearDay.CommitsPerBlock)}");

        private static string Years(WearDay day) => day.Years > 1000 ? "over 1000" : FormattableString.Invariant($"{day.Years:F1}");
    }
}
