namespace Sensors.Drivers
{
    // Bits of the only thing there is, the 32-bit frame, D31 first ("Memory Map", tables 2 and 3).
    public sealed partial class Max31855
    {
        private static class Frame
        {
            public const int Bytes = 4;
            public const int ThermocoupleShift = 18;       // D31 to D18, signed
            public const int ColdJunctionShift = 20;       // D15 to D4, signed, once D15 is the sign
            public const int ColdJunctionLift = 16;
            public const int AlwaysZero = 0x00020008;      // D17 and D3
            public const int Fault = 0x00010000;           // D16: any of the three below
            public const int ShortToSupply = 0x00000004;   // D2
            public const int ShortToGround = 0x00000002;   // D1
            public const int Open = 0x00000001;            // D0
        }
    }

    /// <summary>The thermocouple, which is the suffix of the part: MAX31855K serves type K and no other.</summary>
    public enum Max31855Type
    {
        /// <summary>Chromel-alumel, -270 to 1372 °C.</summary>
        K = 0,

        /// <summary>Iron-constantan, -210 to 1200 °C.</summary>
        J = 1,

        /// <summary>Nicrosil-nisil, -200 to 1300 °C.</summary>
        N = 2,

        /// <summary>Copper-constantan, -270 to 400 °C.</summary>
        T = 3,

        /// <summary>Platinum-rhodium 10 %, -50 to 1768 °C.</summary>
        S = 4,

        /// <summary>Platinum-rhodium 13 %, -50 to 1768 °C.</summary>
        R = 5,

        /// <summary>Chromel-constantan, -200 to 1000 °C.</summary>
        E = 6,
    }
}
