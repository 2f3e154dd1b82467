namespace Sensors.Pairing
{
    /// <summary>The memory for the body of one request. All connections share it, as a board has room for one: who comes second is told to come again.</summary>
    internal sealed class HttpBody
    {
        private HttpExchange _holder;

        internal byte[] Bytes { get; } = new byte[HttpExchange.MostBody];

        internal bool Take(HttpExchange exchange)
        {
            if (_holder != null && _holder != exchange)
            {
                return false;
            }

            _holder = exchange;
            return true;
        }

        internal void Release(HttpExchange exchange)
        {
            if (_holder == exchange)
            {
                _holder = null;
            }
        }
    }
}
