using System.Text;
using nanoFramework.TestFramework;
using Sensors.Node;

namespace NFUnitTest.Node
{
    [TestClass]
    public class EdgeAckTests
    {
        [TestMethod]
        public static void An_acknowledgement_is_read()
        {
            EdgeAckReader reader = new EdgeAckReader();
            Assert.IsTrue(Read(reader, "{\"epoch\":2801152377749507,\"upto\":1841,\"have\":[[1843,1850],[1852,1852]]}"));
            EdgeAck ack = reader.Ack;
            Assert.AreEqual(2801152377749507L, ack.Epoch);
            Assert.AreEqual(1841L, ack.UpTo);
            Assert.IsTrue(ack.Covers(2801152377749507L, 1, 1841));
            Assert.IsTrue(ack.Covers(2801152377749507L, 1843, 1850));
            Assert.IsFalse(ack.Covers(2801152377749507L, 1842, 1842));
            Assert.IsFalse(ack.Covers(2801152377749508L, 1, 1));
        }

        [TestMethod]
        public static void What_is_unknown_is_passed_over()
        {
            EdgeAckReader reader = new EdgeAckReader();
            Assert.IsTrue(Read(reader, " {\"new\":{\"a\":[1,\"}\"]}, \"upto\":9007199254740991, \"epoch\":7} "));
            Assert.AreEqual(7L, reader.Ack.Epoch);
            Assert.IsTrue(reader.Ack.Covers(7, 5, 5));
            Assert.IsFalse(reader.Ack.Has(7, 5, 5));
        }

        [TestMethod]
        public static void What_is_not_sound_says_nothing()
        {
            EdgeAckReader reader = new EdgeAckReader();
            string[] wrong =
            {
                "", "[]", "{}", "{\"epoch\":7}", "{\"epoch\":7,\"upto\":-1}", "{\"epoch\":7,\"upto\":9007199254740992}",
                "{\"epoch\":7,\"upto\":1,\"have\":[[3,2]]}", "{\"epoch\":7,\"upto\":1}x", "{\"epoch\":7,\"upto\":1,\"x\\",
            };
            for (int i = 0; i < wrong.Length; i++)
            {
                Assert.IsFalse(Read(reader, wrong[i]), wrong[i]);
                Assert.IsFalse(reader.Ack.Covers(7, 1, 1));
            }
        }

        private static bool Read(EdgeAckReader reader, string json)
        {
            return reader.TryRead(json.Length == 0 ? new byte[0] : Encoding.UTF8.GetBytes(json));
        }
    }
}
