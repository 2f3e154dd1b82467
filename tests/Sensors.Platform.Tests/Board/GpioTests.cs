using System;
using System.Collections.Generic;
using System.Device.Gpio;
using System.Threading;
using NanoFramework.Pc;
using Sensors.Platform.Tests.Scripted;

namespace Sensors.Platform.Tests.Board
{
    public class GpioTests
    {
        [Fact]
        public void A_pin_cannot_be_opened_twice()
        {
            TestBoard.Start();
            using var gpio = new GpioController();
            gpio.OpenPin(4);
            Assert.Throws<InvalidOperationException>(() => gpio.OpenPin(4));
            Assert.Throws<InvalidOperationException>(() => new GpioController().OpenPin(4));
            gpio.ClosePin(4);
            gpio.OpenPin(4);
        }

        [Theory]
        [InlineData(24)]
        [InlineData(28)]
        [InlineData(40)]
        [InlineData(-1)]
        public void A_pin_the_chip_does_not_have_is_refused(int pin)
        {
            TestBoard.Start();
            Assert.Throws<InvalidOperationException>(() => new GpioController().OpenPin(pin));
        }

        [Fact]
        public void Pins_34_to_39_of_an_ESP32_are_inputs_only()
        {
            TestBoard.Start();
            using var gpio = new GpioController();
            Assert.False(gpio.IsPinModeSupported(34, PinMode.Output));
            GpioPin pin = gpio.OpenPin(34, PinMode.Input);
            Assert.Throws<ArgumentException>(() => pin.SetPinMode(PinMode.Output));
        }

        [Fact]
        public void An_output_starts_low()
        {
            TestBoard board = TestBoard.Start();
            board.Levels[5] = true;
            using var gpio = new GpioController();
            gpio.OpenPin(5, PinMode.Output);
            Assert.False(board.Levels[5]);
        }

        [Fact]
        public void Writing_an_input_is_an_argument_error_and_toggling_it_does_nothing()
        {
            TestBoard board = TestBoard.Start();
            using var gpio = new GpioController();
            GpioPin pin = gpio.OpenPin(5, PinMode.InputPullUp);
            Assert.Throws<ArgumentException>(() => pin.Write(PinValue.High));
            pin.Toggle();
            Assert.Empty(board.Wire);
        }

        [Fact]
        public void Read_write_and_toggle_reach_the_wire()
        {
            TestBoard board = TestBoard.Start();
            using var gpio = new GpioController();
            GpioPin pin = gpio.OpenPin(5, PinMode.Output);
            pin.Write(PinValue.High);
            Assert.Equal(PinValue.High, pin.Read());
            pin.Toggle();
            Assert.Equal(PinValue.Low, gpio.Read(5));
            gpio.Write(5, 1);
            Assert.True(board.Levels[5]);
            Assert.Equal(PinMode.Output, gpio.GetPinMode(5));
        }

        [Fact]
        public void Both_edges_raise_the_event_on_a_thread_of_the_board()
        {
            TestBoard board = TestBoard.Start();
            using var gpio = new GpioController();
            GpioPin pin = gpio.OpenPin(4, PinMode.Input);
            var seen = new List<PinEventTypes>();
            PcBoard? owner = null;
            using var two = new CountdownEvent(2);
            pin.ValueChanged += (_, e) =>
            {
                seen.Add(e.ChangeType);
                owner = PcBoard.Current;
                two.Signal();
            };
            board.PinChanged(4, true);
            board.PinChanged(4, false);
            Assert.True(two.Wait(5000));
            Assert.Equal(new[] { PinEventTypes.Rising, PinEventTypes.Falling }, seen);
            Assert.Same(board, owner);
        }

        [Fact]
        public void The_queue_holds_128_events_and_drops_the_oldest()
        {
            TestBoard board = TestBoard.Start();
            using var gpio = new GpioController();
            GpioPin slow = gpio.OpenPin(4, PinMode.Input);
            GpioPin other = gpio.OpenPin(16, PinMode.Input);
            using var entered = new ManualResetEventSlim();
            using var release = new ManualResetEventSlim();
            using var last = new ManualResetEventSlim();
            int falling = 0;
            int rising = 0;
            slow.ValueChanged += (_, _) =>
            {
                entered.Set();
                release.Wait(5000);
            };
            other.ValueChanged += (_, e) =>
            {
                if (e.ChangeType == PinEventTypes.Falling)
                {
                    falling++;
                }
                else if (++rising == 128)
                {
                    last.Set();
                }
            };
            board.PinChanged(4, true);
            Assert.True(entered.Wait(5000));
            board.PinChanged(16, false);
            for (int i = 0; i < 128; i++)
            {
                board.PinChanged(16, true);
            }

            release.Set();
            Assert.True(last.Wait(5000));
            Assert.Equal(0, falling);
        }

