using System;
using Sensors.Bindings;

namespace Sensors.Node.Tests.Bindings
{
    public sealed class BindingFactoryTests : IDisposable
    {
        private readonly BindingBench _bench = new();

        public void Dispose() => _bench.Dispose();

        [Theory]
        [InlineData("SHT3X", "temperature", null, true)]
        [InlineData("SHT3X", "temperature", "temperature", true)]
        [InlineData("SHT3X", "humidity", null, true)]
        [InlineData("SHT3X", "humidity", "temperature", false)]
        [InlineData("SHT3X", "current", null, false)]
        [InlineData("MLX90614", "temperature", null, true)]
        [InlineData("MLX90614", "temperature", "object", true)]
        [InlineData("MLX90614", "temperature", "ambient", true)]
        [InlineData("MLX90614", "temperature", "shaft", false)]
        [InlineData("MLX90614", "humidity", null, false)]
        [InlineData("TMP117", "temperature", null, false)]
        public void Chips_are_known_with_their_quantities(string chip, string kind, string? channel, bool known)
        {
            Assert.Equal(known, Make(chip, kind, channel, 1, 0x44) != null);
        }

        [Fact]
        public void The_first_quantity_is_meant_where_none_is_named()
        {
            BindingSource source = Make("MLX90614", PointKinds.Temperature, null, 2, 0x5A)!;
            BindingBench.Start(source);
            Assert.Equal(60, source.Read(), 0.011);
        }

        [Fact]
        public void Points_of_one_chip_share_it_and_those_of_two_do_not()
        {
            BindingSource temperature = Make("SHT3X", PointKinds.Temperature, null, 1, 0x44)!;
            Assert.Same(temperature.Bus, Make("SHT3X", PointKinds.Humidity, null, 1, 0x44)!.Bus);
            Assert.NotSame(temperature.Bus, Make("SHT3X", PointKinds.Humidity, null, 1, 0x45)!.Bus);
            Assert.NotSame(temperature.Bus, Make("SHT3X", PointKinds.Humidity, null, 2, 0x44)!.Bus);
            Assert.Null(Make("MLX90614", PointKinds.Temperature, null, 1, 0x44)); // there is an SHT3x already
        }

        [Fact]
        public void Making_a_source_opens_nothing_and_says_nothing()
        {
            BindingSource source = Make("SHT3X", PointKinds.Temperature, null, 1, 0x44)!;
            Assert.Null(((BindingBus)source.Bus).Device);
            Assert.Equal(0, _bench.HygrometerCable.Transactions);
        }

        [Fact]
        public void The_node_s_table_of_chips_and_the_factory_name_the_same_ones()
        {
            int bindings = 0;
            for (int i = 0; i < ChipTable.Count; i++)
            {
                KnownChip chip = ChipTable.At(i);
                if (chip.IsBinding)
                {
                    bindings++;
                    Assert.NotNull(new BindingFactory().Make(chip.Name, chip.Kind, null, _bench.Board, 1, chip.FirstAddress, _bench.Clock));
                    Assert.True(chip.OtherKind == null
                        || new BindingFactory().Make(chip.Name, chip.OtherKind, null, _bench.Board, 1, chip.FirstAddress, _bench.Clock) != null);
                }
            }

            Assert.Equal(2, bindings);
        }

        private BindingSource? Make(string chip, string kind, string? channel, int bus, int address) =>
            (BindingSource?)_bench.Factory.Make(chip, kind, channel, _bench.Board, bus, address, _bench.Clock);
    }
}
