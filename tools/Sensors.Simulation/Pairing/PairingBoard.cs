using System;
using Sensors.Node;
using Sensors.Pairing;

namespace Sensors.Simulation
{
    /// <summary>A board as far as pairing goes: what starts on it, in the firmware's order, over a volume that outlives the power.</summary>
    internal sealed class PairingBoard(SimRandom random, SimVolume volume, PairingTime time, PairingSite site)
    {
        private const int MostTurns = 100_000;

        /// <summary>Gets the portal; null while the board works, or has no power.</summary>
        public Portal? Portal { get; private set; }

        /// <summary>Gets the label that is on the board.</summary>
        public PairingLabel? Label { get; private set; }

        /// <summary>Gets the settings with which the board works; null while it does not.</summary>
        public Settings? Work { get; private set; }

        /// <summary>Gets how often it started.</summary>
        public int Starts { get; private set; }

        /// <summary>Starts the board, as often as the power goes meanwhile.</summary>
        /// <returns>False when the power went.</returns>
        public bool Start()
        {
            Portal = null;
            Work = null;
            volume.Revive();
            time.Restart();
            Starts++;
            try
            {
                Boot();
                return true;
            }
            catch (PowerCutException)
            {
                return false;
            }
        }

        /// <summary>Has the button held: the portal opens at the next start.</summary>
        /// <returns>False when the power went.</returns>
        public bool HoldButton()
        {
            try
            {
                new PairingRecord(volume).PortalWanted = true;
                return true;
            }
            catch (PowerCutException)
            {
                return false;
            }
        }

        /// <summary>Lets the portal do what is due: time, a trial, a restart that it asks for.</summary>
        /// <param name="meanwhile">What the tool does while a trial blocks.</param>
        /// <returns>False when the power went, or the board restarted.</returns>
        public bool Turn(Action? meanwhile)
        {
            if (Portal is null)
            {
                return true;
            }

            try
            {
                time.Meanwhile = meanwhile;
                time.Sleep(Math.Clamp(Portal.Step(), 20, 200));
                if (Portal.HasTrial)
                {
                    Portal.RunTrial();
                }

                time.Meanwhile = null;
                if (Portal.RestartCause is null)
                {
                    return true;
                }
            }
            catch (PowerCutException)
            {
                // As good as a restart to whoever waits for the board.
            }

            Portal = null;
            return false;
        }

        /// <summary>Leaves the board alone, power and all, until it works or sits in the portal of a node that is not paired.</summary>
        /// <returns>Whether it came there.</returns>
        public bool Settle()
        {
            for (int turn = 0; turn < MostTurns; turn++)
            {
                if (Work is not null || (Portal is not null && !Settings.IsPaired()))
                {
                    return true;
                }

                if (!Turn(null))
                {
                    Start();
                }
            }

            return false;
        }

        /// <summary>Gets what the volume holds.</summary>
        public SettingsInForce Settings => SettingsInForce.Of(volume);

        private void Boot()
        {
            var secret = new DeviceSecret(volume, new SimChance(random));
            Label = PairingLabel.Open(volume, "3F2A1C", secret);
            var record = new PairingRecord(volume);
            var store = new SettingsStore(volume);
            Network network = site.MakeNetwork();
            PairingStart.Recover(volume, store, record, network);
            store.Read();
            Settings settings = Node.Settings.Parse(store.Text);
            string? error = settings.Error ?? settings.LoadCertificates(volume);
            if (error is null && !record.PortalWanted)
            {
                Work = settings;
                return;
            }

            Portal = new Portal(
                new PortalParts
                {
                    Board = "Esp32DevKitC",
                    Target = "ESP32_REV3",
                    Version = "0.1.0",
                    Clock = time,
                    Volume = volume,
                    Store = store,
                    Network = network,
                    Link = site.MakeLink(network),
                    Random = secret,
                },
                Label,
                record);
        }
    }
}
