using System.CommandLine;
using Sensors.Cli.Collecting;
using Sensors.Cli.Commands;
using Sensors.Cli.Host;
using Sensors.Cli.Parsing;

namespace Sensors.Cli.Options
{
    /// <summary><c>--broker</c>: whom to listen at, the broker of this machine by default.</summary>
    internal sealed class BrokerOption
    {
        private readonly Option<BrokerAddress> _address;

        public BrokerOption(Command command, ParseContext context)
        {
            _address = context.Create("--broker", "host:port", $"Broker (default: {LocalBroker.Loopback}:{BrokerAddress.DefaultPort}).", BrokerAddress.Parse);
            command.Options.Add(_address);
        }

        /// <summary>Tells whether the option was given.</summary>
        public bool IsGiven(ParseResult parsed) => parsed.GetResult(_address) is not null;

        /// <summary>Reads the option.</summary>
        public BrokerAddress Read(ParseResult parsed) => parsed.GetValue(_address) ?? new BrokerAddress(LocalBroker.Loopback, BrokerAddress.DefaultPort);
    }
}
