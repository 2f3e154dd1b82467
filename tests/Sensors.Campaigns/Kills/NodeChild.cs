using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using NanoFramework.Pc;
using Sensors.Firmware;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>The process of a node: a numbered source before the firmware's own delivery, link, clock and volume, on a board whose volume is a folder of the PC.</summary>
    /// <remarks>
    /// It obeys lines of its input: <c>die journal N</c>, <c>die ack</c>, <c>stop</c> (the source), and ends with it. It says <c>ready</c>, <c>drained</c> when
    /// nothing waits any more, and <c>dying ...</c>.
    /// </remarks>
    internal sealed class NodeChild
    {
        /// <summary>The node's identifier.</summary>
        public const string Id = "88.118.12345/KILLED";

        /// <summary>One reading of each so often, in milliseconds.</summary>
        public const int IntervalMilliseconds = 200;

        private const string Ssid = "virtual";
        private const int VolumeBytes = 2 * 1024 * 1024; // a board with 16 MB: nothing is ever thinned for want of room, so a thinned reading would be a defect
        private const int LongestWait = 20;
        private const int ToldMilliseconds = 1000;

        private readonly DeviceClock _clock;
        private readonly DyingVolume _volume;
        private readonly DyingLink _link;
        private readonly NodeDelivery _delivery;
        private readonly Scheduler _loop;
        private readonly NumberedReadings _source;

        private NodeChild(string folder, int port)
        {
            var board = new VirtualEsp32(new VirtualEsp32Options
            {
                Name = "killed",
                Pace = 1,
                StartUtc = DateTime.UtcNow,
                VolumeBytes = VolumeBytes,
                VolumeFolder = KillsFolder.Volume(folder),
            });
            PcBoard.Enter(board);
            board.Radio.Add(new AccessPoint(Ssid, "no radio waves here"));
            _clock = new DeviceClock();
            _volume = new DyingVolume(new FlashVolume(@"I:\"), board.Volume, IsJournal);
            _link = new DyingLink(new M2MqttLink());
            Settings settings = Settings.Parse(Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"id={Id}\nwifi_ssid={Ssid}\nwifi_password=no radio waves here\nbroker_host=127.0.0.1\nbroker_port={port}\n")));
            var parts = new NodeParts
            {
                Board = "campaign",
                Target = board.TargetName,
                Version = NodeFirmware.Version,
                Clock = _clock,
                Volume = _volume,
                Network = new WifiNetwork(_clock),
                Link = _link,
                Random = new DeviceRandom(),
            };
            Point[] points = NumberedReadings.Points();
            _delivery = new NodeDelivery(parts, settings, points, new FaultLog(), new NodeHealth(), new Quiet(), new Supervisor());
            _delivery.Attach([], null);
            _source = new NumberedReadings(points, _delivery, KillsFolder.Given(folder));
            _loop = new Scheduler(_clock, [_source, _delivery.Task, .. _delivery.OtherTasks], new FaultLog());
        }

        /// <summary>Runs until it is killed, or its parent has ended.</summary>
        public static int Run(string folder, int port)
        {
            Console.SetOut(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
            var node = new NodeChild(folder, port);
            new Thread(node.RunLink) { IsBackground = true }.Start();
            new Thread(node.Obey) { IsBackground = true }.Start();
            Console.WriteLine("ready");
            node.RunLoop();
            return 0;
        }

        // docs/journal.md: j, and digits. Settings, places and epochs have other names.
        private static bool IsJournal(string name) => name[0] == 'j' && name.Contains('.', StringComparison.Ordinal);

        private void RunLoop()
        {
            bool drained = false;
            long told = 0;
            while (true)
            {
                int wait = _loop.RunOnce();
                bool empty = _source.Stopped && _delivery.Outbox.Count == 0 && _delivery.Journal.Records == 0;
                if (empty && !drained)
                {
                    Console.WriteLine("drained");
                }

                drained = empty;
                if (_source.Stopped && _clock.Milliseconds - told > ToldMilliseconds)
                {
                    told = _clock.Milliseconds;
                    Console.WriteLine($"waiting: {_delivery.Outbox.Count} in memory, {_delivery.Journal.Records} in {_delivery.Journal.Segments} segments, {_delivery.Health.Connects} connects, {_delivery.Health.LinkError}");
                }

                if (wait > 0)
                {
                    _clock.Sleep(Math.Min(wait, LongestWait));
                }
            }
        }

        private void RunLink()
        {
            try
            {
                while (true)
                {
                    _delivery.Link.Wait(_delivery.Link.Step());
                }
            }
            catch (BoardOffException)
            {
                // Inside a journal write the board loses its power a moment before the process dies.
            }
        }

        private void Obey()
        {
            while (Console.In.ReadLine() is { } line)
            {
                string[] words = line.Split(' ');
                switch (words[0])
                {
                    case "die" when words[1] == "ack":
                        _link.DieAtAcknowledgement();
                        break;
                    case "die":
                        _volume.DieAt(int.Parse(words[2], CultureInfo.InvariantCulture));
                        break;
                    case "stop":
                        _source.Stop();
                        break;
                }
            }

            Environment.Exit(0); // nobody is left to kill us
        }
    }
}
