using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using Sensors.Edge;

namespace Sensors.Commissioning
{
    /// <summary>A report as one HTML file that needs no other, for screen and paper, in English and Chinese.</summary>
    public static class ReportHtml
    {
        private const string Style = """
            :root { color-scheme: light; font: 10.5pt/1.4 system-ui, "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
            body { max-width: 190mm; margin: 8mm auto; padding: 0 4mm; color: #111; background: #fff; }
            h1 { font-size: 16pt; margin: 0 0 1mm; } h2 { font-size: 11.5pt; margin: 6mm 0 1.5mm; border-bottom: .3mm solid #999; }
            small, .zh { color: #555; } .zh { font-weight: normal; font-size: 92%; }
            table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .8mm 2mm .8mm 0; border-bottom: .15mm solid #ccc; }
            th { font-weight: 600; } .facts th { width: 34%; } td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            .verdict { padding: 2.5mm 3mm; margin: 3mm 0; border: .5mm solid; border-radius: 1.5mm; font-weight: 600; }
            .accepted { border-color: #18752f; color: #115422; background: #eef8f0; } .reservations, .not-watched { border-color: #a66a00; color: #6d4600; background: #fff7e8; }
            .not-paired, .no-reading { border-color: #b3261e; color: #8c1d18; background: #fdeeed; }
            .hint { margin: 0 0 1mm; } .label svg { max-width: 80mm; height: auto; } .sign { display: flex; gap: 12mm; margin-top: 14mm; } .sign div { flex: 1; border-top: .3mm solid #111; padding-top: 1mm; }
            code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 95%; overflow-wrap: anywhere; }
            @media print { body { margin: 0; max-width: none; padding: 0; } h2, tr, .verdict, .label, .sign { break-inside: avoid; } h2 { break-after: avoid; } }
            @page { size: A4; margin: 14mm; }
            """;

        private const int MostValues = 6;

        // What an acceptance is judged by; the JSON form has all values.
        private static readonly Dictionary<string, string[]> Main = new(StringComparer.Ordinal)
        {
            ["vibration"] = ["x_rms", "y_rms", "z_rms", "x_vel", "y_vel", "z_vel"],
            ["temperature"] = ["mean", "min", "max"],
            ["humidity"] = ["mean", "min", "max"],
            ["current"] = ["rms", "mean", "max"],
        };

        /// <summary>Writes a report.</summary>
        /// <param name="report">The report.</param>
        /// <returns>The page.</returns>
        public static string Write(AcceptanceReport report)
        {
            ArgumentNullException.ThrowIfNull(report);
            var page = new StringBuilder();
            string title = report.Setup.Id ?? report.Node;
            page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
            page.Append(CultureInfo.InvariantCulture, $"<title>Acceptance of {Text(title)}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n");
            page.Append(CultureInfo.InvariantCulture, $"<h1>Acceptance report <span class=\"zh\" lang=\"zh\">验收报告</span></h1>\n<p><code>{Text(title)}</code>{(report.Setup.Name is { } name ? " · " + Text(name) : string.Empty)}</p>\n");
            page.Append(CultureInfo.InvariantCulture, $"<div class=\"verdict {VerdictText.Word(report.Verdict)}\">{VerdictText.Sentence(report.Verdict)}<br><span lang=\"zh\">{VerdictText.Chinese(report.Verdict)}</span></div>\n");
            if (report.Trouble is { } trouble)
            {
                page.Append(CultureInfo.InvariantCulture, $"<p>{Text(trouble)}</p>\n");
            }

            Node(page, report);
            Points(page, report);
            Trials(page, report);
            Settings(page, report.Setup);
            if (report.LabelSvg is { } label)
            {
                Heading(page, "Label", "标签");
                page.Append(CultureInfo.InvariantCulture, $"<div class=\"label\">{Inline(label)}</div>\n");
            }

            page.Append("<div class=\"sign\"><div>Paired by <span class=\"zh\" lang=\"zh\">配对人员</span>").Append(report.By is { } by ? ": " + Text(by) : string.Empty);
            page.Append("</div><div>Accepted by, date <span class=\"zh\" lang=\"zh\">验收人员、日期</span></div></div>\n");
            page.Append("</body>\n</html>\n");
            return page.ToString();
        }

