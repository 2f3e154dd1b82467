using System;
using System.Collections.Generic;
using System.Threading;
using NanoFramework.Pc;

namespace nanoFramework.M2Mqtt
{
    /// <summary>A client's events, run one at a time on the shared thread pool as if on the client's own thread.</summary>
    internal sealed class EventQueue
    {
        private readonly BoardContext _context;
        private readonly Queue<Action> _events = new();
        private readonly Action _ended;
        private readonly Action _failed;
        private bool _active;
        private bool _ending;
        private bool _running;
        private int _generation;

        /// <summary>Makes a queue that does nothing until <see cref="Start"/>.</summary>
        /// <param name="board">Whose threads run the events.</param>
        /// <param name="failed">Called when an event threw.</param>
        /// <param name="ended">Called once after <see cref="End"/>, when no event is left.</param>
        public EventQueue(PcBoard board, Action failed, Action ended)
        {
            _context = new BoardContext(board);
            _failed = failed;
            _ended = ended;
        }

        public void Start()
        {
            lock (_events)
            {
                _generation++;
                _active = true;
                _ending = false;
                _running = false;
                Kick();
            }
        }

        /// <summary>Lets the events that wait run, then ends.</summary>
        public void End()
        {
            lock (_events)
            {
                _ending = true;
                Kick();
            }
        }

        /// <summary>Forgets what waits and ends without a word.</summary>
        public void Stop()
        {
            lock (_events)
            {
                _active = false;
                _events.Clear();
            }
        }

        public void Add(Action raise)
        {
            lock (_events)
            {
                _events.Enqueue(raise);
                Kick();
            }
        }

        /// <summary>Runs something on this thread as the board's own.</summary>
        /// <param name="action">What to run.</param>
        public void RunHere(Action action) => _context.Run(action);

        private void Kick()
        {
            if (_active && !_running)
            {
                _running = true;
                int generation = _generation;
                ThreadPool.UnsafeQueueUserWorkItem(_ => Run(generation), null);
            }
        }

        private void Run(int generation)
        {
            while (true)
            {
                Action? next;
                lock (_events)
                {
                    if (generation != _generation)
                    {
                        return; // the client connected anew meanwhile, another run has taken over
                    }

                    if (!_active)
                    {
                        _running = false;
                        return;
                    }

                    if (!_events.TryDequeue(out next))
                    {
                        _running = false;
                        if (!_ending)
                        {
                            return;
                        }

                        _active = false;
                    }
                }

                try
                {
                    RunHere(next ?? _ended);
                }
                catch (BoardOffException)
                {
                    Stop();
                }
                catch (Exception)
                {
                    _failed(); // as on a board: a handler that throws costs the connection
                }

                if (next == null)
                {
                    return;
                }
            }
        }
    }
}
