using System.Text;
using nanoFramework.TestFramework;
using Sensors.Node;

namespace NFUnitTest.Node
{
    [TestClass]
    public class PlaceMapTests
    {
        [TestMethod]
        public static void Places_outlive_a_restart()
        {
            MemoryVolume volume = new MemoryVolume();
            PlaceMap map = new PlaceMap(volume, 4);
            map.Add("vib1", "SPI1 CS33");
            map.Add("temp1", "I2C1 0x48");
            PlaceMap again = new PlaceMap(volume, 4);
            Assert.AreEqual(2, again.Count);
            Assert.AreEqual("vib1", again.NameOf(0));
            Assert.AreEqual("SPI1 CS33", again.PlaceOf("vib1"));
            Assert.AreEqual("I2C1 0x48", again.PlaceOf("temp1"));
            Assert.IsNull(again.PlaceOf("vib2"));
            Assert.IsTrue(again.Has("I2C1 0x48"));
            Assert.IsFalse(again.Has("I2C1 0x49"));
        }

        [TestMethod]
        public static void The_file_ends_with_its_check()
        {
            MemoryVolume volume = new MemoryVolume();
            new PlaceMap(volume, 4).Add("vib1", "SPI1 CS33");
            byte[] file = volume.Read(PlaceMap.FileName);
            Assert.AreEqual("vib1=SPI1 CS33\ncrc=384035AC\n", Encoding.UTF8.GetString(file, 0, file.Length));
        }

        [TestMethod]
        public static void A_damaged_file_counts_as_none()
        {
            MemoryVolume volume = new MemoryVolume();
            new PlaceMap(volume, 4).Add("vib1", "SPI1 CS33");
            int length = volume.Read(PlaceMap.FileName).Length;
            for (int i = 0; i < length; i++)
            {
                volume.Damage(PlaceMap.FileName, i);
                Assert.AreEqual(0, new PlaceMap(volume, 4).Count);
                volume.Damage(PlaceMap.FileName, i);
            }

            Assert.AreEqual(1, new PlaceMap(volume, 4).Count);
            volume.Write(PlaceMap.FileName, new byte[3]);
            Assert.AreEqual(0, new PlaceMap(volume, 4).Count);
        }

        [TestMethod]
        public static void A_full_map_takes_no_more()
        {
            PlaceMap map = new PlaceMap(new MemoryVolume(), 1);
            map.Add("vib1", "a");
            map.Add("vib2", "b");
            Assert.AreEqual(1, map.Count);
            Assert.IsNull(map.PlaceOf("vib2"));
        }

        [TestMethod]
        public static void A_volume_that_refuses_costs_the_memory_only()
        {
            MemoryVolume volume = new MemoryVolume();
            volume.Refuses = true;
            PlaceMap map = new PlaceMap(volume, 4);
            map.Add("vib1", "a");
            Assert.AreEqual("a", map.PlaceOf("vib1"));
            Assert.AreEqual(0, new PlaceMap(volume, 4).Count);
        }
    }
}
