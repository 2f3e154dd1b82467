using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Threading;

namespace Sensors.Identification
{
    /// <summary>The tokens that the lab's enterprise node gave out. One that is not used for a day is no longer taken.</summary>
    internal sealed class LabTokens(TimeProvider clock)
    {
        private const int Bytes = 24;
        private static readonly TimeSpan Life = TimeSpan.FromHours(24);

        private readonly Lock _gate = new();
        private readonly Dictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

        internal string Give()
        {
            string token = RandomNumberGenerator.GetHexString(2 * Bytes, lowercase: true);
            lock (_gate) { _used[token] = clock.GetUtcNow(); }
            return token;
        }

        internal bool Take(string? authorization)
        {
            const string Scheme = "Bearer ";
            if (authorization?.StartsWith(Scheme, StringComparison.Ordinal) != true) { return false; }
            string token = authorization[Scheme.Length..];
            lock (_gate)
            {
                DateTimeOffset now = clock.GetUtcNow();
                if (!_used.TryGetValue(token, out DateTimeOffset used)) { return false; }
                if (now - used > Life)
                {
                    _used.Remove(token);
                    return false;
                }

                _used[token] = now;
                return true;
            }
        }
    }
}
