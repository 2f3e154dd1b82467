using nanoFramework.TestFramework;
using Sensors.Node;

namespace NFUnitTest.Node
{
    [TestClass]
    public class CaptureTests
    {
        [TestMethod]
        public static void AChunkClosesWithTheCheckOfWhatStandsBeforeIt()
        {
            Assert.AreEqual(0xCBF43926u, Crc32.Compute(Digits(), 0, 9));
            uint first = Crc32.Continue(0, Digits(), 0, 4);
            Assert.AreEqual(0xCBF43926u, Crc32.Continue(first, Digits(), 4, 5));
        }

        [TestMethod]
        public static void ABlockIsKeptAndFrozenAndWantedOnce()
        {
            Point point = PointKinds.Make("vib1", PointKinds.Vibration);
            CaptureBuffer buffer = new CaptureBuffer(2, 12);
            short[] counts = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
            buffer.Offer(point, counts, 4, 3, 0, 0.5f, 3200f, 0, 100, false);
            Assert.IsFalse(buffer.Wants(point));
            Assert.IsTrue(buffer.TryStart(point, 1, 0, 200));
            Assert.IsTrue(buffer.Wants(point));
            Assert.AreEqual(0, buffer.Rest(point, 5000));
            buffer.Offer(point, counts, 4, 3, 0, 0.5f, 3200f, 0, 300, false);
            Assert.IsFalse(buffer.Wants(point));
            Assert.IsFalse(buffer.TryStart(point, 0, 0, 400));
            Assert.AreEqual(1, buffer.Number);
            Assert.IsTrue(buffer.Cancel(1));
            Assert.IsTrue(buffer.TryStart(point, 0, 0, 500));
        }

        [TestMethod]
        public static void ACommandIsReadOrRefused()
        {
            CommandReader reader = new CommandReader();
            Assert.IsTrue(reader.Read(Ascii("{\"cmd\":\"capture\", \"before\":2}")));
            Assert.AreEqual("capture", reader.Text("cmd"));
            Assert.AreEqual(2L, reader.Number("before", 0, 7));
            Assert.AreEqual(5L, reader.Number("after", 0, 7, 5));
            Assert.IsNull(reader.Error);
            Assert.IsFalse(reader.Read(Ascii("{\"cmd\":1.5}")));
            Assert.IsNotNull(reader.Error);
            Assert.IsFalse(reader.Read(Ascii("")));
            Assert.IsFalse(reader.Read(new byte[513]));
        }

        private static byte[] Digits()
        {
            return Ascii("123456789");
        }

        private static byte[] Ascii(string text)
        {
            char[] letters = text.ToCharArray();
            byte[] bytes = new byte[letters.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)letters[i];
            }

            return bytes;
        }
    }
}
