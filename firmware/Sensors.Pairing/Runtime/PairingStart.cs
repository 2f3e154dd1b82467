using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>What a start makes good of what a power cut broke off, before settings are read.</summary>
    public static class PairingStart
    {
        /// <summary>Finishes a reset or an unpairing, judges an attempt that was under way, and deletes files of certificates that no settings name.</summary>
        /// <remarks>
        /// An attempt whose settings are in force had its one write that counts: it succeeded, whatever came after. Any other was interrupted. A volume that
        /// refuses is no reason not to start: the next start tries again.
        /// </remarks>
        /// <param name="volume">The node's files.</param>
        /// <param name="store">Where settings are kept.</param>
        /// <param name="record">What pairing keeps.</param>
        /// <param name="network">What the platform saved of networks; null where the caller sees to it.</param>
        public static void Recover(Volume volume, SettingsStore store, PairingRecord record, Network network)
        {
            Judge(store, record);
            try
            {
                Unpairing unpairing = new Unpairing(volume, store, record, network);
                unpairing.FinishReset();
                unpairing.Finish();
                CertificateFiles.Clean(volume, store.Text);
            }
            catch (VolumeException)
            {
                // See the remarks.
            }
        }

        private static void Judge(SettingsStore store, PairingRecord record)
        {
            if (record.State != TrialState.Trying)
            {
                return;
            }

            bool committed = store.Text != null && store.IsGeneration && Crc32.Compute(store.Text, 0, store.Text.Length) == record.Tried;
            TrialState state = committed ? TrialState.Committed : TrialState.RolledBack;
            record.EndAttempt(
                state,
                TrialOutcome.ToJson(record.Attempt, state, committed ? null : Causes.Interrupted, committed ? null : "the node restarted during the trial"));
        }
    }
}