        private static void Node(StringBuilder page, AcceptanceReport report)
        {
            Heading(page, "Node", "节点");
            page.Append("<table class=\"facts\">\n");
            Fact(page, "Board's name", "硬件名称", report.Node);
            Fact(page, "Board, firmware", "开发板、固件", Join(", ", report.Info?.Board, report.Info?.Target, report.Info?.Firmware));
            Fact(page, "Time", "时间", report.Made.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
            Fact(page, "To the first reading", "至首个读数", report.FirstReading is { } first ? Seconds(first) : null);
            Fact(page, "Network, address", "网络、地址", Join(", ", report.Last?.Ssid, report.Last?.Address));
            Fact(page, "Broker reached", "已连接的代理服务器", report.Last?.Broker);
            Fact(page, "Clock", "时钟", report.Last?.Clock);
            Fact(page, "Made with", "工具", report.Tool);
            page.Append("</table>\n");
        }

        private static void Points(StringBuilder page, AcceptanceReport report)
        {
            if (report.Testimony is not { } testimony)
            {
                return;
            }

            Heading(page, "First reading of every point", "各测点首个读数");
            page.Append("<table>\n<tr><th>Point <span class=\"zh\" lang=\"zh\">测点</span></th><th>Sensor <span class=\"zh\" lang=\"zh\">传感器</span></th><th>Values <span class=\"zh\" lang=\"zh\">数值</span></th><th>Quality <span class=\"zh\" lang=\"zh\">质量</span></th></tr>\n");
            foreach (PointVerdict point in testimony.Verdicts())
            {
                page.Append(CultureInfo.InvariantCulture, $"<tr><td><code>{Text(point.Point)}</code></td><td>{Text(Join(", ", point.Meta?.Chip, point.Meta?.Bus) ?? "-")}</td>");
                page.Append(CultureInfo.InvariantCulture, $"<td>{Values(point)}</td><td>{Text(QualityText.Of(point))}</td></tr>\n");
            }

            foreach (string missing in report.MissingPoints.Where(missing => testimony.Verdicts().All(point => point.Point != missing)))
            {
                page.Append(CultureInfo.InvariantCulture, $"<tr><td><code>{Text(missing)}</code></td><td>-</td><td></td><td>missing</td></tr>\n");
            }

            page.Append("</table>\n");
        }

        private static string Values(PointVerdict point)
        {
            if (point.Reading is not { } reading)
            {
                return string.Empty;
            }

            IEnumerable<ChannelValue> shown = Main.TryGetValue(reading.Kind, out string[]? names)
                ? names.SelectMany(name => reading.Values.Where(value => value.Channel == name))
                : reading.Values.Take(MostValues);
            return string.Join("<br>", shown.Select(value =>
            {
                string unit = point.Meta?.Channels.FirstOrDefault(channel => channel.Name == value.Channel)?.Unit ?? string.Empty;
                return string.Create(CultureInfo.InvariantCulture, $"<code>{Text(value.Channel)}</code> {value.Value:G4} {Text(Unit(unit))}");
            }));
        }

        /// <summary>Units as people write them; messages have those of SenML.</summary>
        private static string Unit(string senml) => senml switch
        {
            "m/s2" => "m/s²",
            "um" => "µm",
            "Cel" => "°C",
            "/" => string.Empty,
            _ => senml,
        };

        private static void Trials(StringBuilder page, AcceptanceReport report)
        {
            if (report.Trials.Count == 0)
            {
                return;
            }

            Heading(page, "Trials", "试连过程");
            foreach (TrialOutcome trial in report.Trials)
            {
                page.Append(StageBars.Draw(trial)).Append('\n');
                if (!trial.IsRolledBack)
                {
                    continue;
                }

                Cause cause = CauseTable.Find(trial.Cause);
                page.Append(CultureInfo.InvariantCulture, $"<p class=\"hint\"><b>{Text(cause.Title)}</b> (<code>{Text(trial.Cause ?? "-")}</code>{(trial.Text is { } text ? ", " + Text(text) : string.Empty)}). {Text(cause.Hint)}<br>");
                page.Append(CultureInfo.InvariantCulture, $"<span class=\"zh\" lang=\"zh\">{Text(cause.ChineseTitle)}。{Text(cause.ChineseHint)}</span></p>\n");
            }
        }

        private static void Settings(StringBuilder page, NodeSetup setup)
        {
            Heading(page, "Settings", "设置");
            page.Append("<table class=\"facts\">\n");
            Fact(page, "Networks", "网络", Lines(setup.Networks?.Select(network => network.ToString())));
            Fact(page, "Brokers", "代理服务器", Lines(setup.Brokers));
            Fact(page, "TLS", "TLS", setup.Secure?.ToString() ?? "off");
            Fact(page, "User", "用户", string.IsNullOrEmpty(setup.User) ? null : setup.User);
            Fact(page, "Root topic", "根主题", setup.Root);
            Fact(page, "Acknowledged by", "确认方", setup.Acknowledgement);
            Fact(page, "Interval", "间隔", setup.IntervalMilliseconds is { } interval ? string.Create(CultureInfo.InvariantCulture, $"{interval / 1000.0:0.###} s") : null);
            Fact(page, "Time server", "时间服务器", setup.NtpServer);
            Fact(page, "Points that must be there", "必须存在的测点", Lines(setup.Points));
            Fact(page, "Declared sensors", "声明的传感器", Lines(setup.Sensors));
            Fact(page, "Machine", "机器参数", Lines(setup.Machine));
            Fact(page, "Alarms", "报警", Lines(setup.Alarms));
            Fact(page, "Hardware replaced", "更换硬件", setup.Replace == true ? "yes" : null);
            page.Append("</table>\n<p><small>Passwords, keys and the label's code are not in this report. <span lang=\"zh\">本报告不含密码、密钥和标签代码。</span></small></p>\n");
        }

        private static void Heading(StringBuilder page, string english, string chinese) =>
            page.Append(CultureInfo.InvariantCulture, $"<h2>{english} <span class=\"zh\" lang=\"zh\">{chinese}</span></h2>\n");

        private static void Fact(StringBuilder page, string english, string chinese, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                string shown = Text(value).Replace("\n", "<br>", StringComparison.Ordinal);
                page.Append(CultureInfo.InvariantCulture, $"<tr><th>{english}{(chinese == english ? string.Empty : $" <span class=\"zh\" lang=\"zh\">{chinese}</span>")}</th><td>{shown}</td></tr>\n");
            }
        }

        private static string? Lines(IEnumerable<string>? lines) => lines is null ? null : string.Join('\n', lines);

        private static string? Join(string between, params string?[] parts) => parts.Any(part => !string.IsNullOrEmpty(part)) ? string.Join(between, parts.Where(part => !string.IsNullOrEmpty(part))) : null;

        private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s");

        /// <summary>Within HTML an SVG has no declaration of its own.</summary>
        private static string Inline(string svg) => svg.IndexOf("<svg", StringComparison.Ordinal) is > 0 and int at ? svg[at..] : svg;

        private static string Text(string text) => WebUtility.HtmlEncode(text);
    }
}
