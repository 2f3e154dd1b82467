using System.Collections;

namespace nanoFramework.TestFramework
{
    public sealed class CollectionAssert
    {
        public static void Empty(ICollection collection, string message = "")
        {
            Assert.RequireNotNull(collection, "CollectionAssert.Empty");
            if (collection.Count != 0)
            {
                Assert.Fail("CollectionAssert.Empty", message);
            }
        }

        public static void NotEmpty(ICollection collection, string message = "")
        {
            Assert.RequireNotNull(collection, "CollectionAssert.NotEmpty");
            if (collection.Count == 0)
            {
                Assert.Fail("CollectionAssert.NotEmpty", message);
            }
        }

        public static void AreEqual(ICollection? expected, ICollection? actual, string message = "")
        {
            string? difference = FindDifference(expected, actual);
            if (difference != null)
            {
                Assert.Fail("CollectionAssert.AreEqual", message + "(" + difference + ")");
            }
        }

        public static void AreNotEqual(ICollection? notExpected, ICollection? actual, string message = "")
        {
            if (FindDifference(notExpected, actual) == null)
            {
                Assert.Fail("CollectionAssert.AreNotEqual", message + "(Both collections hold the same elements.)");
            }
        }

        private static string? FindDifference(ICollection? expected, ICollection? actual)
        {
            if (ReferenceEquals(expected, actual))
            {
                return null;
            }

            if (expected == null || actual == null)
            {
                return "One collection is null.";
            }

            if (expected.Count != actual.Count)
            {
                return "Different number of elements.";
            }

            IEnumerator wanted = expected.GetEnumerator();
            IEnumerator found = actual.GetEnumerator();
            for (int i = 0; wanted.MoveNext() && found.MoveNext(); i++)
            {
                if (!Equals(wanted.Current, found.Current))
                {
                    return "Element " + i + ": expected <" + wanted.Current + ">, actual <" + found.Current + ">.";
                }
            }

            return null;
        }
    }
}
