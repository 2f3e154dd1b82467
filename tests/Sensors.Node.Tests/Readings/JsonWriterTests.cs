using System;
using System.Text;
using System.Text.Json;
using Sensors.Node;

namespace Sensors.Node.Tests.Readings
{
    /// <summary>Strings, commas and short buffers.</summary>
    public class JsonWriterTests
    {
        [Theory]
        [InlineData(null, "\"\"")]
        [InlineData("", "\"\"")]
        [InlineData("vib1", "\"vib1\"")]
        [InlineData("a\"b\\c/d", "\"a\\\"b\\\\c/d\"")]
        [InlineData("\b\t\n\f\r", "\"\\b\\t\\n\\f\\r\"")]
        [InlineData("\0\u0001\u001F\u007F", "\"\\u0000\\u0001\\u001f\u007F\"")]
        [InlineData("传感器 m/s² 😀", "\"传感器 m/s² 😀\"")]
        public void Texts(string? text, string expected)
        {
            Assert.Equal(expected, Encoding.UTF8.GetString(JsonText.Of(text)));
            Assert.Equal(expected + ":", Encoding.UTF8.GetString(JsonText.NameOf(text)));
            Assert.Equal(text ?? "", JsonDocument.Parse(JsonText.Of(text)).RootElement.GetString());
        }

        [Fact]
        public void CommasComeByThemselves()
        {
            var json = new JsonWriter();
            byte[] buffer = new byte[200];
            json.Begin(buffer, 3);
            json.OpenObject();
            json.Name(JsonText.NameOf("a"));
            json.OpenArray();
            json.CloseArray();
            json.Name(JsonText.NameOf("b"));
            json.OpenArray();
            json.Number(1L);
            json.Number(2.5f);
            json.OpenObject();
            json.CloseObject();
            json.Flag(true);
            json.Flag(false);
            json.Text(JsonText.Of("x"));
            json.CloseArray();
            json.Name(JsonText.NameOf("c"));
            json.OpenObject();
            json.Name(JsonText.NameOf("d"));
            json.Number(-3L);
            json.CloseObject();
            json.CloseObject();
            int length = json.End();
            Assert.Equal("{\"a\":[],\"b\":[1,2.5,{},true,false,\"x\"],\"c\":{\"d\":-3}}", Encoding.UTF8.GetString(buffer, 3, length));
        }

        [Fact]
        public void OnceFullNothingMoreIsWritten()
        {
            var json = new JsonWriter();
            byte[] buffer = { 1, 1, 1, 1, 1, 1 };
            json.Begin(buffer, 2);
            json.OpenObject();
            json.Name(JsonText.NameOf("ab")); // five bytes into three
            json.Number(1L);
            json.CloseObject();               // would fit
            Assert.Equal(JsonWriter.DoesNotFit, json.End());
            Assert.Equal(new byte[] { 1, 1, (byte)'{', 1, 1, 1 }, buffer);

            json.Begin(buffer, 2);
            json.OpenObject();
            json.CloseObject();
            Assert.Equal(2, json.End());
        }
    }
}
