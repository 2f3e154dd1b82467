using System;
using System.Device.Wifi;
using System.Diagnostics.CodeAnalysis;
using nanoFramework.Networking;
using nanoFramework.Runtime.Native;
using Sensors.Node;
#if NETNANO1_0
using AutoResetEvent = System.Threading.AutoResetEvent;
using DateTime = System.DateTime;
using NetworkInterface = System.Net.NetworkInformation.NetworkInterface;
using NetworkInterfaceType = System.Net.NetworkInformation.NetworkInterfaceType;
#else
using AutoResetEvent = NanoFramework.Pc.Device.AutoResetEvent; // waits in the virtual board's time
using DateTime = NanoFramework.Pc.Device.DateTime; // the virtual board's wall clock
using NetworkInterface = NanoFramework.Pc.Device.NetworkInterface; // the PC's own are those of the PC
using NetworkInterfaceType = NanoFramework.Pc.Device.NetworkInterfaceType;
#endif

namespace Sensors.Firmware
{
    /// <summary>Wi-Fi by the package's adapter, and the time by SNTP.</summary>
    /// <remarks>
    /// <para>
    /// By the adapter, not by the package's helper: the helper drops the adapter's answer, takes a link that is up for the one that is wanted whatever the
    /// password, keeps the password in the image's own files, and never goes back from an own address to DHCP. Source: System.Device.Wifi 1.5.149,
    /// System.Net 1.11.60, nf-interpreter 1.17.0 (<c>Target_Network.cpp</c>, <c>targetHAL_Network.cpp</c>).
    /// </para>
    /// <para>
    /// What <see cref="WifiAdapter.Connect(string, WifiReconnectionKind, string)"/> tells on an ESP32 comes from the first reason the driver ended with, or
    /// from 20 s without any: <c>NetworkNotAvailable</c> for reason 201, no such network; <c>InvalidCredential</c> for 2, 15 and 200 to 204, where the other side
    /// stopped answering within the handshake: a wrong password, or a weak signal; <c>UnspecifiedFailure</c> for all others, among them 210 and 211, where
    /// the network is there but not with a kind of encryption that goes with the password. An address is none of its business. So each failure has to
    /// come twice to be believed, a network that failed for no known reason is looked for by a scan, and the address is waited for here. A link that
    /// is up must be gone before the next connect, or its end is taken for the answer. After a failure the driver would try on for ever, and take
    /// the board's own access point along from channel to channel: it is told to stop.
    /// </para>
    /// </remarks>
    public sealed class WifiNetwork : Network
    {
        private const int Tries = 2;
        private const int AddressMilliseconds = 10000;
        private const int PollMilliseconds = 100;
        private const int LeaveMilliseconds = 300; // until the driver has told the end of a link
        private const int ScanMilliseconds = 9000; // 13 channels of 500 ms, and some
        private const string NoAddress = "0.0.0.0";

        // 2025-01-01: the device's clock starts long before, so a later time can only come from a time server.
        private const long SureTicks = 638712864000000000;
        private const long EpochTicks = 621355968000000000; // 1970-01-01
        private const int TicksPerMillisecond = 10000;

        // A clock that is set already is put this far back, so that a time server's answer shows as a step.
        private const long MarkTicks = 30L * 1000 * TicksPerMillisecond;

        // An answer shows when it is off the mark by more than this; the two clocks run by one crystal.
        private const long SureStepTicks = 10L * 1000 * TicksPerMillisecond;

        private readonly Clock _clock;
        private readonly AutoResetEvent _scanned = new AutoResetEvent(false);
        private long _heldTicks;               // 0 when the clock was not set
        private long _heldAt;                  // milliseconds since start
        private long _markTicks;               // how far back the board's clock was put
        private WifiAdapter _adapter;
        private string _cause;
        private string _ssid;
        private int _turn;                     // the network that worked last, or is next
        private bool _asked;
        private bool _joined;
        private bool _told;                    // a time server has set the clock

        /// <summary>Makes the network; nothing is joined yet. Takes note of a time that survived a restart.</summary>
        /// <param name="clock">The node's time.</param>
        [SuppressMessage("Sensors", "RS0030", Justification = "Where the clock gets its UTC from: the package tells nothing else.")]
        public WifiNetwork(Clock clock)
        {
            _clock = clock;
            long ticks = DateTime.UtcNow.Ticks;
            if (ticks >= SureTicks)
            {
                Hold(ticks);
            }
        }

        /// <inheritdoc/>
        public override bool IsUp
        {
            get { return _joined && Address != null && NetworkInterface.GetIsNetworkAvailable(); }
        }

        /// <inheritdoc/>
        public override string Cause
        {
            get { return _cause; }
        }

