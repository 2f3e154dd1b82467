using System;

namespace Sensors.Drivers
{
    /// <summary>A chip answered, but not as its data sheet says: wrong identity, or a register that does not keep its value.</summary>
    public sealed class SensorException : Exception
    {
        /// <summary>Makes the error of one register.</summary>
        /// <param name="part">The chip's name.</param>
        /// <param name="fault">What is wrong.</param>
        /// <param name="register">The register that told.</param>
        /// <param name="found">What was read.</param>
        /// <param name="expected">What the data sheet promises.</param>
        public SensorException(string part, SensorFault fault, byte register, int found, int expected)
            : base(part + ", register 0x" + register.ToString("X2") + ": found 0x" + found.ToString("X2") + ", expected 0x" + expected.ToString("X2"))
        {
            Part = part;
            Fault = fault;
            Register = register;
            Found = found;
            Expected = expected;
        }

        /// <summary>Gets the chip's name.</summary>
        public string Part { get; }

        /// <summary>Gets what is wrong.</summary>
        public SensorFault Fault { get; }

        /// <summary>Gets the register that told.</summary>
        public byte Register { get; }

        /// <summary>Gets what was read.</summary>
        public int Found { get; }

        /// <summary>Gets what the data sheet promises.</summary>
        public int Expected { get; }
    }

    /// <summary>What can be wrong with a sensor. The names of the wire are in <c>docs/payloads.md</c>.</summary>
    public enum SensorFault
    {
        /// <summary>Nothing is wrong.</summary>
        None = 0,

        /// <summary>The chip does not answer on its bus.</summary>
        NoAnswer = 1,

        /// <summary>Another chip, a clone or a dead bus answers: the identity register is wrong.</summary>
        WrongIdentity = 2,

        /// <summary>A register did not keep what was written.</summary>
        NotConfigured = 3,

        /// <summary>The chip lost its settings while running: a brown-out.</summary>
        BrownOut = 4,

        /// <summary>The chip answers but delivers no new data.</summary>
        NoData = 5,

        /// <summary>Self-test failed.</summary>
        SelfTestFailed = 6,

        /// <summary>A wire of the probe is broken, or no probe is connected.</summary>
        SensorOpen = 7,

        /// <summary>The probe, or a wire of it, is shorted to another or to a supply.</summary>
        SensorShort = 8,

        /// <summary>The quantity is beyond what probe and chip can tell.</summary>
        OutOfRange = 9,

        /// <summary>A voltage at the chip's inputs is outside its supply.</summary>
        InputVoltage = 10,

        /// <summary>Bytes of the FIFO no longer belong to the channels they claim; it was emptied.</summary>
        LostAlignment = 11,

        /// <summary>What arrived fails the chip's own checksum or frame pattern.</summary>
        Corrupt = 12,

        /// <summary>The bus cannot serve this chip beside those it already serves: another SPI mode, or a slower clock.</summary>
        BusConflict = 13,
    }
}
