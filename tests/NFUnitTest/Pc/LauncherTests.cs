using System;
using System.Collections.Generic;
using nanoFramework.TestFramework;
using Assert = Xunit.Assert;
using Fact = Xunit.FactAttribute;
using Samples = nanoFramework.TestFramework.Assert;

namespace NFUnitTest.Pc
{
    /// <summary>The runner itself, on samples that are no test classes to anybody else.</summary>
    public static class LauncherTests
    {
        private static readonly List<string> Log = new List<string>();

        [Fact]
        public static void Set_up_runs_once_then_tests_then_rows_then_clean_up()
        {
            Assert.Equal("setup, first, second, row 1 a, row 2 b, cleanup", Run(typeof(Ordered), out List<TestResult> results));
            Assert.Equal(6, results.Count);
            Assert.All(results, r => Assert.Equal(TestOutcome.Passed, r.Outcome));
        }

        [Fact]
        public static void A_case_is_named_by_class_method_and_place_of_its_attribute()
        {
            Run(typeof(Ordered), out List<TestResult> results);
            Assert.Equal("NFUnitTest.Pc.LauncherTests+Ordered.Second.0", results[2].Case.Name);
            Assert.Equal("NFUnitTest.Pc.LauncherTests+Ordered.Rows.1", results[4].Case.Name);
        }

        [Fact]
        public static void A_set_up_that_skips_ends_the_class_without_clean_up()
        {
            Assert.Equal("", Run(typeof(SkippedInSetup), out List<TestResult> results));
            Assert.Single(results);
            Assert.Equal(TestOutcome.Skipped, results[0].Outcome);
            Assert.Equal("no sensor", results[0].Exception.Message);
        }

        [Fact]
        public static void A_set_up_that_fails_is_reported_and_the_tests_run()
        {
            Assert.Equal("test, cleanup", Run(typeof(FailedInSetup), out List<TestResult> results));
            Assert.Equal(TestOutcome.Failed, results[0].Outcome);
            Assert.Equal(TestOutcome.Passed, results[1].Outcome);
        }

        [Fact]
        public static void A_test_may_skip_or_fail_and_the_others_run()
        {
            Assert.Equal("last", Run(typeof(Mixed), out List<TestResult> results));
            Assert.Equal(TestOutcome.Skipped, results[0].Outcome);
            Assert.Equal(TestOutcome.Failed, results[1].Outcome);
            Assert.Contains("Expected:<1>. Actual:<2>.", results[1].Exception.Message, StringComparison.Ordinal);
            Assert.Equal(TestOutcome.Passed, results[2].Outcome);
        }

        [Fact]
        public static void An_instance_method_is_called_with_a_null_instance()
        {
            Run(typeof(Instance), out List<TestResult> results);
            Assert.Equal(TestOutcome.Passed, results[0].Outcome);
            Assert.Equal(TestOutcome.Passed, results[1].Outcome);
            Assert.IsType<NullReferenceException>(results[2].Exception);
        }

        [Fact]
        public static void Only_the_very_attribute_makes_a_test_class()
        {
            Assert.DoesNotContain(typeof(Ordered), DeviceLauncher.FindClasses(typeof(LauncherTests).Assembly));
        }

        private static string Run(Type type, out List<TestResult> results)
        {
            Log.Clear();
            results = DeviceLauncher.Run(type);
            return string.Join(", ", Log);
        }

        private static class Ordered
        {
            [TestMethod]
            public static void First()
            {
                Log.Add("first");
            }

            [Cleanup]
            public static void Clean()
            {
                Log.Add("cleanup");
            }

            [TestMethod]
            [DataRow(1, "a")]
            [DataRow(2, "b")]
            public static void Rows(int number, string text)
            {
                Log.Add("row " + number + " " + text);
            }

            [Setup]
            public static void Prepare()
            {
                Log.Add("setup");
            }

            [TestMethod]
            public static void Second()
            {
                Log.Add("second");
            }
        }

        private static class SkippedInSetup
        {
            [Setup]
            public static void Prepare()
            {
                Samples.SkipTest("no sensor");
            }

            [TestMethod]
            public static void Test()
            {
                Log.Add("test");
            }

            [Cleanup]
            public static void Clean()
            {
                Log.Add("cleanup");
            }
        }

        private static class FailedInSetup
        {
            [Setup]
            public static void Prepare()
            {
                throw new InvalidOperationException();
            }

            [TestMethod]
            public static void Test()
            {
                Log.Add("test");
            }

            [Cleanup]
            public static void Clean()
            {
                Log.Add("cleanup");
            }
        }

        private static class Mixed
        {
            [TestMethod]
            public static void Skips()
            {
                Samples.SkipTest();
            }

            [TestMethod]
            public static void Fails()
            {
                Samples.AreEqual(1, 2);
            }

            [TestMethod]
            public static void Last()
            {
                Log.Add("last");
            }
        }

        private class Instance
        {
            [TestMethod]
            public void Is_null()
            {
                Samples.IsTrue(this == null);
            }

            [TestMethod]
            [DataRow(3)]
            public void Takes_values(int value)
            {
                Samples.AreEqual(3, value);
            }

            [Cleanup]
            public void Touches_it()
            {
                Log.Add(ToString());
            }
        }
    }
}
