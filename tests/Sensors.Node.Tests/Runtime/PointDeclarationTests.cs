using Sensors.Node;

namespace Sensors.Node.Tests.Runtime
{
    /// <summary>Lines that say what is known of a point.</summary>
    public class PointDeclarationTests
    {
        [Fact]
        public void Everything_a_vibration_point_can_be_told()
        {
            PointDeclaration point = PointDeclaration.Parse(
                "vib1  rpm=1480.5 bearing=9,7.94,39.04,0 axial=z mains=60 zones=2.3/4.5/7.1 block=4096 transform=1024 axes=one velocity=2-1000 bands=10-100,100.5-500 envelope=500-4000");
            Assert.Null(point.Error);
            Assert.Equal("vib1", point.Point);
            VibrationOptions options = point.Vibration;
            Assert.Equal(1480.5f, options.SpeedRpm);
            Assert.Equal(3.5848, options.Bearing.OuterRace, 3);
            Assert.Equal(5.4152, options.Bearing.InnerRace, 3);
            Assert.Equal(2.3567, options.Bearing.BallSpin, 2);
            Assert.Equal(0.39831, options.Bearing.Cage, 4);
            Assert.Equal(2, options.AxialAxis);
            Assert.Equal(60f, options.MainsHertz);
            Assert.Equal((2.3f, 4.5f, 7.1f), (point.Zones.BoundaryAB, point.Zones.BoundaryBC, point.Zones.BoundaryCD));
            Assert.Equal(4096, options.BlockSamples);
            Assert.Equal(1024, options.TransformSamples);
            Assert.True(options.OneAxisPerCapture);
            Assert.Equal((2f, 1000f), (options.VelocityLow, options.VelocityHigh));
            Assert.Equal(new[] { 10f, 100f, 100.5f, 500f }, options.BandEdges);
            Assert.Equal((500f, 4000f), (options.EnvelopeLow, options.EnvelopeHigh));
        }

        [Fact]
        public void Other_kinds_take_what_suits_them()
        {
            Assert.Equal(1480f, PointDeclaration.Parse("cur1 rpm=1480 mains=60").Current.SpeedRpm);
            Assert.Equal("temp2", PointDeclaration.Parse("temp1 ambient=temp2").Temperature.AmbientPoint);
            Assert.Equal(600f, PointDeclaration.Parse("temp1 average=600").Temperature.AverageSeconds);
            Assert.Empty(PointDeclaration.Parse("vib1 bands=none").Vibration.BandEdges);
        }

        [Theory]
        [InlineData("", "a point needs a name, such as: vib1 rpm=1480 bearing=9,7.94,39.04,0")]
        [InlineData("vibx", "vibx is no point: write vib1, temp1, cur1, hum1 and so on")]
        [InlineData("vib1 rpm", "rpm: expected option=value")]
        [InlineData("vib1 rpm=0", "rpm must be from 1 to 60000")]
        [InlineData("vib1 rpm=1,480", "rpm must be from 1 to 60000")]
        [InlineData("vib1 rpm=1e3", "rpm must be from 1 to 60000")]
        [InlineData("vib1 rpm=-5", "rpm must be from 1 to 60000")]
        [InlineData("vib1 rpm=.5", "rpm must be from 1 to 60000")]
        [InlineData("vib1 rpm=5.", "rpm must be from 1 to 60000")]
        [InlineData("vib1 rpm=1480 bearing=9,7.94,39.04", "bearing must be elements, their diameter, pitch diameter and contact angle, such as 9,7.94,39.04,0")]
        [InlineData("vib1 rpm=1480 bearing=9.5,7.94,39.04,0", "bearing must be elements, their diameter, pitch diameter and contact angle, such as 9,7.94,39.04,0")]
        [InlineData("vib1 rpm=1480 bearing=9,39.04,7.94,0", "a bearing's pitch diameter is larger than its elements', which is larger than 0")]
        [InlineData("vib1 rpm=1480 bearing=2,7.94,39.04,0", "a bearing has 3 to 100 elements")]
        [InlineData("vib1 rpm=1480 bearing=9,7.94,39.04,90", "a contact angle is from 0 to below 90 degrees")]
        [InlineData("vib1 bearing=9,7.94,39.04,0", "a bearing's lines follow from the speed: add rpm=")]
        [InlineData("vib1 block=1000", "block must be 256, 512, 1024, 2048 or 4096")]
        [InlineData("vib1 block=8192", "block must be 256, 512, 1024, 2048 or 4096")]
        [InlineData("vib1 block=1024 transform=2048", "transform must not be longer than block")]
        [InlineData("vib1 axes=2", "axes must be all or one (each has a burst of its own)")]
        [InlineData("vib1 axial=w", "axial must be x, y or z")]
        [InlineData("vib1 velocity=1000-10", "velocity must be a band in Hz, such as 10-1000")]
        [InlineData("vib1 velocity=0-1000", "velocity must be a band in Hz, such as 10-1000")]
        [InlineData("vib1 bands=10-100,100", "bands must be bands in Hz with commas between, such as 10-100,100-1000, or none")]
        [InlineData("vib1 bands=1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2", "at most 16 bands")]
        [InlineData("vib1 envelope=500-900", "envelope must span an octave or more, such as 500-5000")]
        [InlineData("vib1 mains=55", "mains must be 50 or 60")]
        [InlineData("vib1 ambient=temp1", "a point of vibration has no option ambient")]
        [InlineData("cur1 bearing=9,7.94,39.04,0", "a point of current has no option bearing")]
        [InlineData("temp1 ambient=temp1", "ambient must be another point of temperature")]
        [InlineData("temp1 ambient=vib1", "ambient must be another point of temperature")]
        [InlineData("temp1 average=0", "average must be a whole number from 1 to 86400")]
        public void What_is_wrong_is_said(string text, string error) => Assert.Equal(error, PointDeclaration.Parse(text).Error);

        [Fact]
        public void The_settings_know_the_line_and_its_point_only_once()
        {
            const string head = "id=88.118.12345/NODE-0001\nwifi_ssid=Hall 3\nbroker_host=192.168.1.10\n";
            Settings settings = Settings.Parse(System.Text.Encoding.UTF8.GetBytes(head + "point=vib1 rpm=1480\npoint=vib2 block=4096\n"));
            Assert.Null(settings.Error);
            Assert.Equal(1480f, settings.DeclarationOf("vib1").Vibration.SpeedRpm);
            Assert.Equal(4096, settings.DeclarationOf("vib2").Vibration.BlockSamples);
            Assert.Equal(0f, settings.DeclarationOf("vib3").Vibration.SpeedRpm);
            Assert.Equal("settings.txt line 5: vib1 is declared twice",
                Settings.Parse(System.Text.Encoding.UTF8.GetBytes(head + "point=vib1 rpm=1480\npoint=vib1 block=4096\n")).Error);
        }
    }
}
