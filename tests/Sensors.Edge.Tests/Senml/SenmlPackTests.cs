using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Sensors.Edge.Tests.Senml;

public sealed class SenmlPackTests
{
    private static readonly DateTimeOffset Received = new(2025, 11, 20, 0, 0, 10, TimeSpan.Zero);
    private static readonly MetaMessage Meta = MetaMessage.Parse(Encoding.UTF8.GetBytes(SenmlPage.Golden("payloads.md", "meta")));

    [Fact]
    public void The_pages_temperature() => Assert.Equal(
        SenmlPage.Golden("senml.md", "senml-temperature"),
        Encoding.UTF8.GetString(SenmlJson.Encode(SenmlPack.Of(SenmlPage.Reading("reading-temperature"), Meta))));

    [Fact]
    public void The_pages_fault()
    {
        IReadOnlyList<SenmlRecord> pack = SenmlPack.Of(SenmlPage.Reading("reading-fault"), Meta, Received);
        Assert.Equal(SenmlPage.Golden("senml.md", "senml-fault"), Encoding.UTF8.GetString(SenmlJson.Encode(pack)));
        string hex = SenmlPage.Golden("senml.md", "senml-fault-cbor").Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(hex, Convert.ToHexString(SenmlCbor.Encode([.. pack])));
    }

    [Fact]
    public void A_vibrations_velocity_is_in_metres_per_second()
    {
        ReadingMessage reading = SenmlPage.Reading("reading-vibration");
        var meta = new MetaMessage(reading.Id, null, null, null, reading.Epoch, [new PointMeta("vib1", "vibration", null, null, null, null, null,
            [new("x_rms", "m/s2", ""), new("x_crest", "/", ""), new("x_vel", "mm/s", ""), new("x_disp", "um", "")])]);
        Dictionary<string, SenmlRecord> records = SenmlPack.Resolve(SenmlPack.Of(reading, meta), Received).ToDictionary(r => r.Name![(reading.Id.Length + 1)..]);
        Assert.Equal(("m/s2", 1.25029), (records["vib1/x_rms"].Unit, records["vib1/x_rms"].Value));
        Assert.Equal(("/", 3.18413), (records["vib1/x_crest"].Unit, records["vib1/x_crest"].Value));
        Assert.Equal(("m/s", 0.00470877), (records["vib1/x_vel"].Unit, records["vib1/x_vel"].Value));
        Assert.Equal(("m", 0.0000287932), (records["vib1/x_disp"].Unit, records["vib1/x_disp"].Value));
        Assert.Equal((null, 412.565), (records["vib1/x_centroid/unknown"].Unit, records["vib1/x_centroid/unknown"].Value));
        Assert.Equal("C", records["vib1/state/zone"].StringValue);
        Assert.Equal("warning", records["vib1/state/alarm"].StringValue);
        Assert.Equal("outer-race", records["vib1/state/hint"].StringValue);
        Assert.Equal(("/", 24.3765), (records["vib1/state/evidence/outer-line"].Unit, records["vib1/state/evidence/outer-line"].Value));
        Assert.Equal("aliasing-risk", records["vib1/quality/notes"].StringValue);
        Assert.Equal("passed", records["vib1/quality/selftest"].StringValue);
        Assert.Equal(("count", 2048.0), (records["vib1/quality/samples"].Unit, records["vib1/quality/samples"].Value));
        Assert.Equal(1842, records["vib1/seq"].Value);
        Assert.DoesNotContain("vib1/quality/clock", records.Keys);
        Assert.Equal(reading.Values.Count + 3 + 2 + 5 + 2 + 2, records.Count);
        Assert.All(records.Values, record => Assert.Equal(1763600000.123, record.Time));
    }

    [Fact]
    public void A_time_nobody_knows_is_now_and_never_that_of_the_reading_before()
    {
        SenmlRecord[] pack = [.. SenmlPack.Of(SenmlPage.Reading("reading-temperature"), Meta), .. SenmlPack.Of(SenmlPage.Reading("reading-fault"), Meta)];
        IReadOnlyList<SenmlRecord> resolved = SenmlPack.Resolve(pack, Received);
        Assert.Equal(1763600010, resolved.First(r => r.Name!.EndsWith("/mean", StringComparison.Ordinal)).Time);
        Assert.Equal(1763596810, resolved.First(r => r.Name!.EndsWith("/fault", StringComparison.Ordinal)).Time);
        Assert.Equal(4.711, resolved.First(r => r.Name!.EndsWith("/uptime", StringComparison.Ordinal)).Value);
    }

