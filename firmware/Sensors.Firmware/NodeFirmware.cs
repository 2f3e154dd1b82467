using System;
using System.Device.Gpio;
using System.Threading;
using nanoFramework.Runtime.Native;
using Sensors.Bindings;
using Sensors.Boards;
using Sensors.Drivers;
using Sensors.Node;
using Sensors.Pairing;
#if NETNANO1_0
using NetworkInterface = System.Net.NetworkInformation.NetworkInterface;
#else
using NetworkInterface = NanoFramework.Pc.Device.NetworkInterface; // the PC's own are those of the PC
#endif

namespace Sensors.Firmware
{
    /// <summary>A board, the device parts and the node, put together and kept running.</summary>
    /// <remarks>
    /// <para>
    /// Good settings, and nobody wants the portal: the node works. Otherwise it opens its access point, for which it restarts once, and waits to be
    /// paired; so does a node at work whose button is held for 5 s. A settings file that becomes good meanwhile counts as well.
    /// </para>
    /// <para>
    /// On the device an exception that nobody catches is silent and leaves the board hanging. So each of the two threads has
    /// a last catch that writes the cause to the volume and restarts the board.
    /// </para>
    /// </remarks>
    public sealed class NodeFirmware
    {
        /// <summary>The firmware's version, as told in meta and status.</summary>
        public const string Version = "0.1.0";

        private const string VolumeRoot = @"I:\";
        private const int MacBytes = 6;

        private readonly Clock _clock = new DeviceClock();
        private readonly Volume _volume = new FlashVolume(VolumeRoot);
        private readonly SettingsStore _store;
        private readonly FaultLog _faults = new FaultLog();
        private readonly Board _board;
        private readonly LastWords _lastWords;
        private readonly SoftAccessPoint _accessPoint = new SoftAccessPoint();
        private PairingRecord _record;
        private Indicator _light;
        private WifiNetwork _network;
        private SensorNode _node;
        private GpioPin _watchdog;

        /// <summary>Makes the firmware of a board.</summary>
        /// <param name="board">The board it runs on.</param>
        public NodeFirmware(Board board)
        {
            _board = board;
            _lastWords = new LastWords(_volume);
            _store = new SettingsStore(_volume);
        }

        /// <summary>Runs until the board restarts.</summary>
        public void Run()
        {
            try
            {
                OpenWatchdog();
                _record = new PairingRecord(_volume);
                _network = new WifiNetwork(_clock);
                PairingStart.Recover(_volume, _store, _record, _network);
                Settings settings = ReadSettings();
                string error = settings.Error ?? settings.LoadCertificates(_volume);
                _light = OpenLight(settings);
                Restart(error == null && !_record.PortalWanted ? Work(settings) : WaitToBePaired(error));
            }
            catch (Exception exception)
            {
                Restart(exception.GetType().Name + ": " + exception.Message);
            }
        }

        // Gives why it ended.
        private string Work(Settings settings)
        {
            if (_accessPoint.Close())
            {
                return "access point closed";
            }

            BoardButton button = _board.Button == Board.None ? null : new BoardButton(_board.Button);
            NodeParts parts = MakeParts();
            _node = new SensorNode(parts, settings, _faults);
            new Thread(RunLink).Start();
            string told = null;
            while (_node.Stalled() == null && told == null)
            {
                Beat();
                int wait = _node.RunOnce();
                told = parts.Restart.Due(_clock.Milliseconds);
                if (told == null && button != null && button.IsHeld(_clock.Milliseconds))
                {
                    _record.PortalWanted = true;
                    told = "portal by button";
                }

                if (wait > 0 && told == null)
                {
                    _clock.Sleep(wait);
                }
            }

            if (told != null)
            {
                _node.Delivery.Flush(); // a restart on purpose costs no reading
            }

            return told ?? _node.Stalled();
        }

