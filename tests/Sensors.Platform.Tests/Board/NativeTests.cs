using System;
using System.Device.Gpio;
using nanoFramework.Runtime.Native;
using NanoFramework.Pc;
using Sensors.Platform.Tests.Scripted;
using Thread = NanoFramework.Pc.Device.Thread;

namespace Sensors.Platform.Tests.Board
{
    public class NativeTests
    {
        [Fact]
        public void A_restart_tells_its_listeners_and_ends_the_caller()
        {
            TestBoard board = TestBoard.Start();
            int told = 0;
            Power.OnRebootEvent += () => told++;
            Power.OnRebootEvent += () => throw new InvalidOperationException();
            Assert.Throws<BoardOffException>(() => Power.RebootDevice());
            Assert.Equal(1, told);
            Assert.Equal(1, board.Reboots);
        }

        [Fact]
        public void A_restart_frees_what_was_open()
        {
            TestBoard.Start();
            new GpioController().OpenPin(4);
            Assert.Throws<BoardOffException>(() => Power.RebootDevice(RebootOption.ClrOnly));
            new GpioController().OpenPin(4);
        }

        [Fact]
        public void The_garbage_collector_reports_the_boards_free_heap()
        {
            TestBoard.Start();
            Assert.Equal(102_400u, nanoFramework.Runtime.Native.GC.Run(true));
        }

        [Fact]
        public void The_clock_is_set_in_UTC()
        {
            TestBoard board = TestBoard.Start();
            Assert.True(Rtc.SetSystemTime(new DateTime(2026, 7, 31, 12, 0, 0)));
            Assert.Equal(DateTimeKind.Utc, board.UtcNow.Kind);
            Assert.Equal(12, board.UtcNow.Hour);
        }

        [Fact]
        public void The_system_tells_its_target()
        {
            TestBoard.Start("ESP32_S3_QUAD");
            Assert.Equal("ESP32_S3_QUAD", SystemInfo.TargetName);
            Assert.Equal("ESP32", SystemInfo.Platform);
            Assert.Equal(1, SystemInfo.Version.Major);
        }

        [Fact]
        public void A_constraint_strikes_the_thread_that_takes_too_long()
        {
            TestBoard.Start();
            ExecutionConstraint.Install(100, 0);
            Thread.Sleep(50);
            Assert.Throws<ConstraintException>(() => Thread.Sleep(51));
            Thread.Sleep(500);
        }

        [Fact]
        public void A_constraint_can_be_taken_back()
        {
            TestBoard.Start();
            ExecutionConstraint.Install(100, 0);
            ExecutionConstraint.Install(-1, 0);
            Thread.Sleep(500);
        }
    }
}
