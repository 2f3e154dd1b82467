using System;

namespace nanoFramework.M2Mqtt.Messages
{
    public class ConnectionOpenedEventArgs : EventArgs
    {
        public ConnectionOpenedEventArgs(MqttMsgConnack connact)
        {
            Message = connact;
        }

        public MqttMsgConnack Message { get; }
    }

    public class ConnectionClosedRequestEventArgs : EventArgs
    {
        public ConnectionClosedRequestEventArgs(MqttMsgDisconnect disconnect)
        {
            Message = disconnect;
        }

        public MqttMsgDisconnect Message { get; }
    }

    public class MqttMsgAuthenticationEventArgs : EventArgs
    {
        public MqttMsgAuthenticationEventArgs(MqttMsgAuthentication authentication)
        {
            Message = authentication;
        }

        public MqttMsgAuthentication Message { get; }
    }
}