        // Gives why it ended.
        private string WaitToBePaired(string error)
        {
            if (error != null)
            {
                System.Diagnostics.Debug.WriteLine(error);
            }

            DeviceSecret secret = new DeviceSecret(_volume, new DeviceRandom());
            PairingLabel label = PairingLabel.Open(_volume, NameOfBoard(), secret);
            if (!_accessPoint.Open(label.Name, label.AccessPointPassword))
            {
                return "access point opened";
            }

            PortalLight light = _light == null ? null : new PortalLight(_light, _clock);
            Portal portal = new Portal(MakePortalParts(secret, light), label, _record);
            PortalRun run = new PortalRun(portal, _accessPoint, light, _clock);
            run.Start();
            string cause = null;
            while (cause == null)
            {
                Beat();
                cause = run.Step();
                if (cause == null && run.IsTimeToLook && !_record.PortalWanted && IsPaired() && !_store.IsGeneration)
                {
                    cause = "settings written"; // by people; what a trial wrote waits until it is told how that went
                }
            }

            if (!_record.PortalWanted && IsPaired())
            {
                _accessPoint.Close(); // now, so that the next start is the last
            }

            return cause;
        }

        private bool IsPaired()
        {
            Settings settings = ReadSettings();
            return (settings.Error ?? settings.LoadCertificates(_volume)) == null;
        }

        // The last three bytes of its MAC address, which its flashing told too.
        private static string NameOfBoard()
        {
            byte[] mac = NetworkInterface.GetAllNetworkInterfaces()[0].PhysicalAddress;
            return mac[MacBytes - 3].ToString("X2") + mac[MacBytes - 2].ToString("X2") + mac[MacBytes - 1].ToString("X2");
        }

        private Indicator OpenLight(Settings settings)
        {
            int pin = _board.Led == Board.None ? settings.LedPin : _board.Led;
            if (pin == Board.None || (_board.Led == Board.None && !_board.BearsLight(pin)))
            {
                return null;
            }

            return new LedIndicator(pin, _board.Led == Board.None ? settings.LedActiveHigh : _board.LedActiveHigh);
        }

        private PortalParts MakePortalParts(RandomSource secret, Indicator light)
        {
            return new PortalParts
            {
                Board = _board.Name,
                Target = _board.FirmwareTarget,
                Version = Version,
                Clock = _clock,
                Volume = _volume,
                Store = _store,
                Network = _network,
                Link = new M2MqttLink(_clock),
                Random = secret,
                Indicator = light,
                BuildUtc = BuildTime.Utc,
            };
        }

        private void RunLink()
        {
            try
            {
                LinkWorker link = _node.Link;
                while (_node.Stalled() == null)
                {
                    link.Wait(link.Step());
                }

                Restart(_node.Stalled());
            }
            catch (Exception exception)
            {
                Restart(exception.GetType().Name + ": " + exception.Message);
            }
        }

        private void OpenWatchdog()
        {
            if (_board.Watchdog != Board.None)
            {
                _watchdog = new GpioController().OpenPin(_board.Watchdog, PinMode.Output);
            }
        }

        // For a watchdog chip where one is fitted: only the loop beats, so a loop or a CLR that hangs lets it bite.
        private void Beat()
        {
            if (_watchdog != null)
            {
                _watchdog.Toggle();
            }
        }

        // What an older or newer firmware wrote may be nothing for this one: then the file it was made from.
        private Settings ReadSettings()
        {
            _store.Read();
            Settings settings = Settings.Parse(_store.Text);
            return settings.Error != null && !settings.IsUnpaired && _store.IsGeneration ? Settings.Parse(_volume.Read(Settings.FileName)) : settings;
        }

        private NodeParts MakeParts()
        {
            return new NodeParts
            {
                Board = _board.Name,
                Target = _board.FirmwareTarget,
                Version = Version,
                HasExternalMemory = _board.Memory == MemoryClass.External,
                Ports = _board,
                Bindings = new BindingFactory(),
                Clock = _clock,
                Volume = _volume,
                Network = _network,
                Link = new M2MqttLink(_clock),
                Store = _store,
                Indicator = _light,
                BuildUtc = BuildTime.Utc,
                Random = new DeviceRandom(),
                CaptureBlocks = _board.Memory == MemoryClass.External ? CaptureBuffer.ExternalBlocks : CaptureBuffer.InternalBlocks,
            };
        }

        private void Restart(string cause)
        {
            try
            {
                _lastWords.Write(cause);
            }
            catch (Exception)
            {
                // A full or worn volume must not keep a stalled board from restarting.
            }

            try
            {
                if (_network != null)
                {
                    _network.Unmark();
                }

                Power.RebootDevice();
            }
            catch (Exception)
            {
                // A board that is losing its power has nothing left to do.
            }
        }
    }
}
