using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Simulation
{
    /// <summary>Many seeds, side by side on the machine's cores.</summary>
    public static class SimulationRuns
    {
        /// <summary>Runs seeds.</summary>
        /// <param name="options">What is simulated; its seed is the first.</param>
        /// <param name="seeds">How many seeds, one after the other.</param>
        /// <param name="done">Is told of each, in the order of the seeds, by one thread at a time; says whether to go on.</param>
        /// <param name="stop">Ends it after the seeds that run.</param>
        public static void Run(SimulationOptions options, int seeds, Func<SimulationResult, bool> done, CancellationToken stop = default)
        {
            ArgumentNullException.ThrowIfNull(options);
            ArgumentNullException.ThrowIfNull(done);
            var gate = new Lock();
            var waiting = new Dictionary<long, SimulationResult>();
            long next = options.Seed;
            long drawn = options.Seed - 1;
            bool enough = false;
            Parallel.For(0, Math.Min(seeds, Environment.ProcessorCount), (_, _) =>
            {
                while (!stop.IsCancellationRequested && !Volatile.Read(ref enough))
                {
                    long seed = Interlocked.Increment(ref drawn);
                    if (seed >= options.Seed + seeds)
                    {
                        return;
                    }

                    SimulationResult result = DeliverySimulation.Run(options with { Seed = seed });
                    lock (gate)
                    {
                        waiting.Add(seed, result);
                        while (!enough && waiting.Remove(next, out SimulationResult? turn))
                        {
                            next++;
                            enough = !done(turn);
                        }
                    }
                }
            });
            stop.ThrowIfCancellationRequested();
        }
    }
}
