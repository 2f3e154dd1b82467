using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>A healthy machine for a month, a reading a minute: it works harder by day than by night, the hall warms and cools, everything wanders, and no alarm may say that it ails.</summary>
    /// <remarks>
    /// The whole node runs, on one thread in virtual time; the broker is in memory and answers at once. Blocks are of 2,048 samples of an ADXL345, which
    /// is 0.64 s, enough for velocity and envelope. Between two blocks the chip's samples that nobody reads are not made. There is no current sensor.
    /// </remarks>
    internal sealed class MonthCampaign
    {
        /// <summary>The most alarms a healthy machine may raise in a month.</summary>
        public const int MostAlarms = 1;

        private const int MinutesPerDay = 1440;
        private const double SecondsPerDay = 86400;
        private const double NominalRpm = 1480;

        private readonly CampaignBoard _board;
        private readonly CampaignNode _node;
        private readonly int _days;
        private readonly List<string> _raised = [];
        private readonly List<double> _firstDay = [];
        private readonly List<double> _later = [];
        private int _vibration;
        private int _slow;
        private int _healthy;
        private int _notJudged;
        private int _otherHints;

        private MonthCampaign(int seed, int days)
        {
            _days = days;
            Random random = Seeds.Of(seed, "month");
            ulong number = (ulong)random.NextInt64();
            _board = new CampaignBoard(number);
            string load = LoadProfile(random, days);
            var machine = new VirtualMachine(
                new MachineOptions
                {
                    SpeedRpm = Profile.ParseSpeed(SpeedProfile(load)),
                    Load = Profile.ParseLoad(load),
                    UnbalanceGramMillimetres = 60,
                    MisalignmentMicrometres = 2,
                    HumMillimetresPerSecond = 0.1,
                    WanderPercent = 8,
                    WanderSeconds = 300,
                    NoiseDensity = 0.004,
                },
                number);
            _board.WireSpi(new VirtualAdxl345(_board.Wires.Time, machine.Vibration, number));
            _board.WireI2c(0x48, new VirtualTmp117(_board.Wires.Time, new Hall(machine.Temperature), number));
            _node = new CampaignNode(
                _board,
                string.Create(CultureInfo.InvariantCulture, $"interval_ms=60000\npoint=vib1 rpm={NominalRpm:F0} bearing=9,7.94,39.04,0 axial=y block=2048"),
                Published);
        }

        /// <summary>Runs the month.</summary>
        /// <param name="seed">Where machine and course come from.</param>
        /// <param name="days">How long it is.</param>
        public static MonthResult Run(int seed, int days)
        {
            var campaign = new MonthCampaign(seed, days);
            using (campaign._board)
            {
                return campaign.Run();
            }
        }

        private MonthResult Run()
        {
            double end = (_days * SecondsPerDay) + 30;
            while (_board.Seconds < end)
            {
                _node.Step();
            }

            var broken = new List<string>();
            double allowed = Math.Max(1, MostAlarms * _days / 30);
            if (_raised.Count > allowed)
            {
                broken.Add(_raised.Count + " alarms of a healthy machine: " + string.Join("; ", _raised.Take(5)));
            }

            if (_vibration < _days * MinutesPerDay)
            {
                broken.Add(_vibration + " readings, must be " + (_days * MinutesPerDay));
            }

            if (_node.Faults.Count > 0)
            {
                broken.Add(_node.Faults.Count + " exceptions reached the loop");
            }

            double usual = Median(_firstDay);
            return new MonthResult(
                _days, _vibration, _slow, _healthy, _notJudged, _otherHints, _raised, Median(_later) / usual, _later.DefaultIfEmpty(double.NaN).Max() / usual, broken);
        }

        // Night, a rise between 5 and 7, a day with a pause at noon, evening; no two days alike.
        private static string LoadProfile(Random random, int days)
        {
            var text = new StringBuilder("0.3");
            for (int day = 0; day <= days; day++)
            {
                double midnight = day * SecondsPerDay;
                Add(0.7 + (0.3 * random.NextDouble()), 5 + (2 * random.NextDouble()));
                Add(0.4 + (0.2 * random.NextDouble()), 12 + (0.3 * random.NextDouble()));
                Add(0.7 + (0.3 * random.NextDouble()), 13 + (0.3 * random.NextDouble()));
                Add(0.2 + (0.2 * random.NextDouble()), 19 + (3 * random.NextDouble()));

                void Add(double load, double hour) =>
                    text.Append(CultureInfo.InvariantCulture, $":{load:F3}@{midnight + (hour * 3600):F0}s/600s");
            }

            return text.ToString();
        }

        // A motor with four poles: 1,500 rpm less the slip, which goes with the load.
        private static string SpeedProfile(string load) => string.Join(':', load.Split(':').Select(part =>
        {
            int at = part.IndexOf('@');
            double value = double.Parse(at < 0 ? part : part[..at], CultureInfo.InvariantCulture);
            return (1500 - (25 * value)).ToString("F2", CultureInfo.InvariantCulture) + (at < 0 ? string.Empty : part[at..]);
        }));

        private static double Median(List<double> values)
        {
            double[] sorted = [.. values.Order()];
            return sorted.Length > 0 ? sorted[sorted.Length / 2] : double.NaN;
        }

        private void Published(string topic, ReadOnlyMemory<byte> payload)
        {
            if (topic.EndsWith("/alarm", StringComparison.Ordinal))
            {
                string text = Encoding.UTF8.GetString(payload.Span);
                using JsonDocument alarm = JsonDocument.Parse(text);
                if (Level(alarm.RootElement, "alarm") > Level(alarm.RootElement, "was"))
                {
                    _raised.Add(FormattableString.Invariant($"day {_board.Seconds / SecondsPerDay:F2}: {text}"));
                }
            }
            else if (topic.EndsWith("/reading/vib1", StringComparison.Ordinal))
            {
                _vibration++;
                using JsonDocument reading = JsonDocument.Parse(payload);
                switch (HintsCampaign.HintOf(reading.RootElement))
                {
                    case "healthy":
                        _healthy++;
                        break;
                    case "none":
                        _notJudged++;
                        break;
                    default:
                        _otherHints++;
                        break;
                }

                if (reading.RootElement.GetProperty("values").TryGetProperty("x_vel", out JsonElement velocity))
                {
                    (_board.Seconds < SecondsPerDay ? _firstDay : _later).Add(velocity.GetDouble());
                }
            }
            else if (topic.Contains("/reading/", StringComparison.Ordinal))
            {
                _slow++;
            }
        }

        private static int Level(JsonElement alarm, string name) => alarm.TryGetProperty(name, out JsonElement level)
            ? level.GetString() switch { "warning" => 1, "danger" => 2, _ => 0 } : 0;

        // The thermometer touches the machine in a hall that is 6 degrees warmer at 4 in the afternoon than at 4 in the morning.
        private sealed class Hall(ITemperatureSource machine) : ITemperatureSource
        {
            public double CelsiusAt(double seconds) => machine.CelsiusAt(seconds) + (3 * Math.Sin(2 * Math.PI * ((seconds / SecondsPerDay) - (10 / 24.0))));
        }
    }

    /// <summary>What came of a healthy month.</summary>
    /// <param name="Days">How long it was.</param>
    /// <param name="Vibration">Readings of vibration.</param>
    /// <param name="Slow">Readings of temperature.</param>
    /// <param name="Healthy">Readings with the hint that nothing stands out.</param>
    /// <param name="NotJudged">Readings without a hint.</param>
    /// <param name="OtherHints">Readings with another hint.</param>
    /// <param name="Raised">Alarms raised, with the day.</param>
    /// <param name="MedianVelocity">Median of the velocity after the first day, over the first day's.</param>
    /// <param name="HighestVelocity">The highest, over the first day's median.</param>
    /// <param name="Broken">Limits that were broken; empty when all is well.</param>
    internal sealed record MonthResult(
        int Days,
        int Vibration,
        int Slow,
        int Healthy,
        int NotJudged,
        int OtherHints,
        IReadOnlyList<string> Raised,
        double MedianVelocity,
        double HighestVelocity,
        IReadOnlyList<string> Broken);
}
