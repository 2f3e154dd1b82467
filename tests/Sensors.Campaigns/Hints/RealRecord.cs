using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>A real record of the reference data, replayed on all axes of a virtual accelerometer or through a virtual clamp.</summary>
    /// <remarks>
    /// A record has one axis. It is fed to X, across the shaft; the other axes feel gravity alone. Records of a bearing are replayed at the IIS3DWB's full rate, whose
    /// 6.3 kHz low-pass lets most of what 12 kHz holds through; motor currents through an ADS1115 with clamp, at 860 samples a second.
    /// </remarks>
    internal sealed class RealRecord
    {
        private readonly IReadOnlyDictionary<string, string> _row;
        private readonly string _folder;

        private RealRecord(IReadOnlyDictionary<string, string> row, string folder)
        {
            _row = row;
            _folder = folder;
        }

        private double this[string column] => double.Parse(_row[column], CultureInfo.InvariantCulture);

        /// <summary>Lists the vibrations and currents of the reference data.</summary>
        /// <returns>None when there is no reference data here.</returns>
        public static IReadOnlyList<RealRecord> All()
        {
            string? folder = Environment.GetEnvironmentVariable("SENSORS_REFERENCE_DATA") ?? Beside();
            string manifest = Path.Combine(folder ?? string.Empty, "manifest.csv");
            if (folder == null || !File.Exists(manifest))
            {
                return [];
            }

            List<List<string>> lines = [.. File.ReadLines(manifest).Select(Split)];
            return [.. lines.Skip(1)
                .Select(line => lines[0].Zip(line).ToDictionary(pair => pair.First, pair => pair.Second))
                .Where(row => row["kind"] is "vib" or "cur")
                .Where(row => File.Exists(Path.Combine(folder, row["file"])))
                .Select(row => new RealRecord(row, folder))];
        }

        /// <summary>Replays the record under a node.</summary>
        public RecordResult Run(HintChain chain, string id)
        {
            using var board = new CampaignBoard(1);
            RecordedSignal signal = Load();
            string settings;
            string chip;
            string expected;
            if (_row["kind"] == "vib")
            {
                chip = "IIS3DWB";
                var source = new ReplayVibration(signal, SensorAxis.X) { Up = SensorAxis.Z };
                board.WireSpi(new VirtualIis3dwb(board.Wires.Time, source, 1));
                settings = string.Create(CultureInfo.InvariantCulture, $"sensor=vib1 IIS3DWB spi0 every=1\npoint=vib1 rpm={this["rpm"]:F0} bearing={Bearing()} axial=y");
                expected = Expected();
            }
            else
            {
                chip = "ADS1115";
                board.WireI2c(0x48, new VirtualAds1115(board.Wires.Time, new Ads1115Clamp(new ReplaySlowSignal(signal)), 1, "cur1"));
                string speed = _row["rpm"].Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"\npoint=cur1 rpm={this["rpm"]:F0}") : string.Empty;
                settings = "sensor=cur1 ADS1115 i2c1:0x48 clamp=100A/50mA burden=22" + speed;
                expected = "-";
            }

            JsonElement reading = chain.Run(board, settings, id);
            return new RecordResult(_row["record"], _row["label"], chip, expected, HintsCampaign.HintOf(reading), Words(reading));
        }

        // The geometry behind the orders the manifest states: CWRU's 6205, MFPT's NICE, FEMTO's.
        private string Bearing() => Math.Round(this["bpfo_ord"] + this["bpfi_ord"]) switch
        {
            9 => "9,7.94,39.04,0",
            8 => "8,5.969,31.623,0",
            _ => "13,3.5,25.6,0",
        };

        private string Expected()
        {
            string label = _row["label"];
            return label.StartsWith("inner", StringComparison.Ordinal) ? "inner-race"
                : label.StartsWith("outer", StringComparison.Ordinal) ? "outer-race"
                : label.StartsWith("ball", StringComparison.Ordinal) ? "unknown"
                : label == "healthy" ? "healthy" : "-";
        }

        private RecordedSignal Load()
        {
            bool vibration = _row["kind"] == "vib";
            return RecordedSignal.Load(Path.Combine(_folder, _row["file"]), new RecordOptions
            {
                RateHertz = this["fs_hz"],
                Scale = this["lsb"] * (_row["unit"] == "V(sensor)" ? VoltsToAmperes : 1),
                Unit = vibration ? "g" : "A",
            });
        }

        // The clamps' factor is not stated; so that the virtual clamp is driven as a real one is.
        private const double VoltsToAmperes = 100;

        private static string Words(JsonElement reading)
        {
            if (!reading.TryGetProperty("state", out JsonElement state) || !state.TryGetProperty("evidence", out JsonElement evidence))
            {
                return string.Empty;
            }

            return evidence.GetRawText().Trim('{', '}', '[', ']').Replace("\"", string.Empty);
        }

        private static string? Beside()
        {
            for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, "Sensors.sln")))
                {
                    return Path.Combine(at.Parent?.FullName ?? at.FullName, "shared", "reference-data");
                }
            }

            return null;
        }

        private static List<string> Split(string line)
        {
            var fields = new List<string>();
            var field = new StringBuilder();
            bool quoted = false;
            foreach (char c in line)
            {
                if (c == '"')
                {
                    quoted = !quoted;
                }
                else if (c == ',' && !quoted)
                {
                    fields.Add(field.ToString());
                    field.Clear();
                }
                else
                {
                    field.Append(c);
                }
            }

            fields.Add(field.ToString());
            return fields;
        }
    }

    /// <summary>What a node said of a real record.</summary>
    /// <param name="Record">Its name.</param>
    /// <param name="Label">What those who recorded it say.</param>
    /// <param name="Chip">The virtual chip.</param>
    /// <param name="Expected">The hint that would be right; <c>-</c> where there is none.</param>
    /// <param name="Hint">The hint given.</param>
    /// <param name="Evidence">The evidence for it.</param>
    internal sealed record RecordResult(string Record, string Label, string Chip, string Expected, string Hint, string Evidence);
}