    [Fact]
    public void A_confirmed_time_of_1978_is_none()
    {
        ReadingMessage reading = SenmlPage.Reading("reading-humidity") with { UtcMilliseconds = 268435455999 };
        Assert.Equal(0, SenmlPack.Of(reading, null)[0].BaseTime);
        Assert.Equal(268435456, SenmlPack.Of(reading with { UtcMilliseconds = 268435456000 }, null)[0].BaseTime);
    }

    [Fact]
    public void Sidebands_are_in_decibels()
    {
        ReadingMessage reading = SenmlPage.Reading("reading-current") with { State = new ReadingState(null, AlarmGrade.Danger, "electrical", [new("sidebands", -31.5)]) };
        IReadOnlyList<SenmlRecord> pack = SenmlPack.Of(reading, Meta);
        Assert.Contains(new SenmlRecord { Name = "state/evidence/sidebands", Unit = "dB", Value = -31.5 }, pack);
        Assert.Contains(new SenmlRecord { Name = "state/alarm", StringValue = "danger" }, pack);
    }

    [Fact]
    public void Every_name_is_allowed_whatever_a_channel_is_called()
    {
        ReadingMessage reading = SenmlPage.Reading("reading-humidity") with { Point = "gr\u00fcn", Values = [new("a b/c", 1), new("%", 2), new("\ud800", 3)] };
        IReadOnlyList<SenmlRecord> resolved = SenmlPack.Resolve(SenmlPack.Of(reading, null), Received);
        Assert.Equal("88.118.12345/NODE-0001/gr_xC3_xBCn/a_x20b_x2Fc/unknown", resolved[0].Name);
    }

    [Theory]
    [InlineData(SenmlFormat.Json)]
    [InlineData(SenmlFormat.Cbor)]
    public void An_export_holds_all_readings(SenmlFormat format)
    {
        SenmlReading[] readings = [.. Enumerable.Range(1, 500).Select(i => new SenmlReading(SenmlPage.Reading("reading-temperature") with { Sequence = i }, Meta))];
        using var output = new MemoryStream();
        Assert.Equal(500, SenmlExport.Write(output, readings, format));
        IReadOnlyList<SenmlRecord> records = format == SenmlFormat.Json ? SenmlJson.Decode(output.ToArray()) : SenmlCbor.Decode(output.ToArray());
        Assert.Equal(readings.SelectMany(r => SenmlPack.Of(r.Reading, r.Meta)), records);
    }

    [Fact]
    public void An_export_of_nothing_is_an_empty_pack()
    {
        using var json = new MemoryStream();
        using var cbor = new MemoryStream();
        Assert.Equal(0, SenmlExport.Write(json, [], SenmlFormat.Json));
        Assert.Equal(0, SenmlExport.Write(cbor, [], SenmlFormat.Cbor));
        Assert.Empty(JsonDocument.Parse(json.ToArray()).RootElement.EnumerateArray());
        Assert.Equal([0x9F, 0xFF], cbor.ToArray());
    }

    [Fact]
    public void A_readings_json_says_the_same_to_another_parser()
    {
        IReadOnlyList<SenmlRecord> pack = SenmlPack.Of(SenmlPage.Reading("reading-current"), Meta);
        using JsonDocument document = JsonDocument.Parse(SenmlJson.Encode(pack));
        foreach ((JsonElement element, SenmlRecord record) in document.RootElement.EnumerateArray().Zip(pack))
        {
            Assert.Equal(record.Name, element.GetProperty("n").GetString());
            Assert.Equal(record.Unit, element.TryGetProperty("u", out JsonElement unit) ? unit.GetString() : null);
            Assert.Equal(record.Value, element.TryGetProperty("v", out JsonElement value) ? value.GetDouble() : null);
            Assert.Equal(record.StringValue, element.TryGetProperty("vs", out JsonElement text) ? text.GetString() : null);
        }
    }
}
