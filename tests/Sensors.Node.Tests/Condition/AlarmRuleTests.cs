namespace Sensors.Node.Tests.Conditions
{
    /// <summary>The lines that set alarms, and what is said of a wrong one.</summary>
    public class AlarmRuleTests
    {
        [Fact]
        public void A_rule_names_point_channel_and_all_options()
        {
            AlarmRule rule = AlarmRule.Parse("vib1  vel warning=2.8 danger=4.5 delay=30s persistence=5 hysteresis=0.3 drift=on");
            Assert.Null(rule.Error);
            Assert.Equal(("vib1", "vel", 30000L, 5, 0.3f, false, true, false),
                (rule.Point, rule.Channel, rule.DelayMilliseconds, rule.Persistence, rule.Hysteresis, rule.HysteresisInPercent, rule.Drift, rule.Below));
            Assert.Equal((LimitKind.Absolute, 2.8f, LimitKind.Absolute, 4.5f), (rule.WarningKind, rule.Warning, rule.DangerKind, rule.Danger));
            Assert.True(rule.NeedsBaseline);
        }

        [Fact]
        public void What_is_not_said_has_a_default()
        {
            AlarmRule rule = AlarmRule.Parse("temp1 mean warning=-5 when=below");
            Assert.Null(rule.Error);
            Assert.Equal((0L, 3, 10f, true, false, true), (rule.DelayMilliseconds, rule.Persistence, rule.Hysteresis, rule.HysteresisInPercent, rule.Drift, rule.Below));
            Assert.Equal((LimitKind.Absolute, -5f, LimitKind.None), (rule.WarningKind, rule.Warning, rule.DangerKind));
            Assert.False(rule.NeedsBaseline);
        }

        [Theory]
        [InlineData("x1.5", LimitKind.Factor, 1.5f)]
        [InlineData("+15", LimitKind.Distance, 15f)]
        [InlineData("zone", LimitKind.Zone, float.NaN)]
        [InlineData("iso", LimitKind.Iso, float.NaN)]
        public void A_limit_has_its_kind(string text, LimitKind kind, float number)
        {
            AlarmRule rule = AlarmRule.Parse("vib1 vel warning=" + text + " danger=" + text.Replace('5', '9'));
            Assert.Null(rule.Error);
            Assert.Equal((kind, number), (rule.WarningKind, rule.Warning));
            Assert.Equal(kind, rule.DangerKind);
        }

        [Theory]
        [InlineData("500ms", 500)]
        [InlineData("30s", 30000)]
        [InlineData("1.5min", 90000)]
        [InlineData("2h", 7200000)]
        [InlineData("90d", 7776000000)]
        public void A_delay_has_a_unit(string text, long milliseconds) =>
            Assert.Equal(milliseconds, AlarmRule.Parse("vib1 vel warning=1 delay=" + text).DelayMilliseconds);

        [Theory]
        [InlineData("", "an alarm needs a point and a channel, such as: vib1 vel warning=2.8 danger=4.5")]
        [InlineData("vib1", "an alarm needs a point and a channel, such as: vib1 vel warning=2.8 danger=4.5")]
        [InlineData("fan1 vel warning=1", "fan1 is no point: write vib1, temp1, cur1, hum1 and so on")]
        [InlineData("vib1 warning=1", "an alarm needs a channel before warning=1")]
        [InlineData("vib1 abcdefghijklmnopqrstuvwxyz warning=1", "abcdefghijklmnopqrstuvwxyz is no channel: it has too many letters")]
        [InlineData("vib1 vel 2.8", "2.8: expected option=value")]
        [InlineData("vib1 vel limit=2.8", "an alarm has no option limit")]
        [InlineData("vib1 vel warning=2,8", "warning must be a number such as 4.5, x1.5 or +15 for the baseline times or plus that, zone or iso")]
        [InlineData("vib1 vel danger=x0", "danger must be a number such as 4.5, x1.5 or +15 for the baseline times or plus that, zone or iso")]
        [InlineData("vib1 vel warning=1e3", "warning must be a number such as 4.5, x1.5 or +15 for the baseline times or plus that, zone or iso")]
        [InlineData("vib1 vel warning=NaN", "warning must be a number such as 4.5, x1.5 or +15 for the baseline times or plus that, zone or iso")]
        [InlineData("vib1 vel warning=1 when=under", "when must be above or below")]
        [InlineData("vib1 vel warning=1 delay=30", "delay must be a time of at most 90d, such as 500ms, 30s, 5min or 2h")]
        [InlineData("vib1 vel warning=1 delay=s", "delay must be a time of at most 90d, such as 500ms, 30s, 5min or 2h")]
        [InlineData("vib1 vel warning=1 delay=91d", "delay must be a time of at most 90d, such as 500ms, 30s, 5min or 2h")]
        [InlineData("vib1 vel warning=1 persistence=0", "persistence must be a whole number from 1 to 100")]
        [InlineData("vib1 vel warning=1 hysteresis=95%", "hysteresis must be from 0% to 90%, or a number from 0 in the channel's unit")]
        [InlineData("vib1 vel warning=1 hysteresis=-1", "hysteresis must be from 0% to 90%, or a number from 0 in the channel's unit")]
        [InlineData("vib1 vel warning=1 hysteresis=%", "hysteresis must be from 0% to 90%, or a number from 0 in the channel's unit")]
        [InlineData("vib1 vel drift=yes", "drift must be on or off")]
        [InlineData("vib1 vel warning=4.5 danger=2.8", "danger must be beyond warning")]
        [InlineData("vib1 vel warning=4.5 danger=4.5", "danger must be beyond warning")]
        [InlineData("temp1 mean warning=5 danger=10 when=below", "danger must be beyond warning")]
        [InlineData("temp1 mean warning=+10 danger=+5 when=below", "danger must be beyond warning")]
        [InlineData("vib1 vel warning=x0.5", "a multiple of the baseline is more than 1 above it, and less than 1 below it")]
        [InlineData("vib1 vel danger=x1", "a multiple of the baseline is more than 1 above it, and less than 1 below it")]
        [InlineData("vib1 vel warning=x1.5 when=below", "a multiple of the baseline is more than 1 above it, and less than 1 below it")]
        [InlineData("vib1 vel warning=zone when=below", "zone and iso are limits from above")]
        public void A_wrong_rule_is_named(string line, string error) => Assert.Equal(error, AlarmRule.Parse(line).Error);

        [Theory]
        [InlineData("vib1 vel warning=2.8", null, null)]
        [InlineData("vib1 x_vel warning=x1.5", null, null)]
        [InlineData("vib1 vel warning=iso", "class1", null)]
        [InlineData("temp1 mean warning=+15", null, null)]
        [InlineData("vib1 velocity warning=2.8", null, "vib1 has no channel velocity")]
        [InlineData("temp1 vel warning=2.8", null, "temp1 has no channel vel")]
        [InlineData("vib1 vel warning=zone", null, "vel: zone and iso are limits of velocity, and need a zone table")]
        [InlineData("vib1 rms danger=iso", "class1", "rms: zone and iso are limits of velocity, and need a zone table")]
        [InlineData("temp1 mean warning=x1.5", null, "mean: a multiple says nothing of temperatures, humidities and decibels: write a distance such as +15")]
        public void A_rule_must_fit_its_point(string line, string? zones, string? error)
        {
            AlarmRule rule = AlarmRule.Parse(line);
            Assert.Null(rule.Error);
            ZoneTable? table = zones == null ? null : ZoneTable.Parse(zones, out _);
            Point point = Points.Make(rule.Point);
            Assert.Equal(error, rule.CheckAt(point, table));
            Assert.Equal(error, new ConditionMonitor(point, new ConditionOptions { Rules = [rule], Zones = table }).Error);
        }
    }
}
