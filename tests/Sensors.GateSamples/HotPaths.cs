using System;
using System.Device.I2c;
using System.Diagnostics.CodeAnalysis;
using Sensors.Drivers;

namespace Sensors.GateSamples
{
    public struct Sample
    {
        public int X;
    }

    public delegate int Change(int value);

    public static class BadNew
    {
        [HotPath]
        public static object Run() => new object();
    }

    public static class BadNewArray
    {
        [HotPath]
        public static byte[] Run() => new byte[4];
    }

    public static class BadBox
    {
        [HotPath]
        public static object Run(int value) => value;
    }

    public static class BadText
    {
        [HotPath]
        public static string Run(string a, string b) => a + b;
    }

    public static class BadLiteral
    {
        [HotPath]
        public static bool Run(string a) => a == "literal";
    }

    public static class BadLambda
    {
        [HotPath]
        public static Change Run(int by) => v => v + by;
    }

    public static class BadDelegateCall
    {
        [HotPath]
        public static int Run(Change change) => change(1);
    }

    public static class BadStructLocal
    {
        [HotPath]
        public static int Run(Sample[] samples)
        {
            Sample first = samples[0];
            return first.X;
        }
    }

    public static class BadStructParameter
    {
        [HotPath]
        public static int Run(Sample sample) => sample.X;
    }

    public static class BadSpan
    {
        [HotPath]
        public static int Run(byte[] buffer)
        {
            var span = new SpanByte(buffer, 0, 1);
            return span.Length;
        }
    }

    public static class BadCallee
    {
        [HotPath]
        public static int Run(int depth) => depth == 0 ? 0 : Helper(depth);

        private static int Helper(int depth) => new int[4].Length + Run(depth - 1);
    }

    public static class GoodExcused
    {
        [HotPath]
        public static int Run(int[] kept) => kept.Length == 0 ? Rare() : kept[0];

        [SuppressMessage("Sensors", "NANO114", Justification = "shows that a reason covers what is called, too")]
        private static int Rare() => Make().Length;

        private static int[] Make() => new int[1];
    }

    public abstract class GoodShape
    {
        [HotPath]
        public int Run() => Area();

        protected abstract int Area();
    }

    public sealed class BadOverride : GoodShape
    {
        protected override int Area() => new int[4].Length;
    }

    public sealed class GoodOverride : GoodShape
    {
        private readonly int[] _sides = new int[4];

        protected override int Area() => _sides.Length;
    }

    public interface GoodFace
    {
        [HotPath]
        int Run();
    }

    public sealed class BadFace : GoodFace
    {
        int GoodFace.Run() => new int[4].Length;
    }

    public sealed class GoodHotPath
    {
        private readonly byte[] _buffer = new byte[4];
        private TimeSpan _last;

        [HotPath]
        public int Run(int index, Sample[] samples)
        {
            if (index >= _buffer.Length)
            {
                throw new ArgumentException("index " + index + (index > 100 ? " is far too large" : " is too large"));
            }

            lock (_buffer)
            {
                _last = TimeSpan.Zero;
                samples[index].X = _buffer[index];
                return index;
            }
        }

        public static byte[] NotHot() => new byte[2];
    }

    public sealed class GoodAdapter : RegisterBus
    {
        private readonly I2cDevice _device;

        public GoodAdapter(I2cDevice device)
            : base("I2C1")
        {
            _device = device;
        }

        public override void Read(byte register, byte[] buffer, int count)
        {
            I2cTransferResult result = _device.Read(new SpanByte(buffer, 0, count));
            if (result.Status != I2cTransferStatus.FullTransfer)
            {
                throw new BusException(Name, register, BusStatus.NotAcknowledged);
            }
        }

        public override void Write(byte register, byte[] buffer, int count)
        {
        }

        public override void Reopen()
        {
        }

        public override void Close()
        {
        }
    }
}
