using Sensors.Drivers;
using Sensors.Node;

namespace Sensors.Bindings
{
    /// <summary>The chips that bindings read, by the names settings give them. One factory belongs to one node.</summary>
    public sealed class BindingFactory : SourceFactory
    {
        private readonly BindingChip[] _chips = new BindingChip[PointTable.Most];
        private int _count;

        /// <inheritdoc/>
        /// <remarks>Points of one chip at one address share it: it is opened once, measured once a cycle, and fails for all of them.</remarks>
        public override SensorSource Make(string chip, string kind, string channel, BusPorts ports, int bus, int address, Clock clock)
        {
            BindingBus wire = new BindingBus(ports, bus, address);
            BindingChip made = ChipAt(wire.Name);
            if (made != null)
            {
                return made.Name == chip ? made.Source(kind, channel) : null;
            }

            made = MakeChip(chip, wire, address, clock);
            SensorSource source = made == null ? null : made.Source(kind, channel);
            if (source != null && _count < _chips.Length)
            {
                _chips[_count] = made;
                _count++;
            }

            return source;
        }

        // A third binding is named here.
        private static BindingChip MakeChip(string chip, BindingBus bus, int address, Clock clock)
        {
            switch (chip)
            {
                case Sht3xChip.ChipName:
                    return new Sht3xChip(bus, clock);
                case Mlx90614Chip.ChipName:
                    return new Mlx90614Chip(bus, address, clock);
                default:
                    return null;
            }
        }

        private BindingChip ChipAt(string place)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_chips[i].Bus.Name == place)
                {
                    return _chips[i];
                }
            }

            return null;
        }
    }
}
