using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;

namespace Sensors.Identification.Tests.Resolving
{
    /// <summary>A server that writes what a test wants, however wrong, and keeps what it was sent.</summary>
    internal sealed class RawServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Queue<string> _answers;
        private readonly X509Certificate2? _certificate;
        private readonly List<TcpClient> _open = [];
        private readonly Task _loop;

        private RawServer(X509Certificate2? certificate, string[] answers)
        {
            _certificate = certificate;
            _answers = new Queue<string>(answers);
            _listener.Start();
            Address = new Uri(FormattableString.Invariant($"{(certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/"));
            _loop = Task.Run(RunAsync);
        }

        public Uri Address { get; }

        /// <summary>Gets the first lines and bodies that came.</summary>
        public List<string> Requests { get; } = [];

        /// <summary>Answers one connection after the other with these texts; an empty one is never answered.</summary>
        public static RawServer Start(params string[] answers) => new(null, answers);

        public static RawServer StartTls(X509Certificate2 certificate, params string[] answers) => new(certificate, answers);

        public static string Json(string body, int status = 200) =>
            FormattableString.Invariant($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

        public static X509Certificate2 Certificate()
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            lock (_open) { _open.ForEach(client => client.Dispose()); }
            await _loop;
        }

        private async Task RunAsync()
        {
            while (true)
            {
                TcpClient client;
                try
                {
                    client = await _listener.AcceptTcpClientAsync();
                }
                catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
                {
                    return;
                }

                lock (_open) { _open.Add(client); }
                try
                {
                    await AnswerAsync(client);
                }
                catch (Exception error) when (error is IOException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
                {
                    client.Dispose(); // the client did not like us, as some tests want it
                }
            }
        }

        private async Task AnswerAsync(TcpClient client)
        {
            Stream stream = client.GetStream();
            if (_certificate is not null)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(_certificate);
                stream = secure;
            }

            var request = new StringBuilder();
            byte[] buffer = new byte[8192];
            while (!IsWhole(request.ToString()))
            {
                int count = await stream.ReadAsync(buffer);
                if (count == 0) { return; }
                request.Append(Encoding.UTF8.GetString(buffer, 0, count));
            }

            string text = request.ToString();
            lock (Requests) { Requests.Add(text.Split("\r\n")[0] + " " + text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]); }
            string answer = _answers.Count > 1 ? _answers.Dequeue() : _answers.Peek();
            if (answer.Length == 0) { return; } // open, and silent
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
            client.Dispose();
        }

        private static bool IsWhole(string text)
        {
            int head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head < 0) { return false; }
            int at = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
            int length = at < 0 || at > head ? 0 : int.Parse(text[(at + 16)..text.IndexOf('\r', at)]);
            return Encoding.UTF8.GetByteCount(text[(head + 4)..]) >= length;
        }
    }
}
