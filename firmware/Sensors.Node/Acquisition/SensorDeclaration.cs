namespace Sensors.Node
{
    /// <summary>A line of the settings that says which chip serves a point, where it is wired, and what cannot be read from it.</summary>
    /// <remarks>
    /// <c>sensor=&lt;point&gt; &lt;chip&gt; &lt;place&gt; [option=value ...]</c>, words separated by blanks. A place is <c>spi0</c>, <c>spi1</c>, ... (a slot of
    /// the board) or <c>i2c1:0x48</c>. Needed for chips without an identity register; allowed for all.
    /// </remarks>
    public sealed class SensorDeclaration
    {
        private SensorDeclaration()
        {
        }

        /// <summary>Gets the line as it was written.</summary>
        public string Text { get; private set; }

        /// <summary>Gets the point's name.</summary>
        public string Point { get; private set; }

        /// <summary>Gets the chip.</summary>
        public KnownChip Chip { get; private set; }

        /// <summary>Gets the SPI slot; -1 when it is on I2C.</summary>
        public int Slot { get; private set; } = -1;

        /// <summary>Gets the I2C bus; 0 when it is on SPI.</summary>
        public int I2cBus { get; private set; }

        /// <summary>Gets the I2C address.</summary>
        public int Address { get; private set; }

        /// <summary>Gets what was said of the chip.</summary>
        public SensorOptions Options { get; } = new SensorOptions();

        /// <summary>Gets what is wrong with the line; null when nothing is.</summary>
        public string Error { get; private set; }

        /// <summary>Reads a declaration.</summary>
        /// <param name="text">What stands behind <c>sensor=</c>.</param>
        /// <returns>The declaration; see <see cref="Error"/>.</returns>
        public static SensorDeclaration Parse(string text)
        {
            SensorDeclaration declaration = new SensorDeclaration();
            declaration.Text = text;
            declaration.Error = declaration.Take(text.Split(' '));
            return declaration;
        }

        /// <summary>Tells whether another declaration names the same place.</summary>
        /// <param name="other">The other one.</param>
        /// <returns>True when it does.</returns>
        public bool IsAtPlaceOf(SensorDeclaration other)
        {
            return Slot == other.Slot && I2cBus == other.I2cBus && Address == other.Address;
        }

        /// <summary>Tells whether another declaration cannot stand beside this one: the same point, or the same place.</summary>
        /// <param name="other">The other one.</param>
        /// <returns>True when they clash.</returns>
        public bool Clashes(SensorDeclaration other)
        {
            return Point == other.Point || (IsAtPlaceOf(other) && !(Chip.IsBinding && Chip == other.Chip));
        }

        private string Take(string[] words)
        {
            int at = 0;
            for (int i = 0; i < words.Length; i++)
            {
                string word = words[i].Trim();
                if (word.Length == 0)
                {
                    continue;
                }

                string error = at == 0 ? TakePoint(word) : at == 1 ? TakeChip(word) : at == 2 ? TakePlace(word) : TakeOption(word);
                if (error != null)
                {
                    return error;
                }

                at++;
            }

            return at < 3 ? "a sensor needs a point, a chip and a place, such as: temp2 MAX31865 spi1 wires=3" : Options.Check(Chip);
        }

        private string TakePoint(string word)
        {
            Point = word;
            return PointKinds.KindOf(word) != null ? null : word + " is no point: write vib1, temp1, cur1, hum1 and so on";
        }

        private string TakeChip(string word)
        {
            Chip = ChipTable.Find(word);
            if (Chip == null)
            {
                return word + " is no chip the node knows";
            }

            string kind = PointKinds.KindOf(Point);
            return Chip.Measures(kind) ? null : Chip.Name + " measures no " + kind;
        }

        private string TakePlace(string word)
        {
            if (word.StartsWith("spi") && int.TryParse(word.Substring(3), out int slot) && slot >= 0)
            {
                Slot = slot;
                return Chip.Spi != null ? null : Chip.Name + " is not an SPI chip";
            }

            int colon = word.IndexOf(':');
            if (word.StartsWith("i2c") && colon > 3 && int.TryParse(word.Substring(3, colon - 3), out int bus) && bus > 0)
            {
                I2cBus = bus;
                Address = ParseAddress(word.Substring(colon + 1));
                if (Chip.FirstAddress == 0)
                {
                    return Chip.Name + " is not an I2C chip";
                }

                return Chip.CanHaveAddress(Address) ? null : Chip.Name + " cannot have the address " + word.Substring(colon + 1);
            }

            return word + " is no place: write spi0, spi1 and so on for a slot, or i2c1:0x48 for an address";
        }

        private string TakeOption(string word)
        {
            int equals = word.IndexOf('=');
            if (equals < 1)
            {
                return word + ": expected option=value";
            }

            string name = word.Substring(0, equals);
            if (!Chip.Takes(name))
            {
                return Chip.Name + " has no option " + name;
            }

            return Options.Take(name, word.Substring(equals + 1));
        }

        // 0x48; -1 for anything else.
        private static int ParseAddress(string text)
        {
            if (text.Length != 4 || !text.StartsWith("0x"))
            {
                return -1;
            }

            int value = 0;
            for (int i = 2; i < text.Length; i++)
            {
                char c = text[i];
                int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
                if (digit < 0)
                {
                    return -1;
                }

                value = (value * 16) + digit;
            }

            return value;
        }
    }
}
