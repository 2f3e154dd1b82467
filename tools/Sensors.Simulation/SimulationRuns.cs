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
            Run(options.Seed, seeds, seed => DeliverySimulation.Run(options with { Seed = seed }), done, stop);
        }

        /// <summary>Runs seeds of anything.</summary>
        /// <typeparam name="T">What comes of a seed.</typeparam>
        /// <param name="first">The first seed.</param>
        /// <param name="seeds">How many, one after the other.</param>
        /// <param name="run">Runs one; called by several threads.</param>
        /// <param name="done">Is told of each, in the order of the seeds, by one thread at a time; says whether to go on.</param>
        /// <param name="stop">Ends it after the seeds that run.</param>
        public static void Run<T>(long first, int seeds, Func<long, T> run, Func<T, bool> done, CancellationToken stop = default)
        {
            ArgumentNullException.ThrowIfNull(run);
            ArgumentNullException.ThrowIfNull(done);
            var gate = new Lock();
            var waiting = new Dictionary<long, T>();
            long next = first;
            long drawn = first - 1;
            bool enough = false;
            Task[] runners = new Task[Math.Min(seeds, Environment.ProcessorCount)];
            for (int i = 0; i < runners.Length; i++)
            {
                // Threads of their own: those of the pool belong to whoever answers somebody.
                runners[i] = Task.Factory.StartNew(RunSome, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }

            Task.WaitAll(runners, CancellationToken.None);
            stop.ThrowIfCancellationRequested();

            void RunSome()
            {
                while (!stop.IsCancellationRequested && !Volatile.Read(ref enough))
                {
                    long seed = Interlocked.Increment(ref drawn);
                    if (seed >= first + seeds)
                    {
                        return;
                    }

                    T result = run(seed);
                    lock (gate)
                    {
                        waiting.Add(seed, result);
                        while (!enough && waiting.Remove(next, out T? turn))
                        {
                            next++;
                            enough = !done(turn);
                        }
                    }
                }
            }
        }
    }
}
