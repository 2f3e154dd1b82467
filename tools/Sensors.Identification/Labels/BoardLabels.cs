using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Sensors.Node;
using Sensors.Pairing;

namespace Sensors.Identification
{
    /// <summary>The labels of boards, printed when they are flashed: name, access point's password, and the code that proves possession.</summary>
    /// <remarks>Password and code are secrets: they belong on the board and in its <c>label.txt</c>, and nowhere else.</remarks>
    public static partial class BoardLabels
    {
        private const int NodeDigits = 6;

        /// <summary>Draws a label: password (60 bits) and code (40 bits) by the system's cryptographic generator, one independent of the other.</summary>
        /// <param name="node">The node's six digits; null draws them, too.</param>
        /// <returns>The label.</returns>
        /// <exception cref="FormatException">The node is not six hexadecimal digits.</exception>
        public static PairingLabel Draw(string? node = null) =>
            PairingLabel.Draw(node is null ? RandomNumberGenerator.GetHexString(NodeDigits) : ReadNode(node), new SystemRandom());

        /// <summary>Reads the name of a node, with or without what stands before the digits, in any case.</summary>
        /// <param name="text">Such as <c>sensors-3f2a1c</c>, <c>3F2A1C</c>.</param>
        /// <returns>The six digits in capitals.</returns>
        /// <exception cref="FormatException">The text is none.</exception>
        public static string ReadNode(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            string digits = text.StartsWith(PairingLabel.Prefix, StringComparison.OrdinalIgnoreCase) ? text[PairingLabel.Prefix.Length..] : text;
            return digits.Length == NodeDigits && digits.All(char.IsAsciiHexDigit)
                ? digits.ToUpperInvariant()
                : throw new FormatException($"'{text}' is no node: six hexadecimal digits, such as 3F2A1C.");
        }

        /// <summary>Gives what the QR code of a label holds: what phones take to join the access point.</summary>
        /// <param name="label">The label.</param>
        /// <returns>The text.</returns>
        public static string ContentOf(PairingLabel label)
        {
            ArgumentNullException.ThrowIfNull(label);
            return $"WIFI:T:WPA;S:{label.Name};P:{Special().Replace(label.AccessPointPassword, @"\$0")};;";
        }

        [GeneratedRegex("""[\\;,:"]""")]
        private static partial Regex Special();

        private sealed class SystemRandom : RandomSource
        {
            public override int Next(int limit) => RandomNumberGenerator.GetInt32(limit);

            public override void Fill(byte[] buffer) => RandomNumberGenerator.Fill(buffer);
        }
    }
}