        /// <inheritdoc/>
        public override string Address
        {
            get
            {
                NetworkInterface station = FindStation();
                string address = station == null ? NoAddress : station.IPv4Address;
                return address == NoAddress ? null : address;
            }
        }

        /// <inheritdoc/>
        public override string JoinedSsid
        {
            get { return _joined ? _ssid : null; }
        }

        /// <inheritdoc/>
        public override string Join(Settings settings)
        {
            string error = Join(settings.Networks[_turn % settings.Networks.Length]);
            if (error != null)
            {
                _turn++;
            }

            return error;
        }

        /// <inheritdoc/>
        public override string Join(WifiSettings network)
        {
            _ssid = network.Ssid;
            string error;
            try
            {
                Disconnect();
                error = UseAddress(network) ?? Associate(network) ?? WaitForAddress();
                if (error == null)
                {
                    _cause = null;
                    _joined = true;
                    return null;
                }

                Disconnect();
            }
            catch (Exception exception)
            {
                // A radio that refuses is no reason to restart the node: it is asked again.
                error = Failed("wifi-timeout", exception.Message);
            }

            return "Wi-Fi " + network.Ssid + ": " + error;
        }

        /// <inheritdoc/>
        public override void Leave()
        {
            _joined = false;
            _turn++; // a network on which nothing comes through is as good as none
            try
            {
                Adapter.Disconnect();
            }
            catch (Exception)
            {
                // The next join begins with it anyway.
            }
        }

        /// <inheritdoc/>
        public override WifiSighting[] Scan()
        {
            WifiAdapter adapter = Adapter;
            try
            {
                adapter.AvailableNetworksChanged += OnScanned;
                adapter.ScanAsync();
                return _scanned.WaitOne(ScanMilliseconds, false) ? Sort(adapter.NetworkReport.AvailableNetworks) : new WifiSighting[0];
            }
            catch (Exception)
            {
                return new WifiSighting[0]; // the driver is busy: who asks may ask again
            }
            finally
            {
                adapter.AvailableNetworksChanged -= OnScanned;
            }
        }

        /// <inheritdoc/>
        public override void Forget()
        {
            try
            {
                SoftAccessPoint.ForgetStation();
            }
            catch (Exception)
            {
                // The image has no such file yet: nothing is in it.
            }
        }

        private WifiAdapter Adapter
        {
            get
            {
                if (_adapter == null)
                {
                    _adapter = WifiAdapter.FindAllAdapters()[0];
                }

                return _adapter;
            }
        }

        private static NetworkInterface FindStation()
        {
            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < all.Length; i++)
            {
                if (all[i].NetworkInterfaceType == NetworkInterfaceType.Wireless80211)
                {
                    return all[i];
                }
            }

            return null;
        }

        private void Disconnect()
        {
            _joined = false;
            Adapter.Disconnect();
            _clock.Sleep(LeaveMilliseconds);
        }

        private string UseAddress(WifiSettings network)
        {
            NetworkInterface station = FindStation();
            if (network.Address != null)
            {
                try
                {
                    station.EnableStaticIPv4(network.Address, network.Mask, network.Gateway);
                    station.EnableStaticIPv4Dns(new[] { network.Dns });
                }
                catch (Exception exception)
                {
                    return Failed("address-invalid", "address " + network.Address + " not taken, " + exception.Message);
                }
            }
            else if (!station.IsDhcpEnabled)
            {
                station.EnableDhcp(); // a network before had an address of its own
            }

            return null;
        }

        private string Associate(WifiSettings network)
        {
            WifiConnectionStatus status = WifiConnectionStatus.UnspecifiedFailure;
            for (int i = 0; i < Tries; i++)
            {
                status = Adapter.Connect(network.Ssid, WifiReconnectionKind.Automatic, network.Password).ConnectionStatus;
                if (status == WifiConnectionStatus.Success)
                {
                    return null;
                }

                if (status == WifiConnectionStatus.Timeout)
                {
                    break; // 20 s are enough
                }
            }

            switch (status)
            {
                case WifiConnectionStatus.NetworkNotAvailable:
                    return Failed("network-not-found", "no such network in range");
                case WifiConnectionStatus.InvalidCredential:
                    return Failed("wrong-password", "wrong password");
                case WifiConnectionStatus.UnspecifiedFailure:
                case WifiConnectionStatus.UnsupportedAuthenticationProtocol:
                    return Hears(network.Ssid)
                        ? Failed("wifi-refused", "refused; its kind of encryption is not this board's, or wants a password")
                        : Failed("wifi-timeout", "no answer in time");
                default:
                    return Failed("wifi-timeout", "no answer in time");
            }
        }

