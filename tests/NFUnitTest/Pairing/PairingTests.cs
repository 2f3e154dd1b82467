using System.Text;
using nanoFramework.TestFramework;
using NFUnitTest.Node;
using Sensors.Pairing;

namespace NFUnitTest.Pairing
{
    [TestClass]
    public class PairingTests
    {
        private const string NodeNonce = "000102030405060708090a0b0c0d0e0f";
        private const string ToolNonce = "808182838485868788898a8b8c8d8e8f";
        private const string Key = "f2e6547d21e854570f866fc46331eec6bd1bfcc1091f4915af3d1dc9855e0a6c";

        [TestMethod]
        public static void The_boards_HMAC_is_that_of_RFC_4231()
        {
            byte[] code = Hmac.Compute(Text("Jefe"), Text("what do ya want for nothing?"));
            Assert.AreEqual("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", HexText.Of(code));
        }

        [TestMethod]
        public static void A_key_is_stretched_as_RFC_7914_says()
        {
            byte[] key = Hmac.Stretch(Text("passwd"), Text("salt"), 1, 64);
            Assert.AreEqual(
                "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
                HexText.Of(key));
        }

        [TestMethod]
        public static void The_key_of_a_label_is_that_of_the_vector()
        {
            Assert.AreEqual(Key, HexText.Of(PairingKeys.OfCode("K7M29QXW", "sensors-3F2A1C", 1000)));
        }

        [TestMethod]
        public static void Proofs_are_those_of_the_vector()
        {
            byte[] key = HexText.Read(Key, 32);
            byte[] node = HexText.Read(NodeNonce, 16);
            byte[] tool = HexText.Read(ToolNonce, 16);
            Assert.AreEqual("0a632874c2e41975638548179344df13cfa8e99c6173e16b89d9a625d7a27096", HexText.Of(PairingKeys.ToolProof(key, node, tool)));
            Assert.AreEqual("da0a8fa1a3c10fa1cfd74a0c696d2fad684844e11f4f6c06e94b00f7ea97d2e2", HexText.Of(PairingKeys.NodeProof(key, node, tool)));
        }

        [TestMethod]
        public static void The_boards_AES_opens_the_frame_of_the_vector_once()
        {
            byte[] frame = HexText.Read(
                "00000001202122232425262728292a2b2c2d2e2ff55378cd3ed1e94592a6c9bd25ebe48c82a715c23cafadf3febd859a252ba06c5b03c6749d22041c"
                    + "373fd0ee7f92d56724696948f025b4ac31394655464ba0712ab6e68dfaff43c42b97e4b1c69c5eb6d4b711ff573001799bb1aae305a469685a187b18"
                    + "6b8e3fc69271eb1c45391a884458e3eda172f488813e393eeb558e6b",
                148);
            PairingSession session = PairingSession.OfNode(Keys(), new CountingRandom());
            byte[] text = session.Open(frame, frame.Length);
            Assert.AreEqual("try 1\nid=88.118.12345/NODE-0001\nwifi_ssid=Hall 3\nwifi_password=not a secret\nbroker_host=edge\n", Encoding.UTF8.GetString(text, 0, text.Length));
            Assert.IsNull(session.Open(frame, frame.Length));
        }

        [TestMethod]
        public static void What_one_side_seals_the_other_opens_unless_it_was_altered()
        {
            PairingSession tool = PairingSession.OfTool(Keys(), new CountingRandom());
            PairingSession node = PairingSession.OfNode(Keys(), new CountingRandom());
            byte[] text = Text("0123456789abcdef"); // a whole block: one more of padding
            byte[] frame = tool.Seal(text, text.Length);
            Assert.AreEqual(84, frame.Length);
            for (int i = 0; i < frame.Length; i++)
            {
                frame[i] ^= 1;
                Assert.IsNull(node.Open(frame, frame.Length));
                frame[i] ^= 1;
            }

            byte[] opened = node.Open(frame, frame.Length);
            Assert.AreEqual("0123456789abcdef", Encoding.UTF8.GetString(opened, 0, opened.Length));
        }

        [TestMethod]
        public static void A_label_is_read_written_and_drawn()
        {
            PairingLabel label = PairingLabel.Parse(Text("node=3F2A1C\nap_password=7H2K9QWX4M3T\ncode=k7m2 9qxw\n"));
            Assert.AreEqual("sensors-3F2A1C", label.Name);
            Assert.AreEqual("K7M29QXW", label.Code);
            byte[] file = label.ToBytes();
            Assert.AreEqual("node=3F2A1C\nap_password=7H2K9QWX4M3T\ncode=K7M2-9QXW\n", Encoding.UTF8.GetString(file, 0, file.Length));
            Assert.IsNull(PairingLabel.Parse(Text("node=3F2A1C\nap_password=7H2K9QWX4M3T\ncode=K7M2-9QXW")));
            Assert.AreEqual("001111", PairingLabel.Canonical("oOiIlL"));
            MemoryVolume volume = new MemoryVolume();
            DeviceSecret secret = new DeviceSecret(volume, new CountingRandom());
            string code = PairingLabel.Open(volume, "3F2A1C", secret).Code;
            Assert.AreEqual(8, code.Length);
            Assert.AreEqual(code, PairingLabel.Open(volume, "3F2A1C", secret).Code);
        }

        private static PairingKeys Keys()
        {
            return PairingKeys.Derive(HexText.Read(Key, 32), HexText.Read(NodeNonce, 16), HexText.Read(ToolNonce, 16));
        }

        private static byte[] Text(string text)
        {
            return Encoding.UTF8.GetBytes(text);
        }
    }
}
