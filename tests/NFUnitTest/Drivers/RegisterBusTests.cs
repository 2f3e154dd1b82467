using nanoFramework.TestFramework;
using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    [TestClass]
    public class RegisterBusTests
    {
        [TestMethod]
        public static void A_word_travels_most_significant_byte_first()
        {
            var bus = new MemoryBus();
            bus.WriteWord(0x10, 0x1234);
            Assert.AreEqual((byte)0x12, bus.Memory[0x10]);
            Assert.AreEqual((byte)0x34, bus.Memory[0x11]);
            Assert.AreEqual((ushort)0x1234, bus.ReadWord(0x10));
        }

        [TestMethod]
        [DataRow(0xFFFF, -1)]
        [DataRow(0x8000, -32768)]
        [DataRow(0x7FFF, 32767)]
        public static void A_word_cast_to_short_is_twos_complement(int register, int value)
        {
            var bus = new MemoryBus();
            bus.WriteWord(0, (ushort)register);
            Assert.AreEqual(value, (int)(short)bus.ReadWord(0));
        }

        [TestMethod]
        public static void A_byte_moves_in_one_transaction()
        {
            var bus = new MemoryBus();
            bus.Write(0x2D, 0x08);
            Assert.AreEqual((byte)0x08, bus.Read(0x2D));
            Assert.AreEqual(2, bus.Transactions);
        }

        [TestMethod]
        public static void A_bus_keeps_the_name_a_technician_can_find()
        {
            Assert.AreEqual("I2C1 0x48", new MemoryBus().Name);
        }
    }
}
