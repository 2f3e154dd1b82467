using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sensors.Cli.Catalogue
{
    /// <summary>One chip that is supported, as <c>chips.json</c> has it.</summary>
    /// <param name="Chip">Its name, as printed on it.</param>
    /// <param name="Also">Names of parts that work the same.</param>
    /// <param name="Maker">Who makes it.</param>
    /// <param name="What">What it measures, in a few words.</param>
    /// <param name="Kinds">Kinds of reading it gives, as <c>docs/payloads.md</c> names them.</param>
    /// <param name="Source">What reads it: <c>driver</c>, or the package of an official binding.</param>
    /// <param name="Buses">How it can be wired.</param>
    /// <param name="Rate">How often it gives a value.</param>
    /// <param name="Covered">What of the chip is used.</param>
    /// <param name="NotCovered">What of the chip is not.</param>
    /// <param name="Proof">Where it has been seen to work.</param>
    public sealed record ChipEntry(
        string Chip,
        IReadOnlyList<string> Also,
        string Maker,
        string What,
        IReadOnlyList<string> Kinds,
        string Source,
        IReadOnlyList<ChipBus> Buses,
        string Rate,
        IReadOnlyList<string> Covered,
        IReadOnlyList<string> NotCovered,
        ChipProof Proof)
    {
        /// <summary>Gets every name it is found by.</summary>
        public IEnumerable<string> Names => Also.Prepend(Chip);

        /// <summary>Gets whether a driver of ours reads it, not an official binding.</summary>
        public bool HasDriver => Source == "driver";
    }

    /// <summary>One way to wire a chip.</summary>
    /// <param name="Bus"><c>SPI</c> or <c>I2C</c>.</param>
    /// <param name="Hertz">Highest clock its data sheet allows.</param>
    /// <param name="Mode">SPI mode, null on I2C.</param>
    /// <param name="Addresses">I2C addresses, 7 bits, the usual one first; null on SPI.</param>
    public sealed record ChipBus(string Bus, int Hertz, int? Mode = null, IReadOnlyList<string>? Addresses = null)
    {
        /// <summary>Gets the way in one line, a row of addresses as its ends.</summary>
        public string Text => $"{Bus} {(Mode is { } mode ? "mode " + mode.ToString(CultureInfo.InvariantCulture) : Places())}, {Clock()}";

        private string Places() => Addresses switch
        {
            null => "",
            { Count: > 2 } row => $"{row[0]}-{row[^1]}",
            _ => string.Join(' ', Addresses),
        };

        private string Clock() => Hertz >= 1_000_000
            ? string.Create(CultureInfo.InvariantCulture, $"{Hertz / 1e6:0.#} MHz")
            : string.Create(CultureInfo.InvariantCulture, $"{Hertz / 1e3:0.#} kHz");
    }

    /// <summary>Where a chip's driver has been seen to work.</summary>
    /// <param name="Virtual">On a virtual chip made from the data sheet.</param>
    /// <param name="Clr">On the official CLR, run on a PC.</param>
    /// <param name="Board">On a real board with the real chip.</param>
    public sealed record ChipProof(bool Virtual, bool Clr, bool Board)
    {
        /// <summary>Gets the proofs there are, the strongest last.</summary>
        public string Text => string.Join(", ", new[] { (Virtual, "virtual chip"), (Clr, "official CLR"), (Board, "real board") }
            .Where(each => each.Item1).Select(each => each.Item2).DefaultIfEmpty("none"));
    }
}
