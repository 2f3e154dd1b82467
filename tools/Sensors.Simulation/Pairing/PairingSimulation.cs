using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Sensors.Node;
using Sensors.Pairing;

namespace Sensors.Simulation
{
    /// <summary>Cuts a board's power while it is paired, unpaired, paired anew or reset, again and again, and looks what it is afterwards.</summary>
    /// <remarks>
    /// The node's own code: portal, trial, settings and what a start makes good, over a volume with LittleFS's rules. The power goes inside a change of the volume,
    /// or at any moment. After each start what is in force must be what was, or what was asked for, whole, with its certificates; what was tried and did not work
    /// must never be; and in the end a tool must be able to pair the board.
    /// </remarks>
    public sealed class PairingSimulation
    {
        private const int Blocks = 64; // 256 KiB
        private const int MostTurns = 20_000;
        private const string Journal = "j0000001";
        private const string Learned = "baseline.a";
        private const string Measures = "interval_ms=2000\npoint=vib1 rpm=1480\n";

        private readonly SimRandom _random;
        private readonly SimVolume _volume;
        private readonly PairingTime _time;
        private readonly PairingSite _site;
        private readonly PairingBoard _board;
        private readonly PairingTool _tool;
        private readonly Action<string> _trace;
        private readonly List<string> _violations = [];
        private readonly List<SettingsInForce> _allowed = [];
        private PairingLabel? _label;
        private bool _wasReset;
        private int _number;

        private PairingSimulation(long seed, Action<string>? trace)
        {
            _random = new SimRandom((ulong)seed);
            _volume = new SimVolume(_random.Fork(), new EventQueue(), Blocks) { Trace = trace };
            _time = new PairingTime(_volume);
            _site = new PairingSite(_random.Fork(), _time);
            _board = new PairingBoard(_random.Fork(), _volume, _time, _site);
            _tool = new PairingTool(_random.Fork());
            _trace = trace ?? (_ => { });
        }

        /// <summary>Runs one seed.</summary>
        /// <param name="seed">Everything that is drawn comes from it.</param>
        /// <param name="trace">Is told what happens; null for nobody.</param>
        public static PairingResult Run(long seed, Action<string>? trace = null)
        {
            var simulation = new PairingSimulation(seed, trace);
            try
            {
                simulation.Run();
            }
            catch (Exception thrown) when (thrown is not PowerCutException)
            {
                simulation._violations.Add($"thrown: {thrown.GetType().Name}: {thrown.Message}{(trace is null ? string.Empty : thrown.StackTrace)}");
            }

            return new PairingResult { Seed = seed, Violations = simulation._violations, Cuts = simulation.Cuts, Starts = simulation._board.Starts, Pairings = simulation.Pairings };
        }

        private int Cuts { get; set; }

        private int Pairings { get; set; }

        private void Run()
        {
            Prepare();
            for (int actions = _random.Next(3) + 1; actions > 0 && _violations.Count == 0; actions--)
            {
                Act();
            }

            if (_violations.Count == 0)
            {
                Heal();
            }
        }

        // A board fresh from flashing, with a label or without, or one that works already: by a file that people wrote, or paired.
        private void Prepare()
        {
            _site.Networks["Hall 3"] = "hunter2 hunter2";
            _volume.Write(Journal, [1, 2, 3]);
            _volume.Write(Learned, [4, 5, 6]);
            int kind = _random.Next(4);
            if (kind > 0)
            {
                _volume.Write(PairingLabel.FileName, Encoding.ASCII.GetBytes("node=3F2A1C\nap_password=7H2K9QWX4M3T\ncode=K7M2-9QXW\n"));
            }

            if (kind == 2)
            {
                byte[] text = Encoding.UTF8.GetBytes("id=88.118.12345/OLD\nwifi_ssid=Hall 3\nwifi_password=hunter2 hunter2\nbroker_host=10.0.0.1\ntls=on\ntls_ca=ca.pem\n" + Measures);
                _volume.Write("ca.pem", "authority of old"u8.ToArray());
                _volume.Write(Settings.FileName, text);
            }

            _allowed.Add(_board.Settings);
            Arm(_random.Chance(1, 4));
            Start();
            if (kind == 3)
            {
                Pair(good: true);
            }
        }

