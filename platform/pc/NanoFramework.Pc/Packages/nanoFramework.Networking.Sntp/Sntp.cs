using System;
using NanoFramework.Pc;

namespace nanoFramework.Networking
{
    public class Sntp
    {
        public static bool IsStarted => State.Started;

        public static string Server1
        {
            get => State.Server1;
            set => State.Server1 = value;
        }

        public static string Server2
        {
            get => State.Server2;
            set => State.Server2 = value;
        }

        private static SntpState State => PcBoard.Current.Packages.Sntp;

        public static void Start()
        {
            State.Started = true;
            Ask(PcBoard.Current);
        }

        public static void Stop() => State.Started = false;

        public static void UpdateNow() => Ask(PcBoard.Current);

        /// <summary>Sets the board's clock from the first server that answers; a step, nothing is smoothed.</summary>
        /// <param name="board">The board.</param>
        /// <returns>False when the client is stopped, the network is down or nobody answered. Nothing is thrown for that.</returns>
        internal static bool Ask(PcBoard board)
        {
            board.ThrowIfOff();
            SntpState state = board.Packages.Sntp;
            if (!state.Started || !board.NetworkUp)
            {
                return false;
            }

            if (!TryAsk(board, state.Server1, out DateTime utc) && !TryAsk(board, state.Server2, out utc))
            {
                return false;
            }

            board.UtcNow = utc;
            state.TimeKnown = true;
            return true;
        }

        private static bool TryAsk(PcBoard board, string server, out DateTime utc)
        {
            utc = default;
            return !string.IsNullOrEmpty(server) && board.AskTime(server, out utc);
        }
    }
}
