using System.Collections.Generic;

namespace Sensors.Edge
{
    /// <summary>The channels of many readings in one order: each behind the one it follows in its own reading.</summary>
    internal sealed class ChannelColumns
    {
        private readonly List<string> _names = [];
        private readonly Dictionary<string, int> _places = [];

        /// <summary>Gets the channels.</summary>
        internal IReadOnlyList<string> Names => _names;

        /// <summary>Gets the place of a channel.</summary>
        internal int this[string channel] => _places[channel];

        /// <summary>Enters the channels of a reading.</summary>
        internal void Enter(IReadOnlyList<ChannelValue> values)
        {
            int next = 0;
            foreach (ChannelValue value in values)
            {
                if (!_places.TryGetValue(value.Channel, out int place))
                {
                    place = values[0].Channel == value.Channel ? _names.Count : next; // another kind's channels come behind
                    _names.Insert(place, value.Channel);
                    for (int i = place; i < _names.Count; i++) { _places[_names[i]] = i; }
                }

                next = place + 1;
            }
        }
    }
}
