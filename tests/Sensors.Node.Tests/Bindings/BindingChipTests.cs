using System;
using System.Collections.Generic;
using System.Device.I2c;
using Sensors.Drivers;

namespace Sensors.Node.Tests.Bindings
{
    /// <summary>What the adapter does for every binding, whatever that throws, returns or forgets.</summary>
    public sealed class BindingChipTests : IDisposable
    {
        private readonly BindingBench _bench = new();
        private readonly ScriptedChip _chip;
        private readonly BindingSource _first;
        private readonly BindingSource _second;

        public BindingChipTests()
        {
            _chip = new ScriptedChip(new BindingBus(_bench.Board, 1, 0x44), _bench.Clock);
            _first = _chip.Source(PointKinds.Temperature, null)!;
            _second = _chip.Source(PointKinds.Humidity, string.Empty)!;
            BindingBench.Start(_first);
            BindingBench.Start(_second);
        }

        public void Dispose() => _bench.Dispose();

        public static TheoryData<Exception> Exceptions => new()
        {
            new InvalidOperationException(), new ArgumentException("buffer"), new NullReferenceException(), new OutOfMemoryException(),
            new TimeoutException(), new Exception("plain"), new System.IO.IOException(),
        };

        [Theory]
        [MemberData(nameof(Exceptions))]
        public void Whatever_a_binding_throws_is_a_failed_transfer(Exception thrown)
        {
            _chip.OnMeasure = _ => throw thrown;
            BusException failure = Assert.Throws<BusException>(() => _first.Read());
            Assert.Equal(("I2C1 0x44", BusStatus.Unknown), (failure.Bus, failure.Status));
            _chip.OnBind = () => throw thrown;
            _first.Bus.Reopen();
            Assert.Equal(BusStatus.Unknown, Assert.Throws<BusException>(_first.Start).Status);
            Assert.Equal(BusStatus.Unknown, Assert.Throws<BusException>(_first.Check).Status);
        }

        [Fact]
        public void The_node_s_own_exceptions_arrive_as_they_are()
        {
            var bus = new BusException("I2C1 0x44", 7, BusStatus.Timeout);
            var sensor = new SensorException("X", SensorFault.WrongIdentity, 1, 2, 3);
            _chip.OnMeasure = _ => throw bus;
            Assert.Same(bus, Assert.Throws<BusException>(() => _first.Read()));
            _chip.OnMeasure = _ => throw sensor;
            Assert.Same(sensor, Assert.Throws<SensorException>(() => _first.Read()));
        }

        [Theory]
        [InlineData(-50.1f)]
        [InlineData(150.1f)]
        [InlineData(float.NaN)]
        [InlineData(float.PositiveInfinity)]
        [InlineData(float.NegativeInfinity)]
        [InlineData(float.MaxValue)]
        public void What_the_chip_cannot_tell_is_refused(float value)
        {
            _chip.OnMeasure = values => values[0] = value;
            Assert.Equal(SensorFault.OutOfRange, Assert.Throws<SensorException>(() => _first.Read()).Fault);
            Assert.Equal(SensorFault.None, _first.ProbeFault);
        }

        [Theory]
        [InlineData(-50f)]
        [InlineData(0f)]
        [InlineData(150f)]
        public void The_ends_of_the_range_belong_to_it(float value)
        {
            _chip.OnMeasure = values => values[0] = value;
            Assert.Equal(value, _first.Read());
        }

        [Fact]
        public void Each_failure_is_seen_by_every_point_once_and_tried_again_at_once()
        {
            _chip.OnMeasure = _ => throw new InvalidOperationException();
            Assert.Throws<BusException>(() => _first.Read());
            _chip.OnMeasure = _ => { };
            Assert.Equal(20, _first.Read());
            Assert.Throws<BusException>(() => _second.Read());
            Assert.Equal(50, _second.Read());
            Assert.True(float.IsNaN(_first.Read()));
            Assert.True(float.IsNaN(_second.Read()));
            Assert.Equal(2, _chip.Measured);
        }

        [Fact]
        public void A_measurement_before_the_start_of_a_point_is_no_news_to_it()
        {
            Assert.Equal(20, _first.Read());
            BindingBench.Start(_second);
            _chip.OnMeasure = values => values[1] = 60;
            Assert.Equal(60, _second.Read());
        }

        [Fact]
        public void Time_is_kept_on_a_grid_and_a_missed_turn_is_not_made_up_for()
        {
            Assert.Equal(20, _first.Read());
            for (int i = 1; i <= 10; i++)
            {
                _bench.Pass(999);
                _first.Read();
                _bench.Pass(1);
                _first.Read();
            }

            Assert.InRange(_chip.Measured, 10, 11);
            int measured = _chip.Measured;
            _bench.Pass(10_000);
            _first.Read();
            _first.Read();
            Assert.Equal(measured + 1, _chip.Measured);
        }

        [Fact]
        public void A_port_opened_anew_gets_a_new_binding()
        {
            Assert.Equal(20, _first.Read());
            int bound = _chip.Bound.Count;
            _first.Bus.Reopen(); // the second stage of recovery: without a start
            _bench.Pass(1000);
            Assert.Equal(50, _second.Read());
            Assert.Equal(bound + 1, _chip.Bound.Count);
            Assert.Same(_chip.Bus.Device, _chip.Bound[^1]);
            _bench.Pass(1000);
            _first.Read();
            Assert.Equal(bound + 1, _chip.Bound.Count);
        }

