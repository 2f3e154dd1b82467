using System;
using System.Text;
using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>Answers the messages of a session, and runs the trials they ask for.</summary>
    internal sealed class PortalMessages
    {
        /// <summary>The most bytes of a file that is sent.</summary>
        internal const int MostFile = 4096;

        private const int MostVerb = 64;      // bytes of a message's first line
        private const int MostNetworks = 16;
        private const int NetworkBytes = 240; // 32 bytes of name, all escaped
        private const int SmallAnswer = 1024;
        private const int MostBlink = 3600;

        private readonly object _gate = new object();
        private readonly Portal _portal;
        private readonly PortalParts _parts;
        private readonly PairingRecord _record;
        private readonly byte[][] _sent = new byte[CertificateFiles.Kinds.Length][];
        private Trial _trial;          // waits, or runs
        private bool _runs;
        private TrialOutcome _outcome; // of this start; null for none

        internal PortalMessages(Portal portal, PortalParts parts, PairingRecord record)
        {
            _portal = portal;
            _parts = parts;
            _record = record;
            Look();
        }

        internal bool HasTrial
        {
            get { lock (_gate) { return _trial != null && !_runs; } }
        }

        internal bool IsTrying
        {
            get { return _record.State == TrialState.Trying; }
        }

        /// <summary>Gets whether the settings in force are those of a paired node.</summary>
        internal bool IsPaired { get; private set; }

        private string Id { get; set; }

        internal void RunTrial()
        {
            Trial trial;
            lock (_gate)
            {
                trial = _trial;
                _runs = true;
            }

            if (trial == null)
            {
                return;
            }

            bool works = trial.Run();
            byte[] outcome = trial.Outcome.End(works);
            Look();
            lock (_gate)
            {
                _trial = null;
                _runs = false;
            }

            _record.EndAttempt(works ? TrialState.Committed : TrialState.RolledBack, outcome); // now the next may come
        }

        /// <summary>Answers a message.</summary>
        /// <param name="text">The message: a line of a verb and its arguments, and what follows it.</param>
        /// <returns>JSON.</returns>
        internal byte[] Answer(byte[] text)
        {
            int end = 0;
            while (end < text.Length && text[end] != (byte)'\n')
            {
                end++;
            }

            if (end == 0 || end > MostVerb || !Utf8Text.IsSound(Part(text, 0, end), 0))
            {
                return Unknown();
            }

            string[] words = Encoding.UTF8.GetString(text, 0, end).Trim().Split(' ');
            int content = end < text.Length ? end + 1 : end;
            switch (words[0])
            {
                case "info":
                    return Info();
                case "scan":
                    return Scan();
                case "file":
                    return TakeFile(words, text, content);
                case "try":
                    return Try(words, text, content);
                case "outcome":
                    return Outcome(words);
                case "done":
                    return Done(words);
                case "identify":
                    return Identify(words);
                default:
                    return Leave(words[0]);
            }
        }

        private byte[] Leave(string verb)
        {
            if (verb != "close" && verb != "unpair" && verb != "factory-reset")
            {
                return Unknown();
            }

            if (IsTrying)
            {
                return Busy();
            }

            if (verb == "close")
            {
                if (IsPaired)
                {
                    _portal.Leave("portal closed");
                }

                return Good();
            }

            return Forget(verb == "unpair");
        }

        private byte[] Forget(bool unpairs)
        {
            Unpairing unpairing = new Unpairing(_parts.Volume, _parts.Store, _record, _parts.Network);
            try
            {
                if (unpairs)
                {
                    unpairing.Unpair();
                    _record.ForgetOutcome();
                }
                else
                {
                    unpairing.Reset();
                }

                return Good();
            }
            catch (VolumeException)
            {
                return ApiJson.Error("volume", "The node's storage refused. Restart the node.", -1);
            }
            finally
            {
                Look();
            }
        }

        private byte[] Info()
        {
            ApiJson json = ApiJson.Good(SmallAnswer);
            json.Text("node", _portal.Name);
            json.Text("board", _parts.Board);
            json.Text("target", _parts.Target);
            json.Text("firmware", _parts.Version);
            json.Flag("paired", IsPaired);
            json.Text("id", Id);
            json.Number("attempt", _record.Attempt);
            json.Flag("light", _portal.HasLight);
            return json.End();
        }

        private byte[] Scan()
        {
            if (IsTrying)
            {
                return Busy();
            }

            WifiSighting[] networks = _parts.Network.Scan();
            ApiJson json = ApiJson.Good(SmallAnswer + (MostNetworks * NetworkBytes));
            json.OpenArray("networks");
            for (int i = 0, told = 0; i < networks.Length && told < MostNetworks; i++)
            {
                if (!Utf8Text.IsSound(Encoding.UTF8.GetBytes(networks[i].Ssid), 0))
                {
                    continue; // a name nobody could type, and the device not even measure
                }

                told++;
                json.OpenObject();
                json.Text("ssid", networks[i].Ssid);
                json.Number("rssi", networks[i].Rssi);
                json.CloseObject();
            }

            json.CloseArray();
            return json.End();
        }

        private byte[] TakeFile(string[] words, byte[] text, int content)
        {
            int length = text.Length - content;
            for (int i = 0; i < CertificateFiles.Kinds.Length; i++)
            {
                if (words.Length == 2 && words[1] == CertificateFiles.Kinds[i])
                {
                    if (length < 1 || length > MostFile)
                    {
                        return ApiJson.Error("file", "A file has 1 to " + MostFile.ToString() + " bytes.", -1);
                    }

                    _sent[i] = Part(text, content, length);
                    return Good();
                }
            }

            return ApiJson.Error("file", "A file is ca, cert or key.", -1);
        }

        private byte[] Try(string[] words, byte[] text, int content)
        {
            int attempt = NumberOf(words);
            bool replaces = words.Length == 3 && words[2] == "replace";
            if (attempt < 1 || words.Length > (replaces ? 3 : 2))
            {
                return Unknown();
            }

            if (attempt == _record.Attempt)
            {
                return Good(attempt); // asked again, because the answer got lost
            }

            if (IsTrying)
            {
                return Busy();
            }

            if (attempt < _record.Attempt)
            {
                return ApiJson.Error("attempt", "The last attempt was " + _record.Attempt.ToString() + ".", -1);
            }

            Candidate candidate = Candidate.Read(Part(text, content, text.Length - content), _sent, _parts.Store.Text, _parts.Volume);
            if (candidate.Error != null)
            {
                return ApiJson.Error("settings", candidate.Error, -1);
            }

            Begin(new TrialOutcome(attempt, _parts.Clock), candidate, replaces);
            return Good(attempt);
        }

        private void Begin(TrialOutcome outcome, Candidate candidate, bool replaces)
        {
            bool kept = _record.BeginAttempt(outcome.Attempt, Crc32.Compute(candidate.Text, 0, candidate.Text.Length));
            lock (_gate)
            {
                _outcome = outcome;
                if (kept)
                {
                    _trial = new Trial(_parts, _portal.Name, candidate, replaces, outcome);
                    return;
                }
            }

            outcome.Fail(Causes.Full, "there is no room to keep the attempt");
            _record.EndAttempt(TrialState.RolledBack, outcome.End(false));
        }

        private byte[] Outcome(string[] words)
        {
            int attempt = NumberOf(words);
            if (attempt < 1 || words.Length != 2)
            {
                return Unknown();
            }

            if (attempt != _record.Attempt || _record.State == TrialState.None)
            {
                return TrialOutcome.ToJson(attempt, TrialState.None, null, null);
            }

            return _record.State == TrialState.Trying ? _outcome.ToJson() : _record.Outcome;
        }

        private byte[] Done(string[] words)
        {
            int attempt = NumberOf(words);
            if (attempt < 1 || words.Length != 2)
            {
                return Unknown();
            }

            if (attempt != _record.Attempt)
            {
                return Good();
            }

            if (IsTrying)
            {
                return Busy();
            }

            if (_record.State == TrialState.Committed)
            {
                _portal.Leave("paired");
            }

            _record.ForgetOutcome();
            return Good();
        }

        private byte[] Identify(string[] words)
        {
            int seconds = 0;
            if (words.Length != 2 || NumberText.TakeNumber(null, words[1], 0, MostBlink, out seconds) != null)
            {
                return Unknown();
            }

            if (!_portal.HasLight)
            {
                return ApiJson.Error("no-light", "This board has no light.", -1);
            }

            _portal.Blink(seconds);
            return Good();
        }

        // What is in force, which only a trial and unpairing change.
        private void Look()
        {
            Settings settings = Settings.Parse(_parts.Store.Text);
            IsPaired = settings.Error == null;
            Id = settings.Id == null ? null : settings.Id.Text;
        }

        private static int NumberOf(string[] words)
        {
            return words.Length > 1 && NumberText.TakeNumber(null, words[1], 1, int.MaxValue, out int number) == null ? number : 0;
        }

        private static byte[] Part(byte[] text, int at, int count)
        {
            byte[] part = new byte[count];
            Array.Copy(text, at, part, 0, count);
            return part;
        }

        private static byte[] Good()
        {
            return ApiJson.Good(SmallAnswer).End();
        }

        private static byte[] Good(int attempt)
        {
            ApiJson json = ApiJson.Good(SmallAnswer);
            json.Number("attempt", attempt);
            return json.End();
        }

        private static byte[] Busy()
        {
            return ApiJson.Error("busy", "Settings are being tried.", -1);
        }

        private static byte[] Unknown()
        {
            return ApiJson.Error("malformed", "No such message, or not in this form.", -1);
        }
    }
}
