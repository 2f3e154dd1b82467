using System;
using System.Threading;

namespace Sensors.AllowedConstructs
{
    /// <summary>A delegate of our own: the generic ones crash the device.</summary>
    public delegate int Change(int value);

    /// <summary>Lambdas, closures, local functions, events, locks.</summary>
    public sealed class Calls
    {
        private readonly object _gate = new object();
        private int _count;

        /// <summary>A field-like event. The device lacks Interlocked.CompareExchange of T: the compiler makes synchronized accessors.</summary>
        public event EventHandler Counted;

        public int Count
        {
            get
            {
                lock (_gate)
                {
                    return _count;
                }
            }
        }

        public static int Lambda(int value)
        {
            Change twice = v => v * 2;
            return twice(value);
        }

        public static int Closure(int value, int by)
        {
            Change add = v => v + by;
            return add(value);
        }

        public static int LocalFunction(int value)
        {
            return Square(value) + Square(value + 1);

            static int Square(int v) => v * v;
        }

        public void Step()
        {
            lock (_gate)
            {
                _count++;
            }

            Counted?.Invoke(this, EventArgs.Empty);
        }

        public int StepAtomically() => Interlocked.Increment(ref _count);

        public static int OnAnotherThread()
        {
            int result = 0;
            var thread = new Thread(() => result = 42);
            thread.Start();
            thread.Join();
            return result;
        }
    }
}
