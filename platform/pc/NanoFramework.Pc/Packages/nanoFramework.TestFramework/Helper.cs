using System;

namespace nanoFramework.TestFramework
{
    public static class Helper
    {
        public static object[] RemoveTestMethodIfDataRowExists(object[] attribs)
        {
            bool isTest = Array.Exists(attribs, a => a.GetType() == typeof(TestMethodAttribute));
            bool hasRows = Array.Exists(attribs, a => a.GetType() == typeof(DataRowAttribute));
            return isTest && hasRows ? Array.FindAll(attribs, a => a.GetType() != typeof(TestMethodAttribute)) : attribs;
        }
    }

    public static class OutputHelper
    {
        public static void Write(string message) => Console.Write(message);

        public static void WriteLine(string message) => Console.WriteLine(message);
    }

    public static class TestExtensions
    {
        public static bool SequenceEqual(this Array a, Array b)
        {
            if (a.Length != b.Length)
            {
                return false;
            }

            for (int i = 0; i < a.Length; i++)
            {
                if (!Equals(a.GetValue(i), b.GetValue(i)))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
