using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using Sensors.Pairing.Tests.Fakes;

namespace Sensors.Pairing.Tests.Http
{
    /// <summary>HTTP that is right is answered, HTTP that is not is refused by name, and nothing throws, hangs or grows.</summary>
    public class HttpTests
    {
        private readonly PortalBench _bench = new PortalBench();

        [Fact]
        public void The_page_comes_whole_whatever_the_pieces()
        {
            PortalBench.Reply page = _bench.Get("/");
            Assert.Equal(200, page.Status);
            Assert.Contains("Content-Type: text/html; charset=utf-8", page.Head, StringComparison.Ordinal);
            Assert.Contains("Content-Encoding: gzip", page.Head, StringComparison.Ordinal);
            using var gzip = new GZipStream(new MemoryStream(page.Body), CompressionMode.Decompress);
            Assert.Contains("<html", new StreamReader(gzip).ReadToEnd(), StringComparison.Ordinal);
            byte[] request = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: y\r\n\r\n");
            for (int piece = 1; piece < request.Length; piece++)
            {
                Assert.Equal(page.Body, _bench.Send(request, piece).Body);
            }
        }

        [Theory]
        [InlineData("/generate_204")]
        [InlineData("/hotspot-detect.html")]
        [InlineData("/connecttest.txt?x=1")]
        [InlineData("/apiary")]
        [InlineData("//")]
        public void A_phone_that_looks_whether_it_is_online_is_shown_the_way(string path)
        {
            PortalBench.Reply reply = _bench.Get(path);
            Assert.Equal(302, reply.Status);
            Assert.Contains("\r\nLocation: http://192.168.4.1/\r\n", reply.Head, StringComparison.Ordinal);
        }

