namespace Sensors.Node
{
    /// <summary>Why a text is not an identifier of the strict profile.</summary>
    public enum IdentifierError
    {
        /// <summary>It is one.</summary>
        None = 0,

        /// <summary>Nothing was given.</summary>
        Empty = 1,

        /// <summary>A space, tab, line end or other blank stands in it.</summary>
        Whitespace = 2,

        /// <summary>A character beyond ASCII stands in it.</summary>
        NotAscii = 3,

        /// <summary>It is longer than <see cref="Identifier.MaxLength"/>.</summary>
        TooLong = 4,

        /// <summary>The slash and the suffix behind it are missing, or the suffix is empty.</summary>
        NoSuffix = 5,

        /// <summary>It has a second slash.</summary>
        SecondSlash = 6,

        /// <summary>It does not begin with the country code 88.</summary>
        NotCountry88 = 7,

        /// <summary>The prefix does not have three parts.</summary>
        PrefixParts = 8,

        /// <summary>The secondary node's code is not three or four digits.</summary>
        SecondaryCode = 9,

        /// <summary>The enterprise's code is not 1 to 20 letters and digits.</summary>
        EnterpriseCode = 10,

        /// <summary>The suffix begins with another character than a letter or digit.</summary>
        SuffixStart = 11,

        /// <summary>The suffix ends with a dot.</summary>
        SuffixEnd = 12,

        /// <summary>A character stands in the suffix that is not a letter, digit, dot, hyphen or underscore.</summary>
        SuffixCharacter = 13,
    }
}
