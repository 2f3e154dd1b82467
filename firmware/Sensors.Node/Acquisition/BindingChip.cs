using System;
using System.Device.I2c;
using System.Diagnostics.CodeAnalysis;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// A chip that a binding of nanoFramework.Iot.Device reads: opened once, measured once a cycle, for as many points as it has quantities.
    /// One thread at a time.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Bindings are written to be short. They do not look at the status of a transfer, and a chip that did not answer reads as zeros: -273.15 °C in one,
    /// the value of a minute ago in another. So whoever derives from this proves each value in <see cref="Measure"/>, by what the chip gives with a
    /// checksum or by the binding's own habits, and tells a failed transfer by a <see cref="BusException"/>. This class does the rest: it
    /// opens the port and the binding, turns whatever a binding throws into the node's two exceptions, refuses values outside of what the
    /// chip can tell, and lets all points of the chip see each failure and each measurement once.
    /// </para>
    /// <para>A binding allocates with every reading, whatever is done here; so the cycle is a second or more.</para>
    /// </remarks>
    public abstract class BindingChip
    {
        private const long AtOnce = 0;

        private readonly BindingQuantity[] _quantities;
        private readonly I2cBusSpeed _fastest;
        private readonly float[] _values;
        private readonly SensorFault[] _faults;
        private I2cDevice _bound; // the port the binding was made on
        private long _due;
        private Exception _failure;

        /// <summary>Makes a chip; nothing is opened yet.</summary>
        /// <param name="name">The chip's name, such as <c>SHT3X</c>.</param>
        /// <param name="bus">Where it is, closed.</param>
        /// <param name="fastest">The fastest clock the chip bears.</param>
        /// <param name="clock">The node's time.</param>
        /// <param name="cycleMilliseconds">From one measurement to the next.</param>
        /// <param name="quantities">What it measures.</param>
        protected BindingChip(string name, BindingBus bus, I2cBusSpeed fastest, Clock clock, int cycleMilliseconds, BindingQuantity[] quantities)
        {
            Name = name;
            Bus = bus;
            Clock = clock;
            CycleMilliseconds = cycleMilliseconds;
            _fastest = fastest;
            _quantities = quantities;
            _values = new float[quantities.Length];
            _faults = new SensorFault[quantities.Length];
        }

        /// <summary>Gets the chip's name.</summary>
        public string Name { get; }

        /// <summary>Gets where it is.</summary>
        public BindingBus Bus { get; }

        /// <summary>Gets the time from one measurement to the next, in milliseconds.</summary>
        public int CycleMilliseconds { get; }

        /// <summary>Gets how many measurements succeeded; it counts, so that each point takes each of them once.</summary>
        internal int Measurements { get; private set; }

        /// <summary>Gets how many measurements failed; it counts, so that each point sees each failure once.</summary>
        internal int Failures { get; private set; }

        /// <summary>Gets the node's time.</summary>
        protected Clock Clock { get; }

        /// <summary>Makes the source of one quantity.</summary>
        /// <param name="kind">One of <see cref="PointKinds"/>.</param>
        /// <param name="channel">The quantity's name; null or empty for the first of that kind.</param>
        /// <returns>A new source, all sources of a chip share it; null when it measures no such thing.</returns>
        public BindingSource Source(string kind, string channel)
        {
            for (int i = 0; i < _quantities.Length; i++)
            {
                BindingQuantity quantity = _quantities[i];
                if (quantity.Kind == kind && (channel == null || channel.Length == 0 || quantity.Channel == channel))
                {
                    return new BindingSource(this, i, quantity);
                }
            }

            return null;
        }

        /// <summary>Opens the binding on an open port and checks, with transfers of its own, that the chip meant is there.</summary>
        /// <param name="device">The port. It is disposed of when it is opened anew: a binding that lives longer than one measurement is made here each time.</param>
        /// <exception cref="BusException">Nobody answers.</exception>
        /// <exception cref="SensorException">Another chip answers.</exception>
        protected abstract void Bind(I2cDevice device);

        /// <summary>Measures all quantities through the binding, and believes none that is not proved.</summary>
        /// <param name="values">Receives a value for each quantity; <see cref="Refuse"/> those that the chip itself calls wrong.</param>
        /// <returns>False when the chip has nothing yet: no value is taken, and nothing has failed.</returns>
        /// <exception cref="BusException">A transfer failed.</exception>
        /// <exception cref="SensorException">What arrived cannot be true.</exception>
        protected abstract bool Measure(float[] values);

        /// <summary>Checks that the chip is there and set up as <see cref="Bind"/> left it.</summary>
        /// <exception cref="BusException">Nobody answers.</exception>
        /// <exception cref="SensorException">It is another chip, or lost what was set.</exception>
        protected abstract void Inspect();

        /// <summary>Says, in <see cref="Measure"/>, that the chip works but has no value of one quantity.</summary>
        /// <param name="quantity">Its index.</param>
        /// <param name="fault">What the chip tells.</param>
        protected void Refuse(int quantity, SensorFault fault)
        {
            _faults[quantity] = fault;
        }

        /// <summary>Tells what the chip can tell of a quantity.</summary>
        /// <param name="quantity">Its index.</param>
        /// <param name="value">A value.</param>
        /// <returns>True when it lies within; false for NaN.</returns>
        protected bool IsInRange(int quantity, float value)
        {
            return value >= _quantities[quantity].Lowest && value <= _quantities[quantity].Highest;
        }

        internal void Start()
        {
            _bound = null;
            try
            {
                BindToPort();
            }
            catch (Exception exception)
            {
                throw Known(exception);
            }

            _due = AtOnce;
        }

        internal void Check()
        {
            try
            {
                BindToPort();
                Inspect();
            }
            catch (Exception exception)
            {
                throw Known(exception);
            }
        }

        /// <summary>Measures when it is time to. Throws nothing: what failed is told by <see cref="Failures"/>, to each point.</summary>
        [SuppressMessage("Sensors", "NANO114", Justification = "A binding allocates buffers and values in every reading; once a cycle, of a second or more.")]
        internal void MeasureWhenDue()
        {
            long now = Clock.Milliseconds;
            if (now < _due)
            {
                return;
            }

            try
            {
                BindToPort();
                for (int i = 0; i < _faults.Length; i++)
                {
                    _faults[i] = SensorFault.None;
                }

                if (!Measure(_values))
                {
                    return;
                }

                for (int i = 0; i < _values.Length; i++)
                {
                    if (_faults[i] == SensorFault.None)
                    {
                        RequireInRange(i);
                    }
                }

                Measurements++;
                long next = _due + CycleMilliseconds; // a grid, as long as it is kept
                _due = next > now && _due != AtOnce ? next : now + CycleMilliseconds;
            }
            catch (Exception exception)
            {
                _failure = Known(exception);
                Failures++;
                _due = AtOnce; // whoever tries again means it
            }
        }

        [HotPath]
        internal float ValueOf(int quantity)
        {
            return _faults[quantity] == SensorFault.None ? _values[quantity] : float.NaN;
        }

        [HotPath]
        internal SensorFault FaultOf(int quantity)
        {
            return _faults[quantity];
        }

        [HotPath]
        internal void ThrowFailure()
        {
            throw _failure;
        }

        // Opened anew by one of the points, the port is another object, and the binding holds the old one.
        [SuppressMessage("Sensors", "NANO114", Justification = "Only after a port was opened anew, for a sensor that failed.")]
        private void BindToPort()
        {
            Bus.RequireOpen(0);
            if (_bound == Bus.Device)
            {
                return;
            }

            _bound = null;
            I2cBusSpeed speed = Bus.Device.ConnectionSettings.BusSpeed;
            if (speed > _fastest)
            {
                throw new SensorException(Name, SensorFault.BusConflict, 0, (int)speed, (int)_fastest);
            }

            Bind(Bus.Device);
            _bound = Bus.Device;
        }

        // NaN and the infinities are in no range.
        private void RequireInRange(int quantity)
        {
            float value = _values[quantity];
            if (!IsInRange(quantity, value))
            {
                BindingQuantity asked = _quantities[quantity];
                float limit = value > asked.Highest ? asked.Highest : asked.Lowest;
                throw new SensorException(Name, SensorFault.OutOfRange, 0, DigitWriter.IsWritable(value) ? (int)value : 0, (int)limit);
            }
        }

        private Exception Known(Exception exception)
        {
            return exception is BusException || exception is SensorException ? exception : new BusException(Bus.Name, 0, BusStatus.Unknown);
        }
    }
}