        private void Act()
        {
            Arm(_random.Chance(5, 6));
            switch (_random.Next(8))
            {
                case 0:
                    Forget("unpair", SettingsText.Unpaired);
                    break;
                case 1:
                    Forget("factory-reset", _ => []);
                    break;
                case 2:
                    Guess();
                    break;
                case 3 or 4:
                    Pair(good: false);
                    break;
                default:
                    Pair(good: true);
                    break;
            }

            if (_random.Chance(1, 4))
            {
                LeaveAlone();
            }
        }

        private void Heal()
        {
            _volume.CutAfter(-1);
            _time.CutAt = long.MaxValue;
            Pair(good: true);
            LeaveAlone();
            Start();
            string[] certificates = [.. _volume.Names.Where(name => name.StartsWith("tls-", StringComparison.Ordinal))];
            int named = _board.Settings.Files.Length == 0 ? 0 : _board.Settings.Files.Split('|').Length;
            Check(_board.Work is not null, "the board does not work after it was paired without faults");
            Check(certificates.Length == named, $"files of certificates: {string.Join(' ', certificates)}, and the settings name {named}");
            Check(_volume.Names.Contains(Journal) != _wasReset, _wasReset ? "the journal outlived a factory reset" : "the journal is gone");
            Check(_volume.Names.Contains(Learned) != _wasReset, _wasReset ? "what was learned outlived a factory reset" : "what was learned is gone");
        }

        // A tool that pairs: asks again what it has no answer to, and tries again what was interrupted.
        private void Pair(bool good)
        {
            (string text, string[] files) = Draw(good);
            SettingsInForce old = _board.Settings;
            SettingsInForce wanted = SettingsInForce.Of(text, name => files[name == "ca" ? 0 : name == "cert" ? 1 : 2]);
            Now(good ? [old, wanted] : [old]);
            _trace($"pairs with {wanted}{(good ? string.Empty : ", which cannot work")}");
            int attempt = 0;
            int turns = 0;
            while (turns++ < MostTurns && _violations.Count == 0)
            {
                if (!OpenPortal())
                {
                    continue;
                }

                JsonElement? told = Ask(attempt == 0 ? "info" : $"outcome {attempt}");
                if (told is not { } answer)
                {
                    Turn(null);
                    continue;
                }

                string state = attempt == 0 ? "none" : answer.GetProperty("state").GetString()!;
                switch (state)
                {
                    case "none" when attempt > 0 && _board.Settings == wanted:
                        return; // fetched before, and the answer got lost with the power
                    case "none":
                        Check(attempt == 0 || _board.Settings == old, "nothing is known of an attempt, and the settings are neither");
                        attempt = Math.Max(attempt, LastAttempt()) + 1;
                        Send(text, files, attempt);
                        break;
                    case "trying":
                        Turn(() => Poll(attempt));
                        break;
                    case "committed":
                        Check(good, "settings were committed that cannot work: " + wanted);
                        Check(_board.Settings == wanted, $"told as committed, and in force is {_board.Settings}");
                        Now([wanted]);
                        Pairings++;
                        Ask($"done {attempt}");
                        return;
                    case "rolled-back":
                        Check(_board.Settings == old, $"told as rolled back, and in force is {_board.Settings}");
                        string cause = answer.GetProperty("cause").GetString()!;
                        Check(cause == "interrupted" || !good, $"good settings were refused: {cause}");
                        Ask($"done {attempt}");
                        if (!good && cause != "interrupted")
                        {
                            return;
                        }

                        attempt = 0;
                        break;
                    default:
                        Check(false, "no such state: " + state);
                        break;
                }
            }

            Check(turns < MostTurns, "stuck: a tool could not pair it");
        }

