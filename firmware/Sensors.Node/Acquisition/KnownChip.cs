using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>What the node must know of a chip to find it: where it can be, how it is told apart, what has to be said of it.</summary>
    public sealed class KnownChip
    {
        /// <summary>Makes an entry of <see cref="ChipTable"/>.</summary>
        /// <param name="name">The chip's name in settings and messages.</param>
        /// <param name="kind">What it measures, one of <see cref="PointKinds"/>.</param>
        /// <param name="options">Names of the options a declaration may carry, with blanks around each; empty for none.</param>
        public KnownChip(string name, string kind, string options)
        {
            Name = name;
            Kind = kind;
            _options = options;
        }

        private readonly string _options;

        /// <summary>Gets the chip's name.</summary>
        public string Name { get; }

        /// <summary>Gets what it measures.</summary>
        public string Kind { get; }

        /// <summary>Gets how it speaks SPI; null when it does not.</summary>
        public SpiProfile Spi { get; set; }

        /// <summary>Gets how to ask for its identity over SPI where another chip may be.</summary>
        public SpiProfile Probe { get; set; }

        /// <summary>Gets the lowest of its I2C addresses; 0 when it has none.</summary>
        public int FirstAddress { get; set; }

        /// <summary>Gets the highest of its I2C addresses.</summary>
        public int LastAddress { get; set; }

        /// <summary>Gets the distance from one of its addresses to the next.</summary>
        public int AddressStep { get; set; } = 1;

        /// <summary>Gets the bits its I2C pointer needs to move on; 0 for most.</summary>
        public byte I2cBurstFlag { get; set; }

        /// <summary>Gets the fastest I2C clock it bears, in hertz.</summary>
        public int HighestI2cHertz { get; set; } = 400000;

        /// <summary>Gets the bytes of its identity register: 1 or 2; 0 when it has none and must be declared.</summary>
        public int IdentityBytes { get; set; }

        /// <summary>Gets the register that tells it from others.</summary>
        public byte IdentityRegister { get; set; }

        /// <summary>Gets the values it may show there.</summary>
        public int[] Identities { get; set; }

        /// <summary>Gets whether it is served by a binding of nanoFramework.Iot.Device, through <see cref="SourceFactory"/>.</summary>
        public bool IsBinding { get; set; }

        /// <summary>Gets or sets the second quantity it measures; null when there is none.</summary>
        public string OtherKind { get; set; }

        /// <summary>Tells whether it measures a quantity.</summary>
        /// <param name="kind">One of <see cref="PointKinds"/>.</param>
        /// <returns>True when it does.</returns>
        public bool Measures(string kind)
        {
            return Kind == kind || OtherKind == kind;
        }

        /// <summary>Tells whether it can have an I2C address.</summary>
        /// <param name="address">7-bit address.</param>
        /// <returns>True when it can.</returns>
        public bool CanHaveAddress(int address)
        {
            return address >= FirstAddress && address <= LastAddress && FirstAddress != 0 && (address - FirstAddress) % AddressStep == 0;
        }

        /// <summary>Tells whether a value of the identity register is its own.</summary>
        /// <param name="value">What was read.</param>
        /// <returns>True when it is.</returns>
        public bool Matches(int value)
        {
            for (int i = 0; i < Identities.Length; i++)
            {
                if (Identities[i] == value)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Tells whether a declaration of it may carry an option.</summary>
        /// <param name="option">The option's name.</param>
        /// <returns>True when it may.</returns>
        public bool Takes(string option)
        {
            return _options.IndexOf(" " + option + " ") >= 0;
        }
    }
}
