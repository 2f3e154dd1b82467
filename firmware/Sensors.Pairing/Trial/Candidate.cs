using System;
using System.Text;
using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>Settings that are to be tried, and the files that go with them. All of it is in memory until it has worked.</summary>
    internal sealed class Candidate
    {
        private readonly byte[][] _files = new byte[CertificateFiles.Kinds.Length][];
        private readonly string[] _names = new string[CertificateFiles.Kinds.Length]; // null where nothing is to be written

        private Candidate()
        {
        }

        /// <summary>Gets the settings, with the names the files will have.</summary>
        internal byte[] Text { get; private set; }

        /// <summary>Gets the same, read.</summary>
        internal Settings Settings { get; private set; }

        /// <summary>Gets what is wrong, for people; null when nothing is.</summary>
        internal string Error { get; private set; }

        /// <summary>Reads settings.</summary>
        /// <param name="text">The settings, whose <c>tls_...</c> lines name files that were sent (<c>ca</c>, <c>cert</c>, <c>key</c>), or those in force.</param>
        /// <param name="sent">The files that were sent, by their kinds; null where none was.</param>
        /// <param name="inForce">The settings in force; null for none.</param>
        /// <param name="volume">The node's files.</param>
        /// <returns>The candidate; see <see cref="Error"/>.</returns>
        internal static Candidate Read(byte[] text, byte[][] sent, byte[] inForce, Volume volume)
        {
            Candidate candidate = new Candidate();
            if (text.Length > SettingsStore.MaxLength)
            {
                candidate.Error = "the settings have more than " + SettingsStore.MaxLength.ToString() + " bytes";
                return candidate;
            }

            if (text.Length == 0 || !Utf8Text.IsSound(text, 0))
            {
                candidate.Error = text.Length == 0 ? "there are no settings" : "the settings are no UTF-8";
                return candidate;
            }

            SettingsText lines = null; // while nothing is renamed
            for (int i = 0; i < CertificateFiles.Kinds.Length && candidate.Error == null; i++)
            {
                string kind = CertificateFiles.Kinds[i];
                string named = CertificateFiles.Named(text, kind);
                if (named == null)
                {
                    continue;
                }

                if (named == kind)
                {
                    candidate._names[i] = CertificateFiles.Free(inForce, kind);
                    candidate._files[i] = sent[i];
                    lines = (lines ?? new SettingsText(text)).With(CertificateFiles.KeyOf(kind), null, candidate._names[i]);
                }
                else if (named == CertificateFiles.Named(inForce, kind))
                {
                    candidate._files[i] = volume.Read(named);
                }

                if (candidate._files[i] == null)
                {
                    candidate.Error = CertificateFiles.KeyOf(kind) + " must be " + kind + ", and the file sent before; or the file that is in force";
                }
            }

            if (candidate.Error == null)
            {
                candidate.Take(lines == null ? text : lines.ToBytes());
            }

            return candidate;
        }

        /// <summary>Keeps it: the files, then the settings. Until the last of these writes nothing has changed.</summary>
        /// <param name="volume">The node's files.</param>
        /// <param name="store">Where settings are kept.</param>
        /// <returns>False when the volume refused; what was written is deleted again, as far as it lets itself.</returns>
        internal bool Commit(Volume volume, SettingsStore store)
        {
            try
            {
                for (int i = 0; i < _names.Length; i++)
                {
                    if (_names[i] != null)
                    {
                        volume.Write(_names[i], _files[i]);
                    }
                }

                store.Write(Text);
                return true;
            }
            catch (VolumeException)
            {
                Discard(volume);
                return false;
            }
        }

        private void Discard(Volume volume)
        {
            for (int i = 0; i < _names.Length; i++)
            {
                try
                {
                    if (_names[i] != null)
                    {
                        volume.Delete(_names[i]);
                    }
                }
                catch (VolumeException)
                {
                    // No settings name it: the next start deletes it.
                }
            }
        }

        private void Take(byte[] text)
        {
            Text = text;
            Settings = Settings.Parse(text);
            Error = Settings.Error;
            string file = Settings.FileName;
            if (Error != null && Error.StartsWith(file))
            {
                Error = Error.Substring(file.Length + (Error[file.Length] == ':' ? 2 : 1)); // who pairs knows no such file
            }

            if (Error == null && text.Length > SettingsStore.MaxLength)
            {
                Error = "the settings have more than " + SettingsStore.MaxLength.ToString() + " bytes";
            }

            Settings.Link.CaCertificate = _files[0];
            Settings.Link.ClientCertificate = _files[1];
            Settings.Link.ClientKey = _files[2];
        }
    }
}
