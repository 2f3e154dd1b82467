using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using NanoFramework.Pc;
using Sensors.Tests.Shared;

namespace Sensors.Platform.Tests.Api
{
    /// <summary>Every type that is here has all that the official listing gives it, under the same name.</summary>
    public class ListingTests
    {
        // The reasons are next to the types: what the PC's own type cannot override, and what no firmware here may use.
        private static readonly HashSet<string> NotHere = new()
        {
            "System.Environment", // the PC's own; code of the node has its clock
        };

        public static TheoryData<string, string> Assemblies => new()
        {
            { "System.Device.Gpio", "NanoFramework.Pc" },
            { "System.Device.I2c", "NanoFramework.Pc" },
            { "System.Device.Spi", "NanoFramework.Pc" },
            { "System.Device.Wifi", "NanoFramework.Pc" },
            { "nanoFramework.Hardware.Esp32", "NanoFramework.Pc" },
            { "nanoFramework.Networking.Sntp", "NanoFramework.Pc" },
            { "nanoFramework.Runtime.Events", "NanoFramework.Pc" },
            { "nanoFramework.Runtime.Native", "NanoFramework.Pc" },
            { "nanoFramework.TestFramework", "NanoFramework.Pc" },
            { "System.Net", "NanoFramework.Pc" },
            { "mscorlib", "NanoFramework.Pc" },
            { "nanoFramework.M2Mqtt", "nanoFramework.M2Mqtt" },
            { "nanoFramework.M2Mqtt.Core", "nanoFramework.M2Mqtt.Core" },
            { "Iot.Device.DhcpServer", "Iot.Device.DhcpServer" },
            { "Iot.Device.Mlx90614", "Iot.Device.Mlx90614" },
            { "Iot.Device.Sht3x", "Iot.Device.Sht3x" },
            { "UnitsNet.RelativeHumidity", "UnitsNet.RelativeHumidity" },
            { "UnitsNet.Temperature", "UnitsNet.Temperature" },
        };

        [Theory]
        [MemberData(nameof(Assemblies))]
        public void A_type_that_is_here_is_here_with_all_its_members(string listing, string assemblyName)
        {
            Assembly assembly = Assembly.Load(assemblyName);
            var missing = new List<string>();
            int types = 0;
            foreach ((string name, List<string> members) in Read(listing))
            {
                Type? type = Find(assembly, name);
                if (type == null || NotHere.Contains(name))
                {
                    continue;
                }

                types++;
                HashSet<string> here = Describe(type);
                missing.AddRange(members.Where(m => !here.Contains(m)).Select(m => name + ": " + m));
            }

            Assert.True(types > 0, "No type of " + listing + " was found.");
            Assert.Empty(missing);
        }

        [Fact]
        public void The_listing_is_read_member_by_member()
        {
            (string _, List<string> members) = Read("System.Device.Spi").Single(t => t.Name == "System.Device.Spi.SpiDevice");
            Assert.Contains("method public static System.Device.Spi.SpiDevice Create(System.Device.Spi.SpiConnectionSettings)", members);
            Assert.Contains("method protected void Dispose(bool)", members);
            Assert.DoesNotContain("method public void Open()", Describe(typeof(System.Device.Spi.SpiDevice)));
            Assert.Contains("property public byte Item { get; set; }", Read("mscorlib").Single(t => t.Name == "System.SpanByte").Members);
        }

        [Fact]
        public void What_belongs_to_the_core_assembly_is_in_it()
        {
            foreach ((string name, _) in Read("nanoFramework.M2Mqtt.Core"))
            {
                Assert.NotNull(Find(Assembly.Load("nanoFramework.M2Mqtt.Core"), name));
            }
        }

        [Fact]
        public void All_of_the_buses_is_here()
        {
            foreach (string listing in new[] { "System.Device.Gpio", "System.Device.I2c", "System.Device.Spi", "nanoFramework.TestFramework" })
            {
                foreach ((string name, _) in Read(listing))
                {
                    Assert.True(Find(typeof(PcBoard).Assembly, name) != null, name + " is missing.");
                }
            }
        }

        [Theory]
        [InlineData("Iot.Device.Mlx90614")]
        [InlineData("Iot.Device.Sht3x")]
        [InlineData("UnitsNet.RelativeHumidity")]
        [InlineData("UnitsNet.Temperature")]
        public void A_binding_is_here_whole_and_no_more_of_it_than_the_listing_has(string name)
        {
            Assembly assembly = Assembly.Load(name);
            Assert.Equal(Read(name).Select(type => type.Name).Order(), assembly.GetExportedTypes().Select(type => type.FullName).Order());
            foreach ((string typeName, List<string> members) in Read(name))
            {
                Type type = Find(assembly, typeName)!;
                const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
                Assert.Equal(type.IsEnum ? members.Count : 0, type.IsEnum ? Enum.GetNames(type).Length : 0);
                if (!type.IsEnum)
                {
                    IEnumerable<MemberInfo> here = type.GetMembers(Own).Where(member => member is not MethodInfo { IsSpecialName: true });
                    Assert.Equal(members.Count, here.Count());
                }
            }
        }

