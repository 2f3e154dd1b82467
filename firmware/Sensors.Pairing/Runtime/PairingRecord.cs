using System;
using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>What pairing keeps over restarts and power cuts: wrong codes in a row, the attempt under way or told last, and what is not finished.</summary>
    /// <remarks>
    /// A <see cref="TwinFile"/>, <c>pairing.a</c> and <c>pairing.b</c>. Layout, little-endian: 0 version (1), 1 flags (1: the portal is wanted, 2: a factory reset is not
    /// finished), 2 wrong codes in a row u16, 4 counter u32, 8 number of the last attempt i32, 12 CRC-32 of the settings that are being tried, 16 state of the
    /// attempt (<see cref="TrialState"/>), 17 zero, 18 outcome as it is told (JSON), and CRC-32. From any thread. What the volume refuses to keep counts until
    /// the next start.
    /// </remarks>
    public sealed class PairingRecord
    {
        internal const string FileName = "pairing";

        private const int OutcomeAt = 18;
        private const int PortalFlag = 1;
        private const int ResetFlag = 2;
        private const int MostFailures = 65535;

        private readonly object _gate = new object();
        private readonly TwinFile _file;
        private bool _portal;
        private bool _resets;
        private int _failures;
        private int _attempt;
        private uint _tried;
        private TrialState _state;
        private byte[] _outcome = new byte[0];

        /// <summary>Reads the record.</summary>
        /// <param name="volume">The node's files.</param>
        public PairingRecord(Volume volume)
        {
            _file = new TwinFile(volume, FileName, 1, OutcomeAt, 4);
            byte[] bytes = _file.Read();
            if (bytes == null)
            {
                return;
            }

            _portal = (bytes[1] & PortalFlag) != 0;
            _resets = (bytes[1] & ResetFlag) != 0;
            _failures = (int)LittleEndian.Get(bytes, 2, 2);
            _attempt = (int)LittleEndian.Get(bytes, 8, 4);
            _tried = (uint)LittleEndian.Get(bytes, 12, 4);
            _state = (TrialState)bytes[16];
            _outcome = new byte[bytes.Length - OutcomeAt - TwinFile.Check];
            Array.Copy(bytes, OutcomeAt, _outcome, 0, _outcome.Length);
        }

        /// <summary>Gets or sets whether a paired node is to open its portal at the next start; durable once it is set.</summary>
        public bool PortalWanted
        {
            get
            {
                lock (_gate) { return _portal; }
            }

            set
            {
                lock (_gate)
                {
                    if (_portal != value)
                    {
                        _portal = value;
                        Write();
                    }
                }
            }
        }

        /// <summary>Gets how many wrong codes came in a row.</summary>
        public int Failures
        {
            get { lock (_gate) { return _failures; } }
        }

        /// <summary>Gets the number of the last attempt to pair; 0 for none.</summary>
        public int Attempt
        {
            get { lock (_gate) { return _attempt; } }
        }

        /// <summary>Gets how the last attempt stands, until that was fetched.</summary>
        public TrialState State
        {
            get { lock (_gate) { return _state; } }
        }

        internal bool IsResetting
        {
            get { lock (_gate) { return _resets; } }
        }

        internal uint Tried
        {
            get { lock (_gate) { return _tried; } }
        }

        /// <summary>Gets the outcome as it is told; empty while there is none.</summary>
        internal byte[] Outcome
        {
            get { lock (_gate) { return _outcome; } }
        }

        internal void CountFailure()
        {
            lock (_gate)
            {
                _failures += _failures < MostFailures ? 1 : 0;
                Write();
            }
        }

        internal void ForgetFailures()
        {
            lock (_gate)
            {
                if (_failures != 0)
                {
                    _failures = 0;
                    Write();
                }
            }
        }

        /// <summary>Notes that settings are being tried.</summary>
        /// <returns>False when the volume refused: then nobody would know after a power cut.</returns>
        internal bool BeginAttempt(int number, uint check)
        {
            lock (_gate)
            {
                _attempt = number;
                _tried = check;
                _state = TrialState.Trying;
                _outcome = new byte[0];
                return Write();
            }
        }

        /// <summary>Notes how it ended. A node that is paired wants no portal.</summary>
        internal void EndAttempt(TrialState state, byte[] outcome)
        {
            lock (_gate)
            {
                _state = state;
                _outcome = outcome;
                _portal &= state != TrialState.Committed;
                Write();
            }
        }

        /// <summary>Forgets the outcome: it was fetched.</summary>
        internal void ForgetOutcome()
        {
            lock (_gate)
            {
                if (_state != TrialState.None)
                {
                    _state = TrialState.None;
                    _outcome = new byte[0];
                    Write();
                }
            }
        }

        internal void BeginReset()
        {
            lock (_gate)
            {
                _resets = true;
                Write();
            }
        }

        /// <summary>Forgets everything.</summary>
        internal void EndReset()
        {
            lock (_gate)
            {
                _portal = false;
                _resets = false;
                _failures = 0;
                _attempt = 0;
                _tried = 0;
                _state = TrialState.None;
                _outcome = new byte[0];
                Write();
            }
        }

        private bool Write()
        {
            byte[] bytes = new byte[OutcomeAt + _outcome.Length + TwinFile.Check];
            bytes[1] = (byte)((_portal ? PortalFlag : 0) | (_resets ? ResetFlag : 0));
            LittleEndian.Put(bytes, 2, _failures, 2);
            LittleEndian.Put(bytes, 8, _attempt, 4);
            LittleEndian.Put(bytes, 12, _tried, 4);
            bytes[16] = (byte)_state;
            Array.Copy(_outcome, 0, bytes, OutcomeAt, _outcome.Length);
            try
            {
                _file.Write(bytes);
                return true;
            }
            catch (VolumeException)
            {
                return false;
            }
        }
    }
}