        private void Send(string text, string[] files, int attempt)
        {
            string[] kinds = ["ca", "cert", "key"];
            for (int i = 0; i < files.Length; i++)
            {
                Ask($"file {kinds[i]}\n{files[i]}");
            }

            JsonElement? answer = Ask($"try {attempt}\n{text}");
            if (answer is { } told && told.TryGetProperty("error", out JsonElement error))
            {
                // Sent without its files, because the power went in between: then nothing has begun.
                Check(error.GetString() == "settings" && files.Length > 0, "refused: " + told);
            }
        }

        private void Forget(string verb, Func<byte[], byte[]> becomes)
        {
            SettingsInForce old = _board.Settings;
            SettingsInForce after = SettingsInForce.Of(Encoding.UTF8.GetString(becomes(new SettingsStore(_volume).Text ?? [])), _ => string.Empty);
            Now([old, after]);
            _trace(verb);
            bool resets = verb == "factory-reset";
            for (int turns = 0; turns < MostTurns && _violations.Count == 0; turns++)
            {
                // After a cut the tool asks once more, as whoever got no answer does.
                if (OpenPortal() && Ask(verb) is { } answer)
                {
                    Check(answer.TryGetProperty("ok", out _), $"{verb} was refused: {answer}");
                    _wasReset |= resets;
                    if (resets)
                    {
                        after = SettingsInForce.Of(string.Empty, _ => string.Empty); // also what another cut had kept
                    }

                    Check(_board.Settings == after, $"after {verb} in force is {_board.Settings}");
                    Now([after]);
                    return;
                }

                Turn(null);
            }

            Check(false, $"stuck: {verb} never got through");
        }

        // Wrong codes: each is refused, and makes the next wait, also over a power cut.
        private void Guess()
        {
            int failures = 0;
            for (int turns = 0; turns < MostTurns && failures < 3 && _violations.Count == 0; turns++)
            {
                if (!OpenPortal())
                {
                    continue;
                }

                try
                {
                    int status = _tool.Begin(_board.Portal!, _label!, "WRNG0000");
                    Check(status is 403 or 429, $"a wrong code was answered with {status}");
                    failures += status == 403 ? 1 : 0;
                    if (status == 403)
                    {
                        if (_random.Chance(1, 3))
                        {
                            _volume.Kill(); // pulls the plug, to guess on at once
                            CountCut();
                            Start();
                        }

                        Check(_board.Portal is null || _tool.Begin(_board.Portal!, _label!, _label!.Code) == 429, "no wait after a wrong code");
                    }
                }
                catch (PowerCutException)
                {
                    Start();
                    continue;
                }

                Turn(null);
            }

            Check(failures == 3, "stuck: wrong codes are not looked at any more");
        }

        private void LeaveAlone()
        {
            if (_violations.Count > 0)
            {
                return;
            }

            _trace("is left alone");
            Check(_board.Settle(), "left alone it neither works nor waits to be paired");
            Check((_board.Work is not null) == _board.Settings.IsPaired(), $"left alone it {(_board.Work is null ? "does not work" : "works")} with {_board.Settings}");
            Look();
        }

        private bool OpenPortal()
        {
            if (_board.Portal is not null)
            {
                return true;
            }

            if (_board.Work is not null && !_board.HoldButton())
            {
                CountCut();
            }

            Start();
            return _board.Portal is not null;
        }

        private void Start()
        {
            while (!_board.Start())
            {
                CountCut();
            }

            _label ??= _board.Label;
            _trace($"start {_board.Starts}: in force is {_board.Settings}");
            Look();
        }

