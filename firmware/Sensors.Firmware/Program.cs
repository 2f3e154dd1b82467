using Sensors.Boards;

namespace Sensors.Firmware
{
    /// <summary>Where the firmware begins. To run it on another board, name that board here.</summary>
    public static class Program
    {
        /// <summary>Runs the node until the board loses its power.</summary>
        public static void Main()
        {
            new NodeFirmware(new Esp32DevKitC()).Run();
        }
    }
}
