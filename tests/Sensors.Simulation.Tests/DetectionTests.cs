using System;
using System.Collections.Generic;
using System.Linq;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.Firmware;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Simulation.Tests;

/// <summary>Every chip the node knows, at every place it can have: it is found there, and looking for others leaves it alone.</summary>
public sealed class DetectionTests : IDisposable
{
    private const long PowerToProbeNanoseconds = 300_000_000; // an ESP32's boot; chips are ready long before

    private readonly VirtualEsp32 _board = new();
    private readonly Esp32DevKitC _pins;
    private readonly ChipWorld _world;

    public DetectionTests()
    {
        PcBoard.Enter(_board);
        _pins = new Esp32DevKitC();
        _world = ChipWorld.At(new VirtualMachine(), _board.Time, 1);
    }

    private static IEnumerable<KnownChip> Known => Enumerable.Range(0, ChipTable.Count).Select(ChipTable.At);

    public static TheoryData<string, int> I2cPlaces => new(Known.SelectMany(chip => Addresses(chip), (chip, address) => (chip.Name, address)));

    public static TheoryData<string> SpiChips => new(Known.Where(chip => chip.Spi != null).Select(chip => chip.Name));

    [Theory]
    [MemberData(nameof(I2cPlaces))]
    public void A_chip_on_I2C_is_found_by_its_identity_and_by_nothing_else(string name, int address)
    {
        KnownChip chip = ChipTable.Find(name);
        int bus = chip.HighestI2cHertz < 400_000 ? 2 : 1;
        VirtualChip virtualChip = ChipShelf.Make(name, _world, "probed");
        var wire = new WatchedI2c((II2cChip)virtualChip);
        _board.WireI2c(bus, address, wire);
        _board.Time.Advance(PowerToProbeNanoseconds);
        SensorFinder finder = Finder();
        foreach (string kind in new[] { PointKinds.Vibration, PointKinds.Temperature, PointKinds.Current })
        {
            SensorSource source = finder.Find(kind, null);
            if (chip.IdentityBytes > 0 && chip.Kind == kind)
            {
                Assert.Equal((name, "I2C" + bus + " 0x" + address.ToString("X2")), (source.Chip, source.Bus.Name));
            }
            else if (name == "ADXL357" && chip.Kind == kind)
            {
                Assert.Equal("ADXL355", source.Chip); // one identity for both: who wires an ADXL357 declares it
            }
            else
            {
                Assert.Null(source);
            }
        }

        Assert.True(wire.Starts > 0 || chip.IdentityBytes == 0);
        Assert.Equal(0, wire.DataBytes); // a pointer, and nothing behind it
        Assert.Equal([], virtualChip.Violations.Texts);
    }

    [Theory]
    [MemberData(nameof(SpiChips))]
    public void A_chip_on_SPI_is_found_or_opened_where_it_is_declared(string name)
    {
        KnownChip chip = ChipTable.Find(name);
        VirtualChip virtualChip = ChipShelf.Make(name, _world, "probed");
        _board.WireSpi(_pins.SpiBusOf(2), _pins.ChipSelectOf(2), (ISpiChip)virtualChip);
        _board.Time.Advance(PowerToProbeNanoseconds);
        SensorSource source;
        if (chip.IdentityBytes > 0 && chip.Spi.Mode == System.Device.Spi.SpiMode.Mode3)
        {
            source = Finder().Find(chip.Kind, null);
        }
        else
        {
            SensorDeclaration declared = SensorDeclaration.Parse(PointKinds.Prefix(chip.Kind) + "1 " + name + " spi2");
            Assert.Null(declared.Error);
            SensorFinder finder = Finder(declared);
            Assert.Null(finder.Find(chip.Kind, null)); // a declared place is not probed
            Assert.Equal(0, virtualChip.Violations.Count + virtualChip.Strays.Count);
            source = finder.Open(declared);
        }

        Assert.Equal((name, "SPI2 CS17"), (source.Chip, source.Bus.Name));
        source.Start();
        source.Check();
        Assert.Equal([], virtualChip.Violations.Texts);
    }

