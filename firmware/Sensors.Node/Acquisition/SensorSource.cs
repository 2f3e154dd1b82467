using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>A chip as the node uses it: found, started, watched, and brought back when it fails.</summary>
    public abstract class SensorSource
    {
        /// <summary>Makes a source on an open bus; nothing is said to the chip yet.</summary>
        /// <param name="chip">The chip's name, such as <c>ADXL345</c>.</param>
        /// <param name="bus">Where it is.</param>
        protected SensorSource(string chip, RegisterBus bus)
        {
            Chip = chip;
            Bus = bus;
        }

        /// <summary>Gets the chip's name.</summary>
        public string Chip { get; }

        /// <summary>Gets where it is.</summary>
        public RegisterBus Bus { get; }

        /// <summary>Checks the chip's identity and sets it up.</summary>
        /// <exception cref="BusException">It does not answer.</exception>
        /// <exception cref="SensorException">It is another chip, or does not keep its settings.</exception>
        public abstract void Start();

        /// <summary>Checks that the chip still holds the settings <see cref="Start"/> wrote.</summary>
        /// <exception cref="BusException">It does not answer.</exception>
        /// <exception cref="SensorException">It does not: a brown-out leaves reset values.</exception>
        [HotPath]
        public abstract void Check();

        /// <summary>Runs the chip's self-test; it has to be started anew afterwards.</summary>
        /// <returns>How it went; <see cref="SelfTestState.None"/> for a chip that has none.</returns>
        /// <exception cref="BusException">It does not answer.</exception>
        /// <exception cref="SensorException">It does not keep the test's settings, or gives no data.</exception>
        public virtual SelfTestState SelfTest()
        {
            return SelfTestState.None;
        }

        /// <summary>Tells whether what the sensor sits on is at rest: only then a self-test that fails says something. To be asked when the chip is started.</summary>
        /// <returns>True when it is, or where that does not matter.</returns>
        /// <exception cref="BusException">It does not answer.</exception>
        /// <exception cref="SensorException">It lost its settings.</exception>
        public virtual bool IsStill()
        {
            return true;
        }

        /// <summary>Writes what the chip is set to into a point, for the meta message.</summary>
        /// <param name="point">The point the chip serves.</param>
        public virtual void Describe(Point point)
        {
            point.Chip = Chip;
            point.Bus = Bus.Name;
        }
    }

    /// <summary>A source of three-axis acceleration, in blocks.</summary>
    public abstract class VibrationSource : SensorSource
    {
        /// <summary>Makes a source on an open bus.</summary>
        /// <param name="chip">The chip's name.</param>
        /// <param name="bus">Where it is.</param>
        protected VibrationSource(string chip, RegisterBus bus)
            : base(chip, bus)
        {
        }

        /// <summary>Gets the weight of one count, in m/s².</summary>
        public abstract float Weight { [HotPath] get; }

        /// <summary>Gets the lowest count of the chip's range: the true value may be lower.</summary>
        public abstract int ClipLow { [HotPath] get; }

        /// <summary>Gets the highest count of the chip's range: the true value may be higher.</summary>
        public abstract int ClipHigh { [HotPath] get; }

        /// <summary>Gets the sampling rate the chip is set to, in hertz.</summary>
        public abstract float NominalRate { [HotPath] get; }

        /// <summary>Gets how many samples are worth a look at the chip: fewer than it holds, so that a look has time.</summary>
        public abstract int SamplesPerLook { [HotPath] get; }

        /// <summary>Computes the sampling rate over the present block. Some thousand steps: once per block.</summary>
        /// <returns>Hertz; NaN when too little is known.</returns>
        [HotPath]
        public abstract float MeasureRate();

        /// <summary>Gets the samples the chip threw away since <see cref="Begin"/>; at least 1 when any was.</summary>
        public abstract int Lost { [HotPath] get; }

        /// <summary>Empties the chip: the next sample read is the first of a new block.</summary>
        /// <exception cref="BusException">It does not answer.</exception>
        [HotPath]
        public abstract void Begin();

        /// <summary>Moves what the chip holds into the block, oldest first, as X, Y, Z, X, Y, Z ...</summary>
        /// <param name="xyz">The block, three counts a sample.</param>
        /// <param name="at">Index of the first sample to write.</param>
        /// <param name="most">The most samples to write.</param>
        /// <returns>Samples written, 0 when the chip holds none.</returns>
        /// <exception cref="BusException">It does not answer; samples moved before stay in the block.</exception>
        [HotPath]
        public abstract int Read(short[] xyz, int at, int most);

        /// <summary>Gets whether the chip is so fast that a long window is moved as it stands in the FIFO, and decoded afterwards.</summary>
        /// <value>False for most: a block of the usual length is long enough.</value>
        public virtual bool HasSlots
        {
            [HotPath]
            get { return false; }
        }

        /// <summary>Gets the bytes of a FIFO slot, which mostly is a sample; 0 where <see cref="HasSlots"/> is false.</summary>
        public virtual int SlotBytes
        {
            [HotPath]
            get { return 0; }
        }

        /// <summary>Moves what the chip holds, undecoded, oldest first. Only where <see cref="HasSlots"/>.</summary>
        /// <param name="slots">Receives whole slots.</param>
        /// <param name="at">Index of the first byte to write.</param>
        /// <param name="most">The most bytes to write.</param>
        /// <returns>Bytes written, 0 when the chip holds nothing.</returns>
        /// <exception cref="BusException">It does not answer; slots moved before stay.</exception>
        [HotPath]
        public virtual int ReadSlots(byte[] slots, int at, int most)
        {
            return 0;
        }

        /// <summary>Decodes one axis of slots that <see cref="ReadSlots"/> moved.</summary>
        /// <param name="slots">The slots.</param>
        /// <param name="length">Bytes of them, from index 0.</param>
        /// <param name="axis">0 for X, 1 for Y, 2 for Z.</param>
        /// <param name="counts">Receives the counts; further samples are left.</param>
        /// <returns>Samples decoded.</returns>
        /// <exception cref="SensorException">Slots are out of order.</exception>
        [HotPath]
        public virtual int DecodeAxis(byte[] slots, int length, int axis, short[] counts)
        {
            return 0;
        }

        /// <summary>Moves one axis of what the chip holds into the block, oldest first.</summary>
        /// <param name="counts">The block, a count a sample.</param>
        /// <param name="at">Index of the first sample to write.</param>
        /// <param name="most">The most samples to write.</param>
        /// <param name="axis">0 for X, 1 for Y, 2 for Z.</param>
        /// <returns>Samples written, 0 when the chip holds none.</returns>
        /// <exception cref="BusException">It does not answer; samples moved before stay in the block.</exception>
        [HotPath]
        public abstract int ReadAxis(short[] counts, int at, int most, int axis);
    }

    /// <summary>A source of temperature.</summary>
    public abstract class TemperatureSource : SensorSource
    {
        /// <summary>Makes a source on an open bus.</summary>
        /// <param name="chip">The chip's name.</param>
        /// <param name="bus">Where it is.</param>
        protected TemperatureSource(string chip, RegisterBus bus)
            : base(chip, bus)
        {
        }

        /// <summary>Gets the time from one conversion to the next, in milliseconds.</summary>
        public abstract int CycleMilliseconds { [HotPath] get; }

        /// <summary>Gets what the last <see cref="Read"/> found wrong with the probe, while the chip itself works.</summary>
        /// <value><see cref="SensorFault.None"/> when nothing; else <see cref="Read"/> gave NaN and no value is believed.</value>
        public virtual SensorFault ProbeFault
        {
            [HotPath]
            get { return SensorFault.None; }
        }

        /// <summary>Reads the newest conversion.</summary>
        /// <returns>Degrees Celsius; NaN when there is none since the last call, or see <see cref="ProbeFault"/>.</returns>
        /// <exception cref="BusException">It does not answer.</exception>
        [HotPath]
        public abstract float Read();
    }

    /// <summary>A source of electrical current.</summary>
    public abstract class CurrentSource : SensorSource
    {
        /// <summary>Makes a source on an open bus.</summary>
        /// <param name="chip">The chip's name.</param>
        /// <param name="bus">Where it is.</param>
        protected CurrentSource(string chip, RegisterBus bus)
            : base(chip, bus)
        {
        }

        /// <summary>Gets the time from one conversion to the next, in microseconds.</summary>
        public abstract int CycleMicroseconds { [HotPath] get; }

        /// <summary>Gets whether the value last read stands at the end of the chip's range: the true current may be larger.</summary>
        public abstract bool Clipped { [HotPath] get; }

        /// <summary>Gets whether the current alternates, so that the reading is taken over whole mains cycles and without its direct part.</summary>
        public virtual bool Alternating
        {
            [HotPath]
            get { return false; }
        }

        /// <summary>Gets the part of the time between two conversions that each is a mean of: 0 for little of it, 1 for all.</summary>
        public virtual float AveragedPart
        {
            [HotPath]
            get { return 0f; }
        }

        /// <summary>Gets the number of the conversion last read, 1 for the first since <see cref="Begin"/>.</summary>
        /// <value>0 when the chip tells a new conversion by a flag, so that one that was missed shows in the time alone.</value>
        public virtual int Number
        {
            [HotPath]
            get { return 0; }
        }

        /// <summary>Gets the conversions per second, when the source has measured them itself.</summary>
        /// <value>Hertz; NaN when it has not, and they follow from the times at which conversions were read.</value>
        public virtual float MeasuredRate
        {
            [HotPath]
            get { return float.NaN; }
        }

        /// <summary>Gets how long it is sensible to wait before the next <see cref="Read"/>, in microseconds.</summary>
        public virtual int PauseMicroseconds
        {
            [HotPath]
            get { return CycleMicroseconds / 4; }
        }

        /// <summary>Begins a window: checks the settings, and lets what was converted before it go.</summary>
        /// <exception cref="BusException">The chip does not answer.</exception>
        /// <exception cref="SensorException">The settings are gone.</exception>
        [HotPath]
        public virtual void Begin()
        {
            Check();
            Read();
        }

        /// <summary>Ends a window.</summary>
        /// <returns>True when what was read since <see cref="Begin"/> stands.</returns>
        /// <exception cref="BusException">The chip does not answer, so that nobody knows.</exception>
        /// <exception cref="SensorException">It does not stand: the settings are gone.</exception>
        [HotPath]
        public virtual bool End()
        {
            return true;
        }

        /// <summary>Reads the newest conversion.</summary>
        /// <returns>Amperes; NaN when there is none since the last call.</returns>
        /// <exception cref="BusException">It does not answer.</exception>
        [HotPath]
        public abstract float Read();
    }
}
