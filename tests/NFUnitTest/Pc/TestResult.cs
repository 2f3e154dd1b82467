using System;

namespace NFUnitTest.Pc
{
    /// <summary>How a case ended.</summary>
    internal enum TestOutcome
    {
        /// <summary>It returned.</summary>
        Passed,

        /// <summary>It asked to be left out, or the set-up of its class did.</summary>
        Skipped,

        /// <summary>It threw.</summary>
        Failed,
    }

    /// <summary>The result of one case.</summary>
    internal sealed class TestResult
    {
        public TestResult(TestCase testCase, TestOutcome outcome, Exception exception)
        {
            Case = testCase;
            Outcome = outcome;
            Exception = exception;
        }

        public TestCase Case { get; }

        public TestOutcome Outcome { get; }

        public Exception Exception { get; }
    }
}
