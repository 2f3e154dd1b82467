using System;
using System.Collections.Generic;
using Sensors.Node;

namespace Sensors.Identification.Tests.Templates
{
    /// <summary>Templates of suffixes.</summary>
    public class IdentifierTemplateTests
    {
        private static readonly Dictionary<string, string> Fields = new() { ["class"] = "870101", ["model"] = "NF01", ["date"] = "20251120" };

        [Fact]
        public void MakesWhatTheDraftShows()
        {
            IdentifierTemplate template = IdentifierTemplate.Parse("88.608.24061301", IdentifierTemplate.Usual, Fields);
            Assert.Equal("88.608.24061301/870101.NF01.20251120.0001", template.Make(1)!.Text);
            Assert.Equal("88.608.24061301/870101.NF01.20251120.9999", template.Make(9999)!.Text);
            Assert.Null(template.Make(10000));
        }

        [Theory]
        [InlineData("PRESS-{serial:2}", "88.608.8889/PRESS-07")]
        [InlineData("{serial}", "88.608.8889/0007")]
        [InlineData("{model}_{serial:1}-x", "88.608.8889/NF01_7-x")]
        public void TakesAnyForm(string text, string expected) => Assert.Equal(expected, IdentifierTemplate.Parse("88.608.8889", text, Fields).Make(7)!.Text);

        [Theory]
        [InlineData("88.608.8889", "X", "no {serial}")]
        [InlineData("88.608.8889", "{serial}{serial}", "more than one {serial}")]
        [InlineData("88.608.8889", "META_{serial}", "META_")]
        [InlineData("88.608.8889", "app_{serial}", "App_")]
        [InlineData("88.608.8889", "User_{serial}", "User_")]
        [InlineData("88.608.8889", "{maker}-{serial}", "no field {maker}")]
        [InlineData("88.608.8889", "{serial:0}", "no width")]
        [InlineData("88.608.8889", "{serial:99}", "no width")]
        [InlineData("88.608.8889", "{model:3}-{serial}", "has no width")]
        [InlineData("88.608.8889", "{Serial}", "brace")]
        [InlineData("88.608.8889", "{serial}}", "brace")]
        [InlineData("88.608.8889", "a/{serial}", "second '/'")]
        [InlineData("88.608.8889", "传感器{serial}", "not ASCII")]
        [InlineData("88.608", "{serial}", "2 parts")]
        [InlineData("86.608.1", "{serial}", "86")]
        public void RefusesWhatMakesNoIdentifier(string prefix, string text, string reason) =>
            Assert.Contains(reason, Assert.Throws<FormatException>(() => IdentifierTemplate.Parse(prefix, text, Fields)).Message);

        [Theory]
        [InlineData("class", "87010")]
        [InlineData("class", "87010A")]
        [InlineData("model", "a.b")]
        [InlineData("model", "")]
        [InlineData("date", "20251320")]
        [InlineData("date", "2025-11-20")]
        public void RefusesFieldsOfAnotherForm(string name, string value)
        {
            var fields = new Dictionary<string, string>(Fields) { [name] = value };
            Assert.Contains($"'{value}' is no", Assert.Throws<FormatException>(() => IdentifierTemplate.Parse("88.608.8889", IdentifierTemplate.Usual, fields)).Message);
            fields.Remove(name);
            Assert.Contains($"wants a {name}", Assert.Throws<FormatException>(() => IdentifierTemplate.Parse("88.608.8889", IdentifierTemplate.Usual, fields)).Message);
        }

        [Fact]
        public void EveryNumberMakesAnIdentifierOfTheStrictProfile()
        {
            IdentifierTemplate template = IdentifierTemplate.Parse("88.1021.150", "{model}.{serial:3}", Fields);
            for (int number = 1; template.Make(number) is { } identifier; number++) { Assert.Null(Identifier.Check(identifier.Text).Message); }
        }
    }
}
