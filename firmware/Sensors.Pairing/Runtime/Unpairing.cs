using System;
using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>What a node forgets: where it belongs, or everything. A power cut leaves it as it was, or is made good at the next start.</summary>
    public sealed class Unpairing
    {
        private const string Generations = "settings."; // SettingsStore's two files, a and b
        private const string PlatformPrefix = "con_";   // the platform's own files: Network.Forget empties them
        private const int TextAt = 12;                  // in a generation

        private readonly Volume _volume;
        private readonly SettingsStore _store;
        private readonly PairingRecord _record;
        private readonly Network _network;

        /// <summary>Names what is to be forgotten.</summary>
        /// <param name="volume">The node's files.</param>
        /// <param name="store">Where settings are kept.</param>
        /// <param name="record">What pairing keeps.</param>
        /// <param name="network">What the platform saved of networks; null where the caller sees to it.</param>
        public Unpairing(Volume volume, SettingsStore store, PairingRecord record, Network network)
        {
            _volume = volume;
            _store = store;
            _record = record;
            _network = network;
        }

        /// <summary>Forgets identifier, networks, broker, account, root and certificates. How the node measures stays, and the journal.</summary>
        /// <exception cref="VolumeException">The volume refused; where the first write went well, the next start does the rest.</exception>
        public void Unpair()
        {
            _store.Write(SettingsText.Unpaired(_store.Text)); // from here on the node is unpaired
            Finish();
        }

        /// <summary>Deletes what an unpaired node still holds of its pairing; nothing happens where there is nothing, or the node is paired. At every start.</summary>
        /// <exception cref="VolumeException">The volume refused.</exception>
        public void Finish()
        {
            if (!_store.IsGeneration || !Settings.Parse(_store.Text).IsUnpaired)
            {
                return;
            }

            // The file that people wrote goes last: it tells which files it named, and that there is something left to do.
            byte[] written = _volume.Read(Settings.FileName);
            byte[] first = _volume.Read(Generations + "a");
            byte[] second = _volume.Read(Generations + "b");
            bool isDone = written == null && IsSame(first, second);
            if (!isDone && _network != null)
            {
                _network.Forget();
            }

            CertificateFiles.Delete(_volume, written);
            CertificateFiles.Delete(_volume, TextOf(first));
            CertificateFiles.Delete(_volume, TextOf(second));
            if (!IsSame(first, second))
            {
                _store.Write(_store.Text); // over the generation that still holds passwords
            }

            if (written != null)
            {
                _volume.Delete(Settings.FileName);
            }
        }

        /// <summary>Forgets everything but the label and the device secret: settings, what was learned, the journal and its readings, and what pairing keeps.</summary>
        /// <exception cref="VolumeException">The volume refused; the next start goes on.</exception>
        public void Reset()
        {
            _record.BeginReset();
            FinishReset();
        }

        /// <summary>Goes on with a reset that a power cut broke off. At every start, before anything else is read.</summary>
        /// <exception cref="VolumeException">The volume refused.</exception>
        public void FinishReset()
        {
            if (!_record.IsResetting)
            {
                return;
            }

            string[] names = _volume.List();
            for (int i = 0; i < names.Length; i++)
            {
                if (!Stays(names[i]))
                {
                    _volume.Delete(names[i]);
                }
            }

            if (_network != null)
            {
                _network.Forget();
            }

            _store.Read();
            _record.EndReset();
        }

        /// <summary>Tells whether a file is never deleted here: label, device secret, what pairing keeps, the platform's own.</summary>
        internal static bool Stays(string name)
        {
            return name == PairingLabel.FileName || name.StartsWith(DeviceSecret.FileName + ".") || name.StartsWith(PairingRecord.FileName + ".")
                || name.StartsWith(PlatformPrefix);
        }

        private static byte[] TextOf(byte[] generation)
        {
            if (generation == null || generation.Length < TextAt + TwinFile.Check)
            {
                return null;
            }

            byte[] text = new byte[generation.Length - TextAt - TwinFile.Check];
            Array.Copy(generation, TextAt, text, 0, text.Length);
            return text;
        }

        private static bool IsSame(byte[] first, byte[] second)
        {
            bool same = (first ?? second) == null || (first != null && second != null && first.Length == second.Length);
            for (int i = TextAt; same && first != null && i < first.Length - TwinFile.Check; i++)
            {
                same = first[i] == second[i];
            }

            return same;
        }
    }
}
