using System;
using System.IO;
using System.Linq;
using System.Text;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class RecordTableTests : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("table").FullName;

        public void Dispose() => Directory.Delete(_folder, true);

        [Theory]
        [InlineData("time,x,y\n0,1,10\n0.5,2,20\n1,3,30\n", "", "x=1 2 3|y=10 20 30", 2.0)]
        [InlineData("Time (ms);x\n0;1,5\n2;2,5\n4;3,5\n", "", "x=1.5 2.5 3.5", 500.0)]
        [InlineData("t_us,x\n0,1\n250,2\n500,3\n", "", "x=1 2 3", 4000.0)]
        [InlineData("t [min],x\n0,1\n1,2\n2,3\n", "", "x=1 2 3", 1 / 60.0)]
        [InlineData("0,7\n0.1,8\n0.2,6\n", "", "2=7 8 6", 10.0)]          // no names: it rises evenly
        [InlineData("0,7\n0.1,8\n0.2,6\n", "2", "2=7 8 6", 10.0)]
        [InlineData("0,7\n0.1,8\n0.2,6\n", "1", "1=0 0.1 0.2", null)]     // wanted as values
        [InlineData("5,7\n4,8\n7,6\n", "", "1=5 4 7|2=7 8 6", null)]
        [InlineData("1,2,3,4\n1,2,3,4\n2,2,3,4\n", "", "1=1 1 2|2=2 2 2|3=3 3 3", null)]
        [InlineData("0,2,3,4,5\n1,2,3,4,5\n2,2,3,4,5\n", "", "2=2 2 2|3=3 3 3|4=4 4 4", 1.0)]
        [InlineData("block,time,x,y\n0,0,1,2\n0,0.25,3,4\n", "", "x=1 3|y=2 4", 4.0)] // as captures are written
        [InlineData("block,time,x,y\n0,0,1,2\n0,0.25,3,4\n", "block", "block=0 0", 4.0)]
        [InlineData("a,b,c,d\n1,2,3,4\n", "", "a=1|b=2|c=3", null)]
        [InlineData("a,b,c,d\n1,2,3,4\n", "d,a", "d=4|a=1", null)]
        [InlineData("1\n2\n3\n", "", "1=1 2 3", null)]
        [InlineData("time of day,v\n5,1\n9,2\n", "", "time of day=5 9|v=1 2", null)] // no name of a column of times
        public void Columns_and_the_rate_come_from_a_text_file(string text, string columns, string expected, double? rate)
        {
            RecordTable table = Read("a.csv", Encoding.UTF8.GetBytes(text), new RecordTableOptions { Columns = columns.Split(',', StringSplitOptions.RemoveEmptyEntries) });
            Assert.Equal(expected, Text(table));
            Assert.Equal(rate, table.RateHertz is { } found ? Math.Round(found, 9) : null, (a, b) => a is null ? b is null : b is not null && Math.Abs(a.Value - b.Value) < 1e-8);
        }

        [Fact]
        public void A_missing_step_in_the_times_is_found_at_its_line()
        {
            string message = Assert.Throws<RecordException>(() => Read("a.csv", "t,x\n0,1\n1,2\n2,3\n# a remark\n4,4\n5,5\n"u8.ToArray(), new RecordTableOptions())).Message;
            Assert.Contains("line 6: the time goes from 2 to 4, the usual step is 1", message);
            Assert.Null(Read("a.csv", null, new RecordTableOptions { ReadsTimes = false }).RateHertz);
        }

        [Fact]
        public void Times_that_fall_are_refused() =>
            Assert.Contains("line 5: the time goes from 2 to 1", Assert.Throws<RecordException>(() => Read("a.csv", "t,x\n0,1\n1,2\n2,3\n1,4\n2,5\n"u8.ToArray(), new RecordTableOptions())).Message);

        [Fact]
        public void Times_written_with_too_few_digits_still_tell_the_rate()
        {
            var text = new StringBuilder("time,x\n");
            for (int i = 0; i <= 1000; i++)
            {
                text.Append(FormattableString.Invariant($"{i / 4000.0:F3},1\n")); // each time four times over
            }

            Assert.Equal(4000, Read("a.csv", Encoding.ASCII.GetBytes(text.ToString()), new RecordTableOptions()).RateHertz!.Value, 1e-6);
        }

        [Theory]
        [InlineData("1\nNaN\n2\n", "line 2: 'NaN' in column 1 is no number")]
        [InlineData("NaN\n1\n", "line 1: 'NaN' in column 1 is no number")]
        [InlineData("x\n1\n\n1e999\n", "line 4: '1e999' in column 1 is no number")]
        [InlineData("a,b\n1,\n", "line 2: '' in column 2 is no number")]
        public void What_is_no_number_is_refused_at_its_line(string text, string what) =>
            Assert.Contains(what, Assert.Throws<RecordException>(() => Read("a.csv", Encoding.ASCII.GetBytes(text), new RecordTableOptions())).Message);

        [Theory]
        [InlineData(1, "", "1=1 2 3 -1 5 6")]
        [InlineData(3, "", "1=1 -1|2=2 5|3=3 6")]
        [InlineData(3, "3,1", "3=3 6|1=1 -1")]
        [InlineData(2, "2", "2=2 -1 6")]
        public void Counts_take_turns(int interleaved, string channels, string expected)
        {
            RecordTable table = Read("a.bin", [1, 0, 2, 0, 3, 0, 0xFF, 0xFF, 5, 0, 6, 0], new RecordTableOptions { Interleaved = interleaved, Channels = Numbers(channels) });
            Assert.Equal(expected, Text(table));
            Assert.Equal(1, table.FullScale);
            Assert.Null(table.RateHertz);
        }

        [Theory]
        [InlineData(4, "", "12 bytes are no whole number of samples of 4 16-bit counts")]
        [InlineData(3, "4", "no channel 4. Allowed: 1 to 3")]
        public void Counts_that_do_not_take_turns_are_refused(int interleaved, string channels, string what) =>
            Assert.Contains(what, Assert.Throws<RecordException>(() => Read("a.raw", new byte[12], new RecordTableOptions { Interleaved = interleaved, Channels = Numbers(channels) })).Message);

        private static int[] Numbers(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

        private static string Text(RecordTable table) => string.Join('|', table.Names.Zip(table.Columns, (name, column) =>
            name + "=" + string.Join(' ', column.Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)))));

        private RecordTable Read(string name, byte[]? bytes, RecordTableOptions options)
        {
            string path = Path.Combine(_folder, name);
            if (bytes is not null)
            {
                File.WriteAllBytes(path, bytes);
            }

            return RecordTable.Read(path, options);
        }
    }
}
