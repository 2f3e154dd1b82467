using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Sensors.Firmware;
using Sensors.Mqtt;

namespace Sensors.Simulation.Tests;

/// <summary>Commands to the whole firmware, and the way out of a plant that blocks time servers and wants TLS.</summary>
public sealed class FirmwareCommandTests : FirmwareBench
{
    [Fact]
    public void A_setting_changed_by_command_counts_after_the_restart_the_node_makes_itself()
    {
        WriteSettings(Settings());
        Board.PowerOn(Program.Main);
        Until(() => Count("temp1") > 0);
        Command("{\"cmd\":\"set\",\"key\":\"interval_ms\",\"value\":999,\"req\":\"bad\"}");
        Until(() => Count("reply") == 1);
        Assert.Equal("settings.txt line 6: interval_ms must be a whole number from 1000 to 3600000", Last("reply").GetProperty("error").GetString());
        Command("{\"cmd\":\"set\",\"key\":\"interval_ms\",\"value\":1000,\"req\":\"good\"}");
        Until(() => Count("reply") == 2);
        Assert.True(Last("reply").GetProperty("ok").GetBoolean());
        Forget();
        Until(() => Says("status", "restart", "settings changed by command") && Count("temp1") > 0);
        Assert.Equal(2, Board.Starts);
        Command("{\"cmd\":\"get\",\"key\":\"interval_ms\"}");
        Until(() => Count("reply") == 1);
        Assert.Equal("1000", Last("reply").GetProperty("settings")[0].GetProperty("value").GetString());
        Command("{\"cmd\":\"get\",\"key\":\"wifi_password\"}");
        Until(() => Count("reply") == 2);
        Assert.DoesNotContain(WifiPassword, Last("reply").GetRawText());
        Command("{\"cmd\":\"identify\"}");
        Until(() => Count("reply") == 3);
        Assert.Equal("this board has no light", Last("reply").GetProperty("error").GetString());
    }

    [Fact]
    public async Task Where_time_servers_are_blocked_TLS_comes_up_all_the_same_and_the_edge_gives_the_time()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 edge = MakeCertificate(key);
        var statuses = new ConcurrentQueue<JsonElement>();
        var readings = new ConcurrentQueue<JsonElement>();
        await using var broker = new MqttBroker(new MqttBrokerOptions { Certificate = edge });
        broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
        using IDisposable listening = broker.Subscribe("sensors/v1/#", message =>
        {
            JsonElement body = message.Topic.EndsWith("/capture", StringComparison.Ordinal) ? default : JsonDocument.Parse(message.Payload.ToArray()).RootElement;
            if (message.Topic.EndsWith("/status", StringComparison.Ordinal))
            {
                statuses.Enqueue(body);
                if (body.TryGetProperty("asks", out JsonElement asks))
                {
                    long now = new DateTimeOffset(Board.WorldUtc).ToUnixTimeMilliseconds();
                    string answer = "{\"cmd\":\"time\",\"ts\":" + now + ",\"for\":" + asks.GetInt64() + ",\"uncertainty\":5}";
                    broker.Publish("sensors/v1/" + Id + "/cmd", Encoding.ASCII.GetBytes(answer), MqttQos.AtLeastOnce);
                }
            }
            else if (message.Topic.Contains("/reading/", StringComparison.Ordinal))
            {
                readings.Enqueue(body);
            }
        });
        Board.Radio.TimeServerBlocked = true;
        WriteFile("ca.pem", Encoding.ASCII.GetBytes(edge.ExportCertificatePem()));
        WriteSettings($"id={Id}\nwifi_ssid=Hall 3\nwifi_password={WifiPassword}\nbroker=127.0.0.1:{broker.BoundPort}\ntls=on\ntls_ca=ca.pem\ninterval_ms=2000\n");
        Board.PowerOn(Program.Main);
        Until(() => !statuses.IsEmpty);
        Assert.Equal("holdover", statuses.First().GetProperty("clock").GetString());
        Until(() => readings.Any(reading => reading.GetProperty("clock").GetString() == "synced"));
        JsonElement synced = readings.First(reading => reading.GetProperty("clock").GetString() == "synced");
        double off = Math.Abs(synced.GetProperty("ts").GetInt64() - new DateTimeOffset(Board.WorldUtc).ToUnixTimeMilliseconds());
        Assert.InRange(off, 0, 3_600_000); // not the day of the build, which is 30 days before
        Assert.True(synced.GetProperty("uncertainty").GetInt64() <= 16_384);
    }

    // Its own authority, valid around the day of the build, by which the node judges it.
    private static X509Certificate2 MakeCertificate(ECDsa key)
    {
        var request = new CertificateRequest("CN=edge", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-400), DateTimeOffset.UtcNow.AddDays(400));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
