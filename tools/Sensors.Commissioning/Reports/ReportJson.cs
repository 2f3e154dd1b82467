using System;
using System.Globalization;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sensors.Edge;

namespace Sensors.Commissioning
{
    /// <summary>A report as JSON, version <see cref="AcceptanceReport.Version"/>. Members that are not known are absent. Passwords, keys and the code are never in it.</summary>
    public static class ReportJson
    {
        private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        /// <summary>Writes a report.</summary>
        /// <param name="report">The report.</param>
        /// <returns>The text, indented.</returns>
        public static string Write(AcceptanceReport report) => Of(report).ToJsonString(Indented) + "\n";

        /// <summary>Gives a report as an object.</summary>
        /// <param name="report">The report.</param>
        /// <returns>The object.</returns>
        public static JsonObject Of(AcceptanceReport report)
        {
            ArgumentNullException.ThrowIfNull(report);
            var root = new JsonObject
            {
                ["version"] = AcceptanceReport.Version,
                ["verdict"] = VerdictText.Word(report.Verdict),
                ["made"] = report.Made.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ["tool"] = report.Tool,
            };
            Put(root, "by", report.By);
            root["node"] = report.Node;
            Put(root, "board", report.Info?.Board);
            Put(root, "target", report.Info?.Target);
            Put(root, "firmware", report.Info?.Firmware);
            Put(root, "id", report.Setup.Id);
            Put(root, "name", report.Setup.Name);
            Put(root, "trouble", report.Trouble);
            root["seconds"] = Seconds(report.Took);
            if (report.FirstReading is { } first)
            {
                root["first_reading_seconds"] = Seconds(first);
            }

            root["settings"] = Settings(report.Setup);
            root["trials"] = new JsonArray([.. report.Trials.Select(Trial)]);
            if (report.Testimony is { } testimony)
            {
                root["points"] = new JsonArray([.. testimony.Verdicts().Select(Point)]);
            }

            if (report.MissingPoints.Count > 0)
            {
                root["missing_points"] = new JsonArray([.. report.MissingPoints.Select(point => (JsonNode)point)]);
            }

            return root;
        }

        private static JsonObject Settings(NodeSetup setup)
        {
            var settings = new JsonObject
            {
                ["networks"] = new JsonArray([.. (setup.Networks ?? []).Select(network =>
                {
                    var each = new JsonObject { ["ssid"] = network.Ssid, ["password"] = string.IsNullOrEmpty(network.Password) ? "none" : "set" };
                    Put(each, "address", network.Address);
                    return (JsonNode)each;
                })]),
                ["brokers"] = Texts(setup.Brokers ?? []),
                ["tls"] = setup.Secure?.ToString() ?? "off",
            };
            Put(settings, "user", string.IsNullOrEmpty(setup.User) ? null : setup.User);
            Put(settings, "root", setup.Root);
            Put(settings, "ack", setup.Acknowledgement);
            if (setup.IntervalMilliseconds is { } interval)
            {
                settings["interval_ms"] = interval;
            }

            Put(settings, "ntp_server", setup.NtpServer);
            PutAll(settings, "points", setup.Points);
            PutAll(settings, "sensors", setup.Sensors);
            PutAll(settings, "machine", setup.Machine);
            PutAll(settings, "alarms", setup.Alarms);
            Put(settings, "led", setup.Led);
            if (setup.Replace == true)
            {
                settings["replace"] = true;
            }

            return settings;
        }

        private static JsonNode Trial(TrialOutcome trial)
        {
            var each = new JsonObject { ["attempt"] = trial.Attempt, ["state"] = trial.State, ["seconds"] = Seconds(trial.Took) };
            if (trial.IsRolledBack)
            {
                Cause cause = CauseTable.Find(trial.Cause);
                Put(each, "stage", trial.Stage);
                Put(each, "cause", trial.Cause);
                Put(each, "text", trial.Text);
                each["title"] = cause.Title;
                each["hint"] = cause.Hint;
                each["title_zh"] = cause.ChineseTitle;
                each["hint_zh"] = cause.ChineseHint;
            }

            each["stages"] = new JsonArray([.. trial.Stages.Select(stage => (JsonNode)new JsonObject { ["stage"] = stage.Stage, ["seconds"] = Seconds(stage.Took) })]);
            Put(each, "ssid", trial.Ssid);
            Put(each, "address", trial.Address);
            Put(each, "broker", trial.Broker);
            Put(each, "clock", trial.Clock);
            return each;
        }

        private static JsonNode Point(PointVerdict point)
        {
            var each = new JsonObject { ["point"] = point.Point, ["verdict"] = point.Word };
            Put(each, "kind", point.Meta?.Kind ?? point.Reading?.Kind);
            Put(each, "chip", point.Meta?.Chip);
            Put(each, "bus", point.Meta?.Bus);
            if (point.Reading is not { } reading)
            {
                return each;
            }

            Put(each, "time", reading.Time?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            each["epoch"] = reading.Epoch;
            each["seq"] = reading.Sequence;
            var values = new JsonObject();
            foreach (ChannelValue value in reading.Values)
            {
                values[value.Channel] = (float)value.Value;
            }

            each["values"] = values;
            var units = new JsonObject();
            foreach (ChannelMeta channel in point.Meta?.Channels ?? [])
            {
                units[channel.Name] = channel.Unit;
            }

            each["units"] = units;
            each["quality"] = Quality(reading.Quality);
            return each;
        }

        private static JsonObject Quality(ReadingQuality quality)
        {
            var each = new JsonObject { ["samples"] = quality.Samples, ["lost"] = quality.Lost, ["clipped"] = quality.Clipped, ["retries"] = quality.Retries };
            if (quality.Rate is { } rate)
            {
                each["rate"] = (float)rate;
            }

            Put(each, "fault", quality.Fault);
            Put(each, "selftest", quality.SelfTest);
            PutAll(each, "notes", quality.Notes.Count == 0 ? null : quality.Notes);
            return each;
        }

        private static void Put(JsonObject root, string name, string? text)
        {
            if (text is not null)
            {
                root[name] = text;
            }
        }

        private static void PutAll(JsonObject root, string name, System.Collections.Generic.IReadOnlyList<string>? texts)
        {
            if (texts is not null)
            {
                root[name] = Texts(texts);
            }
        }

        private static JsonArray Texts(System.Collections.Generic.IReadOnlyList<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

        private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 1);
    }
}
