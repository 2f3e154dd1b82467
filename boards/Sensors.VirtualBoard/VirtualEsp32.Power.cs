using System;
using System.Threading;
using NanoFramework.Pc;

namespace Sensors.VirtualBoard
{
    /// <content>Power and the firmware: starting, restarting, cutting the power, and who ends with it.</content>
    public sealed partial class VirtualEsp32
    {
        private static readonly TimeSpan UnwindLimit = TimeSpan.FromSeconds(2);

        private readonly object _power = new();
        private Action? _main;
        private BoardFirmware? _firmware;
        private BoardFirmware? _lastFirmware;
        private volatile bool _hasPower = true;
        private bool _disposed;

        /// <summary>Gets whether the board has power.</summary>
        public bool HasPower => _hasPower;

        /// <summary>Gets how often a firmware's Main was started.</summary>
        public int Starts { get; private set; }

        /// <summary>Gets whether Main returned or threw since the last start: on a device the board would hang now.</summary>
        public bool Hangs { get; private set; }

        /// <summary>Gets what Main threw since the last start; null when it runs, returned, or was ended by the board.</summary>
        public Exception? FirmwareFailure { get; private set; }

        /// <summary>Gives the board power, if it has none, and starts a firmware.</summary>
        /// <param name="firmwareMain">The firmware's Main; it also runs after every restart.</param>
        /// <exception cref="InvalidOperationException">A firmware was started already.</exception>
        public void PowerOn(Action firmwareMain)
        {
            ArgumentNullException.ThrowIfNull(firmwareMain);
            BoardFirmware? last;
            lock (_power)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                if (_firmware is not null)
                {
                    throw new InvalidOperationException($"{Name} runs a firmware already: cut its power first.");
                }

                _main = firmwareMain;
                last = _lastFirmware;
            }

            last?.Join(UnwindLimit);
            GivePower();
            StartFirmware();
        }

        /// <summary>Gives a board whose power was cut its power back, and starts the same firmware.</summary>
        /// <exception cref="InvalidOperationException">The board never had a firmware.</exception>
        public void PowerOn() =>
            PowerOn(_main ?? throw new InvalidOperationException($"{Name} never had a firmware: name its Main."));

        /// <summary>Takes the power away: threads end, chips forget, what files had not committed is gone.</summary>
        public void CutPower()
        {
            if (End(losesPower: true))
            {
                Tell(BoardEventKind.PowerCut, "power cut");
            }
        }

        /// <inheritdoc/>
        /// <remarks>Chips keep their registers. Without a firmware the board only throws.</remarks>
        public override void Reboot()
        {
            ThrowIfOff();
            BoardFirmware? ended = _firmware;
            if (ended is not null && End(losesPower: false))
            {
                Tell(BoardEventKind.Rebooted, "restarted by its firmware");
                RunApart("restart", () =>
                {
                    ended.Join(UnwindLimit);
                    StartFirmware();
                });
            }

            throw new BoardOffException();
        }

        /// <summary>Cuts the power and, after a time, gives it back and starts the same firmware.</summary>
        /// <param name="outage">Virtual time without power, 0 or more.</param>
        public void CyclePower(TimeSpan outage)
        {
            BoardFirmware? ended = _firmware;
            CutPower();
            RunApart("power", () =>
            {
                ended?.Join(UnwindLimit);
                Time.Sleep(outage.Ticks * 100);
                GivePower();
                StartFirmware();
            });
        }

        /// <inheritdoc/>
        public override void ThrowIfOff()
        {
            if (!_hasPower || BoardFirmware.IsOver(this))
            {
                throw new BoardOffException();
            }
        }

        /// <summary>Cuts the power for good: every thread of the board ends.</summary>
        public void Dispose()
        {
            lock (_power)
            {
                _disposed = true;
            }

            End(losesPower: true);
            Radio.Dispose();
        }

        private void GivePower()
        {
            lock (_power)
            {
                if (_hasPower || _disposed)
                {
                    return;
                }

                BetweenTransactions(() => _buses.Chips.ForEach(chip => chip.BrownOut())); // to a chip, a long one
                _clock.Start(cold: true);
                _hasPower = true;
            }
        }

        private void StartFirmware()
        {
            // Not under the lock: the volume holds its own while it reports a power cut.
            Volume.Mount();
            BoardFirmware firmware;
            lock (_power)
            {
                if (_disposed || !_hasPower || _firmware is not null || _main is null)
                {
                    return;
                }

                Time.AdvanceWithoutWaiting(_options.BootMilliseconds * NanosecondsPerMillisecond);
                _clock.Start(cold: false);
                Pins.Reset();
                if (Starts == 0)
                {
                    ForgetFirmware(); // what a test thread opened
                }

                Hangs = false;
                FirmwareFailure = null;
                Starts++;
                firmware = new BoardFirmware(this, Name + " main", _main, FirmwareFinished);
                _firmware = firmware;
            }

            if (WantsAccessPoint(out string ssid, out string password, out int channel))
            {
                Radio.Open(ssid, password, channel); // the image does, before Main
            }

            Tell(BoardEventKind.Started, "firmware starts");
            firmware.Start();
        }

        private bool End(bool losesPower)
        {
            BoardFirmware? ended;
            lock (_power)
            {
                if (!_hasPower)
                {
                    return false;
                }

                ended = _firmware;
                _firmware = null;
                _lastFirmware = ended ?? _lastFirmware;
                _hasPower = !losesPower;
                ended?.End();
                ForgetFirmware(); // before the radio leaves: nobody is to hear of it
            }

            Volume.CutPower(); // mounted again when the firmware starts
            Time.WakeSleepers();
            Radio.Leave();
            Radio.Close();
            return true;
        }

        private void ForgetFirmware()
        {
            ResetPackages();
            _watch.Clear();
        }

        private void FirmwareFinished(Exception? failure)
        {
            Hangs = true;
            FirmwareFailure = failure;
            Tell(
                failure is null ? BoardEventKind.FirmwareReturned : BoardEventKind.FirmwareThrew,
                failure is null ? "Main returned; the board hangs" : $"Main threw {failure.GetType().Name}: {failure.Message}; the board hangs");
        }

        private void RunApart(string what, Action action)
        {
            var thread = new Thread(() =>
            {
                try
                {
                    action();
                }
                catch (BoardOffException)
                {
                    // The power went again meanwhile: whoever took it decides what comes next.
                }
            })
            { IsBackground = true, Name = $"{Name} {what}" };
            thread.UnsafeStart();
        }
    }
}
