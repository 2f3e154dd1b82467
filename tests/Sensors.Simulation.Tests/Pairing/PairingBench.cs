using System;
using System.Linq;
using System.Text.Json;
using Sensors.Firmware;
using Sensors.Pairing;

namespace Sensors.Simulation.Tests.Pairing;

/// <summary>A board that was flashed and labelled, and somebody who pairs it. Slower than the other benches: who pairs lives in the PC's time.</summary>
public abstract class PairingBench : FirmwareBench
{
    protected const string AccessPointPassword = "7H2K9QWX4M3T";
    protected const string Code = "K7M2-9QXW";
    private const double PortalPace = 8;

    protected PairingBench()
    {
        Board.Time.Pace = PortalPace;
        WriteFile(PairingLabel.FileName, Label.ToBytes());
        Client = new PortalClient(Board, Label);
    }

    protected static PairingLabel Label { get; } = PairingLabel.Make("3F2A1C", AccessPointPassword, PairingLabel.Canonical(Code));

    private protected PortalClient Client { get; }

    /// <summary>Gets a wait until the portal can be reached.</summary>
    protected void UntilOpen() => Until(() => Board.Radio.SoftAccessPoint.IsUp && Board.PortEndpoint(80) is not null);

    /// <summary>Pairs by the portal, and waits for readings.</summary>
    protected void Pair(string settings)
    {
        Board.PowerOn(Program.Main);
        UntilOpen();
        AssertCommitted(Client.Try(1, settings));
        Client.Ask("done 1");
        UntilItWorks();
    }

    protected void UntilItWorks() => Until(() => Count("temp1") > 0 && Board.Radio.SoftAccessPoint.Ssid is null);

    private protected static void AssertCommitted(JsonElement outcome) =>
        Assert.True(outcome.GetProperty("state").GetString() == "committed", outcome.GetRawText());

    private protected static void AssertFailed(JsonElement outcome, string stage, string cause)
    {
        Assert.True(outcome.GetProperty("state").GetString() == "rolled-back", outcome.GetRawText());
        Assert.True(outcome.GetProperty("cause").GetString() == cause, outcome.GetRawText());
        Assert.Equal(stage, outcome.GetProperty("stage").GetString());
        Assert.InRange(outcome.GetProperty("ms").GetInt64(), 0, 30_000);
        Assert.False(string.IsNullOrEmpty(outcome.GetProperty("text").GetString()));
        Assert.DoesNotContain("hunter2", outcome.GetRawText(), StringComparison.Ordinal);
    }
}
