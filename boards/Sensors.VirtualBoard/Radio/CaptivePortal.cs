using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace Sensors.VirtualBoard
{
    /// <summary>The web server that answers for everybody on a network with a captive portal, whatever it is asked.</summary>
    internal sealed class CaptivePortal : IDisposable
    {
        private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
            "HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public CaptivePortal()
        {
            _listener.Start();
            EndPoint = (IPEndPoint)_listener.LocalEndpoint;
            _ = ServeAsync();
        }

        public IPEndPoint EndPoint { get; }

        public void Dispose() => _listener.Dispose();

        private static async Task AnswerAsync(TcpClient client)
        {
            using (client)
            {
                try
                {
                    NetworkStream stream = client.GetStream();
                    if (await stream.ReadAsync(new byte[1024]).ConfigureAwait(false) > 0)
                    {
                        await stream.WriteAsync(Answer).ConfigureAwait(false);
                    }
                }
                catch (Exception ex) when (ex is SocketException or System.IO.IOException)
                {
                    // The other side has gone: no concern of a web server.
                }
            }
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    _ = AnswerAsync(await _listener.AcceptTcpClientAsync().ConfigureAwait(false));
                }
            }
            catch (Exception ex) when (ex is SocketException or ObjectDisposedException)
            {
                // Closed.
            }
        }
    }
}
