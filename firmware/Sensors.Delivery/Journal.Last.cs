namespace Sensors.Node
{
    public sealed partial class Journal
    {
        /// <summary>Gets the epoch of what was added last, as far as it is still here; 0 for none.</summary>
        internal long LastEpoch
        {
            get { return _lastEpoch; }
        }
    }
}
