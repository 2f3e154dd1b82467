using System;

namespace Sensors.Identification
{
    /// <summary>GS1 Digital Links (ISO/IEC 18975) of products: <c>/01/</c> and the GTIN, then <c>/21/</c> and the serial number.</summary>
    internal static class LinkRules
    {
        private const string Item = "01";
        private const string Serial = "21";
        private const int MostSerial = 20;
        private const int CanonicalDigits = 14;

        internal static void Check(KindCheck check)
        {
            string text = check.Text;
            if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            {
                check.Error(0, "It is no web address.", "A Digital Link begins with https:// and a domain.");
                return;
            }

            int slash = text.IndexOf('/', uri.Scheme.Length + 3);
            int start = slash < 0 ? text.Length : slash + 1;
            string path = uri.GetComponents(UriComponents.Path, UriFormat.UriEscaped);
            string[] steps = path.Split('/');
            int at = Array.IndexOf(steps, Item);
            if (at < 0 || at + 1 == steps.Length || steps[at + 1].Length == 0)
            {
                check.Error(start, "Its path has no /01/ with a GTIN behind it.", "Links of products have; others are not checked here.");
                return;
            }

            int item = text.IndexOf($"/{Item}/", StringComparison.Ordinal);
            int digits = item < 0 ? start : item + Item.Length + 2;
            GtinRules.CheckDigits(check, steps[at + 1], digits);
            if (steps[at + 1].Length is > 0 and < CanonicalDigits)
            {
                check.Note(digits, $"The GTIN has {steps[at + 1].Length} digits.", "The canonical form fills it with zeros to 14.");
            }

            check.Part("host", uri.Host);
            int serial = Array.IndexOf(steps, Serial, at + 2);
            if (serial >= 0)
            {
                CheckSerial(check, serial + 1 < steps.Length ? Uri.UnescapeDataString(steps[serial + 1]) : string.Empty);
            }

            if (uri.Scheme == "http")
            {
                check.Note(0, "It begins with http.", "The answer can be changed on its way; https cannot.");
            }
        }

        private static void CheckSerial(KindCheck check, string serial)
        {
            int at = Math.Max(0, check.Text.LastIndexOf($"/{Serial}", StringComparison.Ordinal));
            if (serial.Length is 0 or > MostSerial)
            {
                check.Error(at, serial.Length == 0 ? "The serial number is empty." : $"The serial number has {serial.Length} characters.", $"Behind /21/ stand 1 to {MostSerial}.");
                return;
            }

            check.Part("serial", serial);
        }
    }
}
