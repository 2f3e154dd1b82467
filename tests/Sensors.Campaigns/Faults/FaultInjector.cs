using System;
using System.Collections.Generic;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>Gives a chip its faults at their times, in between two transactions.</summary>
    internal sealed class FaultInjector
    {
        private const double NanosecondsPerSecond = 1e9;

        private readonly VirtualTime _time;
        private readonly VirtualChip _chip;
        private int _pending;

        public FaultInjector(VirtualTime time, VirtualChip chip)
        {
            _time = time;
            _chip = chip;
        }

        /// <summary>Gets when the last fault so far ended.</summary>
        public double LastEnd { get; private set; }

        /// <summary>Schedules a burst that begins now.</summary>
        public void Schedule(IEnumerable<WireFault> burst)
        {
            long now = _time.Nanoseconds;
            foreach (WireFault fault in burst)
            {
                _pending++;
                _time.At(now + (long)(fault.Start * NanosecondsPerSecond), () => Begin(fault));
            }
        }

        /// <summary>Tells whether a fault is still to come, or acts. Called after each turn, so that missed calls end where they do.</summary>
        public bool IsAtWork()
        {
            bool misses = _chip.Faults.CallsToMiss > 0;
            if (misses)
            {
                LastEnd = _time.Seconds;
            }

            return misses || _pending > 0;
        }

        private void Begin(WireFault fault)
        {
            ChipFaults faults = _chip.Faults;
            TimeSpan duration = TimeSpan.FromSeconds(fault.Duration);
            switch (fault.Kind)
            {
                case WireFaultKind.MissedCalls:
                    faults.NackNext(fault.Calls);
                    break;
                case WireFaultKind.Silence:
                    faults.NackFor(duration);
                    break;
                case WireFaultKind.BrownOut:
                    _chip.BrownOut();
                    break;
                case WireFaultKind.WrongIdentity:
                    faults.WrongIdentity = -1;
                    break;
                case WireFaultKind.HeldBus:
                    faults.HoldBusFor(duration);
                    break;
                default:
                    faults.StuckMiso = fault.Kind == WireFaultKind.StuckLow ? (byte)0x00 : (byte)0xFF;
                    break;
            }

            _time.At(_time.Nanoseconds + (long)(fault.Duration * NanosecondsPerSecond), () => End(fault));
        }

        private void End(WireFault fault)
        {
            if (fault.Kind == WireFaultKind.WrongIdentity)
            {
                _chip.Faults.WrongIdentity = null;
            }
            else if (fault.Kind is WireFaultKind.StuckLow or WireFaultKind.StuckHigh)
            {
                _chip.Faults.StuckMiso = null;
            }

            _pending--;
            LastEnd = Math.Max(LastEnd, _time.Seconds);
        }
    }
}
