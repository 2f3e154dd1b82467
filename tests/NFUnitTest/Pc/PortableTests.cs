using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using Xunit;

namespace NFUnitTest.Pc
{
    /// <summary>Shows every case of the portable tests to the PC's test runner.</summary>
    public static class PortableTests
    {
        private static readonly ConcurrentDictionary<Type, Lazy<List<TestResult>>> Runs = new ConcurrentDictionary<Type, Lazy<List<TestResult>>>();

        /// <summary>Gets the cases by the name the launcher prints.</summary>
        public static TheoryData<string> Cases
        {
            get
            {
                var data = new TheoryData<string>();
                foreach (Type type in DeviceLauncher.FindClasses(typeof(PortableTests).Assembly))
                {
                    foreach (TestCase testCase in DeviceLauncher.FindCases(type))
                    {
                        data.Add(testCase.Name);
                    }
                }

                return data;
            }
        }

        [Theory]
        [MemberData(nameof(Cases))]
        public static void Runs_as_on_a_board(string name)
        {
            foreach (Type type in DeviceLauncher.FindClasses(typeof(PortableTests).Assembly))
            {
                if (!name.StartsWith(type.FullName + ".", StringComparison.Ordinal))
                {
                    continue;
                }

                // The class runs as a whole, once: its cases share set-up and static state.
                List<TestResult> results = Runs.GetOrAdd(type, t => new Lazy<List<TestResult>>(() => DeviceLauncher.Run(t))).Value;
                TestResult result = results.Find(r => r.Case.Name == name);
                Assert.SkipWhen(result == null, "The set-up of the class skipped it.");
                Assert.SkipWhen(result.Outcome == TestOutcome.Skipped, result.Exception?.Message ?? "Skipped.");
                if (result.Outcome == TestOutcome.Failed)
                {
                    ExceptionDispatchInfo.Capture(result.Exception).Throw();
                }

                return;
            }

            Assert.Fail("No class has " + name);
        }
    }
}
