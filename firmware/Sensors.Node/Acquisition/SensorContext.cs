namespace Sensors.Node
{
    /// <summary>What the jobs of all points share.</summary>
    public sealed class SensorContext
    {
        /// <summary>Gets or sets the node's time.</summary>
        public Clock Clock { get; set; }

        /// <summary>Gets or sets where sensors are found.</summary>
        public SensorFinder Finder { get; set; }

        /// <summary>Gets or sets what is remembered of where sensors are wired.</summary>
        public PlaceMap Places { get; set; }

        /// <summary>Gets or sets where readings go.</summary>
        public ReadingOutlet Outlet { get; set; }

        /// <summary>Gets or sets what tells the edge of points and chips.</summary>
        public NodeMessages Messages { get; set; }

        /// <summary>Gets or sets the node's counters.</summary>
        public NodeHealth Health { get; set; }

        /// <summary>Gets or sets the silence while a block is drained.</summary>
        public Quiet Quiet { get; set; }

        /// <summary>Gets what points leave for others: the temperature around.</summary>
        public LatestValues Latest { get; } = new LatestValues();

        /// <summary>Gets or sets what keeps the points' baselines; null while nothing does.</summary>
        public BaselineStore Baselines { get; set; }

        /// <summary>Gets or sets what keeps raw blocks.</summary>
        public CaptureBuffer Captures { get; set; }

        /// <summary>Gets or sets the milliseconds between two readings of a point.</summary>
        public int IntervalMilliseconds { get; set; }
    }
}
