using System;
using System.Collections.Generic;
using System.Device.Wifi;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Sensors.VirtualBoard
{
    /// <summary>The air around a board: access points and the time server behind them.</summary>
    /// <remarks>
    /// As on the chip, an association that was made automatically and got lost comes back by itself: as soon as an access point
    /// of that name answers again, after its join time. One that was left does not, until somebody joins anew.
    /// </remarks>
    public sealed class VirtualRadio : IDisposable
    {
        private const int StepMilliseconds = 100;
        private const int ScanMilliseconds = 2500;
        private const int HandshakeMilliseconds = 3000;
        private const int TimeServerTimeoutMilliseconds = 3000;
        private const int NameTimeoutMilliseconds = 4000;
        private const int ConnectTimeoutMilliseconds = 18000; // lwIP's SYN and its repetitions, the first few
        private const long NanosecondsPerMillisecond = 1_000_000;

        private readonly object _gate = new();
        private readonly VirtualTime _time;
        private readonly List<AccessPoint> _accessPoints = [];
        private readonly Action<bool> _changed;
        private CancellationTokenSource? _association;
        private AccessPoint? _joined;
        private (string Ssid, string Password)? _wish; // what the radio associates with by itself
        private AccessPoint? _comingBack; // the access point it is about to be associated with again
        private int _attempt;
        private int _outages;
        private CaptivePortal? _portal;

        internal VirtualRadio(VirtualTime time, Action<bool> changed)
        {
            _time = time;
            _changed = changed;
        }

        /// <summary>Gets or sets whether the time server answers.</summary>
        public bool TimeServerBlocked { get; set; }

        /// <summary>Gets or sets the time a time server takes to answer, in virtual milliseconds.</summary>
        public int TimeServerMilliseconds { get; set; } = 50;

        /// <summary>Gets the access point that the board opens itself.</summary>
        public VirtualSoftAccessPoint SoftAccessPoint { get; } = new();

        /// <summary>Gets or sets for how long that one is off the air when it goes to another channel, in virtual milliseconds.</summary>
        public int ChannelChangeMilliseconds { get; set; } = 3000;

        /// <summary>Gets whether an outage silences every access point.</summary>
        public bool IsOut => Volatile.Read(ref _outages) > 0;

        /// <summary>Gets the access point the board is associated with; null for none.</summary>
        public AccessPoint? Joined
        {
            get
            {
                lock (_gate)
                {
                    return _joined;
                }
            }
        }

        /// <summary>Puts an access point within reach of the board.</summary>
        /// <param name="accessPoint">The access point; of several with one name, the first in range is taken.</param>
        public void Add(AccessPoint accessPoint)
        {
            ArgumentNullException.ThrowIfNull(accessPoint);
            lock (_gate)
            {
                _accessPoints.Add(accessPoint);
            }

            accessPoint.Changed += Look;
            Look();
        }

        /// <summary>Begins an outage of all access points; outages may overlap.</summary>
        public void BeginOutage()
        {
            Interlocked.Increment(ref _outages);
            Look();
        }

        /// <summary>Ends an outage begun with <see cref="BeginOutage"/>.</summary>
        public void EndOutage()
        {
            Interlocked.Decrement(ref _outages);
            Look();
        }

        internal CancellationToken Lost
        {
            get
            {
                lock (_gate)
                {
                    return _association?.Token ?? new CancellationToken(canceled: true);
                }
            }
        }

        /// <summary>Gets or sets what to do when the board's own access point comes or goes.</summary>
        internal Action? SoftAccessPointChanged { get; set; }

        internal WifiConnectionStatus Connect(string ssid, string password, bool automatic, CancellationToken cancel)
        {
            Leave();
            AccessPoint? found = Find(ssid);
            if (found is null || found.HasUnknownEncryption)
            {
                Wait(ScanMilliseconds, cancel);
                return found is null ? WifiConnectionStatus.NetworkNotAvailable : WifiConnectionStatus.UnspecifiedFailure;
            }

            FollowTo(found.Channel);
            bool knowsPassword = found.Password == password;
            if (!Wait(knowsPassword ? found.JoinMilliseconds : HandshakeMilliseconds, cancel))
            {
                return WifiConnectionStatus.Timeout;
            }

            if (!knowsPassword)
            {
                return WifiConnectionStatus.InvalidCredential;
            }

            lock (_gate)
            {
                if (!Answers(found))
                {
                    return WifiConnectionStatus.NetworkNotAvailable;
                }

                _wish = automatic ? (ssid, password) : null;
                Associate(found);
            }

            _changed(true);
            return WifiConnectionStatus.Success;
        }

        /// <summary>Opens the board's own access point, as its image does at start.</summary>
        internal void Open(string ssid, string password, int channel)
        {
            lock (_gate)
            {
                SoftAccessPoint.Open(ssid, password, channel);
            }

            SoftAccessPointChanged?.Invoke();
        }

        /// <summary>Closes the board's own access point.</summary>
        internal void Close()
        {
            lock (_gate)
            {
                if (!SoftAccessPoint.IsWanted)
                {
                    return;
                }

                SoftAccessPoint.Close();
            }

            SoftAccessPointChanged?.Invoke();
        }

        /// <summary>Finds a name by the network the board is on.</summary>
        /// <param name="name">No address.</param>
        /// <param name="own">The board's own address; null where the network gives one.</param>
        /// <param name="resolve">What the PC knows.</param>
        internal IPAddress Resolve(string name, string? own, Func<string, IPAddress> resolve)
        {
            AccessPoint? joined = Joined;
            Delay(joined);
            if (joined is { IsCaptive: true })
            {
                return IPAddress.Loopback;
            }

            if (joined is not null && Leads(joined, own) && joined.Resolves(name))
            {
                return resolve(name);
            }

            Wait(joined is null ? 0 : NameTimeoutMilliseconds, CancellationToken.None);
            throw new SocketException((int)SocketError.HostNotFound);
        }

        /// <summary>Finds the way to an address by the network the board is on.</summary>
        internal IPEndPoint Route(IPEndPoint target, string? own)
        {
            AccessPoint? joined = Joined;
            Delay(joined);
            if (joined is null)
            {
                throw new SocketException((int)SocketError.NetworkUnreachable);
            }

            if (!Leads(joined, own))
            {
                Wait(ConnectTimeoutMilliseconds, CancellationToken.None);
                throw new SocketException((int)SocketError.TimedOut);
            }

            lock (_gate)
            {
                return joined.IsCaptive ? (_portal ??= new CaptivePortal()).EndPoint : target;
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (_gate)
            {
                _portal?.Dispose();
                _portal = null;
            }
        }

        private static bool Leads(AccessPoint accessPoint, string? own) => own is null ? accessPoint.HasDhcp : accessPoint.Knows(own);

        private void Delay(AccessPoint? joined) => Wait(joined?.DelayMilliseconds ?? 0, CancellationToken.None);

        // One radio, one channel: the station decides.
        private void FollowTo(int channel)
        {
            int version;
            lock (_gate)
            {
                if (!SoftAccessPoint.IsWanted || SoftAccessPoint.Channel == channel)
                {
                    return;
                }

                SoftAccessPoint.Vanish(channel);
                version = SoftAccessPoint.Version;
            }

            SoftAccessPointChanged?.Invoke();
            _time.At(_time.Nanoseconds + (ChannelChangeMilliseconds * NanosecondsPerMillisecond), () =>
            {
                lock (_gate)
                {
                    if (version != SoftAccessPoint.Version)
                    {
                        return;
                    }

                    SoftAccessPoint.ComeBack();
                }

                SoftAccessPointChanged?.Invoke();
            });
        }

        internal void Leave()
        {
            CancellationTokenSource? association;
            lock (_gate)
            {
                _wish = null;
                GiveUpComingBack();
                association = TakeAssociation();
            }

            Tell(association);
        }

        internal List<(string Ssid, int Rssi)> Scan()
        {
            Wait(ScanMilliseconds, CancellationToken.None);
            lock (_gate)
            {
                List<AccessPoint> heard = IsOut ? [] : _accessPoints.FindAll(accessPoint => accessPoint.InRange);
                heard.Sort((one, other) => other.Rssi.CompareTo(one.Rssi));
                return heard.ConvertAll(accessPoint => (accessPoint.Ssid, accessPoint.Rssi));
            }
        }

        internal bool AskTime()
        {
            if (Joined is null)
            {
                return false;
            }

            bool answers = !TimeServerBlocked && Joined is { IsCaptive: false };
            Wait(answers ? TimeServerMilliseconds : TimeServerTimeoutMilliseconds, CancellationToken.None);
            return answers && Joined is not null;
        }

        private AccessPoint? Find(string ssid)
        {
            lock (_gate)
            {
                return IsOut ? null : _accessPoints.Find(accessPoint => accessPoint.Ssid == ssid && accessPoint.InRange);
            }
        }

        private bool Answers(AccessPoint accessPoint) => accessPoint.InRange && !IsOut;

        /// <summary>Looks at what is in the air now: ends an association nobody answers any more, and has a lost one come back.</summary>
        private void Look()
        {
            CancellationTokenSource? lost = null;
            lock (_gate)
            {
                if (_joined is AccessPoint joined && !Answers(joined))
                {
                    lost = TakeAssociation();
                }
            }

            Tell(lost);
            ComeBack();
        }

        private void ComeBack()
        {
            AccessPoint? found;
            int attempt;
            lock (_gate)
            {
                if (_comingBack is AccessPoint under && Answers(under))
                {
                    return; // under way already
                }

                GiveUpComingBack();
                if (_joined is not null || _wish is not (string ssid, string password))
                {
                    return;
                }

                found = Find(ssid);
                if (found?.Password != password)
                {
                    return;
                }

                _comingBack = found;
                attempt = _attempt;
            }

            _time.At(_time.Nanoseconds + (found.JoinMilliseconds * NanosecondsPerMillisecond), () => ComeBack(found, attempt));
        }

        private void ComeBack(AccessPoint found, int attempt)
        {
            lock (_gate)
            {
                if (attempt != _attempt || !Answers(found))
                {
                    return; // lost again, left, or joined meanwhile
                }

                Associate(found);
            }

            _changed(true);
        }

        /// <summary>Under the lock.</summary>
        private void Associate(AccessPoint accessPoint)
        {
            GiveUpComingBack();
            _joined = accessPoint;
            _association = new CancellationTokenSource();
        }

        /// <summary>Under the lock: what was under way finds another attempt's number and does nothing.</summary>
        private void GiveUpComingBack()
        {
            _attempt++;
            _comingBack = null;
        }

        /// <summary>Under the lock; who takes it tells its end afterwards.</summary>
        private CancellationTokenSource? TakeAssociation()
        {
            CancellationTokenSource? association = _association;
            _association = null;
            _joined = null;
            return association;
        }

        private void Tell(CancellationTokenSource? ended)
        {
            if (ended is not null)
            {
                ended.Cancel(); // not under the lock: whoever hears of it may ask the radio
                _changed(false);
            }
        }

        private bool Wait(int milliseconds, CancellationToken cancel)
        {
            for (int waited = 0; waited < milliseconds && !cancel.IsCancellationRequested; waited += StepMilliseconds)
            {
                _time.Sleep(Math.Min(StepMilliseconds, milliseconds - waited) * NanosecondsPerMillisecond);
            }

            return !cancel.IsCancellationRequested;
        }
    }
}
