using System;
using System.Collections.Generic;
using System.Text;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Commands
{
    /// <summary>The commands of every node over fakes: what comes in, what is answered, and the loop's part of the work.</summary>
    internal sealed class ControlBench
    {
        public const string Original = "# written by pairing\nid=88.118.12345/NODE-0001\nwifi_ssid=Hall 3\nwifi_password=hunter2\nbroker_host=192.168.1.10\n"
            + "broker_user=node1\nbroker_password=swordfish\ninterval_ms=10000\nsensor=temp2 MAX31865 spi1 rtd=pt100\npoint=vib1 rpm=1480\n"
            + "point=cur1 rpm=1480\nalarm=vib1 vel warning=2.8 danger=4.5\n";

        private readonly NodeCommands _commands;
        private readonly NodeControl _control;

        public ControlBench(bool hasLight = true, bool hasStore = true)
        {
            Volume.Files[Settings.FileName] = Encoding.UTF8.GetBytes(Original);
            Parts = new NodeParts
            {
                Clock = Clock,
                Network = new ScriptedNetwork(new List<string>()),
                Store = hasStore ? new SettingsStore(Volume) : null,
                Indicator = hasLight ? Light : null,
            };
            Time = new TimeKeeper(Parts, Settings.Parse(Volume.Files[Settings.FileName]), new NodeHealth());
            _control = new NodeControl(Parts, Time, Replay);
            _commands = new NodeCommands("n/cmd", "n/reply", _control.Commands);
        }

        public TestClock Clock { get; } = new TestClock { Now = 100_000_000 };

        public MemoryVolume Volume { get; } = new MemoryVolume();

        public NodeParts Parts { get; }

        public TimeKeeper Time { get; }

        public NotingLight Light { get; } = new NotingLight();

        public NotingReplay Replay { get; } = new NotingReplay();

        /// <summary>Gets the settings a start from here would find.</summary>
        public string Kept => Encoding.UTF8.GetString(new SettingsStore(Volume).Text);

        /// <summary>Gives a command, and lets the loop do its part.</summary>
        public string Ask(string json)
        {
            _commands.Note("n/cmd", Encoding.ASCII.GetBytes(json));
            string answer = Next();
            if (answer.Length == 0)
            {
                Step();
                answer = Next();
            }

            return answer;
        }

        public string Next() => Encoding.ASCII.GetString(_commands.Buffer, 0, _commands.Next(Clock.Milliseconds));

        public void Note(string json) => _commands.Note("n/cmd", Encoding.ASCII.GetBytes(json));

        /// <summary>Steps the jobs of the loop once.</summary>
        public void Step() => Array.ForEach(_control.Tasks, task => task.Step(Clock.Milliseconds));

        internal sealed class NotingLight : Indicator
        {
            public List<bool> Told { get; } = new List<bool>();

            public override void Set(bool on) => Told.Add(on);
        }

        internal sealed class NotingReplay : Replay
        {
            public (long Epoch, long From, long To) Asked { get; private set; }

            public string? Refusal { get; set; }

            public override string? Ask(long epoch, long from, long to, out int records)
            {
                Asked = (epoch, from, to);
                records = (int)(to - from) + 1;
                return Refusal;
            }
        }
    }
}
