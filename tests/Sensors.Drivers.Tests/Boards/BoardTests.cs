using System;
using System.Collections.Generic;
using System.Device.I2c;
using System.Device.Spi;
using System.IO;
using System.Linq;
using System.Reflection;
using Sensors.Boards;
using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    /// <summary>One set of rules over every board's file.</summary>
    public class BoardTests
    {
        private static readonly int[] StrappingPins = [0, 2, 5, 12, 15];

        public static TheoryData<Type> All => new(typeof(Board).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Board)) && !t.IsAbstract));

        [Fact]
        public void A_bus_serves_one_SPI_mode_at_a_time_and_one_clock()
        {
            var wires = new WireBoard();
            var board = new Esp32DevKitC();
            RegisterBus accelerometer = board.OpenSpi(0, Adxl345.Spi);
            var conflict = Assert.Throws<BusException>(() => board.OpenSpi(1, Adxl35x.Spi)); // mode 0 beside mode 3
            Assert.Equal((BusStatus.Conflict, "SPI1 CS32"), (conflict.Status, conflict.Bus));
            board.OpenSpi(2, Adxl35x.Spi); // the other bus is free
            RegisterBus bearing = board.OpenSpi(1, Iis3dwb.Spi);
            wires.Take();
            bearing.Read(0x0F);
            Assert.Equal(["SPI1 CS32 mode3 5000k 8F00"], wires.Take()); // its own limit is 10 MHz, its neighbour's 5
            accelerometer.Close();
            bearing.Close();
            board.OpenSpi(1, Adxl35x.Spi);
        }

        [Theory]
        [MemberData(nameof(All))]
        public void No_pin_is_used_twice(Type board)
        {
            Assert.Empty(Pins(board).GroupBy(p => p.Value).Where(g => g.Count() > 1).Select(g => g.Key + ": " + string.Join(", ", g.Select(p => p.Key))));
        }

        [Theory]
        [MemberData(nameof(All))]
        public void No_output_is_on_an_input_only_pin(Type board)
        {
            Assert.DoesNotContain(Pins(board), p => p.Value >= 34 && !p.Key.Contains("Miso") && !p.Key.Contains("Button") && !p.Key.Contains("Interrupt"));
        }

        [Theory]
        [MemberData(nameof(All))]
        public void Every_pin_exists_and_none_belongs_to_the_flash_or_the_usb_bridge(Type board)
        {
            Assert.DoesNotContain(Pins(board), p => p.Value is < 0 or > 39 or (>= 6 and <= 11) or 1 or 3 or 20 or 24 or (>= 28 and <= 31));
        }

        [Theory]
        [MemberData(nameof(All))]
        public void A_strapping_pin_in_use_has_a_reason_and_only_then(Type board)
        {
            IEnumerable<string> used = Pins(board).Values.Intersect(StrappingPins).Select(p => "Strapping" + p + "Reason");
            IEnumerable<FieldInfo> reasons = Constants(board).Where(f => f.Name.StartsWith("Strapping"));
            Assert.Equal(used.Order(), reasons.Select(f => f.Name).Order());
            Assert.All(reasons, f => Assert.True(((string)f.GetRawConstantValue()!).Length > 20, f.Name));
        }

        [Theory]
        [MemberData(nameof(All))]
        public void The_table_in_the_readme_equals_the_constants(Type board)
        {
            string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Sensors.Boards.README.md"));
            int heading = Array.IndexOf(lines, "## " + board.Name);
            Assert.True(heading >= 0, "boards/Sensors.Boards/README.md has no section ## " + board.Name);
            IEnumerable<string> rows = lines.Skip(heading + 1).TakeWhile(l => !l.StartsWith("## ")).Where(l => l.StartsWith("| ") && char.IsDigit(l[2]));
            IEnumerable<string> table = rows.Select(r => r.Split('|')).Select(c => c[2].Trim() + "=" + c[1].Trim());
            Assert.Equal(Pins(board).Select(p => p.Key + "=" + p.Value).Order(), table.Order());
        }

        [Theory]
        [MemberData(nameof(All))]
        public void Properties_agree_with_the_constants(Type type)
        {
            _ = new WireBoard();
            var board = (Board)Activator.CreateInstance(type)!;
            Dictionary<string, int> pins = Pins(type);
            Assert.NotEmpty(board.Name);
            Assert.StartsWith("ESP", board.FirmwareTarget);
            Assert.Contains(board.FlashMebibytes, new[] { 2, 4, 8, 16, 32 });
            Assert.InRange(board.I2cBusCount, 1, 2);
            Assert.InRange(board.SpiSlotCount, 3, 6);
            Assert.Equal(pins.GetValueOrDefault("LedPin", Board.None), board.Led);
            Assert.Equal(pins.GetValueOrDefault("ButtonPin", Board.None), board.Button);
            Assert.Equal(pins.GetValueOrDefault("WatchdogPin", Board.None), board.Watchdog);
            for (int slot = 0; slot < board.SpiSlotCount; slot++)
            {
                Assert.Equal(pins["Slot" + slot + "ChipSelectPin"], board.ChipSelectOf(slot));
                Assert.Contains("Spi" + board.SpiBusOf(slot) + "ClockPin", pins.Keys);
            }

            Assert.Equal(2, Enumerable.Range(0, board.SpiSlotCount).Select(board.SpiBusOf).Distinct().Count()); // two modes at a time
        }

        [Theory]
        [MemberData(nameof(All))]
        public void Every_bus_and_slot_opens_on_its_own_pins(Type type)
        {
            var wire = new WireBoard();
            var board = (Board)Activator.CreateInstance(type)!;
            Dictionary<string, int> pins = Pins(type);
            foreach (string pin in pins.Keys.Where(p => p.StartsWith("Spi") || p.StartsWith("I2c")))
            {
                Assert.Contains(wire.Log, l => l.StartsWith("pin " + pins[pin] + " is "));
            }

            wire.Take();
            board.ReleaseChipSelects();
            Assert.Equal(Enumerable.Range(0, board.SpiSlotCount).Select(s => "pin " + board.ChipSelectOf(s) + " InputPullUp"), wire.Take());

            var profile = new SpiProfile(SpiMode.Mode3, 5_000_000, 0x80, 0x40, 0);
            for (int slot = 0; slot < board.SpiSlotCount; slot++)
            {
                RegisterBus spi = board.OpenSpi(slot, profile);
                Assert.Equal("SPI" + board.SpiBusOf(slot) + " CS" + board.ChipSelectOf(slot), spi.Name);
                string[] log = wire.Take();
                Assert.DoesNotContain(log, l => l.EndsWith(" low")); // no chip select falls before its frame
                spi.Read(0x0F);
                Assert.Single(wire.Take());
                spi.Close();
            }

            for (int slot = 0; slot < board.SpiSlotCount; slot++)
            {
                board.OpenSpi(slot, profile).Close(); // a second time: probing, then use
            }

            wire.Take();
            for (int bus = 1; bus <= board.I2cBusCount; bus++)
            {
                RegisterBus i2c = board.OpenI2c(bus, 0x48);
                i2c.Read(0x0F);
                Assert.StartsWith("I2C" + bus + " 48 " + (bus == 1 ? "400k" : "100k"), Assert.Single(wire.Take()));
                i2c.Close();
                using I2cDevice device = board.OpenI2cDevice(bus, 0x48);
                device.WriteRead(new byte[] { 0x0F }, new byte[2]);
                Assert.StartsWith("I2C" + bus + " 48 " + (bus == 1 ? "400k" : "100k"), Assert.Single(wire.Take()));
            }

            Assert.Equal(BusStatus.NotOpen, Assert.Throws<BusException>(() => board.OpenI2cDevice(board.I2cBusCount + 1, 0x48)).Status);
        }

        private static IEnumerable<FieldInfo> Constants(Type board) =>
            board.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral && f.DeclaringType == board);

        private static Dictionary<string, int> Pins(Type board) =>
            Constants(board).Where(f => f.Name.EndsWith("Pin")).ToDictionary(f => f.Name, f => (int)f.GetRawConstantValue()!);
    }
}
