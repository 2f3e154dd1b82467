using System;
using System.IO;
using System.Text;
using Sensors.Cli.Output;
using Sensors.Cli.Tests.Support;
using Sensors.Edge;
using Spectre.Console;

namespace Sensors.Cli.Tests
{
    /// <summary>What people see of readings, pinned as text.</summary>
    public class ViewTests
    {
        private const string Vibration =
            """{"id":"88.118.12345/NODE-0001","point":"vib1","kind":"vibration","epoch":7,"seq":1842,"ts":1763600000123,"clock":"synced","values":{"x_rms":1.25004,"y_rms":0.842101,"z_rms":0.6125},"state":{"zone":"B","alarm":"none","hint":"healthy"},"quality":{"rate":3201.4,"samples":1024,"lost":3,"clipped":0,"retries":0}}""";

        private const string Judged =
            """{"id":"88.118.12345/NODE-0001","point":"vib2","kind":"vibration","epoch":7,"seq":1844,"ts":1763600000223,"clock":"synced","values":{"x_rms":2.5,"y_rms":0.842101,"z_rms":2.6125},"state":{"zone":"C","alarm":"warning","hint":"outer-race","evidence":{"outer-line":24.3765}},"quality":{"rate":3201.4,"samples":1024,"lost":0,"clipped":0,"retries":0}}""";

        private const string Fault =
            """{"id":"88.118.12345/NODE-0001","point":"temp1","kind":"temperature","epoch":7,"seq":1843,"ts":4711,"clock":"unset","values":{},"quality":{"samples":0,"lost":0,"clipped":0,"retries":3,"fault":"no-answer"}}""";

        private const string Current =
            """{"id":"88.118.12345/NODE-0002","point":"cur1","kind":"current","epoch":9,"seq":1,"ts":1763600010000,"clock":"holdover","values":{"mean":1.9,"rms":1.90012,"min":1.88,"max":1.92},"quality":{"rate":440,"samples":88,"lost":0,"clipped":0,"retries":0}}""";

        [Fact]
        public void Lines() => GoldenFile.Check(
            "lines.txt",
            string.Join('\n', ReadingText.Line(Parse(Vibration)), ReadingText.Line(Parse(Fault)), ReadingText.Line(Parse(Current)), ReadingText.Line(Parse(Judged))) + "\n");

        [Fact]
        public void AHumidityIsShownWithItsUnit() => Assert.Equal(
            "mean 41.36  min 41.2  max -  %RH",
            ReadingText.Values(Parse("""{"id":"88.118.12345/N","point":"hum1","kind":"humidity","epoch":1,"seq":1,"ts":1,"clock":"unset","values":{"mean":41.36,"min":41.2,"slope":0},"quality":{"samples":2,"lost":0,"clipped":0,"retries":0}}""")));

        [Theory]
        [InlineData("""{"zone":"C","alarm":"warning","hint":"outer-race"}""", "zone C  WARNING  outer-race")]
        [InlineData("""{"zone":"B","alarm":"none","hint":"healthy"}""", "zone B")]
        [InlineData("""{"alarm":"danger"}""", "DANGER")]
        [InlineData("""{"alarm":"none","hint":"healthy"}""", "")]
        [InlineData("""{"alarm":"none","hint":"loose\u001b[31m"}""", "loose<U+001B>[31m")]
        public void OfAStateOnlyWhatStandsOut(string state, string shown) => Assert.Equal(
            shown,
            ReadingText.State(Parse(Current.Replace("\"quality\"", "\"state\":" + state + ",\"quality\"", StringComparison.Ordinal))));

        [Theory]
        [InlineData("vibration", "vel", "none", "warning", "zone", 4.71, 4.5, "warning, vel 4.71 mm/s above 4.5 (zone)")]
        [InlineData("vibration", "vel", "warning", "danger", "zone", 7.2, 7.1, "danger, vel 7.2 mm/s above 7.1 (zone)")]
        [InlineData("vibration", "x_rms", "danger", "warning", "limit", 3.1, 4.0, "warning, no longer danger, x_rms 3.1 m/s² below 4 (limit)")]
        [InlineData("vibration", "kurt_pearson", "warning", "none", "limit", 3.1, 4.0, "warning is over, kurt_pearson 3.1 below 4 (limit)")]
        [InlineData("vibration", "env", "danger", "none", "drift", null, null, "danger is over, env (drift)")]
        [InlineData("temperature", "mean", "none", "danger", "limit", null, 80.0, "danger, mean, limit 80 (limit)")]
        [InlineData("temperature", "rise", "none", "warning", "baseline", 30.0, null, "warning, rise 30 °C (baseline)")]
        [InlineData("current", "rms", "none", "warning", "limit", 0.2, 0.5, "warning, rms 0.2 A below 0.5 (limit)")]
        [InlineData("pressure", "p\u001b", "none", "warning", "limit", 2.0, 1.0, "warning, p<U+001B> 2 above 1 (limit)")]
        public void AnAlarmInWords(string kind, string channel, string was, string now, string cause, double? value, double? limit, string words)
        {
            var alarm = new AlarmMessage(
                "88.118.12345/NODE-0001", "vib1", kind, 7, 1841, 4711, ClockQuality.Unset, channel, Grade(now), Grade(was), cause, value, limit);
            Assert.Equal("88.118.12345/NODE-0001 vib1: " + words, AlarmText.Sentence(alarm));
            Assert.Equal("start+4.711s  88.118.12345/NODE-0001  vib1   #1841  ALARM " + words + "  unset", AlarmText.Line(alarm));

            static AlarmGrade Grade(string word) => Enum.Parse<AlarmGrade>(word, ignoreCase: true);
        }

        [Theory]
        [InlineData("live.txt", 140, 40)]
        [InlineData("live-short.txt", 140, 8)]
        [InlineData("live-narrow.txt", 80, 24)] // vib2's state before its values, vib1's zone left out
        public void Table(string golden, int width, int height)
        {
            var model = new LiveModel("broker 127.0.0.1:1883");
            string[] messages = height < 20 ? [Vibration, Fault, Current, Another("vib2"), Another("vib3")] : [Vibration, Fault, Current, Judged];
            foreach (string message in messages)
            {
                model.Enter(Parse(message));
            }

            model.Enter(new StatusMessage("88.118.12345/NODE-0002", 9, null));
            model.Enter("fault unbalance=4@5s begins");
            using var text = new StringWriter { NewLine = "\n" };
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(text),
            });
            console.Profile.Width = width;
            console.Profile.Capabilities.Unicode = true;
            console.Write(model.Draw(width, height));
            GoldenFile.Check(golden, text.ToString());
        }

        private static string Another(string point) => Vibration.Replace("vib1", point, StringComparison.Ordinal);

        private static ReadingMessage Parse(string json) => ReadingMessage.Parse(Encoding.UTF8.GetBytes(json));
    }
}
