using System;
using System.Collections.Concurrent;
using System.Device.Gpio;
using System.Threading;
using NanoFramework.Pc;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class PinEventTests : IDisposable
    {
        private const int Button = 0, Interrupt = 4;
        private readonly VirtualEsp32 _board = new();
        private readonly GpioController _gpio;
        private readonly BlockingCollection<PinEventTypes> _seen = new();

        public PinEventTests()
        {
            PcBoard.Enter(_board);
            _gpio = new GpioController();
        }

        public void Dispose()
        {
            _gpio.Dispose();
            _board.Dispose();
        }

        [Fact]
        public void A_button_is_heard_at_once()
        {
            _board.Pins.Wire(Button, true);
            Listen(_gpio.OpenPin(Button, PinMode.InputPullUp));
            _board.Pins.Wire(Button, false);
            Next(PinEventTypes.Falling);
            _board.Pins.Wire(Button, false); // nothing new
            _board.Pins.Wire(Button, true);
            Next(PinEventTypes.Rising);
            NoMore();
            Assert.Equal(0, _board.Time.Nanoseconds);
        }

        [Fact]
        public void A_callback_registered_by_number_hears_its_edge_alone()
        {
            _gpio.OpenPin(Button, PinMode.InputPullUp);
            _gpio.RegisterCallbackForPinValueChangedEvent(Button, PinEventTypes.Falling, (_, e) => _seen.Add(e.ChangeType));
            _board.Pins.Wire(Button, false);
            _board.Pins.Wire(Button, true);
            Next(PinEventTypes.Falling);
            NoMore();
        }

        [Fact]
        public void Both_edges_of_a_short_pulse_in_a_long_sleep_are_heard()
        {
            _board.Pins.Wire(Interrupt, () => _board.Time.Seconds is >= 0.5 and < 0.502);
            Listen(_gpio.OpenPin(Interrupt, PinMode.Input));
            _board.Sleep(1000);
            Next(PinEventTypes.Rising);
            Next(PinEventTypes.Falling);
            NoMore();
        }

        [Fact]
        public void A_chip_s_interrupt_rises_at_its_watermark_and_falls_when_the_FIFO_is_read()
        {
            var chip = new VirtualAdxl345(_board.Time, new CountingSource(), 1);
            _board.WireSpi(Wire.SpiBus, Wire.ChipSelect, chip);
            _board.Pins.Wire(Interrupt, () => chip.InterruptPin(1));
            _board.Spi(0x2C, 0x0A); // 100 Hz
            _board.Spi(0x38, 0x84); // stream, watermark at 4
            _board.Spi(0x2E, 0x02);
            Listen(_gpio.OpenPin(Interrupt, PinMode.Input));
            _board.Spi(0x2D, 0x08);
            for (int round = 0; round < 3; round++)
            {
                NoMore();
                _board.Sleep(45);
                Next(PinEventTypes.Rising);
                for (int i = 0; i < 4; i++)
                {
                    _board.Spi(0xF2, 0, 0, 0, 0, 0, 0);
                }

                Next(PinEventTypes.Falling);
            }
        }

        [Fact]
        public void A_pulse_shorter_than_the_debounce_time_is_not_heard()
        {
            GpioPin pin = _gpio.OpenPin(Button, PinMode.InputPullUp);
            pin.DebounceTimeout = TimeSpan.FromMilliseconds(20);
            Listen(pin);
            _board.Pins.Wire(Button, false);
            _board.Sleep(5);
            _board.Pins.Wire(Button, true);
            _board.Sleep(50);
            NoMore();
            _board.Pins.Wire(Button, false);
            _board.Sleep(50);
            Next(PinEventTypes.Falling);
        }

        [Fact]
        public void What_nobody_listens_to_is_not_looked_at()
        {
            int looks = 0;
            _board.Pins.Wire(Interrupt, () => Interlocked.Increment(ref looks) < 0);
            GpioPin pin = _gpio.OpenPin(Interrupt, PinMode.Input);
            _board.Sleep(100);
            Assert.Equal(0, looks);
            PinValueChangedEventHandler handler = (_, _) => { };
            pin.ValueChanged += handler;
            _board.Sleep(100);
            Assert.InRange(looks, 100, 102);
            pin.ValueChanged -= handler;
            _board.Sleep(100);
            Assert.InRange(looks, 100, 102);
        }

        [Fact]
        public void An_output_is_the_firmware_s_own()
        {
            GpioPin pin = _gpio.OpenPin(Button, PinMode.Output);
            Listen(pin);
            pin.Write(PinValue.High);
            Next(PinEventTypes.Rising);
            _board.Sleep(10);
            NoMore();
        }

        [Fact]
        public void A_firmware_that_was_restarted_hears_of_no_pin_any_more()
        {
            using var listening = new ManualResetEventSlim();
            using var again = new ManualResetEventSlim();
            using var restart = new ManualResetEventSlim();
            _board.PowerOn(() =>
            {
                if (_board.Starts == 1)
                {
                    Listen(new GpioController().OpenPin(Button, PinMode.InputPullUp));
                    listening.Set();
                    restart.Wait();
                    _board.Reboot();
                }

                again.Set();
            });
            Assert.True(listening.Wait(5000, TestContext.Current.CancellationToken));
            _board.Pins.Wire(Button, false);
            Next(PinEventTypes.Falling);
            restart.Set();
            Assert.True(again.Wait(5000, TestContext.Current.CancellationToken));
            _board.Pins.Wire(Button, true);
            _board.Sleep(10);
            NoMore();
        }

        private void Listen(GpioPin pin) => pin.ValueChanged += (_, e) => _seen.Add(e.ChangeType);

        private void Next(PinEventTypes expected)
        {
            Assert.True(_seen.TryTake(out PinEventTypes seen, 5000), "no event");
            Assert.Equal(expected, seen);
        }

        private void NoMore() => Assert.False(_seen.TryTake(out PinEventTypes seen, 50), seen.ToString());
    }
}
