using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Cli.VirtualNodes;
using Sensors.Commissioning;
using Sensors.Node;

namespace Sensors.Cli.Pairings
{
    /// <summary>Asks a technician what is not known yet, and after a failed trial the one thing that was wrong.</summary>
    internal sealed class Interview
    {
        private const int SecurePort = 8883;

        private readonly Asker _ask;
        private readonly Dictionary<string, string> _wifiPasswords = new(StringComparer.Ordinal); // of this run: many nodes, one network
        private PairProfile _profile;
        private string? _loginPassword;

        public Interview(Asker ask, PairProfile profile)
        {
            _ask = ask;
            _profile = profile;
        }

        /// <summary>Gets what was answered about the plant, without secrets.</summary>
        public PairProfile Profile => _profile;

        /// <summary>Asks for the code of a label.</summary>
        public Task<string> CodeAsync(string node, CancellationToken stop) => _ask.TextAsync(
            $"Code on the label of {node}", null, code => Sensors.Pairing.PairingLabel.Canonical(code) is null ? "A code has 6 to 16 letters and digits, such as K7M2-9QXW." : null, stop);

        /// <summary>Asks whether a node that works already shall be paired anew.</summary>
        public Task<bool> AgainAsync(NodeInfo info, CancellationToken stop) =>
            _ask.YesAsync($"{info.Node} is paired{(info.Id is null ? string.Empty : $" as {Visible.Of(info.Id)}")}. Pair it anew", usual: false, stop);

        /// <summary>Asks for all that a node must be told and is not known yet.</summary>
        /// <param name="setup">What is known.</param>
        /// <param name="scan">Asks the node which networks it hears.</param>
        /// <param name="stop">Ends it with an exception.</param>
        public async Task<NodeSetup> CompleteAsync(NodeSetup setup, Func<Task<IReadOnlyList<SeenNetwork>>> scan, CancellationToken stop)
        {
            if (setup.Id is null)
            {
                setup = setup with { Id = await IdentifierAsync(Next(_profile.Id), stop).ConfigureAwait(false) };
                setup = setup.Name is null ? setup with { Name = await NameAsync(stop).ConfigureAwait(false) } : setup;
            }

            if (setup.Networks is null)
            {
                setup = setup with { Networks = [await NetworkAsync(null, scan, stop).ConfigureAwait(false)] };
            }

            foreach (WifiSetup network in setup.Networks!.Where(network => network.Password is null))
            {
                setup = With(setup, network with { Password = await WifiPasswordAsync(network.Ssid, again: false, stop).ConfigureAwait(false) });
            }

            bool asksBroker = setup.Brokers is null;
            if (asksBroker)
            {
                setup = await BrokerAsync(setup, stop).ConfigureAwait(false);
            }

            if (setup.User is null && asksBroker)
            {
                setup = await LoginAsync(setup, again: false, stop).ConfigureAwait(false);
            }
            else if (setup.User is { Length: > 0 } && setup.Password is null)
            {
                setup = setup with { Password = await _ask.SecretAsync($"Password of {setup.User} at the broker", CheckPassword, stop).ConfigureAwait(false) };
            }

            return setup;
        }

        /// <summary>Asks again for what a failed trial, or the settings' reader, found wrong.</summary>
        /// <param name="question">What to ask.</param>
        /// <param name="cause">The cause's word; null where no trial was made.</param>
        /// <param name="setup">What was tried.</param>
        /// <param name="scan">Asks the node which networks it hears.</param>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>What to try now; null to give up.</returns>
        public async Task<NodeSetup?> MendAsync(Question question, string? cause, NodeSetup setup, Func<Task<IReadOnlyList<SeenNetwork>>> scan, CancellationToken stop)
        {
            WifiSetup? network = setup.Networks?.Count > 0 ? setup.Networks[0] : null;
            switch (question)
            {
                case Question.Network:
                    WifiSetup other = await NetworkAsync(network?.Ssid, scan, stop).ConfigureAwait(false);
                    return With(setup, other.Ssid == network?.Ssid && other.Password is null ? network : other, network);
                case Question.WifiPassword:
                    return With(setup, network! with { Password = await WifiPasswordAsync(network.Ssid, again: true, stop).ConfigureAwait(false) });
                case Question.Address:
                    string address = await _ask.TextAsync(
                        $"Fixed address in '{network!.Ssid}': address/prefix gateway DNS, '-' for DHCP", network.Address, text => CheckAddress(text, setup, network), stop).ConfigureAwait(false);
                    return With(setup, network with { Address = address == "-" ? null : address });
                case Question.Broker:
                    return await BrokerAsync(setup, stop).ConfigureAwait(false);
                case Question.Tls:
                    return await TlsAsync(setup, cause == "certificate-wanted", stop).ConfigureAwait(false);
                case Question.Login:
                    return await LoginAsync(setup, again: true, stop).ConfigureAwait(false);
                case Question.TimeServer:
                    return setup with { NtpServer = await _ask.TextAsync("Time server", setup.NtpServer ?? "pool.ntp.org", text => text.Length == 0 ? "A name or an address, please." : null, stop).ConfigureAwait(false) };
                case Question.Identifier:
                    return cause == "identifier-in-use" && await _ask.YesAsync($"Does this board take the place of the other one at {setup.Id}", usual: false, stop).ConfigureAwait(false)
                        ? setup with { Replace = true }
                        : setup with { Id = await IdentifierAsync(null, stop).ConfigureAwait(false), Replace = null };
                default:
                    return await _ask.YesAsync("Try again", usual: true, stop).ConfigureAwait(false) ? setup : null;
            }
        }

