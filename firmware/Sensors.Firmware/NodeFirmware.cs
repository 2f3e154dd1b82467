using System;
using System.Device.Gpio;
using System.Threading;
using nanoFramework.Runtime.Native;
using Sensors.Bindings;
using Sensors.Boards;
using Sensors.Node;

namespace Sensors.Firmware
{
    /// <summary>A board, the device parts and the node, put together and kept running.</summary>
    /// <remarks>
    /// On the device an exception that nobody catches is silent and leaves the board hanging. So each of the two threads has
    /// a last catch that writes the cause to the volume and restarts the board.
    /// </remarks>
    public sealed class NodeFirmware
    {
        /// <summary>The firmware's version, as told in meta and status.</summary>
        public const string Version = "0.1.0";

        private const string VolumeRoot = @"I:\";
        private const int UnpairedMilliseconds = 1000;

        private readonly Clock _clock = new DeviceClock();
        private readonly Volume _volume = new FlashVolume(VolumeRoot);
        private readonly SettingsStore _store;
        private readonly FaultLog _faults = new FaultLog();
        private readonly Board _board;
        private readonly LastWords _lastWords;
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
                Settings settings = WaitForSettings();
                NodeParts parts = MakeParts();
                _node = new SensorNode(parts, settings, _faults);
                new Thread(RunLink).Start();
                string told = null;
                while (_node.Stalled() == null && told == null)
                {
                    Beat();
                    int wait = _node.RunOnce();
                    told = parts.Restart.Due(_clock.Milliseconds);
                    if (wait > 0 && told == null)
                    {
                        _clock.Sleep(wait);
                    }
                }

                if (told != null)
                {
                    _node.Delivery.Flush(); // a restart on purpose costs no reading
                }

                Restart(told ?? _node.Stalled());
            }
            catch (Exception exception)
            {
                Restart(exception.GetType().Name + ": " + exception.Message);
            }
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

        private Settings WaitForSettings()
        {
            while (true)
            {
                Beat();
                Settings settings = ReadSettings();
                string error = settings.Error ?? settings.LoadCertificates(_volume);
                if (error == null)
                {
                    return settings;
                }

                System.Diagnostics.Debug.WriteLine(error);
                _clock.Sleep(UnpairedMilliseconds);
            }
        }

        // What an older or newer firmware wrote may be nothing for this one: then the file it was made from.
        private Settings ReadSettings()
        {
            _store.Read();
            Settings settings = Settings.Parse(_store.Text);
            return settings.Error != null && _store.IsGeneration ? Settings.Parse(_volume.Read(Settings.FileName)) : settings;
        }

        private NodeParts MakeParts()
        {
            _network = new WifiNetwork(_clock);
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
                Indicator = _board.Led == Board.None ? null : new LedIndicator(_board.Led, _board.LedActiveHigh),
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
