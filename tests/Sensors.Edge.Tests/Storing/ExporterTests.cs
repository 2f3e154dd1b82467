using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Sensors.Edge.Tests.Support;

namespace Sensors.Edge.Tests.Storing
{
    /// <summary>What is stored, as tables and lines.</summary>
    public class ExporterTests
    {
        private const string Node = "88.118.12345/NODE-0001";
        private const string Head = "id,point,kind,epoch,seq,time,ts,clock,uncertainty,arrived";
        private const string Arrived = "2026-01-02T03:04:05.678Z";

        private readonly SqliteReadingStore _store = SqliteReadingStore.InMemory();

        [Fact]
        public void ALineForEachReadingInOrderOfItsNumber()
        {
            Take("reading/temp1", Say.Reading(2, uncertainty: 8));
            Take("reading/temp1", Say.Reading(1, clock: "unset", time: 4711, values: "\"mean\":-1e-05,\"slope\":0.5"));
            Take("reading/temp1", Say.Bytes(Encoding.UTF8.GetString(PayloadsPage.Golden("reading-fault")).Replace("\"seq\":1843", "\"seq\":3", StringComparison.Ordinal)));
            Assert.Equal(
                $"""
                {Head},fault,mean,slope
                {Node},temp1,temperature,{Say.Epoch},1,,4711,unset,,{Arrived},,-1E-05,0.5
                {Node},temp1,temperature,{Say.Epoch},2,2025-11-20T00:53:22.000Z,1763600002000,synced,8,{Arrived},,23.5,
                {Node},temp1,temperature,2801152377749507,3,,4711,unset,,{Arrived},no-answer,,

                """,
                Text(new ArchiveFilter(), (exporter, to) => Assert.Equal(3, exporter.WriteCsv(to))));
        }

        [Fact]
        public void ALineForEachValue()
        {
            Take("reading/temp1", Say.Reading(1, values: "\"mean\":1.5,\"slope\":2"));
            Take("reading/temp1", Say.Bytes(Encoding.UTF8.GetString(PayloadsPage.Golden("reading-fault"))));
            string[] lines = Text(new ArchiveFilter(), (exporter, to) => Assert.Equal(3, exporter.WriteLongCsv(to))).Split('\n');
            Assert.Equal(Head + ",fault,channel,value", lines[0]);
            Assert.EndsWith($",{Arrived},,mean,1.5", lines[1], StringComparison.Ordinal);
            Assert.EndsWith($",{Arrived},,slope,2", lines[2], StringComparison.Ordinal);
            Assert.EndsWith($",{Arrived},no-answer,,", lines[3], StringComparison.Ordinal);
            Assert.Equal("", lines[4]);
        }

        [Fact]
        public void ColumnsStandInTheChannelsOrderWhicheverCameFirst()
        {
            Take("reading/temp1", Say.Reading(1, values: "\"a\":1,\"d\":2"));
            Take("reading/temp1", Say.Reading(2, values: "\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5"));
            Take("reading/temp1", Say.Reading(3, values: "\"x\":7"));
            string[] lines = Text(new ArchiveFilter(), (exporter, to) => exporter.WriteCsv(to)).Split('\n');
            Assert.Equal(Head + ",fault,a,b,c,d,e,x", lines[0]);
            Assert.EndsWith(",,1,,,2,,", lines[1], StringComparison.Ordinal);
            Assert.EndsWith(",,1,2,3,4,5,", lines[2], StringComparison.Ordinal);
            Assert.EndsWith(",,,,,,,7", lines[3], StringComparison.Ordinal);
        }

        [Fact]
        public void WhatHoldsCommasIsQuoted()
        {
            Take("reading/temp1", Say.Reading(1, values: "\"a,\\\"b\":1"));
            Assert.StartsWith(Head + ",fault,\"a,\"\"b\"\n", Text(new ArchiveFilter(), (exporter, to) => exporter.WriteCsv(to)), StringComparison.Ordinal);
        }

