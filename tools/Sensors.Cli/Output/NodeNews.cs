using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading;
using Sensors.Edge;

namespace Sensors.Cli.Output
{
    /// <summary>Tells what happens to nodes: of a few each event, of many how many are online.</summary>
    /// <param name="tell">Where it is told.</param>
    /// <param name="nodes">How many nodes there are.</param>
    /// <param name="each">Whether each event is told however many nodes there are, as programs want it.</param>
    public sealed class NodeNews(Action<CliEvent> tell, int nodes, bool each)
    {
        /// <summary>The most nodes of which each event is told to people.</summary>
        public const int Few = 5;

        private readonly bool _each = each || nodes <= Few;
        private readonly Lock _gate = new();
        private readonly HashSet<string> _online = new(StringComparer.Ordinal);
        private int _told;

        /// <summary>Tells that something happened to a node, or leaves it to <see cref="Sum"/>.</summary>
        /// <param name="happened">The event.</param>
        public void Enter(CliEvent happened)
        {
            if (_each)
            {
                tell(happened);
            }
        }

        /// <summary>Tells a node's status, or leaves it to <see cref="Sum"/>; that all are online is told at once.</summary>
        /// <param name="status">The status.</param>
        public void Enter(StatusMessage status)
        {
            ArgumentNullException.ThrowIfNull(status);
            Enter(Events.Status(status));
            bool all;
            lock (_gate)
            {
                _ = status.Online is null ? _online.Remove(status.Id) : _online.Add(status.Id);
                all = _online.Count == nodes;
            }

            if (all)
            {
                Sum();
            }
        }

        /// <summary>Tells how many of many nodes are online, when that is not what was told last.</summary>
        public void Sum()
        {
            lock (_gate)
            {
                if (_each || _online.Count == _told)
                {
                    return;
                }

                _told = _online.Count;
                string text = _told == nodes
                    ? string.Create(CultureInfo.InvariantCulture, $"{nodes} nodes online")
                    : string.Create(CultureInfo.InvariantCulture, $"{_told} of {nodes} nodes online");
                tell(new CliEvent("online", text, new JsonObject { ["online"] = _told, ["nodes"] = nodes }));
            }
        }
    }
}
