using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sensors.Mqtt.Tests
{
    /// <summary>A client made of bytes: it knows nothing of the library, so that broker and client cannot share a mistake.</summary>
    internal sealed class RawClient : IDisposable
    {
        private readonly Socket _socket;

        public RawClient(int port)
        {
            _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            {
                NoDelay = true,
                ReceiveTimeout = 5000,
                SendTimeout = 5000,
            };
            _socket.Connect(IPAddress.Loopback, port);
        }

        /// <summary>Connects and expects to be accepted without a session.</summary>
        public static RawClient Connected(int port, string id = "raw", bool clean = true, bool present = false, int keepAlive = 60)
        {
            var client = new RawClient(port);
            client.Send(ConnectBytes(id, clean, keepAlive));
            client.Expect(present ? "20 02 01 00" : "20 02 00 00");
            return client;
        }

        public static byte[] ConnectBytes(string id, bool clean = true, int keepAlive = 60) =>
            Hex.Bytes($"10 {12 + id.Length:X2} 0004 4D515454 04 {(clean ? 2 : 0):X2} {keepAlive:X4} {Hex.Text(id)}");

        public void Send(string hex) => Send(Hex.Bytes(hex));

        public void Send(byte[] bytes) => _socket.Send(bytes);

        public void SendWithin(byte[] bytes, int milliseconds)
        {
            _socket.SendTimeout = milliseconds;
            _socket.Send(bytes);
        }

        public void Expect(string hex)
        {
            byte[] expected = Hex.Bytes(hex);
            Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(Read(expected.Length)));
        }

        public byte[] Read(int count)
        {
            var bytes = new byte[count];
            int read = 0;
            while (read < count)
            {
                int got = _socket.Receive(bytes, read, count - read, SocketFlags.None);
                if (got == 0)
                {
                    throw new EndOfStreamException("Closed after " + Convert.ToHexString(bytes, 0, read));
                }

                read += got;
            }

            return bytes;
        }

        /// <summary>Expects the connection to be closed, without a further byte.</summary>
        public void ExpectClosed()
        {
            try
            {
                var rest = new byte[64];
                int got = _socket.Receive(rest);
                Assert.True(got == 0, "Expected the end, got " + Convert.ToHexString(rest, 0, got));
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
            {
                // Closed as well, with our bytes unread.
            }
        }

        /// <summary>Expects the orderly end of the stream: no further byte, no reset.</summary>
        public void ExpectEnd() => Assert.Equal(0, _socket.Receive(new byte[1]));

        /// <summary>Expects nothing before the answer to a PINGREQ: the broker answers in order.</summary>
        public void ExpectNothing()
        {
            Send("C0 00");
            Expect("D0 00");
        }

        public void Disconnect()
        {
            Send("E0 00");
            ExpectClosed();
            Dispose();
        }

        public void Dispose() => _socket.Dispose();
    }

    /// <summary>Hexadecimal text with any spacing.</summary>
    internal static class Hex
    {
        public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));

        /// <summary>A UTF-8 string with its length.</summary>
        public static string Text(string text)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            return utf8.Length.ToString("X4") + Convert.ToHexString(utf8);
        }
    }
}
