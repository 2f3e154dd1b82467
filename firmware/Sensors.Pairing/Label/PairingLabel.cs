using System.Text;
using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>What the board's label says and the node knows: its name, the password of its access point, and the code that lets somebody pair it.</summary>
    /// <remarks>
    /// The file <c>label.txt</c>: three lines, <c>node=3F2A1C</c>, <c>ap_password=7H2K9QWX4M3T</c>, <c>code=K7M2-9QXW</c>, in any order, each ended. Password and code are drawn
    /// apart: who finds the one by recording the radio still has not the other.
    /// </remarks>
    public sealed class PairingLabel
    {
        /// <summary>Name of the file on the volume.</summary>
        public const string FileName = "label.txt";

        /// <summary>What a node's name and its access point's begin with.</summary>
        public const string Prefix = "sensors-";

        /// <summary>The letters of codes and drawn passwords: Crockford's base 32, five bits each, of which none looks like another.</summary>
        public const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

        /// <summary>Letters of a code that is drawn: 40 bits.</summary>
        public const int CodeLength = 8;

        /// <summary>The least letters of a code.</summary>
        public const int ShortestCode = 6;

        /// <summary>The most letters of a code.</summary>
        public const int LongestCode = 16;

        private const int PasswordLength = 12; // 60 bits: the hand-shake of WPA2 can be tried against recordings
        private const int NodeLength = 6;
        private const int Group = 4;

        private PairingLabel(string node, string password, string code)
        {
            Node = node;
            AccessPointPassword = password;
            Code = code;
        }

        /// <summary>Gets the node's number: 6 hexadecimal digits, upper case.</summary>
        public string Node { get; }

        /// <summary>Gets the node's name, which is also its access point's: <c>sensors-</c> and the number.</summary>
        public string Name
        {
            get { return Prefix + Node; }
        }

        /// <summary>Gets the password of the node's access point: WPA2, 8 to 63 printable ASCII letters without quotes, backslashes, or blanks at its ends. A secret.</summary>
        public string AccessPointPassword { get; }

        /// <summary>Gets the code in its canonical form. A secret.</summary>
        public string Code { get; }

        /// <summary>Makes a label of what it says.</summary>
        /// <param name="node">6 hexadecimal digits.</param>
        /// <param name="password">The access point's password.</param>
        /// <param name="code">The code, in any form.</param>
        /// <returns>The label; null when one of them is not right.</returns>
        public static PairingLabel Make(string node, string password, string code)
        {
            string canonical = Canonical(code);
            byte[] number = HexText.Read(node, NodeLength / 2);
            return number == null || canonical == null || !IsPassword(password)
                ? null : new PairingLabel(HexText.Of(number).ToUpper(), password, canonical);
        }

        /// <summary>Draws a label.</summary>
        /// <param name="node">6 hexadecimal digits.</param>
        /// <param name="random">A generator fit for keys: on a node its <see cref="DeviceSecret"/>.</param>
        /// <returns>The label; null when the digits are not right.</returns>
        public static PairingLabel Draw(string node, RandomSource random)
        {
            return Make(node, Letters(PasswordLength, random), Letters(CodeLength, random));
        }

        /// <summary>Reads a label.</summary>
        /// <param name="file">Content of <see cref="FileName"/>; null when there is none.</param>
        /// <returns>The label; null when it is none, or was torn while it was written.</returns>
        public static PairingLabel Parse(byte[] file)
        {
            if (file == null || file.Length == 0 || file[file.Length - 1] != (byte)'\n' || !Utf8Text.IsSound(file, 0))
            {
                return null;
            }

            string node = null, password = null, code = null;
            string[] lines = Encoding.UTF8.GetString(file, 0, file.Length).Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                string line = lines[i].Trim();
                int equals = line.IndexOf('=');
                string key = equals < 0 ? null : line.Substring(0, equals);
                string value = equals < 0 ? null : line.Substring(equals + 1);
                node = key == "node" ? value : node;
                password = key == "ap_password" ? value : password;
                code = key == "code" ? value : code;
            }

            return Make(node, password, code);
        }

        /// <summary>Gives the label as it is kept.</summary>
        /// <returns>Three lines of ASCII.</returns>
        public byte[] ToBytes()
        {
            return Encoding.UTF8.GetBytes("node=" + Node + "\nap_password=" + AccessPointPassword + "\ncode=" + Print(Code) + "\n");
        }

        /// <summary>Reads the node's label, or draws and keeps one where there is none that is whole.</summary>
        /// <param name="volume">The node's files.</param>
        /// <param name="node">The board's own number for a label that is drawn: the last three bytes of its MAC, 6 hexadecimal digits.</param>
        /// <param name="random">The node's <see cref="DeviceSecret"/>.</param>
        /// <returns>The label.</returns>
        /// <exception cref="VolumeException">The label that was drawn could not be kept.</exception>
        public static PairingLabel Open(Volume volume, string node, RandomSource random)
        {
            PairingLabel label = Parse(volume.Read(FileName));
            if (label == null)
            {
                label = Draw(node, random);
                volume.Write(FileName, label.ToBytes());
            }

            return label;
        }

        /// <summary>Gives a code in the form that keys are derived from: upper case, without <c>-</c> and blanks, <c>I</c> and <c>L</c> read as 1, <c>O</c> as 0.</summary>
        /// <param name="code">The code as somebody typed it; null is none.</param>
        /// <returns>6 to 16 letters of <see cref="Alphabet"/>; null when it is no code.</returns>
        public static string Canonical(string code)
        {
            char[] letters = code == null ? new char[0] : code.ToUpper().ToCharArray();
            int count = 0;
            for (int i = 0; i < letters.Length; i++)
            {
                char letter = letters[i];
                if (letter == '-' || letter == ' ')
                {
                    continue;
                }

                letter = letter == 'I' || letter == 'L' ? '1' : letter == 'O' ? '0' : letter;
                if (Alphabet.IndexOf(letter) < 0)
                {
                    return null;
                }

                letters[count++] = letter;
            }

            return count < ShortestCode || count > LongestCode ? null : new string(letters, 0, count);
        }

        /// <summary>Gives a code as it is printed: in groups of four, <c>K7M2-9QXW</c>.</summary>
        /// <param name="code">The code in its canonical form.</param>
        /// <returns>The groups with <c>-</c> between them.</returns>
        public static string Print(string code)
        {
            string printed = string.Empty;
            for (int at = 0; at < code.Length; at += Group)
            {
                printed += (at == 0 ? string.Empty : "-") + code.Substring(at, code.Length - at < Group ? code.Length - at : Group);
            }

            return printed;
        }

        private static string Letters(int count, RandomSource random)
        {
            byte[] drawn = new byte[count];
            random.Fill(drawn);
            char[] alphabet = Alphabet.ToCharArray();
            char[] letters = new char[count];
            for (int i = 0; i < count; i++)
            {
                letters[i] = alphabet[drawn[i] & 31];
            }

            return new string(letters);
        }

        private static bool IsPassword(string password)
        {
            char[] letters = password == null ? new char[0] : password.ToCharArray();
            bool good = letters.Length >= 8 && letters.Length <= 63 && password.Trim() == password;
            for (int i = 0; i < letters.Length && good; i++)
            {
                good = letters[i] >= ' ' && letters[i] < 127 && letters[i] != '"' && letters[i] != '\\';
            }

            return good;
        }
    }
}
