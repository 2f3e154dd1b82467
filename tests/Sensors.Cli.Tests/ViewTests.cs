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
            """{"id":"88.118.12345/NODE-0001","point":"vib1","kind":"vibration","epoch":7,"seq":1842,"ts":1763600000123,"clock":"synced","values":{"x_rms":1.25004,"y_rms":0.842101,"z_rms":0.6125},"quality":{"rate":3201.4,"samples":1024,"lost":3,"clipped":0,"retries":0}}""";

        private const string Fault =
            """{"id":"88.118.12345/NODE-0001","point":"temp1","kind":"temperature","epoch":7,"seq":1843,"ts":4711,"clock":"unset","values":{},"quality":{"samples":0,"lost":0,"clipped":0,"retries":3,"fault":"no-answer"}}""";

        private const string Current =
            """{"id":"88.118.12345/NODE-0002","point":"cur1","kind":"current","epoch":9,"seq":1,"ts":1763600010000,"clock":"holdover","values":{"mean":1.9,"rms":1.90012,"min":1.88,"max":1.92},"quality":{"rate":440,"samples":88,"lost":0,"clipped":0,"retries":0}}""";

        [Fact]
        public void Lines() => GoldenFile.Check(
            "lines.txt",
            string.Join('\n', ReadingText.Line(Parse(Vibration)), ReadingText.Line(Parse(Fault)), ReadingText.Line(Parse(Current))) + "\n");

        [Fact]
        public void AHumidityIsShownWithItsUnit() => Assert.Equal(
            "mean 41.36  min 41.2  max -  %RH",
            ReadingText.Values(Parse("""{"id":"88.118.12345/N","point":"hum1","kind":"humidity","epoch":1,"seq":1,"ts":1,"clock":"unset","values":{"mean":41.36,"min":41.2,"slope":0},"quality":{"samples":2,"lost":0,"clipped":0,"retries":0}}""")));

        [Theory]
        [InlineData("live.txt", 140, 40)]
        [InlineData("live-short.txt", 140, 8)]
        [InlineData("live-narrow.txt", 80, 24)]
        public void Table(string golden, int width, int height)
        {
            var model = new LiveModel("broker 127.0.0.1:1883");
            string[] messages = height < 20 ? [Vibration, Fault, Current, Another("vib2"), Another("vib3")] : [Vibration, Fault, Current];
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
