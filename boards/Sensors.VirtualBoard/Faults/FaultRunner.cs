using System;
using System.Linq;

namespace Sensors.VirtualBoard
{
    /// <summary>Carries out the faults of a plan that happen to a board and its chips, at their virtual times.</summary>
    internal static class FaultRunner
    {
        private const double NanosecondsPerSecond = 1e9;

        public static void Schedule(VirtualEsp32 board, FaultPlan plan)
        {
            foreach (Fault fault in plan)
            {
                if (fault.Kind.Target == FaultTarget.Chip)
                {
                    Find(board, fault); // a wrong name shows now, not in the middle of a run
                }
            }

            foreach (Fault fault in plan)
            {
                board.Time.At((long)(fault.StartSeconds * NanosecondsPerSecond), () => Begin(board, fault));
                if (double.IsFinite(fault.DurationSeconds) && fault.DurationSeconds > 0)
                {
                    board.Time.At((long)(fault.EndSeconds * NanosecondsPerSecond), () => End(board, fault));
                }
            }
        }

        private static void Begin(VirtualEsp32 board, Fault fault)
        {
            board.Tell(BoardEventKind.FaultBegan, fault.ToString());
            switch (fault.Kind.Name)
            {
                case "wifi":
                    board.Radio.BeginOutage();
                    break;
                case "time":
                    board.Radio.TimeServerBlocked = true;
                    break;
                case "power":
                    board.CyclePower(TimeSpan.FromSeconds(fault.DurationSeconds));
                    break;
                default:
                    Switch(board, fault, on: true);
                    break;
            }
        }

        private static void End(VirtualEsp32 board, Fault fault)
        {
            switch (fault.Kind.Name)
            {
                case "wifi":
                    board.Radio.EndOutage();
                    break;
                case "time":
                    board.Radio.TimeServerBlocked = false;
                    break;
                default:
                    Switch(board, fault, on: false);
                    break;
            }

            board.Tell(BoardEventKind.FaultEnded, fault.ToString());
        }

        private static void Switch(VirtualEsp32 board, Fault fault, bool on)
        {
            if (fault.Kind.Target == FaultTarget.Chip)
            {
                board.BetweenTransactions(() => Switch(Find(board, fault), fault, on));
            }
        }

        private static void Switch(VirtualChip chip, Fault fault, bool on)
        {
            ChipFaults faults = chip.Faults;
            TimeSpan forever = on ? TimeSpan.MaxValue : TimeSpan.Zero;
            switch (fault.Kind.Name)
            {
                case "nack":
                    faults.NackFor(forever);
                    break;
                case "hold":
                    faults.HoldBusFor(forever);
                    break;
                case "stuck":
                    faults.StuckData = on;
                    break;
                case "identity":
                    faults.WrongIdentity = on ? (int)fault.Value : null;
                    break;
                case "rate":
                    faults.RateErrorPercent = on ? fault.Value : 0;
                    break;
                case "miso":
                    faults.StuckMiso = on ? (byte)fault.Value : null;
                    break;
                case "selftest":
                    faults.FailedSelfTestAxes = on ? (int)fault.Value : 0;
                    break;
                default:
                    chip.BrownOut();
                    break;
            }
        }

        private static VirtualChip Find(VirtualEsp32 board, Fault fault) =>
            board.Chips.FirstOrDefault(chip => chip.Name == fault.Target)
            ?? throw new FormatException(
                $"Fault '{fault}': there is no chip '{fault.Target}'. Allowed: {string.Join(", ", board.Chips.Select(chip => chip.Name))}.");
    }
}
