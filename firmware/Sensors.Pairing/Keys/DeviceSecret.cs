using System;
using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>Chance that does not repeat: every draw goes through a secret of the device, drawn once, and a count that no start repeats.</summary>
    /// <remarks>
    /// <para>
    /// A board's generator may be weak for the first moments after power-on, or give the same numbers at every start. What comes out here is
    /// HMAC(secret, start | draw | chance): as long as the secret is one, nobody can foretell it, and it never comes twice.
    /// </para>
    /// <para>A <see cref="TwinFile"/>, <c>secret.a</c> and <c>secret.b</c>, written at each start. Layout, little-endian: 0 version (1), 4 counter u32, which
    /// is the number of the start, 8 secret 32, and CRC-32. It never leaves the node.</para>
    /// </remarks>
    public sealed class DeviceSecret : RandomSource
    {
        internal const string FileName = "secret";

        private const int SecretAt = 8;
        private const int Length = SecretAt + Hmac.Length + TwinFile.Check;
        private const int ChanceLength = 16;
        private const int MessageLength = 8 + ChanceLength;

        private readonly object _gate = new object();
        private readonly RandomSource _chance;
        private readonly byte[] _secret = new byte[Hmac.Length];
        private readonly uint _start;
        private uint _draw;

        /// <summary>Reads the secret, or draws it where there is none, and counts this start.</summary>
        /// <param name="volume">The node's files. Where it refuses to be written, the secret is this start's only.</param>
        /// <param name="chance">The board's generator.</param>
        public DeviceSecret(Volume volume, RandomSource chance)
        {
            _chance = chance;
            TwinFile file = new TwinFile(volume, FileName, 1, SecretAt, 4);
            byte[] bytes = file.Read();
            if (bytes == null || bytes.Length != Length)
            {
                bytes = new byte[Length];
                byte[] drawn = new byte[Hmac.Length];
                chance.Fill(drawn);
                Array.Copy(drawn, 0, bytes, SecretAt, drawn.Length);
            }

            Array.Copy(bytes, SecretAt, _secret, 0, _secret.Length);
            try
            {
                file.Write(bytes);
            }
            catch (VolumeException)
            {
                // The draws of this start still differ from one another, and from others by chance.
            }

            _start = (uint)LittleEndian.Get(bytes, 4, 4);
        }

        /// <inheritdoc/>
        public override int Next(int limit)
        {
            byte[] drawn = new byte[4];
            int rest = int.MaxValue - (int)(((long)int.MaxValue + 1) % limit); // the highest number of whole rounds
            int number;
            do
            {
                Fill(drawn);
                number = (int)LittleEndian.Get(drawn, 0, 4) & int.MaxValue;
            }
            while (number > rest);
            return number % limit;
        }

        /// <inheritdoc/>
        public override void Fill(byte[] buffer)
        {
            byte[] chance = new byte[ChanceLength];
            byte[] message = new byte[MessageLength];
            lock (_gate)
            {
                for (int at = 0; at < buffer.Length; at += Hmac.Length)
                {
                    _chance.Fill(chance);
                    LittleEndian.Put(message, 0, _start, 4);
                    LittleEndian.Put(message, 4, ++_draw, 4);
                    Array.Copy(chance, 0, message, 8, ChanceLength);
                    byte[] drawn = Hmac.Compute(_secret, message);
                    Array.Copy(drawn, 0, buffer, at, buffer.Length - at < drawn.Length ? buffer.Length - at : drawn.Length);
                }
            }
        }
    }
}