        /// <summary>Asks whether a board takes another one's place, which the registry knows.</summary>
        public Task<bool> ReplacesAsync(string id, string other, CancellationToken stop) =>
            _ask.YesAsync($"By the registry {Visible.Of(id)} belongs to {Visible.Of(other)}. Does this board take its place", usual: false, stop);

        /// <summary>Asks for an identifier.</summary>
        public Task<string> IdentifierAsync(string? usual, CancellationToken stop) => _ask.TextAsync("Identifier of the place", usual, CheckIdentifier, stop);

        /// <summary>Remembers what will be the same for the next node.</summary>
        public void Remember(NodeSetup setup)
        {
            _profile = _profile with
            {
                Id = setup.Id,
                Ssid = setup.Networks?.Count > 0 ? setup.Networks[0].Ssid : _profile.Ssid,
                Broker = setup.Brokers?.Count > 0 ? setup.Brokers[0] : _profile.Broker,
                User = setup.User ?? _profile.User,
            };
        }

        private async Task<string?> NameAsync(CancellationToken stop)
        {
            string name = await _ask.TextAsync("What people call it", string.Empty, _ => null, stop).ConfigureAwait(false);
            return name.Length == 0 ? null : name;
        }

        private async Task<WifiSetup> NetworkAsync(string? tried, Func<Task<IReadOnlyList<SeenNetwork>>> scan, CancellationToken stop)
        {
            _ask.Say("Networks the node hears:");
            IReadOnlyList<SeenNetwork> heard = await scan().ConfigureAwait(false);
            string[] names = [.. heard.Select(network => network.Ssid).Distinct(StringComparer.Ordinal)];
            for (int i = 0; i < names.Length; i++)
            {
                SeenNetwork network = heard.First(each => each.Ssid == names[i]);
                _ask.Say(string.Create(CultureInfo.InvariantCulture, $"  {i + 1}  {Visible.Of(network.Ssid)}  {network.Rssi} dBm{(network.Rssi < -80 ? ", weak" : string.Empty)}"));
            }

            if (names.Length == 0)
            {
                _ask.Say("  none");
            }

            string? usual = _profile.Ssid is { } last && names.Contains(last) && last != tried ? last : names.Length == 1 && names[0] != tried ? names[0] : null;
            string ssid = await _ask.OneOfAsync("Wi-Fi network, its number or name", names, usual, text => text.Length == 0 ? "A number of the list, or a name, please." : null, stop).ConfigureAwait(false);
            return new WifiSetup(ssid, await WifiPasswordAsync(ssid, again: ssid == tried, stop).ConfigureAwait(false));
        }

        private async Task<string> WifiPasswordAsync(string ssid, bool again, CancellationToken stop)
        {
            if (!again && _wifiPasswords.TryGetValue(ssid, out string? known))
            {
                return known;
            }

            string password = await _ask.SecretAsync(
                $"Password of '{Visible.Of(ssid)}' (not shown; Enter alone: an open network)",
                text => text.Length is 0 or (>= 8 and <= 63) ? null : "WPA wants 8 to 63 characters.",
                stop).ConfigureAwait(false);
            return _wifiPasswords[ssid] = password;
        }

