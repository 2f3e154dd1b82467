using System;
using System.Threading;
using NanoFramework.Pc;

namespace Sensors.VirtualBoard
{
    /// <summary>One life of the firmware: from a start to the next restart or loss of power.</summary>
    /// <remarks>Every thread started in a life belongs to it, and ends at its next call of a stand-in once the life is over.</remarks>
    internal sealed class BoardFirmware
    {
        private static readonly AsyncLocal<BoardFirmware?> Ambient = new();

        private readonly PcBoard _board;
        private readonly Thread _thread;
        private volatile bool _ended;

        public BoardFirmware(PcBoard board, string name, Action main, Action<Exception?> finished)
        {
            _board = board;
            _thread = new Thread(() => Run(main, finished)) { IsBackground = true, Name = name };
        }

        /// <summary>Tells whether the running thread belongs to a life of this board that is over.</summary>
        public static bool IsOver(PcBoard board) => Ambient.Value is BoardFirmware life && life._ended && life._board == board;

        /// <summary>Gets the life the running thread belongs to; null for a thread from outside.</summary>
        public static BoardFirmware? Current => Ambient.Value;

        /// <summary>Gets whether the life is over.</summary>
        public bool HasEnded => _ended;

        /// <summary>Starts Main in a thread of its own that inherits nothing from the caller's.</summary>
        public void Start() => _thread.UnsafeStart();

        /// <summary>Ends the life: its threads throw at their next call.</summary>
        public void End() => _ended = true;

        /// <summary>Waits a moment for Main to have unwound, unless it is Main that waits.</summary>
        public void Join(TimeSpan limit)
        {
            if (Thread.CurrentThread != _thread && (_thread.ThreadState & ThreadState.Unstarted) == 0)
            {
                _thread.Join(limit);
            }
        }

        private void Run(Action main, Action<Exception?> finished)
        {
            Ambient.Value = this;
            PcBoard.Enter(_board);
            Exception? failure = null;
            try
            {
                main();
            }
            catch (BoardOffException) when (_ended)
            {
                return;
            }
            catch (Exception exception)
            {
                failure = exception;
            }

            if (!_ended)
            {
                finished(failure);
            }
        }
    }
}
