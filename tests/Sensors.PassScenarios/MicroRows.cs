using System;
using System.Diagnostics.CodeAnalysis;

namespace Sensors.PassScenarios
{
    /// <summary>The rows of the cost model: a loop with one operation in it, told per turn. What is returned is there to be used.</summary>
    public sealed class MicroRows
    {
        private const int Turns = 1000;
        private const string OnPurpose = "what it costs is the question";

        private static readonly int Shared = Turns / 3;

        private readonly int[] _ints = new int[Turns];
        private readonly float[] _floats = new float[Turns];
        private readonly short[] _shorts = new short[Turns];
        private readonly byte[] _bytes = new byte[2 * Turns];
        private readonly int[] _from = new int[256];
        private readonly int[] _to = new int[256];
        private readonly Callee _callee = new Callee();
        private readonly Called _virtual = new Callee();
        private readonly ICalled _interface = new Callee();
        private readonly object _lock = new object();
        private int _field = 3;
        private Exception _lastException;
        private object _lastObject;

        private interface ICalled
        {
            int Through(int value);
        }

        /// <summary>Empty loop.</summary>
        [Scenario("empty loop", Per = Turns, Measured = 1.0)]
        public void EmptyLoop()
        {
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
            }
        }

        /// <summary>Int add.</summary>
        /// <returns>The result.</returns>
        [Scenario("int add", Per = Turns, Measured = 1.2)]
        public int IntAdd()
        {
            int s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s += i;
            }

