using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TestFrameworkShared;

namespace nanoFramework.TestFramework
{
    public sealed partial class Assert
    {
        public static void AreNotSame(object? notExpected, object? actual, [CallerArgumentExpression(nameof(actual))] string message = "")
        {
            if (ReferenceEquals(notExpected, actual))
            {
                Fail("Assert.AreNotSame", message);
            }
        }

        public static void AreSame(object? expected, object? actual, [CallerArgumentExpression(nameof(actual))] string message = "")
        {
            if (ReferenceEquals(expected, actual))
            {
                return;
            }

            bool value = expected is ValueType || actual is ValueType;
            Fail("Assert.AreSame", (value ? "Value types are never the same, use AreEqual. " : "") + message);
        }

        public static void Contains(string expected, string value, [CallerArgumentExpression(nameof(value))] string message = "")
        {
            RequireNotNull(expected, "Assert.Contains");
            RequireNotNull(value, "Assert.Contains");
            if (!value.Contains(expected, StringComparison.Ordinal))
            {
                Fail("Assert.Contains", "'" + value + "' does not contain '" + expected + "'. " + message);
            }
        }

        public static void DoesNotContains(string notExpected, string value, [CallerArgumentExpression(nameof(value))] string message = "")
        {
            RequireNotNull(notExpected, "Assert.DoesNotContains");
            RequireNotNull(value, "Assert.DoesNotContains");
            if (value.Contains(notExpected, StringComparison.Ordinal))
            {
                Fail("Assert.DoesNotContains", "'" + value + "' contains '" + notExpected + "'. " + message);
            }
        }

        public static void EndsWith(string expected, string value, [CallerArgumentExpression(nameof(value))] string message = "")
        {
            RequireNotNull(expected, "Assert.EndsWith");
            RequireNotNull(value, "Assert.EndsWith");
            if (!value.EndsWith(expected, StringComparison.Ordinal))
            {
                Fail("Assert.EndsWith", "'" + value + "' does not end with '" + expected + "'. " + message);
            }
        }

        public static void IsFalse(bool condition, [CallerArgumentExpression(nameof(condition))] string message = "")
        {
            if (condition)
            {
                Fail("Assert.IsFalse", message);
            }
        }

        public static void IsInstanceOfType(object? value, Type expected, [CallerArgumentExpression(nameof(value))] string message = "")
        {
            RequireNotNull(expected, "Assert.IsInstanceOfType");
            if (value?.GetType() != expected)
            {
                // The very type counts; a derived one fails.
                Fail("Assert.IsInstanceOfType", "Expected type <" + expected + ">, actual <" + Text(value?.GetType()) + ">. " + message);
            }
        }

        public static void IsNotInstanceOfType(object? value, Type notExpected, [CallerArgumentExpression(nameof(value))] string message = "")
        {
            RequireNotNull(notExpected, "Assert.IsNotInstanceOfType");
            if (value?.GetType() == notExpected)
            {
                Fail("Assert.IsNotInstanceOfType", "Wrong type <" + notExpected + ">. " + message);
            }
        }

        public static void IsNotNull([NotNull] object? value, [CallerArgumentExpression(nameof(value))] string message = "")
        {
            if (value is null)
            {
                Fail("Assert.IsNotNull", message);
            }
        }

        public static void IsNull(object? value, [CallerArgumentExpression(nameof(value))] string message = "")
        {
            if (value is not null)
            {
                Fail("Assert.IsNull", message);
            }
        }

        public static void IsTrue([DoesNotReturnIf(false)] bool condition, [CallerArgumentExpression(nameof(condition))] string message = "")
        {
            if (!condition)
            {
                Fail("Assert.IsTrue", message);
            }
        }

        [DoesNotReturn]
        public static void SkipTest(string? message = null) => throw new SkipTestException(message);

        public static void StartsWith(string expected, string value, [CallerArgumentExpression(nameof(value))] string message = "")
        {
            RequireNotNull(expected, "Assert.StartsWith");
            RequireNotNull(value, "Assert.StartsWith");
            if (!value.StartsWith(expected, StringComparison.Ordinal))
            {
                Fail("Assert.StartsWith", "'" + value + "' does not start with '" + expected + "'. " + message);
            }
        }

        public static void ThrowsException(Type exception, Action action, [CallerArgumentExpression(nameof(action))] string message = "")
        {
            RequireNotNull(action, "Assert.ThrowsException");
            RequireNotNull(exception, "Assert.ThrowsException");
            try
            {
                action();
            }
            catch (Exception ex)
            {
                if (ex.GetType() == exception)
                {
                    return; // the very type counts; a derived one fails
                }

                Fail("Assert.ThrowsException", "Expected " + exception.Name + ", but " + ex.GetType().Name + " was thrown. " + message + "\r\n" + ex.Message);
            }

            Fail("Assert.ThrowsException", "Expected " + exception.Name + ", but nothing was thrown. " + message);
        }

        internal static void RequireNotNull(
            [NotNull] object? value,
            string assertion,
            [CallerArgumentExpression(nameof(value))] string? parameter = null)
        {
            if (value is null)
            {
                Fail(assertion, "The parameter '" + parameter + "' is null.");
            }
        }

        [DoesNotReturn]
        internal static void Fail(string assertion, string? message) =>
            throw new AssertFailedException(assertion + " failed. " + (string.IsNullOrEmpty(message) ? "" : Text(message)));

        // A NUL would end the line that the device prints.
        private static string Text(object? value) => value is null ? "(null)" : (value.ToString() ?? "(object)").Replace("\0", "\\0", StringComparison.Ordinal);
    }
}
