using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Sensors.Edge.Tests.Senml;

/// <summary>The examples of RFC 8428, sections 5.1 and 6.</summary>
public sealed class Rfc8428Tests
{
    private const string SingleValue = """[{"n":"urn:dev:ow:10e2073a01080063","u":"Cel","v":23.1}]""";

    private const string MultipleValues =
        """
        [{"bn":"urn:dev:ow:10e2073a0108006:","bt":1276020076.001,"bu":"A","bver":5,"n":"voltage","u":"V","v":120.1},
         {"n":"current","t":-5,"v":1.2},{"n":"current","t":-4,"v":1.3},{"n":"current","t":-3,"v":1.4},{"n":"current","t":-2,"v":1.5},
         {"n":"current","t":-1,"v":1.6},{"n":"current","t":0,"v":1.7}]
        """;

    private const string MultipleTypes =
        """
        [{"bn":"urn:dev:ow:10e2073a01080063","bt":1.320067464e+09,"bu":"%RH","v":20},{"u":"lon","v":24.30621},{"u":"lat","v":60.07965},
         {"t":60,"v":20.3},{"u":"lon","t":60,"v":24.30622},{"u":"lat","t":60,"v":60.07965},
         {"t":120,"v":20.7},{"u":"lon","t":120,"v":24.30623},{"u":"lat","t":120,"v":60.07966},
         {"u":"%EL","t":150,"v":98},
         {"t":180,"v":21.2},{"u":"lon","t":180,"v":24.30628},{"u":"lat","t":180,"v":60.07967}]
        """;

    // The RFC's dump: 195 bytes. 1.5 has a half float; the others have doubles.
    private const string Cbor =
        "87a721781b75726e3a6465763a6f773a3130653230373361303130383030363a22fb41d303a15b001062236141200500" +
        "67766f6c7461676501615602fb405e066666666666" +
        "a3006763757272656e74062402fb3ff3333333333333a3006763757272656e74062302fb3ff4cccccccccccd" +
        "a3006763757272656e74062202fb3ff6666666666666a3006763757272656e74062102f93e00" +
        "a3006763757272656e74062002fb3ff999999999999aa3006763757272656e74060002fb3ffb333333333333";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Theory]
    [InlineData(SingleValue)]
    [InlineData(MultipleValues)]
    [InlineData(MultipleTypes)]
    public void A_pack_is_written_as_it_was_read(string json)
    {
        IReadOnlyList<SenmlRecord> pack = SenmlJson.Decode(Bytes(json));
        string written = Encoding.UTF8.GetString(SenmlJson.Encode(pack));
        Assert.Equal(json.Replace("1.320067464e+09", "1320067464", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal), written);
        Assert.Equal(pack, SenmlCbor.Decode(SenmlCbor.Encode(pack)));
    }

    [Fact]
    public void Cbor_has_the_bytes_of_section_6()
    {
        byte[] bytes = SenmlCbor.Encode((IReadOnlyCollection<SenmlRecord>)SenmlJson.Decode(Bytes(MultipleValues)));
        Assert.Equal(195, bytes.Length);
        Assert.Equal(Cbor, Convert.ToHexStringLower(bytes));
        Assert.Equal(SenmlJson.Decode(Bytes(MultipleValues)), SenmlCbor.Decode(Convert.FromHexString(Cbor)));
    }

    [Fact]
    public void Base_name_time_and_unit_are_resolved()
    {
        IReadOnlyList<SenmlRecord> resolved = SenmlPack.Resolve(SenmlJson.Decode(Bytes(MultipleValues)), Now);
        Assert.Equal([1276020071.001, 1276020072.001, 1276020073.001, 1276020074.001, 1276020075.001, 1276020076.001, 1276020076.001], resolved.Select(r => r.Time!.Value));
        Assert.Equal([1.2, 1.3, 1.4, 1.5, 1.6, 120.1, 1.7], resolved.Select(r => r.Value!.Value));
        Assert.Equal(["A", "A", "A", "A", "A", "V", "A"], resolved.Select(r => r.Unit));
        Assert.All(resolved, record => Assert.Equal(5, record.BaseVersion));
        Assert.Equal("urn:dev:ow:10e2073a0108006:voltage", resolved[5].Name);
    }

    [Fact]
    public void A_unit_of_its_own_goes_before_the_base_unit()
    {
        IReadOnlyList<SenmlRecord> resolved = SenmlPack.Resolve(SenmlJson.Decode(Bytes(MultipleTypes)), Now);
        double[] times = [0, 0, 0, 60, 60, 60, 120, 120, 120, 150, 180, 180, 180];
        string[] units = ["%RH", "lon", "lat", "%RH", "lon", "lat", "%RH", "lon", "lat", "%EL", "%RH", "lon", "lat"];
        Assert.Equal(times.Select(t => 1320067464 + t), resolved.Select(r => r.Time!.Value));
        Assert.Equal(units, resolved.Select(r => r.Unit));
        Assert.All(resolved, record => Assert.Equal(new SenmlRecord { Name = "urn:dev:ow:10e2073a01080063", Unit = record.Unit, Time = record.Time, Value = record.Value }, record));
    }

    [Fact]
    public void Our_own_vector_has_48_bytes()
    {
        SenmlRecord[] pack = [new() { BaseName = "88.118.12345/NODE-0001/", BaseTime = 1700000000, Name = "temp", Unit = "Cel", Value = 23.5 }];
        const string Expected = "81a5217738382e3131382e31323334352f4e4f44452d303030312f221a6553f100006474656d70016343656c02f94de0";
        Assert.Equal(Expected, Convert.ToHexStringLower(SenmlCbor.Encode(pack)));
    }

    private static byte[] Bytes(string json)
    {
        using JsonDocument parsed = JsonDocument.Parse(json); // the examples are JSON to others, too
        return Encoding.UTF8.GetBytes(json);
    }
}