        private static IEnumerable<(string Name, List<string> Members)> Read(string listing)
        {
            string? type = null;
            var members = new List<string>();
            bool isEnum = false;
            foreach (string line in File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "api", listing + ".api.txt")))
            {
                Match head = Regex.Match(line, @"^(?:\[[^\]]*\] )*(?:(?:sealed|static|abstract|ref|\[Obsolete\]) )*(class|struct|enum|interface|delegate) (.*)$");
                if (head.Success)
                {
                    if (type != null)
                    {
                        yield return (type, members);
                    }

                    isEnum = head.Groups[1].Value == "enum";
                    bool isDelegate = head.Groups[1].Value == "delegate";
                    string rest = head.Groups[2].Value;
                    type = isDelegate ? Regex.Match(rest, @"^\S+ ([\w.]+)\(").Groups[1].Value : Regex.Match(rest, @"^[\w.]+").Value;
                    members = new List<string>();
                }
                else if (type != null && line.StartsWith("  ", StringComparison.Ordinal))
                {
                    members.Add(isEnum ? line.Trim() : Normalize(line.Trim()));
                }
            }

            if (type != null)
            {
                yield return (type, members);
            }
        }

        // "method public static int Foo(string name = null)" becomes "method static Foo(string)"; so for the others.
        private static string Normalize(string member)
        {
            Match m = Regex.Match(member, @"^(field|ctor|property|event|method) (?:public|protected) (.*)$");
            string kind = m.Groups[1].Value;
            string rest = Regex.Replace(m.Groups[2].Value, @"\b(abstract|virtual|override|const|readonly) ", "");
            rest = Regex.Replace(rest, @"\s+\[Obsolete\]$", "");
            string access = member.Split(' ')[1];
            if (kind is "ctor" or "method")
            {
                int open = rest.IndexOf('(', StringComparison.Ordinal);
                string parameters = rest.Substring(open + 1, rest.LastIndexOf(')') - open - 1);
                string types = string.Join(",", parameters.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(ParameterType));
                return kind + " " + access + " " + rest.Substring(0, open).Trim() + "(" + types + ")";
            }

            if (kind == "property")
            {
                rest = Regex.Replace(rest, @"this\[(.*?)\]", "Item");
                rest = rest.Replace("protected ", "", StringComparison.Ordinal);
            }

            return kind + " " + access + " " + Regex.Replace(rest, @" = .*$", "");
        }

        private static string ParameterType(string parameter)
        {
            string[] words = Regex.Replace(parameter, @" = .*$", "").Split(' ');
            return string.Join(" ", words.Take(words.Length - 1));
        }

        private static Type? Find(Assembly assembly, string name)
        {
            if (name.Length == 0)
            {
                return null; // a generic type: none is used on the device
            }

            Type? type = assembly.GetType(name);
            int dot = name.LastIndexOf('.');
            return type ?? (dot < 0 ? null : assembly.GetType(name.Substring(0, dot) + "+" + name.Substring(dot + 1)));
        }

        private static HashSet<string> Describe(Type type)
        {
            var members = new HashSet<string>();
            if (type.IsEnum)
            {
                foreach (string name in Enum.GetNames(type))
                {
                    members.Add(name + " = " + Convert.ChangeType(Enum.Parse(type, name), Enum.GetUnderlyingType(type), null));
                }

                return members;
            }

            const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
            foreach (FieldInfo f in type.GetFields(All))
            {
                members.Add("field " + Access(f.IsPublic) + " " + Static(f.IsStatic && !f.IsLiteral) + Name(f.FieldType) + " " + f.Name);
            }

            foreach (ConstructorInfo c in type.GetConstructors(All))
            {
                members.Add("ctor " + Access(c.IsPublic) + " (" + Parameters(c) + ")");
            }

            foreach (MethodInfo m in type.GetMethods(All))
            {
                members.Add("method " + Access(m.IsPublic) + " " + Static(m.IsStatic) + Name(m.ReturnType) + " " + m.Name + "(" + Parameters(m) + ")");
            }

            foreach (PropertyInfo p in type.GetProperties(All))
            {
                string accessors = (p.GetMethod is { IsPublic: true } ? "get; " : "") + (p.SetMethod is { IsPublic: true } ? "set; " : "");
                bool isStatic = (p.GetMethod ?? p.SetMethod)!.IsStatic;
                members.Add("property public " + Static(isStatic) + Name(p.PropertyType) + " " + p.Name + " { " + accessors + "}");
                members.Add("property public " + Static(isStatic) + Name(p.PropertyType) + " " + p.Name + " { get; }");
            }

            foreach (EventInfo e in type.GetEvents(All))
            {
                members.Add("event public " + Static(e.AddMethod!.IsStatic) + Name(e.EventHandlerType!) + " " + e.Name);
            }

            return members;
        }

        private static string Access(bool isPublic) => isPublic ? "public" : "protected";

        private static string Static(bool isStatic) => isStatic ? "static " : "";

        private static string Parameters(MethodBase method) => string.Join(",", method.GetParameters().Select(p =>
            (p.IsOut ? "out " : p.ParameterType.IsByRef ? "ref " : p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "") + Name(p.ParameterType)));

        private static string Name(Type type)
        {
            if (type.IsByRef)
            {
                return Name(type.GetElementType()!);
            }

            if (type.IsArray)
            {
                return Name(type.GetElementType()!) + "[]";
            }

            string full = (type.FullName ?? type.Name).Replace('+', '.');
            return Keywords.OfTypes.GetValueOrDefault(full, full);
        }
    }
}