        // Whatever the board has come to, it has come to one of these.
        private void Look()
        {
            SettingsInForce now = _board.Settings;
            int at = _allowed.IndexOf(now);
            Check(at >= 0, $"between: in force is {now}; it can only be {string.Join(" or ", _allowed)}");
            if (at > 0)
            {
                _allowed.RemoveRange(0, at); // from what is new there is no way back
            }

            string? told = now.IsPaired() ? null : _volume.Names.FirstOrDefault(HoldsPassword);
            Check(told is null, $"{told} holds a password of a node that is not paired");
            Check(_board.Label is { } label && label.Code == _label!.Code && label.AccessPointPassword == _label.AccessPointPassword, "the label is another one");
        }

        private bool HoldsPassword(string name) => Encoding.Latin1.GetString(_volume.Read(name)!).Contains("hunter", StringComparison.Ordinal);

        private void Turn(Action? meanwhile)
        {
            bool dies = _volume.IsDead;
            if (!_board.Turn(meanwhile))
            {
                dies |= _volume.IsDead;
                if (dies)
                {
                    CountCut();
                }

                Start();
            }
        }

        private JsonElement? Ask(string message)
        {
            try
            {
                return _board.Portal is { } portal ? _tool.Ask(portal, _label!, message) : null;
            }
            catch (PowerCutException)
            {
                CountCut();
                Start();
                return null;
            }
        }

        // Asked while the trial blocks: what throws here is the power, and ends the trial too.
        private void Poll(int attempt)
        {
            if (_random.Chance(1, 10) && _board.Portal is { } portal)
            {
                JsonElement? answer = _tool.Ask(portal, _label!, $"outcome {attempt}");
                Check(answer is null || answer.Value.GetProperty("state").GetString() is "trying" or "committed" or "rolled-back", "no state while it tries");
            }
        }

        private int LastAttempt() => Ask("info") is { } info ? info.GetProperty("attempt").GetInt32() : 0;

        private (string Text, string[] Files) Draw(bool good)
        {
            _number++;
            bool secure = _random.Chance(1, 2);
            int files = secure ? _random.Chance(1, 2) ? 3 : 1 : 0;
            string ssid = good || _random.Chance(1, 2) ? "Hall 3" : "Hall 4";
            string password = good || ssid != "Hall 3" ? "hunter2 hunter2" : "hunter3 hunter3";
            string text = $"id=88.118.12345/NODE-{_number:D4}\nwifi_ssid={ssid}\nwifi_password={password}\nbroker_host=10.0.0.{_random.Next(200) + 1}\n"
                + (secure ? "tls=on\ntls_ca=ca\n" : string.Empty) + (files == 3 ? "tls_cert=cert\ntls_key=key\n" : string.Empty) + Measures;
            return (text, [.. Enumerable.Range(0, files).Select(i => $"file {i} of {_number}")]);
        }

        private void Arm(bool cuts)
        {
            if (!cuts)
            {
                return;
            }

            if (_random.Chance(2, 3))
            {
                _volume.CutAfter(_random.Next(8));
            }
            else
            {
                _time.CutAt = _time.TrueNow + _random.Spread(EventQueue.Millisecond, EventQueue.Minute);
            }
        }

        private void CountCut()
        {
            Cuts++;
            _trace("the power goes");
            Arm(_random.Chance(1, 2));
        }

        private void Now(SettingsInForce[] allowed)
        {
            _allowed.Clear();
            _allowed.AddRange(allowed);
        }

        private void Check(bool holds, string what)
        {
            if (!holds)
            {
                _trace("VIOLATION: " + what);
                _violations.Add(what);
            }
        }
    }

    /// <summary>What came of a seed of pairing.</summary>
    public sealed record PairingResult
    {
        /// <summary>Gets the seed.</summary>
        public long Seed { get; init; }

        /// <summary>Gets what was broken; empty when nothing was.</summary>
        public IReadOnlyList<string> Violations { get; init; } = [];

        /// <summary>Gets how often the power went.</summary>
        public int Cuts { get; init; }

        /// <summary>Gets how often the board started.</summary>
        public int Starts { get; init; }

        /// <summary>Gets how often it was paired.</summary>
        public int Pairings { get; init; }
    }
}
