using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>What a declaration says of a chip that cannot be read from it. Each option has a default.</summary>
    public sealed class SensorOptions
    {
        /// <summary>Gets the shunt, in microohms; 0 while none was named.</summary>
        public int ShuntMicroOhms { get; private set; }

        /// <summary>Gets which of a chip's quantities is meant; null for the first.</summary>
        public string Channel { get; private set; }

        /// <summary>Sets the shunt where none was named.</summary>
        /// <param name="shuntMicroOhms">Shunt of the settings, in microohms.</param>
        public void SetDefaultShunt(int shuntMicroOhms)
        {
            if (ShuntMicroOhms == 0)
            {
                ShuntMicroOhms = shuntMicroOhms;
            }
        }

        /// <summary>Gets the resistance thermometer's element.</summary>
        public Max31865Probe Rtd { get; private set; } = Max31865Probe.Pt100;

        /// <summary>Gets how the resistance thermometer is wired.</summary>
        public Max31865Wires Wires { get; private set; } = Max31865Wires.Two;

        /// <summary>Gets the reference resistor in ohms; 0 for the usual one of the element, 430 or 4300.</summary>
        public int ReferenceOhms { get; private set; }

        /// <summary>Gets whether the mains have 60 Hz, not 50.</summary>
        public bool Mains60 { get; private set; }

        /// <summary>Gets the letter of the thermocouple.</summary>
        public string Thermocouple { get; private set; } = "K";

        /// <summary>Gets the clamp; null while none was named.</summary>
        public string Clamp { get; private set; }

        /// <summary>Gets the resistor across a clamp's output, in ohms.</summary>
        public int BurdenOhms { get; private set; } = 22;

        /// <summary>Gets how often the conductor goes through the clamp.</summary>
        public int Turns { get; private set; } = 1;

        /// <summary>Gets the converter's supply in millivolts.</summary>
        public int SupplyMillivolts { get; private set; } = 3300;

        /// <summary>Gets which of an IIS3DWB's samples make a block: 1 for all of them at 26.7 kHz.</summary>
        public int Every { get; private set; } = 8;

        /// <summary>Gives the clamp that was named; without one an SCT-013-000 with the burden.</summary>
        /// <returns>The clamp.</returns>
        public CurrentClamp MakeClamp()
        {
            return ParseClamp(Clamp == null ? "100A/50mA" : Clamp);
        }

        /// <summary>Gives the reference resistor of the resistance thermometer's module.</summary>
        /// <returns>Milliohms.</returns>
        public int ReferenceMilliOhms()
        {
            int ohms = ReferenceOhms != 0 ? ReferenceOhms : Rtd == Max31865Probe.Pt100 ? 430 : 4300;
            return ohms * 1000;
        }

        /// <summary>Looks for options that are good one by one and do not go together.</summary>
        /// <param name="chip">The chip they are for.</param>
        /// <returns>What is wrong; null when nothing is.</returns>
        public string Check(KnownChip chip)
        {
            if (chip.Takes("rref") && (ReferenceMilliOhms() <= (int)Rtd || ReferenceMilliOhms() > 10 * (int)Rtd))
            {
                return Rtd == Max31865Probe.Pt100 ? "rref of a pt100 is from 101 to 1000 ohms, mostly 430" : "rref of a pt1000 is from 1001 to 10000 ohms, mostly 4300";
            }

            return Thermocouple == "B" && !chip.Takes("mains") ? "there is no MAX31855 of type B" : null;
        }

        /// <summary>Takes an option.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="value">Its value.</param>
        /// <returns>What is wrong with it; null when nothing is.</returns>
        public string Take(string name, string value)
        {
            int number;
            string error;
            switch (name)
            {
                case "shunt":
                    error = NumberText.TakeNumber(name, value, 100, 1000000, out number);
                    ShuntMicroOhms = number;
                    return error;
                case "channel":
                    Channel = value;
                    return value == "temperature" || value == "humidity" || value == "object" || value == "ambient"
                        ? null : "channel must be temperature or humidity (SHT3X), object or ambient (MLX90614)";
                case "rtd":
                    Rtd = value == "pt1000" ? Max31865Probe.Pt1000 : Max31865Probe.Pt100;
                    return value == "pt100" || value == "pt1000" ? null : "rtd must be pt100 or pt1000";
                case "wires":
                    error = NumberText.TakeNumber(name, value, 2, 4, out number);
                    Wires = (Max31865Wires)number;
                    return error;
                case "rref":
                    error = NumberText.TakeNumber(name, value, 100, 10000, out number);
                    ReferenceOhms = number;
                    return error;
                case "mains":
                    Mains60 = value == "60";
                    return value == "50" || value == "60" ? null : "mains must be 50 or 60";
                case "type":
                    Thermocouple = value;
                    return value.Length == 1 && "BEJKNRST".IndexOf(value) >= 0 ? null : "type must be one of B E J K N R S T";
                case "clamp":
                    Clamp = value;
                    return ParseClamp(value) != null ? null : "clamp must be rated current and output, such as 100A/50mA or 30A/1V";
                case "burden":
                    error = NumberText.TakeNumber(name, value, 1, 1000, out number);
                    BurdenOhms = number;
                    return error;
                case "turns":
                    error = NumberText.TakeNumber(name, value, 1, 100, out number);
                    Turns = number;
                    return error;
                case "supply":
                    error = NumberText.TakeNumber(name, value, 2000, 5500, out number);
                    SupplyMillivolts = number;
                    return error;
                case "every":
                    Every = value == "1" ? 1 : value == "4" ? 4 : value == "20" ? 20 : 8;
                    return value == "1" || value == "4" || value == "8" || value == "20" ? null : "every must be 1, 4, 8 or 20";
                default:
                    return "unknown option " + name;
            }
        }

        // 100A/50mA is a clamp with a current output over the burden; 30A/1V and 30A/333mV have a burden inside.
        private CurrentClamp ParseClamp(string text)
        {
            int slash = text.IndexOf('/');
            if (slash < 2 || text.Substring(slash - 1, 1) != "A" || !int.TryParse(text.Substring(0, slash - 1), out int amperes) || amperes < 1 || amperes > 6000)
            {
                return null;
            }

            string output = text.Substring(slash + 1);
            int milli = Milli(output, "mA");
            if (milli > 0)
            {
                return CurrentClamp.WithBurden(amperes, milli, BurdenOhms * 1000, Turns);
            }

            milli = Milli(output, "mV");
            if (milli <= 0)
            {
                milli = 1000 * Milli(output, "V");
            }

            return milli > 0 && milli <= 5000 ? CurrentClamp.WithVoltage(amperes, milli, Turns) : null;
        }

        // The number in front of a unit, 1 to 5000; 0 when it is none.
        private static int Milli(string text, string unit)
        {
            int length = text.Length - unit.Length;
            if (length < 1 || text.Substring(length) != unit || !int.TryParse(text.Substring(0, length), out int number))
            {
                return 0;
            }

            return number >= 1 && number <= 5000 ? number : 0;
        }
    }
}
