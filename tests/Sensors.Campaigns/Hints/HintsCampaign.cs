using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;

namespace Sensors.Campaigns
{
    /// <summary>What nodes say of machines with known faults, through the whole chain: how often they are right, and from which severity on.</summary>
    /// <remarks>
    /// Speed, bearing, mass, residual faults, noise, resonances and transmission, mounting and specimen of the chip are drawn for each case. The node is
    /// told what stands on the plates: nominal speed, bearing, which axis is along the shaft; and no zone but what it takes by itself.
    /// Plates are right within 1 %, bearings slip up to 0.6 %: orders are looked for within 1.5 %, races' lines within 2 %. Of a machine that is further off, as a small
    /// motor is at other than its rated load, the node has to be told the speed at which it really runs.
    /// </remarks>
    internal sealed class HintsCampaign : IDisposable
    {
        /// <summary>The least part of each class that must be right.</summary>
        public const double LeastRight = 0.95;

        /// <summary>The most of each class that may be called unknown.</summary>
        public const double MostUnknown = 0.05;

        private const double FirstStep = 2;
        private const double StairStep = 1.25;     // about 2 dB, from the first machine on that was missed
        private const int StairStart = 2;          // reversals before the steps count
        private const int LeastStairs = 12;
        private const double StairRange = 100;

        private readonly int _seed;
        private readonly int _count;
        private readonly bool _direct;
        private readonly HintChain _chain = new();
        private readonly ConcurrentBag<string> _wrong = [];
        private int _nodes;

        /// <summary>Prepares the campaign.</summary>
        /// <param name="seed">Where the machines come from.</param>
        /// <param name="count">How many of each class.</param>
        /// <param name="direct">Whether to leave chip, driver, node and broker out.</param>
        public HintsCampaign(int seed, int count, bool direct = false)
        {
            _direct = direct;
            _seed = seed;
            _count = count;
        }

        /// <summary>Gets one line for each case that was not called right.</summary>
        public IEnumerable<string> Wrong => _wrong.Order(StringComparer.Ordinal);

        /// <summary>Runs all classes.</summary>
        public IReadOnlyList<HintResult> Run()
        {
            (MachineState State, int Number)[] cases = [.. MachineState.All.SelectMany(state => Enumerable.Range(0, _count).Select(i => (state, i)))];
            string[] hints = Parallel.Run(cases, c =>
            {
                HintCase hintCase = HintCase.Draw(c.State, Seeds.Of(_seed, c.State.Hint + " " + c.Number));
                return Judge(hintCase, report: true);
            });
            return [.. MachineState.All.Select(state => new HintResult(
                state.Hint,
                cases.Zip(hints).Where(pair => pair.First.State == state).GroupBy(pair => pair.Second)
                    .ToDictionary(group => group.Key, group => group.Count())))];
        }

        /// <summary>Finds the severity of each fault at which half of the machines get the right hint: down a step after each right one, up after each other.</summary>
        public IReadOnlyList<ThresholdResult> FindThresholds()
        {
            MachineState[] faults = [.. MachineState.All.Where(state => state.Most > 0)];
            return Parallel.Run(faults, state =>
            {
                double severity = state.Least;
                bool? before = null;
                int reversals = 0;
                var levels = new List<double>();
                for (int i = 0; i < LeastStairs + _count; i++)
                {
                    HintCase hintCase = HintCase.Draw(state, Seeds.Of(_seed, state.Hint + " step " + i), severity);
                    bool right = Judge(hintCase, report: false) == state.Hint;
                    reversals += before.HasValue && before != right ? 1 : 0;
                    before = right;
                    if (reversals >= StairStart)
                    {
                        levels.Add(severity);
                    }

                    double step = reversals == 0 ? FirstStep : StairStep;
                    severity = Math.Clamp(severity * (right ? 1 / step : step), state.Least / StairRange, state.Most);
                }

                if (levels.Count == 0)
                {
                    return new ThresholdResult(state.Hint, state.Unit, double.NaN, double.NaN, state.Least, 0);
                }

                double half = Math.Exp(levels.Average(Math.Log));
                double spread = Math.Exp(Math.Sqrt(levels.Average(level => Math.Pow(Math.Log(level / half), 2))));
                return new ThresholdResult(state.Hint, state.Unit, half, spread, state.Least, levels.Count);
            });
        }

        /// <summary>Replays the real records.</summary>
        public IReadOnlyList<RecordResult> Replay(IReadOnlyList<RealRecord> records) =>
            Parallel.Run(records, record => record.Run(_chain, NextId()));

        public void Dispose() => _chain.Dispose();

        private string NextId() => "88.118.12345/HINT-" + Interlocked.Increment(ref _nodes).ToString(CultureInfo.InvariantCulture);

        private string Judge(HintCase hintCase, bool report)
        {
            string hint;
            string evidence;
            if (_direct)
            {
                (hint, evidence) = HintDirect.Judge(hintCase);
            }
            else
            {
                JsonElement reading = _chain.Run(hintCase, NextId());
                hint = HintOf(reading);
                evidence = Evidence(reading);
            }

            if (report && hint != hintCase.State.Hint)
            {
                _wrong.Add(hint + " for " + hintCase + ": " + evidence);
            }

            return hint;
        }

        /// <summary>Tells a reading's hint; "none" when it has none.</summary>
        public static string HintOf(JsonElement reading) =>
            reading.TryGetProperty("state", out JsonElement state) && state.TryGetProperty("hint", out JsonElement hint) ? hint.GetString()! : "none";

        /// <summary>Tells the evidence a reading gives for its hint.</summary>
        public static string Evidence(JsonElement reading) =>
            (reading.TryGetProperty("state", out JsonElement state) ? state.GetRawText() : "no state") + " " + reading.GetProperty("quality").GetRawText();
    }

    /// <summary>What the nodes said of the machines of one class.</summary>
    /// <param name="Hint">What was the matter.</param>
    /// <param name="Said">How often each hint was given.</param>
    internal sealed record HintResult(string Hint, IReadOnlyDictionary<string, int> Said)
    {
        public int Count => Said.Values.Sum();

        public double Right => (double)Said.GetValueOrDefault(Hint) / Count;

        public double Unknown => (double)Said.GetValueOrDefault("unknown") / Count;

        /// <summary>Gets the limits that were broken.</summary>
        public IEnumerable<string> Broken
        {
            get
            {
                if (Right < HintsCampaign.LeastRight)
                {
                    yield return FormattableString.Invariant($"{Hint}: {100 * Right:F1} % right, must be {100 * HintsCampaign.LeastRight:F0}");
                }

                if (Unknown > HintsCampaign.MostUnknown)
                {
                    yield return FormattableString.Invariant($"{Hint}: {100 * Unknown:F1} % unknown, may be {100 * HintsCampaign.MostUnknown:F0}");
                }
            }
        }

        /// <summary>Tells what else was said, and how often.</summary>
        public string Others => string.Join(", ", Said.Where(said => said.Key != Hint && said.Key != "unknown")
            .OrderByDescending(said => said.Value).Select(said => said.Key + " " + said.Value));
    }

    /// <summary>From which severity on a fault is found.</summary>
    /// <param name="Hint">The fault.</param>
    /// <param name="Unit">What severities are in.</param>
    /// <param name="Half">Found on half of the machines.</param>
    /// <param name="Spread">Factor by which the levels of the search spread about that.</param>
    /// <param name="Developed">The least severity of the class.</param>
    /// <param name="Steps">How many machines counted.</param>
    internal sealed record ThresholdResult(string Hint, string Unit, double Half, double Spread, double Developed, int Steps);
}
