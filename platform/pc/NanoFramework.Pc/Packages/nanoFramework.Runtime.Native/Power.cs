using NanoFramework.Pc;

namespace nanoFramework.Runtime.Native
{
    public delegate void RebootEventHandler();

    public enum RebootOption
    {
        NormalReboot = 0,
        EnterNanoBooter = 1,
        ClrOnly = 2,
        EnterProprietaryBooter = 8,
    }

    public class Power
    {
        public static event RebootEventHandler OnRebootEvent
        {
            add => PcBoard.Current.Packages.OnReboot += value;
            remove => PcBoard.Current.Packages.OnReboot -= value;
        }

        public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot) => RebootDevice(-1, rebootOption);

        public static void RebootDevice(int exeConstraintTimeout, RebootOption rebootOption = RebootOption.NormalReboot)
        {
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            if (exeConstraintTimeout >= 0)
            {
                ExecutionConstraint.Install(exeConstraintTimeout, 4); // bounds what the handlers may take
            }

            try
            {
                board.Packages.OnReboot?.Invoke();
            }
            catch (System.Exception ex) when (ex is not BoardOffException)
            {
                board.OnThreadDied("reboot handler", ex); // a failing handler does not stop the restart
            }
            finally
            {
                ExecutionConstraint.Install(-1, 0);
            }

            board.Reboot();
        }
    }
}