        [Theory]
        [InlineData("GET /api/v1/node HTTP/1.1\r\n\r\n", 200, null)]
        [InlineData("GET /api/v1/node HTTP/1.0\n\n", 200, null)]
        [InlineData("\r\n\r\nGET /api/v1/node HTTP/1.1\r\n\r\n", 200, null)]
        [InlineData("GET http://192.168.4.1/api/v1/node HTTP/1.1\r\n\r\n", 200, null)]
        [InlineData("GET /api/v1/node?a=b HTTP/1.1\r\nX:\r\nY:\ta\tb \r\n\r\nwhat follows", 200, null)]
        [InlineData("POST /api/v1/identify HTTP/1.1\r\n\r\n", 200, null)]
        [InlineData("POST /api/v1/identify HTTP/1.1\r\ncontent-LENGTH:  0 \r\n\r\n", 200, null)]
        [InlineData("GET /api/v1/none HTTP/1.1\r\n\r\n", 404, "not-found")]
        [InlineData("GET /api/ HTTP/1.1\r\n\r\n", 404, "not-found")]
        [InlineData("POST /nowhere HTTP/1.1\r\n\r\n", 404, "not-found")]
        [InlineData("HEAD / HTTP/1.1\r\n\r\n", 405, "method")]
        [InlineData("get / HTTP/1.1\r\n\r\n", 405, "method")]
        [InlineData("PUT /api/v1/node HTTP/1.1\r\n\r\n", 405, "method")]
        [InlineData("GET /api/v1/session HTTP/1.1\r\n\r\n", 405, "method")]
        [InlineData("DELETE /api/v1/message HTTP/1.1\r\n\r\n", 405, "method")]
        [InlineData("GET /api/v1/identify HTTP/1.1\r\n\r\n", 405, "method")]
        [InlineData("POST /api/v1/session HTTP/1.1\r\n\r\n", 411, "length")]
        [InlineData("POST /api/v1/message HTTP/1.1\r\nContent-Length: 0\r\n\r\n", 411, "length")]
        [InlineData("POST /api/v1/session HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", 411, "length")]
        [InlineData("POST /api/v1/session HTTP/1.1\r\nContent-Length: 8193\r\n\r\n", 413, "too-large")]
        [InlineData("POST /api/v1/session HTTP/1.1\r\nContent-Length: 99999999999999999999999999\r\n\r\n", 413, "too-large")]
        [InlineData("POST /api/v1/session HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400, "malformed")]
        [InlineData("POST /api/v1/session HTTP/1.1\r\nContent-Length: +1\r\n\r\n", 400, "malformed")]
        [InlineData("POST /api/v1/session HTTP/1.1\r\nContent-Length: 1,1\r\n\r\n", 400, "malformed")]
        [InlineData("POST /api/v1/session HTTP/1.1\r\nContent-Length: 0x1\r\n\r\n", 400, "malformed")]
        [InlineData("POST /api/v1/session HTTP/1.1\r\nContent-Length:\r\n\r\n", 400, "malformed")]
        [InlineData("POST /api/v1/session HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na", 400, "malformed")]
        [InlineData("POST /api/v1/session HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na", 400, "malformed")]
        [InlineData("POST /api/v1/session HTTP/1.1\r\nContent-Length : 1\r\n\r\na", 400, "malformed")]
        [InlineData("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", 400, "malformed")]
        [InlineData("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400, "malformed")]
        [InlineData("GET / HTTP/1.1\r\n: empty\r\n\r\n", 400, "malformed")]
        [InlineData("GET / HTTP/1.1\r\nA: b\rc\r\n\r\n", 400, "malformed")]
        [InlineData("GET / HTTP/1.1\r\nA: b\0c\r\n\r\n", 400, "malformed")]
        [InlineData("GET / HTTP/1.1\r\nA: b\u007fc\r\n\r\n", 400, "malformed")]
        [InlineData("GET / HTTP/2.0\r\n\r\n", 400, "malformed")]
        [InlineData("GET / HTTP/1.10\r\n\r\n", 400, "malformed")]
        [InlineData("GET / HTTP/1.1 \r\n\r\n", 400, "malformed")]
        [InlineData("GET /\r\n\r\n", 400, "malformed")]
        [InlineData("GET\r\n\r\n", 400, "malformed")]
        [InlineData(" / HTTP/1.1\r\n\r\n", 400, "malformed")]
        [InlineData("GET  / HTTP/1.1\r\n\r\n", 400, "malformed")]
        [InlineData("GET  HTTP/1.1\r\n\r\n", 400, "malformed")]
        [InlineData("GET ? HTTP/1.1\r\n\r\n", 400, "malformed")]
        [InlineData("GET * HTTP/1.1\r\n\r\n", 400, "malformed")]
        [InlineData("GET http://host HTTP/1.1\r\n\r\n", 400, "malformed")]
        [InlineData("GET http:/// HTTP/1.1\r\n\r\n", 400, "malformed")]
        [InlineData("GET ftp://host/ HTTP/1.1\r\n\r\n", 400, "malformed")]
        [InlineData("GET /\u00e9 HTTP/1.1\r\n\r\n", 400, "malformed")]
        [InlineData("G(T / HTTP/1.1\r\n\r\n", 400, "malformed")]
        [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001", 400, "malformed")] // a browser that speaks TLS
        public void Each_request_has_its_answer(string request, int status, string? word)
        {
            byte[] bytes = Encoding.Latin1.GetBytes(request);
            foreach (int piece in new[] { int.MaxValue, 1, 7 })
            {
                PortalBench.Reply reply = _bench.Send(bytes, piece);
                Assert.Equal(status, reply.Status);
                Assert.Equal(word, status == 200 ? null : reply.Word);
            }
        }

        [Fact]
        public void Limits_are_kept_to_the_byte()
        {
            string path = new('a', 512 - "GET / HTTP/1.1".Length);
            Assert.Equal(302, Send("GET /" + path + " HTTP/1.1\r\n\r\n").Status);
            Assert.Equal(414, Send("GET /a" + path + " HTTP/1.1\r\n\r\n").Status);
            Assert.Equal(414, Send(new string('a', 513)).Status);

            const string Line = "GET /api/v1/node HTTP/1.1\r\n";
            string header = "X: " + new string('x', 4096 - Line.Length - 7) + "\r\n\r\n";
            Assert.Equal(4096, (Line + header).Length);
            Assert.Equal(200, Send(Line + header).Status);
            Assert.Equal(431, Send(Line + "Y" + header).Status);
            Assert.Equal(431, Send(string.Concat(Enumerable.Repeat("\r\n", 2100))).Status);

            byte[] body = new byte[8192];
            Assert.Equal(401, _bench.Post("/api/v1/message", body).Status);
            PortalBench.Reply refused = _bench.Post("/api/v1/message", new byte[8193]);
            Assert.Equal(413, refused.Status);
            Assert.Equal("too-large", refused.Word);
            Assert.Equal(400, Send("POST /api/v1/message HTTP/1.1\r\nContent-Length: " + new string('0', 520) + "1\r\n\r\na").Status);
        }

        [Fact]
        public void A_request_that_is_not_whole_has_no_answer_and_no_more_than_its_time()
        {
            Assert.Equal(0, Send("GET / HTTP/1.1\r\n").Status);
            Assert.Equal(0, Send("POST /api/v1/message HTTP/1.1\r\nContent-Length: 10\r\n\r\n123456789").Status);
            HttpExchange exchange = _bench.Portal.Open();
            _bench.Clock.Sleep(9999);
            Assert.False(exchange.IsOverdue(_bench.Clock.Milliseconds));
            _bench.Clock.Sleep(1);
            Assert.True(exchange.IsOverdue(_bench.Clock.Milliseconds));
            exchange.Close();
            Assert.Null(exchange.NextPiece());
        }

        [Fact]
        public void One_body_at_a_time_is_read_and_who_comes_second_is_told_to_come_again()
        {
            HttpExchange first = Begun("POST /api/v1/message HTTP/1.1\r\nContent-Length: 68\r\n\r\nabc");
            PortalBench.Reply second = _bench.Post("/api/v1/message", new byte[68]);
            Assert.Equal(503, second.Status);
            Assert.Equal("busy", second.Word);
            Assert.Equal(200, _bench.Get("/api/v1/node").Status);
            first.Close();
            Assert.Equal(401, _bench.Post("/api/v1/message", new byte[68]).Status);
        }

        [Fact]
        public void Four_connections_at_once_do_not_mix()
        {
            byte[] request = Encoding.ASCII.GetBytes("GET /api/v1/node HTTP/1.1\r\nHost: a\r\n\r\n");
            HttpExchange[] exchanges = Enumerable.Range(0, 4).Select(_ => _bench.Portal.Open()).ToArray();
            foreach (byte value in request)
            {
                Array.ForEach(exchanges, e => e.Take([value], 1));
            }

            Array.ForEach(exchanges, _bench.Portal.Handle);
            string[] answers = exchanges.Select(e => Encoding.ASCII.GetString(e.NextPiece()) + Encoding.ASCII.GetString(e.NextPiece())).ToArray();
            Assert.Single(answers.Distinct()); // the nonce, too
            Assert.Contains("\"nonce\":\"", answers[0], StringComparison.Ordinal);
        }

        [Fact]
        public void Ten_thousand_broken_requests_from_a_seed_never_throw_and_never_leave_the_portal_worse()
        {
            var random = new Random(6);
            string[] seeds =
            [
                "GET / HTTP/1.1\r\nHost: 192.168.4.1\r\nAccept: */*\r\n\r\n",
                "GET /api/v1/node HTTP/1.1\r\nHost: 192.168.4.1\r\n\r\n",
                "POST /api/v1/session HTTP/1.1\r\nContent-Length: 30\r\nContent-Type: application/json\r\n\r\n{\"of\":\"00\",\"nonce\":\"\",\"x\":12}",
                "POST /api/v1/message HTTP/1.1\r\nContent-Length: 84\r\n\r\n" + new string('f', 84),
                "POST /api/v1/identify HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}",
            ];
            var statuses = new HashSet<int>();
            for (int i = 0; i < 10_000; i++)
            {
                byte[] request = Encoding.Latin1.GetBytes(seeds[random.Next(seeds.Length)]);
                for (int change = random.Next(4); change >= 0; change--)
                {
                    request = Changed(request, random);
                }

                PortalBench.Reply reply = _bench.Send(request, 1 + random.Next(64));
                statuses.Add(reply.Status);
            }

            Assert.Superset(new HashSet<int> { 0, 200, 302, 400, 401, 404, 405 }, statuses);
            Assert.Equal(0, _bench.Record.Failures);
            Assert.Equal("committed", _bench.Try(1).GetProperty("state").GetString());
        }

        [Fact]
        public void A_megabyte_of_anything_takes_no_more_memory_than_the_limits()
        {
            string[] floods = ["GET /", "GET / HTTP/1.1\r\nX: ", "GET / HTTP/1.1\r\n", "POST /api/v1/message HTTP/1.1\r\nContent-Length: 8192\r\n\r\n", ""];
            byte[] megabyte = new byte[1 << 20];
            foreach (string flood in floods)
            {
                foreach (byte value in "a\n\r: \0\xff"u8.ToArray())
                {
                    HttpExchange exchange = Begun(flood);
                    Array.Fill(megabyte, value);
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    exchange.Take(megabyte, megabyte.Length);
                    Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024); // the refusal
                    Assert.True(exchange.IsComplete || exchange.IsRefused);
                    _bench.Portal.Handle(exchange);
                    Assert.NotNull(exchange.NextPiece());
                    exchange.Close();
                }
            }
        }

        private static byte[] Changed(byte[] request, Random random)
        {
            int at = random.Next(request.Length);
            int to = at + random.Next(Math.Min(40, request.Length - at));
            return random.Next(5) switch
            {
                0 => [.. request[..at], (byte)random.Next(256), .. request[Math.Min(at + 1, request.Length)..]],
                1 => [.. request[..at], .. request[to..]],
                2 => [.. request[..to], .. request[at..]],
                3 => [.. request[..at], .. Enumerable.Range(0, random.Next(2000)).Select(_ => (byte)random.Next(256)), .. request[at..]],
                _ => request[..Math.Max(1, at)],
            };
        }

        private HttpExchange Begun(string text)
        {
            HttpExchange exchange = _bench.Portal.Open();
            byte[] bytes = Encoding.Latin1.GetBytes(text);
            exchange.Take(bytes, bytes.Length);
            return exchange;
        }

        private PortalBench.Reply Send(string text) => _bench.Send(Encoding.Latin1.GetBytes(text));
    }
}