            return s;
        }

        /// <summary>Int mul.</summary>
        /// <returns>The result.</returns>
        [Scenario("int mul", Per = Turns, Measured = 1.5)]
        public int IntMultiply()
        {
            int s = 1;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s *= i;
            }

            return s;
        }

        /// <summary>Int div.</summary>
        /// <returns>The result.</returns>
        [Scenario("int div", Per = Turns, Measured = 1.3)]
        public int IntDivide()
        {
            int s = 1 << 30, d = 3;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s /= d;
            }

            return s;
        }

        /// <summary>Float mul.</summary>
        /// <returns>The result.</returns>
        [Scenario("float mul", Per = Turns, Measured = 1.3)]
        public float FloatMultiply()
        {
            float s = 1f, f = 1.0001f;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s *= f;
            }

            return s;
        }

        /// <summary>Double mul.</summary>
        /// <returns>The result.</returns>
        [Scenario("double mul", Per = Turns, Measured = 1.3)]
        public double DoubleMultiply()
        {
            double s = 1.0, f = 1.0001;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s *= f;
            }

            return s;
        }

        /// <summary>Long mul.</summary>
        /// <returns>The result.</returns>
        [Scenario("long mul", Per = Turns, Measured = 1.5)]
        public long LongMultiply()
        {
            long s = 1, f = 3;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s *= f;
            }

            return s;
        }

        /// <summary>Int[] load.</summary>
        /// <returns>The result.</returns>
        [Scenario("int[] load", Per = Turns, Measured = 1.7)]
        public int IntLoad()
        {
            int[] array = _ints;
            int s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s += array[i];
            }

            return s;
        }

        /// <summary>Int[] store.</summary>
        [Scenario("int[] store", Per = Turns, Measured = 1.6)]
        public void IntStore()
        {
            int[] array = _ints;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                array[i] = i;
            }
        }

        /// <summary>Float[] load.</summary>
        /// <returns>The result.</returns>
        [Scenario("float[] load", Per = Turns, Measured = 1.8)]
        public float FloatLoad()
        {
            float[] array = _floats;
            float s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s += array[i];
            }

            return s;
        }

        /// <summary>Short[] load.</summary>
        /// <returns>The result.</returns>
        [Scenario("short[] load", Per = Turns, Measured = 1.8)]
        public int ShortLoad()
        {
            short[] array = _shorts;
            int s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s += array[i];
            }

            return s;
        }

        /// <summary>Byte[] load.</summary>
        /// <returns>The result.</returns>
        [Scenario("byte[] load", Per = Turns, Measured = 1.8)]
        public int ByteLoad()
        {
            byte[] array = _bytes;
            int s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s += array[i];
            }

            return s;
        }

        /// <summary>Int16 by shift and or.</summary>
        /// <returns>The result.</returns>
        [Scenario("int16 by shift and or", Per = Turns, Measured = 3.2)]
        public int Int16ByShift()
        {
            byte[] array = _bytes;
            int s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s = (short)(array[i] | (array[i + 1] << 8));
            }

            return s;
        }

        /// <summary>BitConverter.ToInt16.</summary>
        /// <returns>The result.</returns>
        [Scenario("BitConverter.ToInt16", Per = Turns, Measured = 4.3)]
        public int Int16ByBitConverter()
        {
            byte[] array = _bytes;
            int s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s = BitConverter.ToInt16(array, i);
            }

            return s;
        }

        /// <summary>SpanByte indexer.</summary>
        /// <returns>The result.</returns>
        [Scenario("SpanByte indexer", Per = Turns, Measured = 4.0)]
        public int SpanByteLoad()
        {
            SpanByte span = new SpanByte(_bytes);
            int s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s += span[i];
            }

            return s;
        }

        /// <summary>Field load.</summary>
        /// <returns>The result.</returns>
        [Scenario("field load", Per = Turns, Measured = 1.4)]
        public int FieldLoad()
        {
            int s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s = _field;
            }

            return s;
        }

        /// <summary>Field store.</summary>
        [Scenario("field store", Per = Turns, Measured = 1.3)]
        public void FieldStore()
        {
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                _field = i;
            }
        }

        /// <summary>Static field load.</summary>
        /// <returns>The result.</returns>
        [Scenario("static field load", Per = Turns, Measured = 1.4)]
        public int StaticFieldLoad()
        {
            int s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s = Shared;
            }

            return s;
        }

        /// <summary>Property get.</summary>
        /// <returns>The result.</returns>
        [Scenario("property get", Per = Turns, Measured = 2.4)]
        public int PropertyGet()
        {
            Callee callee = _callee;
            int s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s = callee.Value;
            }

            return s;
        }

        /// <summary>Static call.</summary>
        /// <returns>The result.</returns>
        [Scenario("static call", Per = Turns, Measured = 2.1)]
        public int StaticCall()
        {
            int s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s = Callee.Directly(i);
            }

            return s;
        }

        /// <summary>Instance call.</summary>
        /// <returns>The result.</returns>
        [Scenario("instance call", Per = Turns, Measured = 2.4)]
        public int InstanceCall()
        {
            Callee callee = _callee;
            int s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s = callee.OnInstance(i);
            }

            return s;
        }

        /// <summary>Virtual call.</summary>
        /// <returns>The result.</returns>
        [Scenario("virtual call", Per = Turns, Measured = 2.5)]
        public int VirtualCall()
        {
            Called callee = _virtual;
            int s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s = callee.Overridden(i);
            }

            return s;
        }

        /// <summary>Interface call.</summary>
        /// <returns>The result.</returns>
        [Scenario("interface call", Per = Turns, Measured = 3.9)]
        public int InterfaceCall()
        {
            ICalled callee = _interface;
            int s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s = callee.Through(i);
            }

            return s;
        }

        /// <summary>Math.Sqrt.</summary>
        /// <returns>The result.</returns>
        [Scenario("Math.Sqrt", Per = Turns, Measured = 4.3)]
        public double SquareRoot()
        {
            double s = 2.0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s = Math.Sqrt(s);
            }

            return s;
        }

        /// <summary>Math.Sin.</summary>
        /// <returns>The result.</returns>
        [Scenario("Math.Sin", Per = Turns, Measured = 4.7)]
        public double Sine()
        {
            double s = 2.0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s = Math.Sin(s);
            }

            return s;
        }

        /// <summary>Math.Abs(int).</summary>
        /// <returns>The result.</returns>
        [Scenario("Math.Abs(int)", Per = Turns, Measured = 5.8)]
        public int AbsByMath()
        {
            int s = -3;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s = Math.Abs(s);
            }

            return s;
        }

        /// <summary>If (a &lt; 0) a = -a.</summary>
        /// <returns>The result.</returns>
        [Scenario("if (a < 0) a = -a", Per = Turns, Measured = 1.2)]
        public int AbsByBranch()
        {
            int a = -3;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                if (a < 0)
                {
                    a = -a;
                }
            }

            return a;
        }

        /// <summary>Lock on a free object.</summary>
        /// <returns>The result.</returns>
        [Scenario("lock on a free object", Per = Turns, Measured = 11)]
        public int LockFree()
        {
            object free = _lock;
            int s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                lock (free)
                {
                    s += i;
                }
            }

            return s;
        }

        /// <summary>DateTime.UtcNow.Ticks.</summary>
        /// <returns>The result.</returns>
        [Scenario("DateTime.UtcNow.Ticks", Per = Turns, Measured = 13.5)]
        [SuppressMessage("Sensors", "RS0030", Justification = OnPurpose)]
        public long UtcNowTicks()
        {
            long s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                s = DateTime.UtcNow.Ticks;
            }

            return s;
        }

        /// <summary>New small object.</summary>
        [Scenario("new small object", Per = Turns, Measured = 4.3)]
        public void NewObject()
        {
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                _lastObject = new Small();
            }
        }

        /// <summary>New byte[64].</summary>
        [Scenario("new byte[64]", Per = Turns, Measured = 1.9)]
        public void NewBytes()
        {
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                _lastObject = new byte[64];
            }
        }

        /// <summary>Int.ToString.</summary>
        [Scenario("int.ToString", Per = Turns, Measured = 24)]
        public void IntToText()
        {
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                _lastObject = i.ToString();
            }
        }

        /// <summary>String + int.</summary>
        [Scenario("string + int", Per = Turns, Measured = 29)]
        public void TextAndInt()
        {
            string text = "n";
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                _lastObject = text + i;
            }
        }

        /// <summary>Float.ToString("F3").</summary>
        [Scenario("float.ToString(F3)", Per = Turns, Measured = 42)]
        [SuppressMessage("Sensors", "RS0030", Justification = OnPurpose)]
        public void FloatToText()
        {
            float value = 1.5f;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                _lastObject = value.ToString("F3");
            }
        }

        /// <summary>Try without throw.</summary>
        /// <returns>The result.</returns>
        [Scenario("try without throw", Per = Turns, Measured = 2)]
        public int TryWithoutThrow()
        {
            int s = 0;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                try
                {
                    s += i;
                }
                catch (Exception)
                {
                    s = 0;
                }
            }

            return s;
        }

        /// <summary>Throw and catch.</summary>
        [Scenario("throw and catch", Per = Turns, Measured = 10)]
        public void ThrowAndCatch()
        {
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                try
                {
                    throw new Exception();
                }
                catch (Exception e)
                {
                    _lastException = e;
                }
            }
        }

        /// <summary>Array.Copy of 256 ints.</summary>
        [Scenario("Array.Copy of 256 ints", Per = Turns, Measured = 4)]
        public void CopyInts()
        {
            int[] from = _from, to = _to;
            int n = Turns;
            for (int i = 0; i < n; i++)
            {
                Array.Copy(from, to, 256);
            }
        }

        private sealed class Small
        {
        }

        private abstract class Called
        {
            public abstract int Overridden(int value);
        }

        private sealed class Callee : Called, ICalled
        {
            private readonly int _value = 3;

            public int Value
            {
                get { return _value; }
            }

            public static int Directly(int value)
            {
                return value;
            }

            public int OnInstance(int value)
            {
                return value;
            }

            public override int Overridden(int value)
            {
                return value;
            }

            public int Through(int value)
            {
                return value;
            }
        }
    }
}
