using System;
using System.Collections.Generic;
using System.Reflection;
using nanoFramework.TestFramework;
using Assert = Xunit.Assert;
using Fact = Xunit.FactAttribute;

namespace NFUnitTest.Pc
{
    /// <summary>What a test must keep to so that it runs on a board as it does here.</summary>
    public static class PortabilityRules
    {
        private const BindingFlags Everything =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        [Fact]
        public static void A_test_class_keeps_no_instance_state()
        {
            var found = new List<string>();
            foreach (Type type in DeviceLauncher.FindClasses(typeof(PortabilityRules).Assembly))
            {
                foreach (FieldInfo field in type.GetFields(Everything))
                {
                    if (!field.IsStatic)
                    {
                        found.Add(type.FullName + "." + field.Name + ": the launcher calls without an instance; make it static.");
                    }
                }
            }

            Assert.Empty(found);
        }

        [Fact]
        public static void A_method_with_rows_is_a_test_method_and_takes_their_values()
        {
            var found = new List<string>();
            foreach (MethodInfo method in TestMethods())
            {
                bool isTest = method.IsDefined(typeof(TestMethodAttribute));
                string name = method.DeclaringType.FullName + "." + method.Name;
                int parameters = method.GetParameters().Length;
                bool hasRows = false;
                foreach (DataRowAttribute row in method.GetCustomAttributes<DataRowAttribute>())
                {
                    hasRows = true;
                    if (row.MethodParameters.Length != parameters)
                    {
                        found.Add(name + ": a [DataRow] of " + row.MethodParameters.Length + " values for " + parameters + " parameters.");
                    }
                }

                if (hasRows && !isTest)
                {
                    found.Add(name + ": add [TestMethod], other runners look for it.");
                }

                if (!hasRows && parameters > 0)
                {
                    found.Add(name + ": it takes values, add [DataRow].");
                }

                if (method.ReturnType != typeof(void) || method.IsGenericMethod || !method.IsPublic)
                {
                    found.Add(name + ": make it public, void and not generic; the launcher finds no other.");
                }
            }

            Assert.Empty(found);
        }

        [Fact]
        public static void A_test_stands_in_a_test_class()
        {
            var found = new List<string>();
            List<Type> classes = DeviceLauncher.FindClasses(typeof(PortabilityRules).Assembly);
            foreach (MethodInfo method in TestMethods())
            {
                if (!classes.Contains(method.DeclaringType) && method.DeclaringType.DeclaringType != typeof(LauncherTests))
                {
                    found.Add(method.DeclaringType.FullName + ": add [TestClass], or its tests never run.");
                }
            }

            Assert.Empty(found);
        }

        private static IEnumerable<MethodInfo> TestMethods()
        {
            foreach (Type type in typeof(PortabilityRules).Assembly.GetTypes())
            {
                foreach (MethodInfo method in type.GetMethods(Everything))
                {
                    if (method.IsDefined(typeof(TestMethodAttribute)) || method.IsDefined(typeof(DataRowAttribute))
                        || method.IsDefined(typeof(SetupAttribute)) || method.IsDefined(typeof(CleanupAttribute)))
                    {
                        yield return method;
                    }
                }
            }
        }
    }
}
