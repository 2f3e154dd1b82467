using System.Runtime.CompilerServices;
using NanoFramework.Pc;

namespace nanoFramework.M2Mqtt
{
    public class MqttSettings
    {
        public const int BrokerDefaultPort = 1883;
        public const int BrokerDefaultSslPort = 8883;
        public const int DefaultTimeout = 30000;
        public const int MaximumAttemptsRetry = 3;
        public const int DefaultDelayRetry = 1000;
        public const int ConnectTimeout = 30000;
        public const int DefaultInflightQueueSize = int.MaxValue;

        // One for all clients of a program; a program here is what runs on one board since its last restart.
        private static readonly ConditionalWeakTable<PackageState, MqttSettings> Instances = new();

        private MqttSettings()
        {
        }

        public static MqttSettings Instance => Instances.GetValue(PcBoard.Current.Packages, _ => new MqttSettings());

        public int Port { get; internal set; } = BrokerDefaultPort;

        public int SslPort { get; internal set; } = BrokerDefaultSslPort;

        public int TimeoutOnConnection { get; internal set; } = ConnectTimeout; // nobody reads it

        public int TimeoutOnReceiving { get; internal set; } = DefaultTimeout;

        public int AttemptsOnRetry { get; internal set; } = MaximumAttemptsRetry;

        public int DelayOnRetry { get; internal set; } = DefaultDelayRetry;

        public int InflightQueueSize { get; set; } = DefaultInflightQueueSize;

        public bool ValidateServerCertificate { get; set; } = true;
    }
}
