using System.Reflection;

namespace NFUnitTest.Pc
{
    /// <summary>One line the launcher will print: a method, and which of its attributes asks for it.</summary>
    internal sealed class TestCase
    {
        public TestCase(MethodInfo method, int index, object[] values)
        {
            Method = method;
            Index = index;
            Values = values;
        }

        public MethodInfo Method { get; }

        /// <summary>Gets the attribute's place among the method's attributes; [TestMethod] is not counted where there are rows.</summary>
        public int Index { get; }

        /// <summary>Gets the values of the data row, null for a method without.</summary>
        public object[] Values { get; }

        /// <summary>Gets the name the launcher prints.</summary>
        public string Name
        {
            get { return Method.DeclaringType.FullName + "." + Method.Name + "." + Index.ToString(); }
        }
    }
}
