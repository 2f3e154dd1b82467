using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Sensors.Cli.Errors;
using Sensors.Cli.Parsing;
using Sensors.Mqtt;

namespace Sensors.Cli.Commands
{
    /// <summary>Starts the embedded broker, with errors of ours.</summary>
    internal static class LocalBroker
    {
        public const string Loopback = "127.0.0.1";

        /// <summary>What to do where a port is taken.</summary>
        public const string FreePort = "--port 0 takes a port that is free.";

        public static MqttBroker Start(string host, int port, MqttBrokerOptions options, string busyHint = FreePort)
        {
            var broker = new MqttBroker(options);
            try
            {
                broker.Start(new IPEndPoint(Resolve(host), port));
                return broker;
            }
            catch (SocketException error)
            {
                throw ErrorTable.CannotListen.Because(
                    $"Cannot listen at {new BrokerAddress(host, port)}: {error.Message}.",
                    error.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied
                        ? busyHint
                        : $"--host {Loopback} is an address that every PC has.",
                    error.SocketErrorCode.ToString(),
                    error);
            }
        }

        private static IPAddress Resolve(string host) => IPAddress.TryParse(host, out IPAddress? address)
            ? address
            : Dns.GetHostAddresses(host).OrderBy(each => each.AddressFamily).First(); // IPv4 first, as nodes speak nothing else
    }
}
