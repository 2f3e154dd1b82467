using System;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class ProfileTests
    {
        [Theory]
        [InlineData("1500", 100, 1500)]
        [InlineData("1500:3000@10s", 9.999, 1500)]
        [InlineData("1500:3000@10s", 10, 3000)]
        [InlineData("0:1500@2s/5s", 4.5, 750)]
        [InlineData("0:1500@2s/5s", 7, 1500)]
        [InlineData("0:1500@2s/5s:0@10s/1s", 10.5, 750)]
        [InlineData("0:1500@2s/5s:0@10s/1s", 100, 0)]
        [InlineData("500:1000@1s:2000@2s:500@0.1m", 3, 2000)]
        [InlineData("500:1000@1s:2000@2s:500@0.1m", 6, 500)]
        [InlineData("1500", -5, 1500)]
        public void A_speed_profile_steps_and_ramps(string text, double seconds, double rpm) =>
            Assert.Equal(rpm, Profile.ParseSpeed(text).At(seconds), 1e-9);

        [Fact]
        public void The_integral_is_continuous_over_steps_and_ramps()
        {
            Profile profile = Profile.ParseSpeed("100:200@10s:0@20s/10s");
            Assert.Equal(1000, profile.IntegralTo(10), 1e-9);
            Assert.Equal(3000, profile.IntegralTo(20), 1e-9);
            Assert.Equal(3750, profile.IntegralTo(25), 1e-9);
            Assert.Equal(4000, profile.IntegralTo(1000), 1e-9);
        }

        [Fact]
        public void Turns_tell_their_time_over_steps_ramps_and_standstill()
        {
            Profile profile = Profile.ParseSpeed("100:200@10s:0@20s/10s:50@40s/10s");
            foreach (double seconds in (double[])[0.5, 10, 15, 22, 29.5, 41, 49, 51, 1000])
            {
                Assert.Equal(seconds, profile.TimeOf(profile.IntegralTo(seconds)), 1e-6);
            }

            Assert.Equal(double.PositiveInfinity, Profile.ParseSpeed("100:0@10s").TimeOf(1001));
        }

        [Theory]
        [InlineData("", "the value '' does not fit", "rpm from 0 to 60000")]
        [InlineData("fast", "the value 'fast' does not fit", "rpm from 0 to 60000")]
        [InlineData("-1", "the value '-1' does not fit", "rpm from 0 to 60000")]
        [InlineData("70000", "the value '70000' does not fit", "rpm from 0 to 60000")]
        [InlineData("1500@3s", "the first value '1500@3s' has a start", "VALUE[:VALUE@START")]
        [InlineData("1500:3000", "'3000' does not say when it starts", "VALUE[:VALUE@START")]
        [InlineData("1500:3000@soon", "the start 'soon' is no time", "ms, s, m or h")]
        [InlineData("1500:3000@10", "the start '10' is no time", "ms, s, m or h")]
        [InlineData("1500:3000@10s/x", "the ramp 'x' is no time", "ms, s, m or h")]
        [InlineData("1500:3000@10s/5s:0@12s", "'0@12s' starts before 15 s", "rising order")]
        [InlineData("1500:x@10s", "the value 'x' does not fit", "rpm from 0 to 60000")]
        public void A_wrong_profile_says_what_is_wrong_and_what_is_allowed(string text, string what, string allowed)
        {
            string message = Assert.Throws<FormatException>(() => Profile.ParseSpeed(text)).Message;
            Assert.StartsWith("Speed '" + text + "': ", message);
            Assert.Contains(what, message);
            Assert.Contains(allowed, message);
        }

        [Fact]
        public void A_load_goes_from_0_to_2()
        {
            Assert.Equal(0.8, Profile.ParseLoad("0.5:0.8@10s").At(11));
            Assert.Contains("of full load from 0 to 2", Assert.Throws<FormatException>(() => Profile.ParseLoad("3")).Message);
        }
    }
}
