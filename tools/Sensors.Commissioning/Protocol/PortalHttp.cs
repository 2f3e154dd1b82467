using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Commissioning
{
    /// <summary>HTTP as a portal speaks it: one request a connection, no proxy between, answers of bounded size.</summary>
    internal static class PortalHttp
    {
        public static HttpClient Create(TimeSpan connectLimit)
        {
            var handler = new SocketsHttpHandler
            {
                UseProxy = false, // a proxy of the office knows nothing of the access point
                UseCookies = false,
                AllowAutoRedirect = false,
                ConnectTimeout = connectLimit,
                PooledConnectionLifetime = TimeSpan.Zero,
            };
            return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        }

        /// <exception cref="HttpRequestException">There was no answer, for whatever reason.</exception>
        public static async Task<(int Status, byte[] Body)> SendAsync(
            HttpClient http, HttpMethod method, Uri address, HttpContent? content, TimeSpan limit, int mostAnswer, CancellationToken stop)
        {
            using var request = new HttpRequestMessage(method, address) { Content = content, Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            request.Headers.ConnectionClose = true;
            request.Headers.ExpectContinue = false;
            using var until = CancellationTokenSource.CreateLinkedTokenSource(stop);
            until.CancelAfter(limit);
            try
            {
                using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, until.Token).ConfigureAwait(false);
                using Stream stream = await response.Content.ReadAsStreamAsync(until.Token).ConfigureAwait(false);
                return ((int)response.StatusCode, await ReadAsync(stream, mostAnswer, until.Token).ConfigureAwait(false));
            }
            catch (OperationCanceledException error) when (!stop.IsCancellationRequested)
            {
                throw new HttpRequestException("it took too long", error);
            }
            catch (IOException error)
            {
                throw new HttpRequestException("the connection broke", error);
            }
        }

        private static async Task<byte[]> ReadAsync(Stream stream, int most, CancellationToken stop)
        {
            var body = new MemoryStream();
            byte[] piece = new byte[4096];
            int count;
            while ((count = await stream.ReadAsync(piece, stop).ConfigureAwait(false)) > 0)
            {
                body.Write(piece, 0, count);
                if (body.Length > most)
                {
                    throw new HttpRequestException("the answer is too long for a node");
                }
            }

            return body.ToArray();
        }
    }
}
