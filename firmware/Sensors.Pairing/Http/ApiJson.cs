using System;
using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>Writes the JSON of answers. Not for anything that hurries: names are prepared as they come.</summary>
    internal sealed class ApiJson
    {
        /// <summary>The most letters of a text for people; the rest is cut off.</summary>
        internal const int MostText = 200;

        private readonly JsonWriter _json = new JsonWriter();
        private readonly byte[] _buffer;

        /// <summary>Begins an object.</summary>
        /// <param name="most">The most bytes it can have.</param>
        internal ApiJson(int most)
        {
            _buffer = new byte[most];
            _json.Begin(_buffer, 0);
            _json.OpenObject();
        }

        /// <summary>Makes a refusal.</summary>
        /// <param name="word">Its stable word.</param>
        /// <param name="text">A sentence for people, without secrets.</param>
        /// <param name="wait">Milliseconds after which to try again; -1 where that is nothing to say.</param>
        /// <returns>JSON.</returns>
        internal static byte[] Error(string word, string text, long wait)
        {
            ApiJson json = new ApiJson(1400); // a letter has 6 bytes at most
            json.Text("error", word);
            json.Text("text", text);
            if (wait >= 0)
            {
                json.Number("wait_ms", wait);
            }

            return json.End();
        }

        /// <summary>Begins a good answer to a message.</summary>
        /// <param name="most">The most bytes it can have.</param>
        /// <returns>Takes further members.</returns>
        internal static ApiJson Good(int most)
        {
            ApiJson json = new ApiJson(most);
            json.Flag("ok", true);
            return json;
        }

        internal void Text(string name, string value)
        {
            if (value != null)
            {
                _json.Name(JsonText.NameOf(name));
                _json.Text(JsonText.Of(value.Length <= MostText ? value : value.Substring(0, MostText)));
            }
        }

        internal void Number(string name, long value)
        {
            _json.Name(JsonText.NameOf(name));
            _json.Number(value);
        }

        internal void Flag(string name, bool value)
        {
            _json.Name(JsonText.NameOf(name));
            _json.Flag(value);
        }

        internal void OpenArray(string name)
        {
            _json.Name(JsonText.NameOf(name));
            _json.OpenArray();
        }

        internal void CloseArray()
        {
            _json.CloseArray();
        }

        internal void OpenObject()
        {
            _json.OpenObject();
        }

        internal void CloseObject()
        {
            _json.CloseObject();
        }

        internal byte[] End()
        {
            _json.CloseObject();
            int length = _json.End();
            byte[] bytes = new byte[length];
            Array.Copy(_buffer, 0, bytes, 0, length);
            return bytes;
        }
    }
}
