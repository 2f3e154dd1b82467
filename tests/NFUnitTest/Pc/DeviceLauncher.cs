using System;
using System.Collections.Generic;
using System.Linq.Expressions;
using System.Reflection;
using nanoFramework.TestFramework;

namespace NFUnitTest.Pc
{
    /// <summary>Runs test classes in the order, and by the rules, of the launcher on a board.</summary>
    /// <remarks>
    /// Source: nanoFramework.TestFramework, UnitTestLauncher. Per class, not per test: all [Setup] methods, then all [TestMethod]
    /// without rows in the order of their declaration, then all [DataRow] cases, then all [Cleanup] methods. A [Setup] that
    /// skips ends the class at once, clean-up included; a [Setup] that fails is reported and the tests run all the same.
    /// A method with rows runs once per row and never without. Everything is called without an instance.
    /// </remarks>
    internal static class DeviceLauncher
    {
        /// <summary>Finds the test classes of an assembly.</summary>
        public static List<Type> FindClasses(Assembly assembly)
        {
            var found = new List<Type>();
            foreach (Type type in assembly.GetTypes())
            {
                if (type.IsClass && HasExactly(type.GetCustomAttributes(true), typeof(TestClassAttribute)))
                {
                    found.Add(type);
                }
            }

            return found;
        }

        /// <summary>Lists the cases of a class, in the order they run: set-up, tests, rows, clean-up.</summary>
        public static List<TestCase> FindCases(Type type)
        {
            var cases = new List<TestCase>();
            foreach (Type kind in new[] { typeof(SetupAttribute), typeof(TestMethodAttribute), typeof(DataRowAttribute), typeof(CleanupAttribute) })
            {
                cases.AddRange(FindCases(type, kind));
            }

            return cases;
        }

        /// <summary>Runs a class.</summary>
        /// <returns>One result per case that ran; those behind a skipping set-up are missing, as their lines are on a board.</returns>
        public static List<TestResult> Run(Type type)
        {
            var results = new List<TestResult>();
            foreach (TestCase setup in FindCases(type, typeof(SetupAttribute)))
            {
                TestResult result = Run(setup);
                results.Add(result);
                if (result.Outcome == TestOutcome.Skipped)
                {
                    return results;
                }
            }

            foreach (Type kind in new[] { typeof(TestMethodAttribute), typeof(DataRowAttribute), typeof(CleanupAttribute) })
            {
                foreach (TestCase testCase in FindCases(type, kind))
                {
                    results.Add(Run(testCase));
                }
            }

            return results;
        }

        private static List<TestCase> FindCases(Type type, Type kind)
        {
            var cases = new List<TestCase>();
            foreach (MethodInfo method in type.GetMethods())
            {
                object[] attributes = Helper.RemoveTestMethodIfDataRowExists(method.GetCustomAttributes(true));
                for (int i = 0; i < attributes.Length; i++)
                {
                    if (attributes[i].GetType() == kind)
                    {
                        cases.Add(new TestCase(method, i, attributes[i] is DataRowAttribute row ? row.MethodParameters : null));
                    }
                }
            }

            return cases;
        }

        private static TestResult Run(TestCase testCase)
        {
            try
            {
                Call(testCase.Method, testCase.Values ?? Array.Empty<object>());
                return new TestResult(testCase, TestOutcome.Passed, null);
            }
            catch (TargetInvocationException wrapper)
            {
                Exception cause = wrapper.InnerException;
                bool skipped = cause.GetType() == typeof(SkipTestException);
                return new TestResult(testCase, skipped ? TestOutcome.Skipped : TestOutcome.Failed, cause);
            }
            catch (Exception ex)
            {
                return new TestResult(testCase, TestOutcome.Failed, ex); // the row does not fit the method
            }
        }

        // An instance method is called with a null instance, as on a board: reflection refuses that, a delegate does not.
        private static void Call(MethodInfo method, object[] values)
        {
            if (method.IsStatic)
            {
                method.Invoke(null, values);
                return;
            }

            ParameterInfo[] parameters = method.GetParameters();
            var types = new Type[parameters.Length + 1];
            for (int i = 0; i < parameters.Length; i++)
            {
                types[i] = parameters[i].ParameterType;
            }

            types[parameters.Length] = method.ReturnType;
            Delegate.CreateDelegate(Expression.GetDelegateType(types), null, method).DynamicInvoke(values);
        }

        private static bool HasExactly(object[] attributes, Type type)
        {
            return Array.Exists(attributes, a => a.GetType() == type);
        }
    }
}
