using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Sensors.Identification
{
    /// <summary>A web server on loopback: JSON in, JSON out.</summary>
    internal sealed class LabServer : IAsyncDisposable
    {
        private const int MostBytes = 64 * 1024;
        private const int Tries = 20;

        private readonly HttpListener _listener;
        private readonly Func<LabRequest, LabReply> _answer;
        private readonly Task _loop;

        private LabServer(HttpListener listener, Uri address, Func<LabRequest, LabReply> answer)
        {
            _listener = listener;
            _answer = answer;
            Address = address;
            _loop = Task.Run(RunAsync);
        }

        internal Uri Address { get; }

        /// <summary>Starts a server.</summary>
        /// <param name="port">Its port; 0 takes a free one.</param>
        /// <param name="answer">Answers a request; called by several threads at once.</param>
        /// <exception cref="HttpListenerException">The port is taken.</exception>
        internal static LabServer Start(int port, Func<LabRequest, LabReply> answer)
        {
            for (int tries = 1; ; tries++)
            {
                var address = new Uri(FormattableString.Invariant($"http://127.0.0.1:{(port == 0 ? FreePort() : port)}/"));
                var listener = new HttpListener();
                listener.Prefixes.Add(address.AbsoluteUri);
                try
                {
                    listener.Start();
                    return new LabServer(listener, address, answer);
                }
                catch (HttpListenerException) when (port == 0 && tries < Tries)
                {
                    listener.Close(); // somebody took the free port in between
                }
            }
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            _listener.Close();
            await _loop.ConfigureAwait(false);
        }

        private static int FreePort()
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return ((IPEndPoint)probe.LocalEndPoint!).Port;
        }

        private async Task RunAsync()
        {
            while (true)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync().ConfigureAwait(false);
                }
                catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
                {
                    return; // closed
                }

                _ = Task.Run(() => Handle(context));
            }
        }

        private void Handle(HttpListenerContext context)
        {
            try
            {
                LabReply reply = Read(context.Request) is { } request ? _answer(request) : new LabReply(400, new JsonObject { ["message"] = "the body is no JSON object, or too long" });
                byte[] body = Encoding.UTF8.GetBytes(reply.Body.ToJsonString());
                context.Response.StatusCode = reply.Status;
                context.Response.ContentType = "application/json; charset=utf-8";
                context.Response.ContentLength64 = body.Length;
                context.Response.OutputStream.Write(body);
                context.Response.Close();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException)
            {
                context.Response.Abort(); // whoever asked has gone, or the server ends
            }
        }

        private static LabRequest? Read(HttpListenerRequest request)
        {
            string[] raw = (request.RawUrl ?? "/").Split('?', 2);
            JsonElement body = default;
            if (request.HasEntityBody)
            {
                using var copy = new MemoryStream();
                byte[] buffer = new byte[4096];
                for (int count; (count = request.InputStream.Read(buffer)) > 0;)
                {
                    copy.Write(buffer, 0, count);
                    if (copy.Length > MostBytes) { return null; }
                }

                try
                {
                    body = JsonDocument.Parse(copy.ToArray()).RootElement;
                }
                catch (JsonException)
                {
                    return null;
                }

                if (body.ValueKind != JsonValueKind.Object) { return null; }
            }

            return new LabRequest(request.HttpMethod, Uri.UnescapeDataString(raw[0]), Query(raw.Length > 1 ? raw[1] : ""), request.Headers["Authorization"], body);
        }

        private static Dictionary<string, string> Query(string text) => text
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .GroupBy(pair => Uri.UnescapeDataString(pair[0]), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Length > 1 ? Uri.UnescapeDataString(group.First()[1]) : "", StringComparer.Ordinal);
    }

    /// <summary>A request.</summary>
    /// <param name="Method">Such as <c>GET</c>.</param>
    /// <param name="Path">The path, without escapes.</param>
    /// <param name="Query">What stands behind the question mark.</param>
    /// <param name="Authorization">The head line of that name; null when there is none.</param>
    /// <param name="Body">The JSON object; nothing when there is no body.</param>
    internal sealed record LabRequest(string Method, string Path, IReadOnlyDictionary<string, string> Query, string? Authorization, JsonElement Body)
    {
        /// <summary>Gets a text of the query; empty when there is none.</summary>
        internal string Asked(string name) => Query.GetValueOrDefault(name, string.Empty);

        /// <summary>Gets a text of the body; empty when there is none.</summary>
        internal string Text(string name) =>
            Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;
    }

    /// <summary>An answer.</summary>
    /// <param name="Status">The status of HTTP.</param>
    /// <param name="Body">The JSON.</param>
    internal sealed record LabReply(int Status, JsonObject Body);
}
