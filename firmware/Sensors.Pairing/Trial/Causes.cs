namespace Sensors.Pairing
{
    /// <summary>The stages of a trial in their order, and to which of them a cause belongs. The words are stable: <c>docs/pairing.md</c> lists them with hints.</summary>
    public static class Causes
    {
        internal const string Wifi = "wifi", Address = "address", Name = "name", Broker = "broker", Tls = "tls", Login = "login",
            Identifier = "identifier", Birth = "birth", Saving = "volume", Power = "power";

        internal const string WifiTimeout = "wifi-timeout", Unreachable = "broker-unreachable", InUse = "identifier-in-use",
            NotConfirmed = "birth-not-confirmed", Full = "volume-full", Interrupted = "interrupted";

        /// <summary>Gives the stage that a cause ends.</summary>
        /// <param name="cause">A word of the network, the link or the trial.</param>
        /// <returns>The stage's word; null for a word that is no cause.</returns>
        public static string StageOf(string cause)
        {
            switch (cause)
            {
                case "settings-invalid":
                    return "settings";
                case "network-not-found":
                case "wrong-password":
                case "wifi-refused":
                case WifiTimeout:
                    return Wifi;
                case "no-dhcp":
                case "address-invalid":
                    return Address;
                case "name-not-found":
                    return Name;
                case Unreachable:
                case "not-mqtt":
                    return Broker;
                case "certificate-untrusted":
                case "certificate-expired":
                case "certificate-wanted":
                case "certificate-unreadable":
                case "clock-not-set":
                case "tls-failed":
                    return Tls;
                case "login-refused":
                case "broker-refused":
                    return Login;
                case InUse:
                    return Identifier;
                case NotConfirmed:
                    return Birth;
                case Full:
                    return Saving;
                case Interrupted:
                    return Power;
                default:
                    return null;
            }
        }

        /// <summary>Tells how far a trial got that ended at a stage: of several failures the one that got furthest is told.</summary>
        internal static int RankOf(string stage)
        {
            switch (stage)
            {
                case Wifi: return 1;
                case Address: return 2;
                case Name: return 3;
                case Broker: return 4;
                case Tls: return 5;
                case Login: return 6;
                case Identifier: return 7;
                case Birth: return 8;
                case Saving: return 9;
                default: return 0;
            }
        }
    }
}
