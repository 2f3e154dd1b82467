using System;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using NanoFramework.Pc;
using NanoFramework.Pc.Device;
using Sensors.Platform.Tests.Scripted;

namespace Sensors.Platform.Tests.Board
{
    public class Esp32Tests
    {
        [Fact]
        public void An_ESP32_starts_with_the_pins_of_its_image()
        {
            TestBoard.Start();
            Assert.Equal(23, Configuration.GetFunctionPin(DeviceFunction.SPI1_MOSI));
            Assert.Equal(25, Configuration.GetFunctionPin(DeviceFunction.SPI1_MISO));
            Assert.Equal(19, Configuration.GetFunctionPin(DeviceFunction.SPI1_CLOCK));
            Assert.Equal(-1, Configuration.GetFunctionPin(DeviceFunction.SPI2_MOSI));
            Assert.Equal(18, Configuration.GetFunctionPin(DeviceFunction.I2C1_DATA));
            Assert.Equal(19, Configuration.GetFunctionPin(DeviceFunction.I2C1_CLOCK));
            Assert.Equal(25, Configuration.GetFunctionPin(DeviceFunction.I2C2_DATA));
            Assert.Equal(26, Configuration.GetFunctionPin(DeviceFunction.I2C2_CLOCK));
        }

        [Fact]
        public void An_ESP32_S3_starts_with_none()
        {
            TestBoard.Start("ESP32_S3_OCTAL");
            Assert.Equal(-1, Configuration.GetFunctionPin(DeviceFunction.SPI1_MOSI));
            Assert.Equal(-1, Configuration.GetFunctionPin(DeviceFunction.I2C1_DATA));
        }

        [Fact]
        public void A_pin_that_cannot_drive_cannot_serve_an_output()
        {
            TestBoard.Start();
            Assert.Throws<ArgumentException>(() => Configuration.SetPinFunction(34, DeviceFunction.SPI1_CLOCK));
            Assert.Throws<ArgumentException>(() => Configuration.SetPinFunction(35, DeviceFunction.I2C1_DATA));
            Configuration.SetPinFunction(34, DeviceFunction.SPI1_MISO);
            Assert.Equal(34, Configuration.GetFunctionPin(DeviceFunction.SPI1_MISO));
        }

        [Fact]
        public void Analogue_channels_cannot_be_moved()
        {
            TestBoard.Start();
            Assert.Throws<ArgumentException>(() => Configuration.SetPinFunction(32, DeviceFunction.ADC1_CH4));
        }

        [Fact]
        public void Pins_of_one_board_are_nothing_to_another()
        {
            TestBoard first = TestBoard.Start();
            Configuration.SetPinFunction(13, DeviceFunction.SPI1_MOSI);
            TestBoard.Start();
            Assert.Equal(23, Configuration.GetFunctionPin(DeviceFunction.SPI1_MOSI));
            PcBoard.Enter(first);
            Assert.Equal(13, Configuration.GetFunctionPin(DeviceFunction.SPI1_MOSI));
        }

        [Fact]
        public void The_timer_reads_the_boards_microseconds()
        {
            TestBoard.Start().Microseconds = 41;
            Assert.Equal(42ul, HighResTimer.GetCurrent());
        }

        [Fact]
        public void There_are_ten_timers()
        {
            TestBoard.Start();
            var timers = new HighResTimer[10];
            for (int i = 0; i < timers.Length; i++)
            {
                timers[i] = new HighResTimer();
            }

            IOException error = Assert.Throws<IOException>(() => new HighResTimer());
            Assert.Equal(IOException.IOExceptionErrorCode.TooManyOpenHandles, error.ErrorCode);
            timers[0].Dispose();
            using var another = new HighResTimer();
        }

        [Fact]
        public void A_timer_fires_once_or_again_and_again()
        {
            TestBoard board = TestBoard.Start();
            var time = new ManualTime();
            board.Time = time;
            using var timer = new HighResTimer();
            int fired = 0;
            timer.OnHighResTimerExpired += (_, _) =>
            {
                Assert.Same(board, PcBoard.Current);
                fired++;
            };
            timer.StartOneShot(5000);
            time.Advance(4);
            Assert.Equal(0, fired);
            time.Advance(10);
            Assert.Equal(1, fired);
            timer.StartOnePeriodic(2000);
            time.Advance(6);
            Assert.Equal(4, fired);
            timer.Stop();
            time.Advance(6);
            Assert.Equal(4, fired);
        }

        [Fact]
        public void Memory_is_internal_without_external_RAM()
        {
            TestBoard.Start();
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.SpiRam, out uint total, out _, out _);
            Assert.Equal(0u, total);
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.All, out total, out uint free, out uint largest);
            Assert.True(total > free && free >= largest && largest > 0);
        }

        [Fact]
        public void Deep_sleep_lets_time_pass_and_restarts()
        {
            TestBoard board = TestBoard.Start();
            Assert.Equal(Sleep.WakeupCause.Undefined, Sleep.GetWakeupCause());
            Sleep.EnableWakeupByTimer(TimeSpan.FromSeconds(3));
            Assert.Throws<BoardOffException>(() => Sleep.StartDeepSleep());
            Assert.Equal(new[] { 3000 }, board.Sleeps);
            Assert.Equal(1, board.Reboots);
            Assert.Equal(Sleep.WakeupCause.Timer, Sleep.GetWakeupCause());
            Assert.Throws<BoardOffException>(() => nanoFramework.Runtime.Native.Power.RebootDevice());
            Assert.Equal(Sleep.WakeupCause.Undefined, Sleep.GetWakeupCause());
        }

        [Fact]
        public void A_wake_up_the_board_cannot_do_says_so()
        {
            TestBoard.Start();
            Assert.Equal(EspNativeError.NOT_SUPPORTED, Sleep.EnableWakeupByPin(Sleep.WakeupGpioPin.Pin4, 1));
            Assert.Equal(EspNativeError.INVALID_STATE, Sleep.StartLightSleep());
        }
    }
}
