using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Writes one JSON object into a byte array, without spaces and without allocating. One thread at a time.</summary>
    /// <remarks>
    /// Commas come by themselves. A message that does not fit is never handed out in part: once the room is short nothing more is
    /// written, and <see cref="End"/> gives <see cref="DoesNotFit"/>.
    /// </remarks>
    public sealed class JsonWriter
    {
        /// <summary>What <see cref="End"/> gives for a message that did not fit: -1.</summary>
        public const int DoesNotFit = -1;

        private byte[] _buffer;
        private int _start;
        private int _at;
        private bool _comma;
        private bool _full;

        /// <summary>Begins a message.</summary>
        /// <param name="buffer">Receives it, up to its end.</param>
        /// <param name="offset">Where the first byte goes, 0 to the buffer's length.</param>
        [HotPath]
        public void Begin(byte[] buffer, int offset)
        {
            _buffer = buffer;
            _start = offset;
            _at = offset;
            _comma = false;
            _full = false;
        }

        /// <summary>Ends a message and lets go of the buffer.</summary>
        /// <returns>Its length in bytes, or <see cref="DoesNotFit"/>.</returns>
        [HotPath]
        public int End()
        {
            _buffer = null;
            return _full ? DoesNotFit : _at - _start;
        }

        /// <summary>Opens an object: <c>{</c>.</summary>
        [HotPath]
        public void OpenObject()
        {
            Open((byte)'{');
        }

        /// <summary>Closes an object: <c>}</c>.</summary>
        [HotPath]
        public void CloseObject()
        {
            Close((byte)'}');
        }

        /// <summary>Opens an array: <c>[</c>.</summary>
        [HotPath]
        public void OpenArray()
        {
            Open((byte)'[');
        }

        /// <summary>Closes an array: <c>]</c>.</summary>
        [HotPath]
        public void CloseArray()
        {
            Close((byte)']');
        }

        /// <summary>Writes a member's name; its value follows.</summary>
        /// <param name="prepared">What <see cref="JsonText.NameOf"/> gave.</param>
        [HotPath]
        public void Name(byte[] prepared)
        {
            Copy(prepared);
            _comma = false;
        }

        /// <summary>Writes a string.</summary>
        /// <param name="prepared">What <see cref="JsonText.Of"/> gave.</param>
        [HotPath]
        public void Text(byte[] prepared)
        {
            Copy(prepared);
        }

        /// <summary>Writes an integer.</summary>
        /// <param name="value">Any value; beyond 2^53 many readers of JSON lose digits.</param>
        [HotPath]
        public void Number(long value)
        {
            if (Take(DigitWriter.MaxLongLength)) { _at = DigitWriter.Long(value, _buffer, _at); }
        }

        /// <summary>Writes a float with <see cref="DigitWriter.DefaultDigits"/> significant digits.</summary>
        /// <param name="value">A finite value: see <see cref="DigitWriter.IsWritable"/>.</param>
        [HotPath]
        public void Number(float value)
        {
            if (Take(DigitWriter.MaxFloatLength)) { _at = DigitWriter.Float(value, _buffer, _at); }
        }

        /// <summary>Writes <c>true</c> or <c>false</c>.</summary>
        /// <param name="value">Which.</param>
        [HotPath]
        public void Flag(bool value)
        {
            Copy(value ? True : False);
        }

        [HotPath]
        private void Open(byte bracket)
        {
            if (Take(1)) { _buffer[_at++] = bracket; }
            _comma = false;
        }

        [HotPath]
        private void Close(byte bracket)
        {
            _comma = false;
            if (Take(1)) { _buffer[_at++] = bracket; }
        }

        [HotPath]
        private void Copy(byte[] bytes)
        {
            if (!Take(bytes.Length)) { return; }
            Array.Copy(bytes, 0, _buffer, _at, bytes.Length);
            _at += bytes.Length;
        }

        // Writes the comma due before a name, a value or an opening bracket, and tells whether so many bytes fit behind it.
        [HotPath]
        private bool Take(int count)
        {
            int comma = _comma ? 1 : 0;
            if (_full || _buffer.Length - _at < count + comma)
            {
                _full = true;
                return false;
            }

            if (_comma) { _buffer[_at++] = (byte)','; }
            _comma = true;
            return true;
        }

        private static readonly byte[] True = { (byte)'t', (byte)'r', (byte)'u', (byte)'e' };
        private static readonly byte[] False = { (byte)'f', (byte)'a', (byte)'l', (byte)'s', (byte)'e' };
    }
}