    [Theory]
    [MemberData(nameof(SpiChips))]
    public void Looking_for_other_chips_leaves_a_chip_of_the_bus_mode_as_it_is(string name)
    {
        KnownChip chip = ChipTable.Find(name);
        VirtualChip virtualChip = ChipShelf.Make(name, _world, "probed");
        _board.WireSpi(_pins.SpiBusOf(2), _pins.ChipSelectOf(2), (ISpiChip)virtualChip);
        SensorDeclaration beside = SensorDeclaration.Parse(PointKinds.Prefix(chip.Kind) + "9 " + name + " spi3"); // sets the bus's mode
        _board.Time.Advance(PowerToProbeNanoseconds);
        const byte Bias = 0x80; // MAX31865's VBIAS, MAX31856's automatic conversion: a setting that a stray write would clear
        bool plain = chip.IdentityBytes == 0 && chip.Spi.WriteFlag != 0;
        if (plain)
        {
            Drivers.RegisterBus bus = _pins.OpenSpi(2, chip.Spi);
            bus.Write(0, Bias);
            bus.Close();
        }

        SensorFinder finder = Finder(beside);
        foreach (string kind in new[] { PointKinds.Vibration, PointKinds.Temperature, PointKinds.Current })
        {
            finder.Find(kind, null);
        }

        if (plain)
        {
            Assert.Equal(Bias, _pins.OpenSpi(2, chip.Spi).Read(0)); // written to where it has no register, it keeps what it has
        }
        else
        {
            Assert.Equal([], virtualChip.Violations.Texts);
        }
    }

    [Theory]
    [InlineData("cur1 INA226 i2c1:0x40 shunt=100")]
    [InlineData("cur1 INA226 i2c1:0x40 shunt=1000000")]
    [InlineData("cur1 INA228 i2c1:0x40 shunt=100")]
    [InlineData("cur1 INA228 i2c1:0x40 shunt=1000000")]
    [InlineData("cur1 INA219 i2c1:0x40 shunt=100")]
    [InlineData("cur1 INA219 i2c1:0x40 shunt=1000000")]
    [InlineData("cur1 ADS1115 i2c1:0x48 clamp=6000A/5V supply=2000")]
    [InlineData("cur1 ADS1115 i2c1:0x48 clamp=1A/1mA burden=1 turns=100 supply=5500")]
    [InlineData("cur1 ADS1115 i2c1:0x48 clamp=6000A/5000mA burden=1000")]
    [InlineData("temp1 MAX31865 spi0 rref=101 wires=2 mains=60")]
    [InlineData("temp1 MAX31865 spi0 rtd=pt1000 rref=10000 wires=4")]
    [InlineData("temp1 MAX31856 spi0 type=B mains=60")]
    [InlineData("temp1 MAX31855 spi0 type=E")]
    [InlineData("vib1 IIS3DWB spi0 every=1")]
    [InlineData("vib1 IIS3DWB spi0 every=20")]
    public void Whatever_the_settings_allow_starts(string line)
    {
        SensorDeclaration declaration = SensorDeclaration.Parse(line);
        Assert.Null(declaration.Error);
        declaration.Options.SetDefaultShunt(10_000);
        VirtualChip chip = ChipShelf.Make(declaration.Chip.Name, _world, "extreme");
        if (declaration.Slot >= 0)
        {
            _board.WireSpi(_pins.SpiBusOf(0), _pins.ChipSelectOf(0), (ISpiChip)chip);
        }
        else
        {
            _board.WireI2c(1, declaration.Address, (II2cChip)chip);
        }

        _board.Time.Advance(PowerToProbeNanoseconds);
        SensorSource source = Finder(declaration).Open(declaration);
        source.Start();
        source.Check();
    }

