using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Sensors.Edge;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sensors.Cli.Output
{
    /// <summary>What the live view shows: the last reading of each point, each node's status, the last events.</summary>
    public sealed class LiveModel
    {
        private const int EventsShown = 6;
        private const int WideFrom = 134;
        private const int LinesAroundRows = 6; // title, borders, header, broker, one for the cursor

        private static readonly Style Good = new(Color.Green);
        private static readonly Style Bad = new(Color.Red);
        private static readonly Style Remarkable = new(Color.Yellow);

        private readonly Lock _gate = new();
        private readonly string _broker;
        private readonly SortedDictionary<(string Id, string Point), ReadingMessage> _last = [];
        private readonly Dictionary<string, bool> _online = new(StringComparer.Ordinal);
        private readonly Queue<string> _events = new();
        private long _readings;

        /// <summary>Makes an empty model.</summary>
        /// <param name="broker">The line about the broker.</param>
        public LiveModel(string broker) => _broker = broker;

        /// <summary>Takes a reading.</summary>
        /// <param name="reading">The reading.</param>
        public void Enter(ReadingMessage reading)
        {
            ArgumentNullException.ThrowIfNull(reading);
            lock (_gate)
            {
                _last[(reading.Id, reading.Point)] = reading;
                _readings++;
            }
        }

        /// <summary>Takes a status.</summary>
        /// <param name="status">The status.</param>
        public void Enter(StatusMessage status)
        {
            ArgumentNullException.ThrowIfNull(status);
            lock (_gate)
            {
                _online[status.Id] = status.Online is not null;
            }
        }

        /// <summary>Takes an event.</summary>
        /// <param name="text">One line.</param>
        public void Enter(string text)
        {
            lock (_gate)
            {
                _events.Enqueue(text);
                while (_events.Count > EventsShown)
                {
                    _events.Dequeue();
                }
            }
        }

        /// <summary>Draws the model.</summary>
        /// <param name="width">Columns of the terminal; a narrow one is shown less of each reading, never broken lines.</param>
        /// <param name="height">Lines of the terminal; what does not fit is counted instead.</param>
        /// <returns>The view.</returns>
        public IRenderable Draw(int width, int height)
        {
            lock (_gate)
            {
                int room = Math.Max(3, height - LinesAroundRows - _events.Count);
                ReadingMessage[] shown = [.. _last.Values.Take(room)];
                var lines = new List<IRenderable> { width < WideFrom ? Narrow(shown, width) : Wide(shown, width) };
                if (_last.Count > room)
                {
                    lines.Add(Line(string.Create(CultureInfo.InvariantCulture, $"and {_last.Count - room} more points"), width));
                }

                lines.Add(Line(string.Create(CultureInfo.InvariantCulture, $"{_broker}   {_readings} readings   Ctrl-C ends"), width));
                lines.AddRange(_events.Select(text => Line("· " + text, width)));
                return new Rows(lines);
            }
        }

        private Table Wide(ReadingMessage[] shown, int width)
        {
            const int AllButValues = 86; // with an identifier of 22 characters and five digits of Seq
            Table table = new Table().Border(TableBorder.Rounded)
                .AddColumns("Node", "Point", "Values")
                .AddColumn(new TableColumn("Rate").RightAligned())
                .AddColumn(new TableColumn("Lost").RightAligned())
                .AddColumn(new TableColumn("Seq").RightAligned())
                .AddColumns("Clock", "Status");
            string? above = null;
            foreach (ReadingMessage reading in shown)
            {
                string rate = reading.Quality.Rate is { } hertz ? ReadingText.Number(hertz) + " Hz" : "-";
                table.AddRow(
                    new Text(reading.Id == above ? string.Empty : Visible.Of(reading.Id)),
                    new Text(Visible.Of(reading.Point)),
                    ValuesOf(reading, string.Empty, width - AllButValues),
                    new Text(rate),
                    reading.Quality.Lost == 0 ? new Text("0") : new Text(reading.Quality.Lost.ToString(CultureInfo.InvariantCulture), Bad),
                    new Text(reading.Sequence.ToString(CultureInfo.InvariantCulture)),
                    new Text(ReadingText.Clock(reading.Clock)),
                    reading.Id == above ? Text.Empty : State(reading));
                above = reading.Id;
            }

            return table;
        }

        /// <summary>A table for 80 columns: the node by its suffix, no rate, number and clock; what is lost stands before the values.</summary>
        private Table Narrow(ReadingMessage[] shown, int width)
        {
            const int LongestNode = 16;
            const int LongestPoint = 8;
            const int BordersAndState = 20; // 5 borders, 8 blanks, "offline"
            Table table = new Table().Border(TableBorder.Rounded).AddColumns("Node", "Point", "Values", "Status");
            string[] nodes = [.. shown.Select(reading => Cut(Visible.Of(reading.Id[(reading.Id.IndexOf('/', StringComparison.Ordinal) + 1)..]), LongestNode))];
            string[] points = [.. shown.Select(reading => Cut(Visible.Of(reading.Point), LongestPoint))];
            int room = width - BordersAndState
                - nodes.Select(text => text.Length).DefaultIfEmpty().Max()
                - Math.Max("Point".Length, points.Select(text => text.Length).DefaultIfEmpty().Max());
            for (int i = 0; i < shown.Length; i++)
            {
                bool first = i == 0 || shown[i].Id != shown[i - 1].Id;
                long lost = shown[i].Quality.Lost;
                table.AddRow(
                    new Text(first ? nodes[i] : string.Empty),
                    new Text(points[i]),
                    ValuesOf(shown[i], lost == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"LOST {lost}  "), room),
                    first ? State(shown[i]) : Text.Empty);
            }

            return table;
        }

        private Text State(ReadingMessage reading) => _online.TryGetValue(reading.Id, out bool online)
            ? online ? new Text("online", Good) : new Text("offline", Bad)
            : Text.Empty;

        /// <summary>
        /// Values, and what the node says of the machine behind them. Where there is no room for both, an alarm or a hint stands first and the values are cut; a zone
        /// alone is left out.
        /// </summary>
        private static Text ValuesOf(ReadingMessage reading, string before, int room)
        {
            string values = ReadingText.Values(reading);
            string state = ReadingText.State(reading);
            bool fits = before.Length + values.Length + 2 + state.Length <= room;
            string text = state.Length > 0 && fits ? $"{values}  {state}" : StandsOut(reading) ? $"{state}  {values}" : values;
            return new Text(Cut(before + text, room), StyleOf(reading, before.Length > 0));
        }

        private static bool StandsOut(ReadingMessage reading) =>
            reading.State is { Alarm: not AlarmGrade.None } or { Hint: not (null or "healthy") };

        private static Style StyleOf(ReadingMessage reading, bool lost)
        {
            if (reading.Quality.Fault is not null || lost || reading.State is { Alarm: AlarmGrade.Danger })
            {
                return Bad;
            }

            return StandsOut(reading) ? Remarkable : Style.Plain;
        }

        private static Text Line(string text, int width) => new(Cut(text, width));

        /// <summary>The library would break the line at a blank; a table that grows line by line leaves the terminal.</summary>
        private static string Cut(string text, int room) => text.Length <= room ? text : string.Concat(text.AsSpan(0, Math.Max(0, room - 1)), "…");
    }
}
