using System;
using System.Linq;

namespace Sensors.Identification
{
    /// <summary>Decentralised identifiers: <c>did:method:...</c>; BID (specification 2.0.0) and VAA (draft) in full.</summary>
    internal static class DidRules
    {
        private const string Scheme = "did:";
        private const string Base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        private const int ChainLength = 4;
        private const int LeastBid = 22;
        private const int MostBid = 42;
        private const int LeastVaa = 27;
        private const int MostVaa = 31;

        internal static void Check(KindCheck check)
        {
            string text = check.Text;
            if (!text.StartsWith(Scheme, StringComparison.Ordinal))
            {
                check.Error(0, $"It does not begin with {Scheme}", "A DID does, in small letters.");
                return;
            }

            int colon = text.IndexOf(':', Scheme.Length);
            string method = colon < 0 ? text[Scheme.Length..] : text[Scheme.Length..colon];
            int odd = method.ToList().FindIndex(c => !char.IsAsciiLetterLower(c) && !KindCheck.IsDigit(c));
            if (method.Length == 0 || odd >= 0)
            {
                check.Error(Scheme.Length + Math.Max(0, odd), $"The method is '{method}'.", "It has small letters and digits.");
                return;
            }

            check.Part("method", method);
            string rest = colon < 0 ? string.Empty : text[(colon + 1)..];
            if (rest.Length == 0)
            {
                check.Error(text.Length, "Nothing stands behind the method.", "The method's own identifier follows.");
                return;
            }

            switch (method)
            {
                case "bid":
                    CheckBid(check, rest, colon + 1);
                    break;
                case "vaa":
                    CheckVaa(check, rest, colon + 1);
                    break;
                default:
                    CheckOther(check, rest, colon + 1);
                    break;
            }
        }

        // did:bid:[acsn:]suffix, or did:bid:acsn:
        private static void CheckBid(KindCheck check, string rest, int at)
        {
            int colon = rest.IndexOf(':', StringComparison.Ordinal);
            string suffix = rest[(colon + 1)..];
            if (colon >= 0)
            {
                CheckChain(check, rest[..colon], at);
                if (suffix.Length == 0) { return; }
            }
            else if (rest.Length == ChainLength && rest.All(char.IsAsciiLetterOrDigit))
            {
                check.Doubt(at + rest.Length, $"No ':' ends the chain's code {rest}.", "The specification's prose leaves it out, and its grammar demands it.");
                return;
            }

            int start = at + colon + 1;
            int odd = suffix.ToList().FindIndex(c => !char.IsAsciiLetterOrDigit(c));
            if (odd >= 0)
            {
                check.Error(start + odd, $"'{suffix[odd]}' stands at position {KindCheck.Position(start + odd)}.", "A BID's suffix has letters and digits.");
                return;
            }

            if (suffix.Length is < LeastBid or > MostBid)
            {
                check.Error(start, $"The suffix has {suffix.Length} characters.", $"A BID's has {LeastBid} to {MostBid}.");
                return;
            }

            check.Part("suffix", suffix);
            string? key = suffix[0] switch { 'z' => "SM2", 'e' => "Ed25519", 's' => "secp256k1", _ => null };
            string? encoding = suffix[1] switch { 'f' => "Base58", 's' => "Base64", 't' => "Bech32", _ => null };
            if (key is null || encoding is null)
            {
                check.Doubt(start, $"The suffix begins with {suffix[..2]}.", "z, e or s tell the key, and f, s or t behind it the encoding.");
                return;
            }

            check.Part("key", key);
            check.Part("encoding", encoding);
        }

        private static void CheckChain(KindCheck check, string chain, int at)
        {
            if (chain.Length != ChainLength || !chain.All(char.IsAsciiLetterOrDigit))
            {
                check.Error(at, $"The chain's code is '{chain}'.", $"It has {ChainLength} letters and digits.");
                return;
            }

            check.Part("chain", chain);
        }

        private static void CheckVaa(KindCheck check, string rest, int at)
        {
            int odd = rest.ToList().FindIndex(c => !Base58.Contains(c, StringComparison.Ordinal));
            if (odd >= 0)
            {
                check.Error(at + odd, $"'{rest[odd]}' stands at position {KindCheck.Position(at + odd)}.", "The suffix is Base58: letters and digits without 0, O, I and l.");
            }
            else if (rest.Length is < LeastVaa or > MostVaa)
            {
                check.Doubt(at, $"The suffix has {rest.Length} characters.", $"The draft's usual one has {LeastVaa} to {MostVaa}.");
            }

            check.Part("suffix", rest);
        }

        private static void CheckOther(KindCheck check, string rest, int at)
        {
            int odd = rest.ToList().FindIndex(c => !char.IsAsciiLetterOrDigit(c) && !".-_:%".Contains(c, StringComparison.Ordinal));
            if (odd >= 0)
            {
                check.Error(at + odd, $"'{rest[odd]}' stands at position {KindCheck.Position(at + odd)}.", "A DID has letters, digits, '.', '-', '_', ':' and %XX.");
            }

            check.Part("suffix", rest);
            check.Note(Scheme.Length, "The rules of its method are not checked.", "bid and vaa are known here.");
        }
    }
}
