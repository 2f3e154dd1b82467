using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text.Json;
using Sensors.Firmware;
using Sensors.Mqtt;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>The whole chain: machine, virtual chip, driver, node, the firmware's MQTT client, a broker on loopback. One broker for all nodes.</summary>
    internal sealed class HintChain : IDisposable
    {
        private const int Readings = 3; // the last of so many is judged
        private const double Patience = 60;

        private readonly MqttBroker _broker = new();
        private readonly ConcurrentDictionary<string, ConcurrentQueue<JsonElement>> _arrived = new();
        private readonly IDisposable _subscription;

        public HintChain()
        {
            _broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            _subscription = _broker.Subscribe("sensors/v1/+/+/reading/#", message =>
            {
                string id = string.Join('/', message.Topic.Split('/').Skip(2).Take(2));
                using JsonDocument document = JsonDocument.Parse(message.Payload.ToArray());
                _arrived.GetOrAdd(id, _ => new ConcurrentQueue<JsonElement>()).Enqueue(document.RootElement.Clone());
            });
        }

        /// <summary>Runs a node on a case's machine.</summary>
        /// <param name="hintCase">The case.</param>
        /// <param name="id">The node's identifier, of its own.</param>
        /// <returns>The last reading, as it came to the broker.</returns>
        public JsonElement Run(HintCase hintCase, string id)
        {
            using var board = new CampaignBoard(hintCase.Seed);
            var random = new Random((int)(hintCase.Seed & int.MaxValue));
            hintCase.Chip.Wire(board, hintCase.Machine.VibrationAt(hintCase.Mounting), random);
            return Run(board, $"sensor={hintCase.Chip.Declaration}\n{hintCase.PointSettings()}", id);
        }

        /// <summary>Runs a node on a wired board.</summary>
        /// <param name="board">The board.</param>
        /// <param name="settings">Lines of its settings.</param>
        /// <param name="id">The node's identifier.</param>
        /// <returns>The last reading, as it came to the broker.</returns>
        public JsonElement Run(CampaignBoard board, string settings, string id)
        {
            board.Wires.Radio.Add(new AccessPoint("hall", string.Empty));
            var link = new BrokerLink();
            try
            {
                var node = new CampaignNode(
                    board,
                    string.Create(CultureInfo.InvariantCulture, $"id={id}\nwifi_ssid=hall\nbroker_host=127.0.0.1\nbroker_port={_broker.BoundPort}\ninterval_ms=5000\n{settings}"),
                    link,
                    clock => new WifiNetwork(clock),
                    external: true);
                ConcurrentQueue<JsonElement> arrived = _arrived.GetOrAdd(id, _ => new ConcurrentQueue<JsonElement>());
                while (arrived.Count < Readings)
                {
                    node.Step();
                    if (board.Seconds > Patience)
                    {
                        throw new TimeoutException(id + ": " + arrived.Count + " readings in " + Patience + " s; " + node.Faults.Count + " faults, the last: " + node.Faults.Last);
                    }
                }

                return arrived.Last();
            }
            finally
            {
                link.Close();
                _arrived.TryRemove(id, out _);
            }
        }

        public void Dispose()
        {
            _subscription.Dispose();
            _broker.StopAsync().GetAwaiter().GetResult();
        }
    }
}
