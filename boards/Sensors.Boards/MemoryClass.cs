namespace Sensors.Boards
{
    /// <summary>What a board's managed heap is made of; block lengths and queues are chosen by it.</summary>
    public enum MemoryClass
    {
        /// <summary>Internal RAM only: about 100 kB of managed heap.</summary>
        Internal = 0,

        /// <summary>External PSRAM: megabytes of managed heap, slower.</summary>
        External = 1,
    }
}
