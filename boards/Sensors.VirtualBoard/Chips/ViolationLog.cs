using System.Collections.Generic;
using System.Globalization;

namespace Sensors.VirtualBoard
{
    /// <summary>What a chip's user did that the data sheet forbids. A test asserts that it is empty.</summary>
    public sealed class ViolationLog
    {
        private const int KeptTexts = 1000;

        private readonly string _chip;
        private readonly List<string> _texts = [];

        internal ViolationLog(string chip) => _chip = chip;

        /// <summary>Gets how many violations there were.</summary>
        public long Count { get; private set; }

        /// <summary>Gets the texts of the first 1,000, each with the chip's name and the virtual time.</summary>
        public IReadOnlyList<string> Texts => _texts;

        /// <summary>Gets or sets whether a violation throws in the thread that caused it, instead of only being counted.</summary>
        public bool Throw { get; set; }

        /// <summary>Forgets what was noted.</summary>
        public void Clear()
        {
            Count = 0;
            _texts.Clear();
        }

        internal void Add(long nanoseconds, string what)
        {
            Count++;
            string text = string.Create(CultureInfo.InvariantCulture, $"{_chip} at {nanoseconds * 1e-9:F6} s: {what}");
            if (_texts.Count < KeptTexts)
            {
                _texts.Add(text);
            }

            if (Throw)
            {
                throw new ViolationException(text);
            }
        }
    }
}
