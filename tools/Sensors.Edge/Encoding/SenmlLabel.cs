using System;
using System.Collections.Frozen;
using System.Collections.Generic;

namespace Sensors.Edge
{
    /// <summary>The fields of a record: their names in JSON and their integers in CBOR (RFC 8428, table 4 of section 6).</summary>
    internal enum SenmlLabel
    {
        BaseVersion = -1,
        BaseName = -2,
        BaseTime = -3,
        BaseUnit = -4,
        BaseValue = -5,
        BaseSum = -6,
        Name = 0,
        Unit = 1,
        Value = 2,
        StringValue = 3,
        BooleanValue = 4,
        Sum = 5,
        Time = 6,
        UpdateTime = 7,
        DataValue = 8,
    }

    /// <summary>What JSON and CBOR have in common.</summary>
    internal static class SenmlLabels
    {
        private static readonly FrozenDictionary<string, SenmlLabel> ByName = new Dictionary<string, SenmlLabel>(StringComparer.Ordinal)
        {
            ["bver"] = SenmlLabel.BaseVersion,
            ["bn"] = SenmlLabel.BaseName,
            ["bt"] = SenmlLabel.BaseTime,
            ["bu"] = SenmlLabel.BaseUnit,
            ["bv"] = SenmlLabel.BaseValue,
            ["bs"] = SenmlLabel.BaseSum,
            ["n"] = SenmlLabel.Name,
            ["u"] = SenmlLabel.Unit,
            ["v"] = SenmlLabel.Value,
            ["vs"] = SenmlLabel.StringValue,
            ["vb"] = SenmlLabel.BooleanValue,
            ["s"] = SenmlLabel.Sum,
            ["t"] = SenmlLabel.Time,
            ["ut"] = SenmlLabel.UpdateTime,
            ["vd"] = SenmlLabel.DataValue,
        }.ToFrozenDictionary(StringComparer.Ordinal);

        /// <summary>Finds a field by its name in JSON.</summary>
        public static bool TryFind(string name, out SenmlLabel label) => ByName.TryGetValue(name, out label);

        /// <summary>A field that is not known is passed over, unless its name ends in an underscore: then it must be understood (RFC 8428, 4.4).</summary>
        public static void PassOver(string name)
        {
            if (name.EndsWith('_')) { throw new SenmlException("The field \"" + name + "\" must be understood, and is not."); }
        }

        public static SenmlRecord With(SenmlRecord record, SenmlLabel label, string text) => label switch
        {
            SenmlLabel.BaseName => record with { BaseName = text },
            SenmlLabel.BaseUnit => record with { BaseUnit = text },
            SenmlLabel.Name => record with { Name = text },
            SenmlLabel.Unit => record with { Unit = text },
            _ => record with { StringValue = text },
        };

        public static SenmlRecord With(SenmlRecord record, SenmlLabel label, double number) => label switch
        {
            SenmlLabel.BaseTime => record with { BaseTime = number },
            SenmlLabel.BaseValue => record with { BaseValue = number },
            SenmlLabel.BaseSum => record with { BaseSum = number },
            SenmlLabel.Value => record with { Value = number },
            SenmlLabel.Sum => record with { Sum = number },
            SenmlLabel.Time => record with { Time = number },
            _ => record with { UpdateTime = number },
        };

        public static bool IsText(SenmlLabel label) =>
            label is SenmlLabel.BaseName or SenmlLabel.BaseUnit or SenmlLabel.Name or SenmlLabel.Unit or SenmlLabel.StringValue;

        public static double Finite(double number) => double.IsFinite(number) ? number : throw new SenmlException("SenML has no NaN and no infinity.");
    }
}
