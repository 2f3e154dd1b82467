using NanoFramework.Pc;

namespace nanoFramework.Hardware.Esp32
{
    public class Configuration
    {
        public static void SetPinFunction(int pin, DeviceFunction value)
        {
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            board.Packages.PinMap.Set(pin, (int)value);
            board.SetPinFunction(pin, (int)value);
        }

        public static int GetFunctionPin(DeviceFunction function) => PcBoard.Current.Packages.PinMap.Get((int)function);
    }
}
