using System.Collections.Generic;
using System.Linq;
using Sensors.Edge;

namespace Sensors.Commissioning
{
    /// <summary>What was heard of a node at its broker.</summary>
    /// <param name="Meta">What the node is; null when that has not come.</param>
    /// <param name="Readings">The first reading of each point that has one, in the order they were taken; a good one rather than a faulty one.</param>
    /// <param name="Trouble">Why there is no connection to the broker; null while there is one.</param>
    public sealed record Testimony(MetaMessage? Meta, IReadOnlyList<ReadingMessage> Readings, string? Trouble)
    {
        /// <summary>Gets whether a good reading of every point has come.</summary>
        public bool IsWhole => Meta is { Points.Count: > 0 } meta && meta.Points.All(point => Readings.Any(reading => reading.Point == point.Point && reading.Quality.Fault is null));

        /// <summary>Gives the points with what was heard of each.</summary>
        /// <returns>A verdict per point: those of meta, and those that only have readings.</returns>
        public IReadOnlyList<PointVerdict> Verdicts()
        {
            var verdicts = new List<PointVerdict>();
            foreach (PointMeta point in Meta?.Points ?? [])
            {
                verdicts.Add(new PointVerdict(point.Point, point, Readings.FirstOrDefault(reading => reading.Point == point.Point)));
            }

            verdicts.AddRange(Readings.Where(reading => verdicts.TrueForAll(verdict => verdict.Point != reading.Point)).Select(reading => new PointVerdict(reading.Point, null, reading)));
            return verdicts;
        }
    }

    /// <summary>What was heard of a point.</summary>
    /// <param name="Point">Its name.</param>
    /// <param name="Meta">What it is; null when that has not come.</param>
    /// <param name="Reading">Its first reading; null when none came.</param>
    public sealed record PointVerdict(string Point, PointMeta? Meta, ReadingMessage? Reading)
    {
        /// <summary>Gets the word for it: <c>good</c>, <c>fault</c> or <c>missing</c>.</summary>
        public string Word => Reading is null ? "missing" : Reading.Quality.Fault is null ? "good" : "fault";

        /// <summary>Gets whether a good reading has come.</summary>
        public bool IsGood => Word == "good";
    }
}
