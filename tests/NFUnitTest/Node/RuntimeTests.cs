using System.Text;
using nanoFramework.TestFramework;
using Sensors.Node;

namespace NFUnitTest.Node
{
    [TestClass]
    public class RuntimeTests
    {
        [TestMethod]
        public static void The_crc_has_the_check_value_of_the_standard()
        {
            Assert.IsTrue(Crc32.Compute(Encoding.UTF8.GetBytes("123456789"), 0, 9) == 0xCBF43926);
        }

        [TestMethod]
        public static void Settings_are_read_with_either_line_ending()
        {
            Settings settings = Parse("# pairing\r\nid = 88.118.12345/NODE-0001\r\nwifi_ssid=hall\nbroker_host=edge\nbroker_port=8883\n"
                + "points=vib1,temp1\r\ninterval_ms=2000\r\n");
            Assert.IsNull(settings.Error);
            Assert.AreEqual("88.118.12345/NODE-0001", settings.Id.Text);
            Assert.AreEqual("edge", settings.Link.Host);
            Assert.AreEqual(8883, settings.Link.Port);
            Assert.AreEqual(2, settings.Points.Length);
            Assert.AreEqual("temp1", settings.Points[1]);
            Assert.AreEqual(2000, settings.IntervalMilliseconds);
        }

        [TestMethod]
        public static void A_wrong_setting_is_named_with_its_line()
        {
            Assert.AreEqual("settings.txt line 2: unknown key colour", Parse("id=88.118.12345/NODE-0001\ncolour=red\n").Error);
            Assert.AreEqual("settings.txt line 1: expected key=value", Parse("hunter2").Error);
            Assert.AreEqual(
                "settings.txt line 1: broker_port must be a whole number from 1 to 65535", Parse("broker_port=70000").Error);
            Assert.AreEqual("settings.txt line 1: broker_port must be a whole number from 1 to 65535", Parse("broker_port=x").Error);
            Assert.AreEqual("settings.txt: no id", Parse("broker_host=edge").Error);
            Assert.AreEqual("settings.txt: no broker_host", Parse("id=88.118.12345/NODE-0001\nwifi_ssid=hall").Error);
            Assert.AreEqual("no settings.txt: the node is not paired", Settings.Parse(null).Error);
        }

        private static Settings Parse(string text)
        {
            return Settings.Parse(Encoding.UTF8.GetBytes(text));
        }
    }
}
