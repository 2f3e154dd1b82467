using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Xunit;

namespace Sensors.Edge.Tests.Senml;

public sealed class SenmlCodecTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_763_600_000_250);

    [Theory]
    [InlineData(0.0, "0", "00")]
    [InlineData(1.0, "1", "01")]
    [InlineData(23.0, "23", "17")]
    [InlineData(24.0, "24", "1818")]
    [InlineData(255.0, "255", "18ff")]
    [InlineData(256.0, "256", "190100")]
    [InlineData(65536.0, "65536", "1a00010000")]
    [InlineData(4294967296.0, "4294967296", "1b0000000100000000")]
    [InlineData(-1.0, "-1", "20")]
    [InlineData(-256.0, "-256", "38ff")]
    [InlineData(-257.0, "-257", "390100")]
    [InlineData(9007199254740992.0, "9007199254740992", "1b0020000000000000")]
    [InlineData(9007199254740994.0, "9.007199254740994e15", "fb4340000000000001")] // integers end here
    [InlineData(-68326728575404232.0, "-6.832672857540423e16", "fbc36e57d9862cd919")]
    [InlineData(1e17, "1e17", "fb4376345785d8a000")]
    [InlineData(0.5, "0.5", "f93800")]
    [InlineData(-4.5, "-4.5", "f9c480")]
    [InlineData(5.960464477539063e-8, "5.960464477539063e-8", "f90001")] // the smallest half float
    [InlineData(65505.5, "65505.5", "fa477fe180")] // too large for a half with its digits
    [InlineData(0.1, "0.1", "fb3fb999999999999a")]
    [InlineData(1.25029, "1.25029", "fb3ff40130164840e1")]
    [InlineData(1e-5, "1e-5", "fb3ee4f8b588e368f1")]
    [InlineData(1.401298464324817e-45, "1.401298464324817e-45", "fa00000001")]
    [InlineData(double.MaxValue, "1.7976931348623157e308", "fb7fefffffffffffff")]
    [InlineData(double.Epsilon, "5e-324", "fb0000000000000001")]
    public void Numbers_are_the_shortest(double value, string json, string cbor)
    {
        SenmlRecord[] pack = [new() { Value = value }];
        Assert.Equal("[{\"v\":" + json + "}]", Text(SenmlJson.Encode(pack)));
        Assert.Equal("81a102" + cbor, Convert.ToHexStringLower(SenmlCbor.Encode(pack)));
        Assert.Equal(value, SenmlJson.Decode(SenmlJson.Encode(pack))[0].Value);
        Assert.Equal(value, SenmlCbor.Decode(SenmlCbor.Encode(pack))[0].Value);
    }

    [Fact]
    public void Negative_zero_is_zero()
    {
        SenmlRecord[] pack = [new() { Value = -0.0 }];
        Assert.Equal("[{\"v\":0}]", Text(SenmlJson.Encode(pack)));
        Assert.Equal("81a10200", Convert.ToHexStringLower(SenmlCbor.Encode(pack)));
    }

    [Fact]
    public void Random_numbers_come_back()
    {
        var random = new Random(8428);
        for (int i = 0; i < 5000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (i % 3 == 0) { value = BitConverter.Int32BitsToSingle(random.Next()); }
            if (i % 3 == 1) { value = (double)BitConverter.Int16BitsToHalf((short)random.Next()); }
            if (!double.IsFinite(value)) { continue; }
            SenmlRecord[] pack = [new() { Value = value }];
            Assert.Equal(value, SenmlJson.Decode(SenmlJson.Encode(pack))[0].Value);
            Assert.Equal(value, SenmlCbor.Decode(SenmlCbor.Encode(pack))[0].Value);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void There_is_no_NaN_and_no_infinity(double value)
    {
        SenmlRecord[] pack = [new() { Value = value }];
        Assert.Throws<SenmlException>(() => SenmlJson.Encode(pack));
        Assert.Throws<SenmlException>(() => SenmlCbor.Encode(pack));
    }

    [Fact]
    public void All_fields_come_back()
    {
        SenmlRecord[] pack =
        [
            new() { BaseName = "a:", BaseTime = -1.5, BaseUnit = "A", BaseVersion = 10, BaseValue = 0.25, BaseSum = 7, Name = "b", Unit = "V", Time = 3, UpdateTime = 60, Value = 1e-9, Sum = -2 },
            new() { Name = "c", StringValue = "gr\u00fcn \"\\\u0001/+" },
            new() { Name = "d", BooleanValue = false },
        ];
        Assert.Equal(pack, SenmlJson.Decode(SenmlJson.Encode(pack)));
        Assert.Equal(pack, SenmlCbor.Decode(SenmlCbor.Encode(pack)));
    }

    [Fact]
    public void Bytes_are_base64url_without_padding_or_a_byte_string()
    {
        SenmlRecord[] pack = [new() { Name = "a", DataValue = new byte[] { 0xFB, 0xFF, 0xFE, 0x01 } }];
        Assert.Equal("""[{"n":"a","vd":"-__-AQ"}]""", Text(SenmlJson.Encode(pack)));
        Assert.Equal("81a2006161 0844fbfffe01".Replace(" ", "", StringComparison.Ordinal), Convert.ToHexStringLower(SenmlCbor.Encode(pack)));
        Assert.Equal(pack[0].DataValue!.Value.ToArray(), SenmlJson.Decode(SenmlJson.Encode(pack))[0].DataValue!.Value.ToArray());
        Assert.Equal(pack[0].DataValue!.Value.ToArray(), SenmlCbor.Decode(SenmlCbor.Encode(pack))[0].DataValue!.Value.ToArray());
    }

    [Fact]
    public void Unknown_fields_are_passed_over()
    {
        SenmlRecord[] expected = [new() { Name = "a", Value = 1 }];
        Assert.Equal(expected, SenmlJson.Decode(Utf8("""[{"n":"a","new":{"x":[1,{}]},"v":1,"b":null}]""")));
        Assert.Equal(expected, SenmlCbor.Decode(Convert.FromHexString("81a4006161" + "636e6577" + "82a1617881f6c1fb3ff0000000000000" + "0201" + "186320")));
    }

    [Fact]
    public void Streams_and_strings_of_unknown_length_are_read() => Assert.Equal(
        [new() { Name = "ab", Value = 0.01 }],
        SenmlCbor.Decode(Convert.FromHexString("9fbf007f61616162ff02c4822101ffff"))); // 1 * 10^-2 as a decimal fraction

    [Theory]
    [InlineData("""{"n":"a"}""")] // no array
    [InlineData("""[1]""")]
    [InlineData("""[{"n":"a","v":1}""")]
    [InlineData("""[{"n":1}]""")]
    [InlineData("""[{"v":"1"}]""")]
    [InlineData("""[{"v":1e999}]""")]
    [InlineData("""[{"vb":1}]""")]
    [InlineData("""[{"vd":"a+b/"}]""")]
    [InlineData("""[{"bver":1.5}]""")]
    [InlineData("""[{"n":"a","n":"b"}]""")]
    [InlineData("""[{"n":"a","v":1,"must_":1}]""")]
    [InlineData("""[{"n":"\ud800"}]""")]
    public void Broken_json_is_refused(string json) => Assert.Throws<SenmlException>(() => SenmlJson.Decode(Utf8(json)));

    [Theory]
    [InlineData("")]
    [InlineData("a0")] // no array
    [InlineData("81")]
    [InlineData("8101")]
    [InlineData("81a1")]
    [InlineData("81a10001")] // a name that is a number
    [InlineData("81a1026131")] // a value that is a text
    [InlineData("81a102f97e00")] // NaN
    [InlineData("81a102f97c00")] // infinity
    [InlineData("81a20061610061 62")] // a name twice
    [InlineData("81a1656d7573745f01")] // "must_"
    [InlineData("81a10062c328")] // no UTF-8
    [InlineData("9bffffffffffffffff")] // more records than bytes
    [InlineData("81a1007bffffffffffffffff")]
    [InlineData("81a10401")] // true is a number
    [InlineData("8000")] // bytes behind
    [InlineData("81a1189981818181818181818181818181818181818100")] // nested too deep
    [InlineData("81a102c482180162")]
    [InlineData("81a1007f7f6161ffff")]
    [InlineData("81a102c0")]
    public void Broken_cbor_is_refused(string hex) =>
        Assert.Throws<SenmlException>(() => SenmlCbor.Decode(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));

    [Fact]
    public void Cut_or_changed_cbor_is_refused_or_read_but_never_breaks()
    {
        byte[] whole = SenmlCbor.Encode(SenmlPack.Of(SenmlPage.Reading("reading-vibration"), null).ToArray());
        for (int length = 0; length < whole.Length; length++) { Assert.Throws<SenmlException>(() => SenmlCbor.Decode(whole.AsSpan(0, length))); }
        var random = new Random(6);
        for (int i = 0; i < 3000; i++)
        {
            byte[] changed = [.. whole];
            changed[random.Next(changed.Length)] = (byte)random.Next();
            try { SenmlPack.Resolve(SenmlCbor.Decode(changed), Now); }
            catch (SenmlException) { } // said what is wrong
        }
    }

    [Fact]
    public void Missing_parts_count_as_nothing()
    {
        SenmlRecord[] pack =
        [
            new() { BaseName = "n:", BaseValue = 20, BaseSum = 100, BaseTime = 1_700_000_000, Name = "a", Value = 1.5 },
            new() { Name = "b" },
            new() { Name = "c", StringValue = "s", Sum = 1 },
            new() { BaseName = "m", BaseTime = 1_600_000_000, Time = 0.5, Value = -1 },
        ];
        Assert.Equal(
            [
                new() { Name = "m", Time = 1_600_000_000.5, Value = 19, Sum = 100 },
                new() { Name = "n:a", Time = 1_700_000_000, Value = 21.5, Sum = 100 },
                new() { Name = "n:b", Time = 1_700_000_000, Value = 20, Sum = 100 },
                new() { Name = "n:c", Time = 1_700_000_000, StringValue = "s", Sum = 101 },
            ],
            SenmlPack.Resolve(pack, Now));
    }

    [Fact]
    public void Small_times_count_from_now()
    {
        SenmlRecord[] pack =
        [
            new() { Name = "now", Value = 1 },
            new() { Name = "past", Time = -10, Value = 1 },
            new() { Name = "future", Time = (1 << 28) - 1, Value = 1 },
            new() { Name = "utc", Time = 1 << 28, Value = 1 },
        ];
        Assert.Equal(
            [("utc", 268435456.0), ("past", 1763599990.25), ("now", 1763600000.25), ("future", 2032035455.25)],
            SenmlPack.Resolve(pack, Now).Select(r => (r.Name!, r.Time!.Value)));
    }

    [Fact]
    public void What_is_not_allowed_is_refused()
    {
        SenmlRecord good = new() { Name = "a", Value = 1 };
        Refuse(new SenmlRecord { Name = "_a", Value = 1 });
        Refuse(new SenmlRecord { Value = 1 }); // no name
        Refuse(new SenmlRecord { Name = "a" }); // no value
        Refuse(new SenmlRecord { Name = "a", Value = 1, StringValue = "1" });
        Refuse(good with { BaseVersion = 11 });
        Refuse(good with { BaseVersion = 0 });
        Refuse(good with { BaseVersion = 5 }, good with { BaseVersion = 10 });
        Refuse(good, good with { BaseVersion = 5 }); // the first one has version 10
        Assert.Equal([10, 10], SenmlPack.Resolve([good, good with { BaseVersion = 10 }], Now).Select(r => r.BaseVersion ?? 10));
        Assert.Equal([null, null], SenmlPack.Resolve([good with { BaseVersion = 10 }, good], Now).Select(r => r.BaseVersion));
        Assert.Single(SenmlPack.Resolve([new SenmlRecord { Name = "a", Sum = 1 }], Now));
    }

    private static void Refuse(params SenmlRecord[] pack) => Assert.Throws<SenmlException>(() => SenmlPack.Resolve(pack, Now));

    private static string Text(byte[] utf8) => Encoding.UTF8.GetString(utf8);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
