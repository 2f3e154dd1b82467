using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>One reading of one point: what was measured, when, and how good it is. Made once and used again.</summary>
    public sealed class Reading
    {
        /// <summary>Makes an empty reading with room for a number of values.</summary>
        /// <param name="capacity">The most values any point has.</param>
        public Reading(int capacity)
        {
            Values = new float[capacity];
            Quality = new Quality();
            Condition = new Condition();
        }

        /// <summary>Gets or sets the point; its channels tell which of <see cref="Values"/> are used.</summary>
        public Point Point { get; set; }

        /// <summary>Gets or sets the node's incarnation: random 32 bits x 2^20 + boot counter, below 2^53.</summary>
        public long Epoch { get; set; }

        /// <summary>Gets or sets the node's count of readings in this epoch, all points together, from 1.</summary>
        public long Sequence { get; set; }

        /// <summary>Gets or sets when the last sample of the window was taken, in milliseconds since the board started.</summary>
        public long Taken { get; set; }

        /// <summary>Gets or sets how far that time may be off, as a code of <see cref="Uncertainty"/>.</summary>
        public int UncertaintyCode { [HotPath] get; [HotPath] set; }

        /// <summary>Gets the values by <see cref="Channel.Field"/>; NaN where the window cannot support a value.</summary>
        public float[] Values { get; }

        /// <summary>Gets how good the reading is.</summary>
        public Quality Quality { get; }

        /// <summary>Gets what the values say of the machine.</summary>
        public Condition Condition { get; }

        /// <summary>Forgets what was filled in, but not the point.</summary>
        [HotPath]
        public void Clear()
        {
            Quality.Clear();
            Condition.Clear();
            UncertaintyCode = 0;
            float[] values = Values;
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = float.NaN;
            }
        }
    }

    /// <summary>How good a reading is. Sent with every reading.</summary>
    public sealed class Quality
    {
        /// <summary>Gets or sets the measured sampling rate, in hertz; NaN where it could not be measured.</summary>
        public float Rate { get; set; }

        /// <summary>Gets or sets how many samples the window used.</summary>
        public int Samples { get; set; }

        /// <summary>Gets or sets how many samples were lost inside the window or since the previous one of a stream.</summary>
        public int Lost { get; set; }

        /// <summary>Gets or sets how many samples stood at the end of the chip's range.</summary>
        public int Clipped { get; set; }

        /// <summary>Gets or sets how many transfers had to be tried again.</summary>
        public int Retries { get; set; }

        /// <summary>Gets or sets what is wrong with the sensor; with a fault, values are absent or stale ones are not sent.</summary>
        public SensorFault Fault { get; set; }

        /// <summary>Gets or sets what limits the values, of <see cref="QualityNotes"/>, added up: why some are absent, or doubtful.</summary>
        public int Notes { get; set; }

        /// <summary>Gets or sets how the sensor's last self-test went.</summary>
        public SelfTestState SelfTest { get; set; }

        /// <summary>Makes the block say that nothing is known and nothing is wrong.</summary>
        [HotPath]
        public void Clear()
        {
            Rate = float.NaN;
            Samples = 0;
            Lost = 0;
            Clipped = 0;
            Retries = 0;
            Fault = SensorFault.None;
            Notes = QualityNotes.None;
            SelfTest = SelfTestState.None;
        }
    }
}
