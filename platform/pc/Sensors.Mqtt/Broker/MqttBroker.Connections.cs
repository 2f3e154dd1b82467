using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Mqtt
{
    /// <content>The listening socket and the connections that come over it.</content>
    public sealed partial class MqttBroker
    {
        private static SslServerAuthenticationOptions MakeTls(X509Certificate2 certificate, X509Certificate2? clientAuthority)
        {
            var tls = new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            };
            if (clientAuthority is not null)
            {
                tls.ClientCertificateRequired = true;
                tls.CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                };
                tls.CertificateChainPolicy.CustomTrustStore.Add(clientAuthority);
            }

            return tls;
        }

        private IPEndPoint Listen(IPEndPoint endPoint)
        {
            var listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                listener.Bind(endPoint);
                listener.Listen(Backlog);
            }
            catch
            {
                listener.Dispose();
                throw;
            }

            var bound = (IPEndPoint)listener.LocalEndPoint!;
            _listener = listener;
            _open = true;
            _accepting = Task.Run(() => AcceptLoopAsync(listener));
            return bound;
        }

        private async Task AcceptLoopAsync(Socket listener)
        {
            while (_open)
            {
                Socket socket;
                try
                {
                    socket = await listener.AcceptAsync().ConfigureAwait(false);
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException)
                {
                    if (_open)
                    {
                        await Task.Delay(WatchPeriod).ConfigureAwait(false); // out of handles, or the peer was gone: try again
                    }

                    continue;
                }

                if (_connections.Count >= _options.MaxConnections)
                {
                    Interlocked.Increment(ref _totals.Refused);
                    socket.Dispose();
                    continue;
                }

                Serve(socket);
            }
        }

        private void Serve(Socket socket)
        {
            BrokerConnection connection;
            try
            {
                socket.NoDelay = true;
                connection = new BrokerConnection(socket, _router, _options, _tls, _totals);
            }
            catch (SocketException)
            {
                socket.Dispose(); // the peer is gone already
                return;
            }

            // Entered before it runs, so that the end of a short connection finds something to remove.
            var registered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _connections[connection] = RunAsync(connection, registered.Task);
            registered.SetResult();
        }

        private async Task RunAsync(BrokerConnection connection, Task registered)
        {
            await registered.ConfigureAwait(false);
            await connection.RunAsync().ConfigureAwait(false);
            _connections.TryRemove(connection, out _);
        }

        private async Task CloseAllAsync()
        {
            _open = false;
            _listener?.Dispose();
            _listener = null;
            await _accepting.ConfigureAwait(false); // nobody new from here on
            List<Task> ending = _connections.Select(static c => c.Value).ToList();
            foreach (BrokerConnection connection in _connections.Keys)
            {
                connection.Close(MqttDisconnectReason.Dropped);
            }

            await Task.WhenAll(ending).ConfigureAwait(false);
        }

        private void WatchDeadlines()
        {
            long now = Environment.TickCount64;
            foreach ((BrokerConnection connection, _) in _connections)
            {
                connection.CheckDeadline(now);
            }
        }
    }
}