        [Fact]
        public void AlarmsAndGaps()
        {
            Take("alarm", Say.Alarm(3));
            Take("gap", Say.Gap("power-cut", null, new SequenceRange(4, 5), new SequenceRange(7, SequenceRange.LastNumber)));
            Take("gap", Say.Gap("thinned", 1, new SequenceRange(1, 1)));
            Assert.Equal(
                $"{Head},channel,alarm,was,cause,value,limit\n{Node},temp1,temperature,{Say.Epoch},3,{Iso(Say.Time + 3000)},{Say.Time + 3000},synced,,{Arrived},mean,danger,none,limit,90,80\n",
                Text(new ArchiveFilter(), (exporter, to) => Assert.Equal(1, exporter.WriteAlarmsCsv(to))));
            string said = $"{Iso(Say.Time)},{Say.Time},synced,,{Arrived}";
            Assert.Equal(
                "id,epoch,from,to,reason,count,time,ts,clock,uncertainty,arrived\n"
                    + $"{Node},{Say.Epoch},4,5,power-cut,,{said}\n{Node},{Say.Epoch},7,,power-cut,,{said}\n{Node},{Say.Epoch},1,1,thinned,1,{said}\n",
                Text(new ArchiveFilter(), (exporter, to) => Assert.Equal(3, exporter.WriteGapsCsv(to))));
        }

        [Fact]
        public void JsonLinesAreTheMessagesWithTheirArrival()
        {
            byte[] laidOut = Say.Bytes(Encoding.UTF8.GetString(Say.Reading(1)).Replace(",\"values\"", ",\r\n  \"values\"", StringComparison.Ordinal) + "\n");
            Take("reading/temp1", laidOut);
            Take("reading/temp1", Say.Reading(2));
            using var to = new MemoryStream();
            Assert.Equal(2, new Exporter(_store.Archive, new ArchiveFilter()).WriteJsonLines(StoreKind.Reading, to));
            string[] lines = Encoding.UTF8.GetString(to.ToArray()).Split('\n');
            Assert.Equal(3, lines.Length);
            Assert.Equal("", lines[2]);
            Assert.Equal(Encoding.UTF8.GetString(Say.Reading(2))[..^1] + $",\"arrived\":{Say.Now.ToUnixTimeMilliseconds()}}}", lines[1]);
            for (int i = 0; i < 2; i++)
            {
                using JsonDocument line = JsonDocument.Parse(lines[i]);
                Assert.Equal(Say.Now.ToUnixTimeMilliseconds(), line.RootElement.GetProperty("arrived").GetInt64());
                Assert.Equal(i + 1, ReadingMessage.Parse(Say.Bytes(lines[i])).Sequence);
            }
        }

        [Fact]
        public void FiltersByNodePointAndTime()
        {
            Take("reading/temp1", Say.Reading(1, time: Say.Time));
            Take("reading/temp2", Say.Reading(2, time: Say.Time + 1000, point: "temp2"));
            Take("reading/temp1", Say.Reading(3, time: Say.Time + 2000));
            Take("reading/temp1", Say.Reading(4, clock: "unset", time: 99)); // its arrival counts
            const string Other = "88.118.12345/A";
            var collector = new Collector(_store);
            collector.Take(Say.ReadingTopic(Other), Say.Reading(5, id: Other));
            collector.Flush(Say.Now);

            DateTimeOffset start = DateTimeOffset.FromUnixTimeMilliseconds(Say.Time);
            Assert.Equal("5 1 2 3 4", Numbers(new ArchiveFilter()));
            Assert.Equal("1 2 3 4", Numbers(new ArchiveFilter { Id = Node.ToLowerInvariant() }));
            Assert.Equal("2", Numbers(new ArchiveFilter { Point = "temp2" }));
            Assert.Equal("2 3 4", Numbers(new ArchiveFilter { Id = Node, From = start.AddSeconds(1) }));
            Assert.Equal("1 2", Numbers(new ArchiveFilter { Id = Node, From = start, To = start.AddSeconds(2) }));
            Assert.Equal("4", Numbers(new ArchiveFilter { From = Say.Now, To = Say.Now.AddMilliseconds(1), Id = Node }));
            Assert.Equal("", Numbers(new ArchiveFilter { Id = "88.118.12345/B" }));
        }

        private string Numbers(ArchiveFilter filter) => string.Join(' ', _store.Archive.Messages(StoreKind.Reading, filter).Select(message => message.Sequence));

        private static string Iso(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

        private void Take(string leaf, byte[] message)
        {
            var collector = new Collector(_store);
            collector.Take(Say.Topic(leaf), message);
            collector.Flush(Say.Now);
            Assert.Equal(0, collector.Counts.Refused);
        }

        private string Text(ArchiveFilter filter, Action<Exporter, TextWriter> write)
        {
            using var to = new StringWriter();
            write(new Exporter(_store.Archive, filter), to);
            return to.ToString();
        }
    }
}