    [Theory]
    [InlineData("vib1 ADXL345 spi0", "vib2 ADXL355 spi1")]      // SPI1 runs in mode 3 from the first declaration on
    [InlineData("temp1 MAX31855 spi2", "temp2 MAX31865 spi3")]  // SPI2 in mode 0
    [InlineData("temp1 TMP117 i2c1:0x48", "temp2 MLX90614 i2c1:0x5A")] // 400 kHz is more than an MLX90614 bears
    public void What_a_bus_cannot_serve_is_refused_by_name(string first, string second)
    {
        SensorDeclaration served = SensorDeclaration.Parse(first);
        SensorDeclaration refused = SensorDeclaration.Parse(second);
        SensorFinder finder = Finder(served, refused);
        Assert.NotNull(finder.Open(served));
        Assert.Null(finder.Open(refused));
        Assert.Equal(Drivers.SensorFault.BusConflict, finder.WhyNot);
        Assert.Equal("bus-conflict", WireNames.Of(finder.WhyNot));
    }

    [Theory]
    [InlineData("vib1 ADXL345 spi9")]
    [InlineData("temp1 TMP117 i2c3:0x48")]
    public void A_place_the_board_does_not_have_is_no_answer(string line)
    {
        SensorDeclaration declaration = SensorDeclaration.Parse(line);
        SensorFinder finder = Finder(declaration);
        Assert.Null(finder.Open(declaration));
        Assert.Equal(Drivers.SensorFault.NoAnswer, finder.WhyNot);
    }

    [Fact]
    public void Two_chips_of_one_kind_get_different_sources_in_the_order_of_places()
    {
        _board.WireI2c(2, 0x41, (II2cChip)ChipShelf.Make("INA226", _world, "b"));
        _board.WireI2c(1, 0x45, (II2cChip)ChipShelf.Make("INA226", _world, "a"));
        SensorFinder finder = Finder();
        Assert.Equal("I2C1 0x45", finder.Find(PointKinds.Current, null).Bus.Name);
        Assert.Equal("I2C2 0x41", finder.Find(PointKinds.Current, null).Bus.Name);
        Assert.Null(finder.Find(PointKinds.Current, null));
        Assert.Equal(Drivers.SensorFault.NoAnswer, finder.WhyNot);
    }

    public void Dispose() => _board.Dispose();

    // A chip without identity matters where others are looked for.
    private static IEnumerable<int> Addresses(KnownChip chip) => Enumerable.Range(0x08, 0x70)
        .Where(chip.CanHaveAddress)
        .Where(address => chip.IdentityBytes > 0 || Known.Any(other => other.IdentityBytes > 0 && other.CanHaveAddress(address)));

    private SensorFinder Finder(params SensorDeclaration[] declarations)
    {
        var options = new SensorOptions();
        options.SetDefaultShunt(10_000);
        return new SensorFinder(_pins, new DeviceClock(), new PlaceMap(new FlashVolume(@"I:\"), PointTable.Most), declarations, options, null);
    }

    /// <summary>A chip whose wire is watched: data bytes written behind a pointer are counted.</summary>
    private sealed class WatchedI2c(II2cChip chip) : II2cChip
    {
        private bool _pointer;

        public int Starts { get; private set; }

        public int DataBytes { get; private set; }

        public bool HoldsBus => chip.HoldsBus;

        public bool Start(bool read, long nanoseconds)
        {
            Starts++;
            _pointer = !read;
            return chip.Start(read, nanoseconds);
        }

        public bool Write(byte value, long nanoseconds)
        {
            DataBytes += _pointer ? 0 : 1;
            _pointer = false;
            return chip.Write(value, nanoseconds);
        }

        public byte Read(long nanoseconds) => chip.Read(nanoseconds);

        public void Stop(long nanoseconds) => chip.Stop(nanoseconds);
    }
}
