using System;

namespace Sensors.AllowedConstructs
{
    /// <summary>Exceptions, filters, clean-up.</summary>
    public static class Errors
    {
        public static string Filtered(int code)
        {
            try
            {
                throw new ArgumentException("code " + code.ToString());
            }
            catch (ArgumentException e) when (code > 10 && e.Message.Length > 0)
            {
                return "large";
            }
            catch (ArgumentException)
            {
                return "small";
            }
            finally
            {
                code = 0;
            }
        }

        public static int Released()
        {
            var resource = new Resource();
            using (resource)
            {
                resource.Used++;
            }

            using var second = resource;
            return resource.Disposed;
        }

        public static object OrDefault(object value, object fallback)
        {
            value ??= fallback;
            return value ?? throw new ArgumentNullException(nameof(value));
        }

        private sealed class Resource : IDisposable
        {
            public int Used { get; set; }

            public int Disposed { get; private set; }

            public void Dispose() => Disposed++;
        }
    }
}