        [Fact]
        public void A_binding_that_disposed_of_its_port_fails_and_comes_back()
        {
            _chip.Bus.Device.Dispose();
            _chip.OnMeasure = _ => _chip.Bus.Read(0xF3);
            Assert.Throws<BusException>(() => _first.Read());
            _chip.OnMeasure = _ => { };
            BindingBench.Start(_first);
            Assert.Equal(20, _first.Read());
        }

        [Fact]
        public void A_closed_port_is_a_failed_transfer()
        {
            _chip.Bus.Close();
            _chip.Bus.Close();
            Assert.Null(_chip.Bus.Device);
            Assert.Equal(BusStatus.NotOpen, Assert.Throws<BusException>(() => _first.Read()).Status);
            Assert.Equal(BusStatus.NotOpen, Assert.Throws<BusException>(_first.Check).Status);
            Assert.Equal(BusStatus.NotOpen, Assert.Throws<BusException>(() => _chip.Bus.Write(0x30, new byte[1], 1)).Status);
        }

        [Fact]
        public void A_port_that_cannot_be_opened_is_told_by_its_name()
        {
            BusException failure = Assert.Throws<BusException>(new BindingBus(_bench.Board, 3, 0x44).Reopen); // the board has two
            Assert.Equal(("I2C3 0x44", BusStatus.NotOpen), (failure.Bus, failure.Status));
        }

        [Fact]
        public void Nothing_measured_yet_is_neither_value_nor_failure()
        {
            _chip.Ready = false;
            Assert.True(float.IsNaN(_first.Read()));
            Assert.Equal(SensorFault.None, _first.ProbeFault);
            _chip.Ready = true;
            Assert.Equal(20, _first.Read());
        }

        [Fact]
        public void A_fault_of_one_quantity_is_told_once_a_measurement_and_goes_with_the_next_good_value()
        {
            _chip.OnMeasure = _ => _chip.Say(0, SensorFault.SensorOpen);
            Assert.True(float.IsNaN(_first.Read()));
            Assert.Equal(SensorFault.SensorOpen, _first.ProbeFault);
            Assert.Equal(50, _second.Read());
            Assert.True(float.IsNaN(_first.Read())); // nothing new
            Assert.Equal(SensorFault.None, _first.ProbeFault);
            _chip.OnMeasure = _ => { };
            _bench.Pass(1000);
            Assert.Equal(20, _first.Read());
            Assert.Equal(SensorFault.None, _first.ProbeFault);
        }

        [Fact]
        public void A_bus_too_fast_for_the_chip_is_refused_before_the_binding_is_made()
        {
            var slow = new ScriptedChip(new BindingBus(_bench.Board, 1, 0x44), _bench.Clock, I2cBusSpeed.StandardMode);
            BindingSource source = slow.Source(PointKinds.Temperature, "air")!;
            source.Bus.Reopen();
            Assert.Equal(SensorFault.BusConflict, Assert.Throws<SensorException>(source.Start).Fault);
            Assert.Empty(slow.Bound);
        }

        [Fact]
        public void Quantities_are_found_by_kind_and_channel()
        {
            Assert.NotNull(_chip.Source(PointKinds.Temperature, "air"));
            Assert.Null(_chip.Source(PointKinds.Temperature, "wall"));
            Assert.Null(_chip.Source(PointKinds.Humidity, "air"));
            Assert.Null(_chip.Source(PointKinds.Current, null));
        }

        [Fact]
        public void The_bus_tells_what_the_controller_said()
        {
            _bench.HygrometerCable.Plan = _ => Wire.Missed;
            Assert.Equal(BusStatus.NotAcknowledged, Assert.Throws<BusException>(() => _chip.Bus.Read(0xF3)).Status);
            Assert.Equal(BusStatus.NotAcknowledged, Assert.Throws<BusException>(() => _chip.Bus.Write(0x30, new byte[] { 0x41 }, 1)).Status);
            _bench.Hygrometer.Faults.HoldBusFor(TimeSpan.FromSeconds(1));
            Assert.Equal(BusStatus.Timeout, Assert.Throws<BusException>(() => _chip.Bus.Read(0xF3)).Status);
        }

        /// <summary>A chip whose binding does what a test says: 20 °C and 50 % unless it says otherwise.</summary>
        private sealed class ScriptedChip : BindingChip
        {
            public ScriptedChip(BindingBus bus, Clock clock, I2cBusSpeed fastest = I2cBusSpeed.FastMode)
                : base("SCRIPTED", bus, fastest, clock, 1000, new[]
                {
                    new BindingQuantity(PointKinds.Temperature, "air", -50, 150),
                    new BindingQuantity(PointKinds.Humidity, "water", 0, 100),
                })
            {
            }

            public Action OnBind { get; set; } = () => { };

            public Action<float[]> OnMeasure { get; set; } = _ => { };

            public bool Ready { get; set; } = true;

            public List<I2cDevice> Bound { get; } = new();

            public int Measured { get; private set; }

            public void Say(int quantity, SensorFault fault) => Refuse(quantity, fault);

            protected override void Bind(I2cDevice device)
            {
                OnBind();
                Bound.Add(device);
            }

            protected override bool Measure(float[] values)
            {
                Measured++;
                values[0] = 20;
                values[1] = 50;
                OnMeasure(values);
                return Ready;
            }

            protected override void Inspect() => OnBind();
        }
    }
}
