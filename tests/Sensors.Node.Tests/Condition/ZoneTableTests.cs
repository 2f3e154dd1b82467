namespace Sensors.Node.Tests.Conditions
{
    /// <summary>The zones' boundaries, by name and by number.</summary>
    public class ZoneTableTests
    {
        [Theory]
        [InlineData("group1-rigid", 2.3f, 4.5f, 7.1f)]
        [InlineData("group1-flexible", 3.5f, 7.1f, 11f)]
        [InlineData("group2-rigid", 1.4f, 2.8f, 4.5f)]
        [InlineData("group2-flexible", 2.3f, 4.5f, 7.1f)]
        [InlineData("class1", 0.71f, 1.8f, 4.5f)]
        [InlineData("class2", 1.12f, 2.8f, 7.1f)]
        [InlineData("class3", 1.8f, 4.5f, 11.2f)]
        [InlineData("class4", 2.8f, 7.1f, 18f)]
        [InlineData("2.3/4.5/7.1", 2.3f, 4.5f, 7.1f)]
        [InlineData("1/2/3", 1f, 2f, 3f)]
        public void A_table_has_its_boundaries(string text, float ab, float bc, float cd)
        {
            ZoneTable table = ZoneTable.Parse(text, out string error);
            Assert.Null(error);
            Assert.Equal((text, ab, bc, cd), (table.Name, table.BoundaryAB, table.BoundaryBC, table.BoundaryCD));
        }

        [Theory]
        [InlineData(0f, 1)]
        [InlineData(2.3f, 1)]
        [InlineData(2.3000002f, 2)]
        [InlineData(4.5f, 2)]
        [InlineData(4.6f, 3)]
        [InlineData(7.1f, 3)]
        [InlineData(7.2f, 4)]
        [InlineData(1e9f, 4)]
        [InlineData(float.NaN, 0)]
        [InlineData(-1f, 0)]
        public void A_velocity_has_its_zone(float velocity, int zone) => Assert.Equal(zone, ZoneTable.Parse("group1-rigid", out _).ZoneOf(velocity));

        [Theory]
        [InlineData("group3-rigid")]
        [InlineData("2.3/4.5")]
        [InlineData("2.3/4.5/7.1/9")]
        [InlineData("2.3/4,5/7.1")]
        [InlineData("a/b/c")]
        [InlineData("")]
        public void What_is_no_table_is_named(string text)
        {
            Assert.Null(ZoneTable.Parse(text, out string error));
            Assert.Equal(
                text + " is no zone table: write three numbers in mm/s such as 2.3/4.5/7.1, or one of group1-rigid group1-flexible group2-rigid group2-flexible class1 class2 class3 class4",
                error);
        }

        [Theory]
        [InlineData("4.5/2.3/7.1")]
        [InlineData("2.3/4.5/4.5")]
        [InlineData("0/4.5/7.1")]
        public void Boundaries_go_up(string text)
        {
            Assert.Null(ZoneTable.Parse(text, out string error));
            Assert.Equal(text + ": the boundaries A/B, B/C and C/D are more than 0, each larger than the one before", error);
        }
    }
}
