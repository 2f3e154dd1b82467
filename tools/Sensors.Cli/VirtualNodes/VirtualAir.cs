using System.Collections.Generic;
using Sensors.VirtualBoard;

namespace Sensors.Cli.VirtualNodes
{
    /// <summary>What is in the air around virtual boards that are paired: networks, and whether a time server is behind them.</summary>
    public sealed record VirtualAir
    {
        /// <summary>Gets the air where nothing else is said: one network, as in a training room.</summary>
        public static VirtualAir Usual { get; } = new() { Networks = [new AirNetwork("Hall 3", "training room")] };

        /// <summary>Gets the networks.</summary>
        public IReadOnlyList<AirNetwork> Networks { get; init; } = [];

        /// <summary>Gets whether no time server answers.</summary>
        public bool TimeServerBlocked { get; init; }

        /// <summary>Puts it around a board.</summary>
        /// <param name="board">The board.</param>
        internal void Surround(VirtualEsp32 board)
        {
            foreach (AirNetwork network in Networks)
            {
                board.Radio.Add(network.Make());
            }

            board.Radio.TimeServerBlocked = TimeServerBlocked;
        }
    }
}
