using System.Text;
using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>The files of certificates and keys that pairing keeps: two generations of each, <c>tls-a.ca</c> and <c>tls-b.ca</c>, of which the settings name one.</summary>
    /// <remarks>A generation is written where the settings in force do not look; only the write of the settings makes it count. What they do not name is deleted at start.</remarks>
    internal static class CertificateFiles
    {
        /// <summary>Certificate of the authority, the node's own, and its key.</summary>
        internal static readonly string[] Kinds = { "ca", "cert", "key" };

        private const string Prefix = "tls_";
        private const string First = "tls-a.";
        private const string Second = "tls-b.";

        /// <summary>Gives the settings' key of a kind.</summary>
        internal static string KeyOf(string kind)
        {
            return Prefix + kind;
        }

        /// <summary>Gives the file that settings name.</summary>
        /// <param name="text">The settings; null for none.</param>
        /// <param name="kind">One of <see cref="Kinds"/>.</param>
        /// <returns>Its name; null for none.</returns>
        internal static string Named(byte[] text, string kind)
        {
            if (text == null || text.Length == 0 || !Utf8Text.IsSound(text, 0))
            {
                return null; // a generation that was torn holds anything
            }

            SettingsText lines = new SettingsText(text);
            string name = null;
            for (int i = 0; i < lines.Count; i++)
            {
                name = lines.KeyOf(i) == KeyOf(kind) ? lines.ValueOf(i) : name;
            }

            return name;
        }

        /// <summary>Gives the name under which a new file of a kind is kept.</summary>
        /// <param name="inForce">The settings in force; null for none.</param>
        /// <param name="kind">One of <see cref="Kinds"/>.</param>
        /// <returns>A name those settings do not use.</returns>
        internal static string Free(byte[] inForce, string kind)
        {
            return (Named(inForce, kind) == First + kind ? Second : First) + kind;
        }

        /// <summary>Deletes the files of pairing that no settings name.</summary>
        /// <param name="volume">The node's files.</param>
        /// <param name="inForce">The settings in force; null for none.</param>
        internal static void Clean(Volume volume, byte[] inForce)
        {
            byte[] written = volume.Read(Settings.FileName); // what older firmware would go back to
            string[] names = volume.List();
            for (int i = 0; i < names.Length; i++)
            {
                string kind = KindOf(names[i]);
                if (kind != null && Named(inForce, kind) != names[i] && Named(written, kind) != names[i])
                {
                    volume.Delete(names[i]);
                }
            }
        }

        /// <summary>Deletes all files of pairing, and those that settings name.</summary>
        /// <param name="volume">The node's files.</param>
        /// <param name="text">The settings; null for none.</param>
        internal static void Delete(Volume volume, byte[] text)
        {
            for (int i = 0; i < Kinds.Length; i++)
            {
                DeleteAny(volume, Named(text, Kinds[i]));
                DeleteAny(volume, First + Kinds[i]);
                DeleteAny(volume, Second + Kinds[i]);
            }
        }

        private static void DeleteAny(Volume volume, string name)
        {
            if (name != null && name.Length > 0 && !Unpairing.Stays(name) && volume.Read(name, new byte[0]) >= 0)
            {
                volume.Delete(name);
            }
        }

        private static string KindOf(string name)
        {
            for (int i = 0; i < Kinds.Length; i++)
            {
                if (name == First + Kinds[i] || name == Second + Kinds[i])
                {
                    return Kinds[i];
                }
            }

            return null;
        }
    }
}