        private bool Hears(string ssid)
        {
            Disconnect(); // a driver that still tries refuses to scan
            WifiSighting[] heard = Scan();
            for (int i = 0; i < heard.Length; i++)
            {
                if (heard[i].Ssid == ssid)
                {
                    return true;
                }
            }

            return false;
        }

        private string WaitForAddress()
        {
            for (int waited = 0; Address == null; waited += PollMilliseconds)
            {
                if (waited >= AddressMilliseconds)
                {
                    return Failed("no-dhcp", "no address in time");
                }

                _clock.Sleep(PollMilliseconds);
            }

            return null;
        }

        private string Failed(string cause, string text)
        {
            _cause = cause;
            return text;
        }

        private void OnScanned(WifiAdapter sender, object e)
        {
            _scanned.Set();
        }

        // Strongest first; a name that several access points have comes once, as one of them may have none.
        private static WifiSighting[] Sort(WifiAvailableNetwork[] heard)
        {
            WifiSighting[] sorted = new WifiSighting[heard.Length];
            int count = 0;
            for (int i = 0; i < heard.Length; i++)
            {
                int rssi = (int)heard[i].NetworkRssiInDecibelMilliwatts;
                int known = 0;
                while (known < count && sorted[known].Ssid != heard[i].Ssid)
                {
                    known++;
                }

                if (!IsName(heard[i].Ssid) || (known < count && sorted[known].Rssi >= rssi))
                {
                    continue;
                }

                count = known < count ? count : count + 1;
                int at = known;
                for (; at > 0 && sorted[at - 1].Rssi < rssi; at--)
                {
                    sorted[at] = sorted[at - 1];
                }

                sorted[at] = new WifiSighting(heard[i].Ssid, rssi);
            }

            WifiSighting[] named = new WifiSighting[count];
            Array.Copy(sorted, 0, named, 0, count);
            return named;
        }

        // A hidden network has none. One that is no UTF-8 throws on the device when it is asked for its length, and nobody could type it either.
        private static bool IsName(string ssid)
        {
            try
            {
                return ssid.Length > 0;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        /// <remarks>
        /// Asked again, the mark is another one: an answer that happens to lie where the mark is does not show, and cannot lie at both.
        /// </remarks>
        public override void StartTime(string server)
        {
            if (_asked && _heldTicks != 0 && CheckTime() == 0)
            {
                Mark(_markTicks == MarkTicks ? 2 * MarkTicks : MarkTicks);
            }

            _asked = true;

            try
            {
                Sntp.Server1 = server;
                if (!Sntp.IsStarted)
                {
                    Sntp.Start();
                }

                Sntp.UpdateNow();
            }
            catch (Exception)
            {
                // As good as a server that is blocked, and no reason to restart the node: it is asked again after the next join.
            }
        }

        /// <inheritdoc/>
        [SuppressMessage("Sensors", "RS0030", Justification = "Where the clock gets its UTC from: the package sets nothing else.")]
        public override long CheckTime()
        {
            long ticks = DateTime.UtcNow.Ticks;
            if (!_told && ticks >= SureTicks)
            {
                // Either way off the mark: the time held may have been ahead of the true one.
                long off = ticks - (Held() - _markTicks);
                _told = _heldTicks == 0 || off > SureStepTicks || off < -SureStepTicks;
            }

            return _told ? (ticks - EpochTicks) / TicksPerMillisecond : 0;
        }

        /// <inheritdoc/>
        /// <remarks>Left alone once a time server has set it, which goes on to do so.</remarks>
        public override void SetTime(long utc)
        {
            if (CheckTime() == 0)
            {
                Hold((utc * TicksPerMillisecond) + EpochTicks);
            }
        }

        /// <summary>Puts the clock right again where it still shows the mark. Before a restart, each of which would otherwise take the node
        /// 30 s further from the true time.</summary>
        public void Unmark()
        {
            if (_heldTicks != 0 && CheckTime() == 0)
            {
                Rtc.SetSystemTime(new System.DateTime(Held()));
            }
        }

        /// <inheritdoc/>
        public override long HeldTime()
        {
            return _heldTicks == 0 ? 0 : (Held() - EpochTicks) / TicksPerMillisecond;
        }

        private void Hold(long ticks)
        {
            _heldTicks = ticks;
            _heldAt = _clock.Milliseconds;
            Mark(MarkTicks);
        }

        private void Mark(long ticks)
        {
            _markTicks = ticks;
            Rtc.SetSystemTime(new System.DateTime(Held() - ticks));
        }

        private long Held()
        {
            return _heldTicks + ((_clock.Milliseconds - _heldAt) * TicksPerMillisecond);
        }
    }
}
