using System;
using Sensors.Node;
using Sensors.Pairing;
#if NETNANO1_0
using Thread = System.Threading.Thread;
#else
using Thread = NanoFramework.Pc.Device.Thread;
#endif

namespace Sensors.Firmware
{
    /// <summary>A node that is to be paired: its access point, its page, and what becomes of a trial.</summary>
    /// <remarks>
    /// One thread serves, one tries settings, which blocks for up to a minute. Each watches that the other makes progress, as those of a node at work do.
    /// </remarks>
    internal sealed class PortalRun
    {
        private const int BusyMilliseconds = 10;
        private const int IdleMilliseconds = 50;
        private const int LookMilliseconds = 1000; // at the settings file, and for an address server that did not start
        private const int TrialPollMilliseconds = 100;

        private readonly Clock _clock;
        private readonly Portal _portal;
        private readonly HttpPort _port;
        private readonly PortalLight _light;
        private readonly SoftAccessPoint _accessPoint;
        private readonly Supervisor _supervisor = new Supervisor();
        private readonly object _gate = new object();
        private bool _tries;
        private string _failed;
        private long _nextStep;
        private long _nextLook;

        /// <summary>Makes one.</summary>
        /// <param name="portal">Answers.</param>
        /// <param name="accessPoint">The board's own access point, which is open.</param>
        /// <param name="light">Shows how it stands; null on a board without one.</param>
        /// <param name="clock">The node's time.</param>
        public PortalRun(Portal portal, SoftAccessPoint accessPoint, PortalLight light, Clock clock)
        {
            _clock = clock;
            _portal = portal;
            _accessPoint = accessPoint;
            _light = light;
            _port = new HttpPort(portal, clock);
        }

        /// <summary>Begins to try what is to be tried, on a thread of its own.</summary>
        public void Start()
        {
            long now = _clock.Milliseconds;
            _supervisor.LoopBeat(now);
            _supervisor.LinkBeat(now);
            new Thread(RunTrials).Start();
        }

        /// <summary>Gets whether it is time to look at the settings file again; false while settings are tried.</summary>
        public bool IsTimeToLook
        {
            get
            {
                long now = _clock.Milliseconds;
                bool due = now >= _nextLook && !Tries;
                _nextLook = due ? now + LookMilliseconds : _nextLook;
                return due;
            }
        }

        /// <summary>Serves once.</summary>
        /// <returns>Why the node is to restart; null while it is not.</returns>
        public string Step()
        {
            long now = _clock.Milliseconds;
            _supervisor.LoopBeat(now);
            _accessPoint.Serve();
            _port.Step();
            if (now >= _nextStep)
            {
                _nextStep = now + _portal.Step(); // not sooner: it blinks by it
            }

            if (_light != null)
            {
                _light.Step(now, Tries);
            }

            string failed;
            lock (_gate)
            {
                failed = _failed;
            }

            string cause = failed ?? _portal.RestartCause ?? _supervisor.Stalled(_clock.Milliseconds);
            if (cause == null)
            {
                _clock.Sleep(_port.IsBusy ? BusyMilliseconds : IdleMilliseconds);
            }

            return cause;
        }

        private bool Tries
        {
            get { lock (_gate) { return _tries; } }
            set { lock (_gate) { _tries = value; } }
        }

        private void RunTrials()
        {
            try
            {
                while (_supervisor.Stalled(_clock.Milliseconds) == null)
                {
                    _supervisor.LinkBeat(_clock.Milliseconds);
                    if (_portal.HasTrial)
                    {
                        Tries = true;
                        _portal.RunTrial();
                        Tries = false;
                    }

                    _clock.Sleep(TrialPollMilliseconds);
                }
            }
            catch (Exception exception)
            {
                lock (_gate)
                {
                    _failed = exception.GetType().Name + ": " + exception.Message;
                }
            }
        }
    }
}
