using System;
using System.Globalization;
using System.Linq;

namespace Sensors.Identification
{
    /// <summary>Object identifiers: ITU-T X.660, in the dotted form of RFC 4512, section 1.4.</summary>
    internal static class OidRules
    {
        private const string Urn = "urn:oid:";
        private const int MostRoot = 2;
        private const int MostSecond = 39; // below the roots 0 and 1

        internal static void Check(KindCheck check)
        {
            int at = check.Text.StartsWith(Urn, StringComparison.OrdinalIgnoreCase) ? Urn.Length : 0;
            string[] arcs = check.Text[at..].Split('.');
            for (int i = 0; i < arcs.Length; at += arcs[i].Length + 1, i++)
            {
                CheckArc(check, arcs, i, at);
            }

            if (arcs.Length < 2)
            {
                check.Error(check.Text.Length, "It has one arc.", "An object identifier has two or more, with '.' between them.");
            }

            check.Part("root", arcs[0] switch { "0" => "ITU-T", "1" => "ISO", _ => "joint ITU-T and ISO" });
            check.Part("arcs", arcs.Length.ToString(CultureInfo.InvariantCulture));
            string oid = string.Join('.', arcs) + ".";
            if (oid.StartsWith("1.2.156.", StringComparison.Ordinal) || oid.StartsWith("2.16.156.", StringComparison.Ordinal))
            {
                check.Part("country", "China");
            }
        }

        private static void CheckArc(KindCheck check, string[] arcs, int index, int at)
        {
            string arc = arcs[index];
            int odd = arc.ToList().FindIndex(c => !KindCheck.IsDigit(c));
            if (arc.Length == 0)
            {
                check.Error(at, $"An arc is empty, at position {KindCheck.Position(at)}.", "Between dots stands a number.");
            }
            else if (odd >= 0)
            {
                check.Error(at + odd, $"'{arc[odd]}' stands at position {KindCheck.Position(at + odd)}.", "Arcs are whole numbers.");
            }
            else if (arc.Length > 1 && arc[0] == '0')
            {
                check.Error(at, $"The arc {arc} at position {KindCheck.Position(at)} has a leading zero.", "An arc is a number, written without leading zeros; codes of fixed width must be carried otherwise.");
            }
            else if (index == 0 && (arc.Length > 1 || arc[0] - '0' > MostRoot))
            {
                check.Error(at, $"The root is {arc}.", "There are 0 (ITU-T), 1 (ISO) and 2 (joint).");
            }
            else if (index == 1 && arcs[0] is "0" or "1" && (arc.Length > 2 || int.Parse(arc, CultureInfo.InvariantCulture) > MostSecond))
            {
                check.Error(at, $"The second arc is {arc}.", $"Below {arcs[0]} it is 0 to {MostSecond}.");
            }
        }
    }
}