        [Fact]
        public void Nobody_listening_means_no_event_later()
        {
            TestBoard board = TestBoard.Start();
            using var gpio = new GpioController();
            GpioPin pin = gpio.OpenPin(4, PinMode.Input);
            board.PinChanged(4, true);
            using var raised = new ManualResetEventSlim();
            pin.ValueChanged += (_, _) => raised.Set();
            Assert.False(raised.Wait(50));
        }

        [Fact]
        public void A_change_that_does_not_outlast_the_debounce_time_is_not_told()
        {
            var time = new ManualTime();
            TestBoard board = TestBoard.Start();
            board.Time = time;
            using var gpio = new GpioController();
            GpioPin pin = gpio.OpenPin(4, PinMode.Input);
            pin.DebounceTimeout = TimeSpan.FromMilliseconds(20);
            var seen = new List<PinEventTypes>();
            using var raised = new ManualResetEventSlim();
            pin.ValueChanged += (_, e) =>
            {
                seen.Add(e.ChangeType);
                raised.Set();
            };
            board.Levels[4] = false;
            board.PinChanged(4, true); // a pulse: low again when the time is over
            time.Advance(20);
            board.Levels[4] = true;
            board.PinChanged(4, true);
            time.Advance(19);
            Assert.Empty(seen);
            time.Advance(1);
            Assert.True(raised.Wait(5000));
            Assert.Equal(new[] { PinEventTypes.Rising }, seen);
        }

        [Fact]
        public void A_callback_by_number_gets_the_edges_it_asked_for()
        {
            TestBoard board = TestBoard.Start();
            using var gpio = new GpioController();
            gpio.OpenPin(4, PinMode.Input);
            var seen = new List<PinEventTypes>();
            using var raised = new ManualResetEventSlim();
            gpio.RegisterCallbackForPinValueChangedEvent(
                4,
                PinEventTypes.Falling,
                (_, e) =>
                {
                    seen.Add(e.ChangeType);
                    raised.Set();
                });
            board.PinChanged(4, true);
            board.PinChanged(4, false);
            Assert.True(raised.Wait(5000));
            Assert.Equal(new[] { PinEventTypes.Falling }, seen);
        }

        [Fact]
        public void A_handler_that_throws_ends_nothing_else()
        {
            TestBoard board = TestBoard.Start();
            using var gpio = new GpioController();
            GpioPin pin = gpio.OpenPin(4, PinMode.Input);
            using var second = new ManualResetEventSlim();
            int calls = 0;
            pin.ValueChanged += (_, _) =>
            {
                if (++calls == 2)
                {
                    second.Set();
                }

                throw new InvalidOperationException("mine");
            };
            board.PinChanged(4, true);
            board.PinChanged(4, false);
            Assert.True(second.Wait(5000));
            Assert.Contains(board.Deaths, d => d.Cause.Message == "mine");
        }

        [Fact]
        public void A_closed_pin_is_an_input_and_refuses_work()
        {
            TestBoard board = TestBoard.Start();
            using var gpio = new GpioController();
            GpioPin pin = gpio.OpenPin(5, PinMode.Output);
            gpio.ClosePin(5);
            Assert.Equal(PinMode.Input, board.Modes[5]);
            Assert.False(gpio.IsPinOpen(5));
            Assert.Throws<ObjectDisposedException>(() => pin.Write(PinValue.High));
            Assert.Throws<InvalidOperationException>(() => gpio.Read(5));
        }

        [Fact]
        public void Values_convert_as_the_package_converts_them()
        {
            Assert.Equal(PinValue.High, (PinValue)7);
            Assert.Equal(PinValue.Low, (PinValue)false);
            Assert.Equal(1, (int)PinValue.High);
            Assert.True((bool)PinValue.High);
            Assert.True(PinValue.High != PinValue.Low);
            Assert.Equal("High", PinValue.High.ToString());
        }
    }
}
