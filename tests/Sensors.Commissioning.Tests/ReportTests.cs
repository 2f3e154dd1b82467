using System;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Sensors.Edge;

namespace Sensors.Commissioning.Tests
{
    public class ReportTests
    {
        private const string Meta = """
            {"id":"88.118.12345/PUMP-0001","epoch":7,"firmware":"0.1.0","points":[
              {"point":"vib1","kind":"vibration","chip":"ADXL345","bus":"SPI1 CS33","interval":2000,"channels":{"x_rms":{"unit":"m/s2","meaning":"RMS of X."}}},
              {"point":"temp1","kind":"temperature","chip":"TMP117","bus":"I2C1 0x48","interval":2000,"channels":{"mean":{"unit":"Cel","meaning":"Mean."}}}]}
            """;

        [Fact]
        public void The_verdict_follows_what_was_heard()
        {
            Assert.Equal(AcceptanceVerdict.Accepted, Report(Reading("vib1"), Reading("temp1")).Verdict);
            Assert.Equal(AcceptanceVerdict.Reservations, Report(Reading("vib1")).Verdict);
            Assert.Equal(AcceptanceVerdict.Reservations, Report(Reading("vib1"), Reading("temp1", "no-answer")).Verdict);
            Assert.Equal(AcceptanceVerdict.NoReading, Report().Verdict);
            Assert.Equal(AcceptanceVerdict.NotWatched, (Report() with { Testimony = null }).Verdict);
            AcceptanceReport good = Report(Reading("vib1"), Reading("temp1"));
            Assert.Equal(AcceptanceVerdict.NotPaired, (good with { Trials = [good.Trials[0]] }).Verdict);
            AcceptanceReport demanding = good with { Setup = good.Setup with { Points = ["vib1", "cur1"] } };
            Assert.Equal((AcceptanceVerdict.Reservations, "cur1"), (demanding.Verdict, Assert.Single(demanding.MissingPoints)));
        }

        [Fact]
        public void The_page_stands_alone_and_is_sound()
        {
            string page = ReportHtml.Write(Report(Reading("vib1"), Reading("temp1")) with { By = "A <b>technician</b>", LabelSvg = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"></svg>" });
            string body = page[page.IndexOf("<html", StringComparison.Ordinal)..].Replace("<meta charset=\"utf-8\">", string.Empty, StringComparison.Ordinal)
                .Replace("<meta name=\"viewport\" content=\"width=device-width\">", string.Empty, StringComparison.Ordinal).Replace("<br>", "<br/>", StringComparison.Ordinal);
            XElement root = XElement.Parse(body); // every element closed, every sign escaped
            Assert.DoesNotContain(root.Descendants(), element => element.Attributes().Any(attribute => attribute.Name.LocalName is "src" or "href"));
            Assert.Contains("A &lt;b&gt;technician&lt;/b&gt;", page);
            Assert.Contains("wrong-password", page);
            Assert.Contains("Wi-Fi 密码错误", page);
            string shown = WebUtility.HtmlDecode(page);
            Assert.Contains("<code>x_rms</code> 9.81 m/s²", shown);
            Assert.Contains("<code>mean</code> 9.81 °C", shown);
            Assert.Contains("Accepted", page);
        }

        [Fact]
        public void Neither_form_holds_a_secret()
        {
            AcceptanceReport report = Report(Reading("vib1"));
            Assert.All(report.Setup.Secrets, secret =>
            {
                Assert.DoesNotContain(secret, ReportHtml.Write(report));
                Assert.DoesNotContain(secret, ReportJson.Write(report));
                Assert.DoesNotContain(secret, report.ToString());
            });
            Assert.Equal(2, report.Setup.Secrets.Count());
        }

        [Fact]
        public void The_json_form_has_a_version_and_tells_each_trial_and_point()
        {
            JsonElement root = JsonDocument.Parse(ReportJson.Write(Report(Reading("vib1"), Reading("temp1", "no-answer")))).RootElement;
            Assert.Equal(1, root.GetProperty("version").GetInt32());
            Assert.Equal("reservations", root.GetProperty("verdict").GetString());
            Assert.Equal("wrong-password", root.GetProperty("trials")[0].GetProperty("cause").GetString());
            Assert.Equal(2.1, root.GetProperty("trials")[1].GetProperty("stages")[0].GetProperty("seconds").GetDouble());
            Assert.Equal("good", root.GetProperty("points")[0].GetProperty("verdict").GetString());
            Assert.Equal("no-answer", root.GetProperty("points")[1].GetProperty("quality").GetProperty("fault").GetString());
            Assert.Equal("m/s2", root.GetProperty("points")[0].GetProperty("units").GetProperty("x_rms").GetString());
        }

        private static AcceptanceReport Report(params ReadingMessage[] readings) => new()
        {
            Made = new DateTimeOffset(2026, 11, 21, 14, 0, 0, TimeSpan.Zero),
            Tool = "sensorctl 0.1.0",
            Node = "sensors-3F2A1C",
            Info = new NodeInfo("sensors-3F2A1C", "ESP32-DevKitC", "ESP32_REV3", "0.1.0", false, null, 2, false),
            Setup = new NodeSetup
            {
                Id = "88.118.12345/PUMP-0001",
                Name = "Feed pump <1>",
                Networks = [new WifiSetup("Hall 3", "correct horse")],
                Brokers = ["10.0.0.5:1883"],
                User = "node1",
                Password = "swordfish",
            },
            Trials =
            [
                new TrialOutcome(1, "rolled-back") { Stage = "wifi", Cause = "wrong-password", Text = "4-way handshake", Took = TimeSpan.FromSeconds(3.2) },
                new TrialOutcome(2, "committed") { Took = TimeSpan.FromSeconds(4), Stages = [new StageTime("wifi", TimeSpan.FromSeconds(2.1))], Ssid = "Hall 3", Address = "192.168.1.77", Broker = "10.0.0.5:1883" },
            ],
            Testimony = new Testimony(MetaMessage.Parse(System.Text.Encoding.UTF8.GetBytes(Meta)), readings, null),
            FirstReading = TimeSpan.FromSeconds(21),
            Took = TimeSpan.FromSeconds(30),
        };

        private static ReadingMessage Reading(string point, string? fault = null)
        {
            string channel = point == "vib1" ? "x_rms" : "mean";
            string kind = point == "vib1" ? "vibration" : "temperature";
            string why = fault is null ? string.Empty : $",\"fault\":\"{fault}\"";
            return ReadingMessage.Parse(System.Text.Encoding.UTF8.GetBytes(
                $$$"""{"id":"88.118.12345/PUMP-0001","point":"{{{point}}}","kind":"{{{kind}}}","epoch":7,"seq":1,"ts":1763600000000,"clock":"synced","values":{"{{{channel}}}":9.81},"quality":{"samples":10,"lost":0,"clipped":0,"retries":0{{{why}}}}}"""));
        }
    }
}