        private async Task<NodeSetup> BrokerAsync(NodeSetup setup, CancellationToken stop)
        {
            string broker = await _ask.TextAsync("Broker as the node reaches it, host or host:port", setup.Brokers?.Count > 0 ? setup.Brokers[0] : _profile.Broker, CheckBroker, stop).ConfigureAwait(false);
            bool first = setup.Brokers is null;
            setup = setup with { Brokers = [broker] };
            bool looksSecure = BrokerAddress.Parse(broker).Port == SecurePort;
            if (first && setup.Tls is not null)
            {
                return setup;
            }

            bool secure = await _ask.YesAsync("By TLS", usual: looksSecure || setup.Secure is not null, stop).ConfigureAwait(false);
            return !secure ? setup with { Tls = TlsSetup.Off } : setup.Secure is not null ? setup : await TlsAsync(setup, wantsOwn: false, stop).ConfigureAwait(false);
        }

        private async Task<NodeSetup> TlsAsync(NodeSetup setup, bool wantsOwn, CancellationToken stop)
        {
            TlsSetup tls = setup.Secure ?? new TlsSetup();
            if (wantsOwn)
            {
                byte[] certificate = (await FileAsync("File with the node's own certificate (PEM)", null, stop).ConfigureAwait(false))!;
                return setup with { Tls = tls with { Certificate = certificate, Key = (await FileAsync("File with its private key (PEM)", null, stop).ConfigureAwait(false))! } };
            }

            byte[]? authority = await FileAsync("File with the certificate of the broker's authority (PEM), '-' for those the board knows", _profile.Authority ?? "-", stop).ConfigureAwait(false);
            return setup with { Tls = tls with { Authority = authority } };
        }

        private async Task<byte[]?> FileAsync(string question, string? usual, CancellationToken stop)
        {
            byte[]? content = null;
            string file = await _ask.TextAsync(
                question,
                usual,
                text =>
                {
                    if (text == "-" && usual is not null)
                    {
                        content = null;
                        return null;
                    }

                    try
                    {
                        content = File.ReadAllBytes(text);
                        return content.Length is > 0 and <= SettingsWriter.MaxFile ? null : $"The file has {content.Length} bytes; a node takes 1 to {SettingsWriter.MaxFile}.";
                    }
                    catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
                    {
                        return error.Message;
                    }
                },
                stop).ConfigureAwait(false);
            if (usual is not null)
            {
                _profile = _profile with { Authority = file == "-" ? null : Path.GetFullPath(file) };
            }

            return content;
        }

        private async Task<NodeSetup> LoginAsync(NodeSetup setup, bool again, CancellationToken stop)
        {
            string user = await _ask.TextAsync("User at the broker, '-' for none", (again ? setup.User : _profile.User) is { Length: > 0 } usual ? usual : "-", _ => null, stop).ConfigureAwait(false);
            if (user == "-")
            {
                return setup with { User = string.Empty, Password = null };
            }

            _loginPassword = !again && _loginPassword is not null && user == _profile.User
                ? _loginPassword
                : await _ask.SecretAsync($"Password of {Visible.Of(user)} (not shown)", CheckPassword, stop).ConfigureAwait(false);
            return setup with { User = user, Password = _loginPassword };
        }

        /// <summary>Puts a network in the place of the one with its name, or of the one that was tried.</summary>
        private static NodeSetup With(NodeSetup setup, WifiSetup network, WifiSetup? tried = null) =>
            setup with { Networks = [.. (setup.Networks ?? []).Select(each => each.Ssid == (tried ?? network).Ssid ? network : each)] };

        private static string? Next(string? last)
        {
            if (last is null || Identifier.Check(last).Identifier is not { } id)
            {
                return null;
            }

            try
            {
                return IdentifierSeries.From(id, 2)[1].Text;
            }
            catch (FormatException)
            {
                return null; // it is as long as one may be
            }
        }

        private static string? CheckIdentifier(string text)
        {
            IdentifierCheck check = Identifier.Check(text);
            return check.Identifier is null ? $"{check.Message} {check.Hint}" : null;
        }

        private static string? CheckBroker(string text)
        {
            try
            {
                _ = BrokerAddress.Parse(text);
                return null;
            }
            catch (FormatException error)
            {
                return error.Message;
            }
        }

        private static string? CheckAddress(string text, NodeSetup setup, WifiSetup network)
        {
            if (text == "-")
            {
                return null;
            }

            try
            {
                _ = SettingsWriter.Write(With(setup, network with { Address = text }), DateTimeOffset.UtcNow);
                return null;
            }
            catch (SetupException error) when (error.Question == Question.Address)
            {
                return error.Message;
            }
            catch (SetupException)
            {
                return null; // another answer's matter
            }
        }

        private static string? CheckPassword(string text) => text == text.Trim() ? null : "A node cannot keep blanks at its beginning or end.";
    }
}
