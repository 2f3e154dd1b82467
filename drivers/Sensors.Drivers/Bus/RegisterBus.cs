namespace Sensors.Drivers
{
    /// <summary>One chip as its driver sees it: numbered registers behind an I2C address or an SPI chip select.</summary>
    /// <remarks>
    /// Drivers take this, never a package's device, so that they run unchanged on a board and on virtual wiring. Every
    /// failure of the wire is a <see cref="BusException"/>; nothing is returned for bytes that did not arrive. One thread
    /// at a time.
    /// </remarks>
    public abstract class RegisterBus
    {
        private readonly byte[] _word = new byte[2]; // scratch of the one- and two-byte accesses, made once

        /// <summary>Makes a bus with a name for messages, such as <c>SPI1 CS27</c> or <c>I2C1 0x48</c>.</summary>
        /// <param name="name">What a technician can find on the board.</param>
        protected RegisterBus(string name)
        {
            Name = name;
        }

        /// <summary>Gets the name used in messages, such as <c>SPI1 CS27</c> or <c>I2C1 0x48</c>.</summary>
        public string Name { get; }

        /// <summary>Gets the time the wire itself spends, in every read, before the first data byte moves.</summary>
        /// <remarks>Some chips want a pause between two reads; what the wire spends on addressing counts towards it.</remarks>
        /// <value>Whole microseconds, rounded down; 0 when not known.</value>
        public virtual int LeadInMicroseconds => 0;

        /// <summary>Gets whether the wire itself tells when nobody answers: I2C does, by the missing acknowledge.</summary>
        /// <remarks>Where it does not, a dead line reads as all ones or all zeros, and such bytes are not believed without more.</remarks>
        /// <value>False where that is not known.</value>
        public virtual bool TellsSilence
        {
            [HotPath]
            get { return false; }
        }

        /// <summary>Reads <paramref name="count"/> bytes in one transaction, beginning at a register.</summary>
        /// <param name="register">Register address as the data sheet prints it.</param>
        /// <param name="buffer">Receives the bytes, from index 0.</param>
        /// <param name="count">Bytes to read, 1 to the length of <paramref name="buffer"/>.</param>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public abstract void Read(byte register, byte[] buffer, int count);

        /// <summary>Writes <paramref name="count"/> bytes in one transaction, beginning at a register.</summary>
        /// <param name="register">Register address as the data sheet prints it.</param>
        /// <param name="buffer">The bytes, from index 0.</param>
        /// <param name="count">Bytes to write, 1 to the length of <paramref name="buffer"/>.</param>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public abstract void Write(byte register, byte[] buffer, int count);

        /// <summary>Closes and opens the wire again: the second stage of recovery, after a plain retry.</summary>
        public abstract void Reopen();

        /// <summary>Lets the wire go. The bus can be opened again with <see cref="Reopen"/>.</summary>
        public abstract void Close();

        /// <summary>Reads one byte.</summary>
        /// <param name="register">Register address as the data sheet prints it.</param>
        /// <returns>The register's value.</returns>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public byte Read(byte register)
        {
            Read(register, _word, 1);
            return _word[0];
        }

        /// <summary>Writes one byte.</summary>
        /// <param name="register">Register address as the data sheet prints it.</param>
        /// <param name="value">The register's new value.</param>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public void Write(byte register, byte value)
        {
            _word[0] = value;
            Write(register, _word, 1);
        }

        /// <summary>Reads a 16-bit register that travels most significant byte first.</summary>
        /// <param name="register">Register address as the data sheet prints it.</param>
        /// <returns>The register's value, unsigned; cast to <see cref="short"/> where it is two's complement.</returns>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public ushort ReadWord(byte register)
        {
            Read(register, _word, 2);
            return (ushort)((_word[0] << 8) | _word[1]);
        }

        /// <summary>Writes a 16-bit register that travels most significant byte first.</summary>
        /// <param name="register">Register address as the data sheet prints it.</param>
        /// <param name="value">The register's new value.</param>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public void WriteWord(byte register, ushort value)
        {
            _word[0] = (byte)(value >> 8);
            _word[1] = (byte)value;
            Write(register, _word, 2);
        }
    }
}
