using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;
using System.Threading;
using Mono.Cecil;

namespace Sensors.Mutants
{
    /// <summary>Runs chips' test classes against one image of the drivers, in an assembly context of its own.</summary>
    internal sealed class TestRun
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
        private static readonly string[] Copied = ["Sensors.Boards", "Sensors.Drivers.Tests"];

        private readonly Dictionary<string, byte[]> _images;
        private readonly HashSet<string> _classes;

        public TestRun(string folder)
        {
            using (ModuleDefinition tests = ModuleDefinition.ReadModule(Path.Combine(folder, "Sensors.Drivers.Tests.dll")))
            {
                _classes = tests.Types.Select(t => t.FullName).ToHashSet(StringComparer.Ordinal);
            }

            _images = Copied.ToDictionary(n => n, n => File.ReadAllBytes(Path.Combine(folder, n + ".dll")));
            AssemblyLoadContext.Default.Resolving += (context, name) =>
            {
                string path = Path.Combine(folder, name.Name + ".dll");
                return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
            };
        }

        /// <summary>Runs the tests until one fails.</summary>
        /// <param name="drivers">Image of the drivers' assembly.</param>
        /// <param name="judges">The drivers whose tests run; they are in the class with the driver's name and <c>Tests</c>. A shared base may have none.</param>
        /// <returns>The first failure; null when all passed.</returns>
        public string? FirstFailure(byte[] drivers, IReadOnlyList<string> judges)
        {
            List<string> classes = judges.Select(driver => "Sensors.Drivers.Tests." + driver + "Tests").Where(_classes.Contains).ToList();
            if (classes.Count == 0)
            {
                return "no tests";
            }

            string? failure = null;
            var thread = new Thread(() => failure = classes.Select(name => Run(drivers, name)).FirstOrDefault(found => found != null)) { IsBackground = true, Name = "mutant" };
            thread.UnsafeStart(); // no ambient board of another mutant
            return thread.Join(Patience) ? failure : "time-out";
        }

        private string? Run(byte[] drivers, string name)
        {
            var context = new Context(_images, drivers);
            try
            {
                Assembly assembly = context.LoadFromAssemblyName(new AssemblyName("Sensors.Drivers.Tests"));
                Type tests = assembly.GetType(name, throwOnError: true)!;
                int cases = 0;
                foreach (MethodInfo method in tests.GetMethods().Where(m => m.DeclaringType == tests).OrderBy(m => m.MetadataToken))
                {
                    foreach (object?[] arguments in Cases(tests, method))
                    {
                        cases++;
                        Budget.Renew();
                        try
                        {
                            object? instance = Activator.CreateInstance(tests);
                            method.Invoke(instance, Pack(method, arguments));
                            (instance as IDisposable)?.Dispose();
                        }
                        catch (TargetInvocationException e)
                        {
                            return method.Name + ": " + e.InnerException!.GetType().Name;
                        }
                    }
                }

                return cases > 0 ? null : "no tests";
            }
            catch (Exception e) when (e is TypeInitializationException or TargetInvocationException or BadImageFormatException)
            {
                return e.GetType().Name;
            }
            finally
            {
                context.Unload();
            }
        }

        // The arguments of a params parameter come one by one, as a call would have them.
        private static object?[] Pack(MethodInfo method, object?[] arguments)
        {
            ParameterInfo[] parameters = method.GetParameters();
            int last = parameters.Length - 1;
            if (last < 0 || !parameters[last].IsDefined(typeof(ParamArrayAttribute)) || (arguments.Length == parameters.Length && arguments[last] is Array))
            {
                return arguments;
            }

            var rest = Array.CreateInstance(parameters[last].ParameterType.GetElementType()!, arguments.Length - last);
            Array.Copy(arguments, last, rest, 0, rest.Length);
            return [.. arguments[..last], rest];
        }

        // By name and reflection: this program needs no test framework of its own.
        private static IEnumerable<object?[]> Cases(Type tests, MethodInfo method)
        {
            object[] attributes = method.GetCustomAttributes(inherit: false);
            if (attributes.Any(a => a.GetType().Name == "FactAttribute"))
            {
                yield return [];
            }

            foreach (object attribute in attributes)
            {
                switch (attribute.GetType().Name)
                {
                    case "InlineDataAttribute":
                        yield return (object?[])attribute.GetType().GetProperty("Data")!.GetValue(attribute)!;
                        break;
                    case "MemberDataAttribute":
                        string member = (string)attribute.GetType().GetProperty("MemberName")!.GetValue(attribute)!;
                        var rows = (System.Collections.IEnumerable)tests.GetProperty(member)!.GetValue(null)!;
                        foreach (object row in rows)
                        {
                            MethodInfo data = row.GetType().GetInterface("Xunit.ITheoryDataRow")!.GetMethod("GetData")!;
                            yield return (object?[])data.Invoke(row, null)!;
                        }

                        break;
                }
            }
        }

        private sealed class Context : AssemblyLoadContext
        {
            private readonly Dictionary<string, byte[]> _images;
            private readonly byte[] _drivers;

            public Context(Dictionary<string, byte[]> images, byte[] drivers)
                : base(isCollectible: true)
            {
                _images = images;
                _drivers = drivers;
            }

            protected override Assembly? Load(AssemblyName name)
            {
                byte[]? image = name.Name == "Sensors.Drivers" ? _drivers : _images.GetValueOrDefault(name.Name!);
                return image == null ? null : LoadFromStream(new MemoryStream(image));
            }
        }
    }
}
