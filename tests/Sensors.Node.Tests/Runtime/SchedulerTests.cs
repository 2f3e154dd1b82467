using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Node.Tests.Runtime
{
    /// <summary>The cooperative loop.</summary>
    public class SchedulerTests
    {
        private readonly TestClock _clock = new TestClock();
        private readonly FaultLog _faults = new FaultLog();
        private readonly List<string> _ran = new List<string>();

        [Fact]
        public void Tasks_due_together_run_in_their_order()
        {
            Scheduler loop = Loop(Task("a", 100), Task("b", 100), Task("c", 100));
            Assert.Equal(0, loop.RunOnce());
            Assert.Equal(0, loop.RunOnce());
            Assert.Equal(100, loop.RunOnce());
            Assert.Equal(new[] { "a", "b", "c" }, _ran);
        }

        [Fact]
        public void Nothing_runs_before_it_is_due()
        {
            Scheduler loop = Loop(Task("a", 100));
            loop.RunOnce();
            _clock.Now += 40_000;
            Assert.Equal(60, loop.RunOnce());
            Assert.Single(_ran);
            _clock.Now += 60_000;
            Assert.Equal(100, loop.RunOnce());
            Assert.Equal(2, _ran.Count);
        }

        [Fact]
        public void A_task_that_always_wants_to_run_starves_nobody()
        {
            Scheduler loop = Loop(Task("greedy", 0, 300), Task("b", 1000), Task("c", 1000));
            for (int i = 0; i < 1000; i++)
            {
                loop.RunOnce();
            }

            // Wanted every 1,000 ms, at worst one greedy turn of 300 ms late, and once more while the other one is served.
            long fewest = _clock.Milliseconds / 1600;
            Assert.True(_ran.Count(name => name == "b") >= fewest);
            Assert.True(_ran.Count(name => name == "c") >= fewest);
        }

        [Fact]
        public void A_task_that_throws_waits_its_penalty_and_the_others_go_on()
        {
            var broken = new ActingTask(() => throw new InvalidOperationException("no such chip"));
            Scheduler loop = Loop(broken, Task("b", 100));
            loop.RunOnce();
            loop.RunOnce();
            Assert.Equal(new[] { "b" }, _ran);
            Assert.Equal(1, _faults.Count);
            Assert.Equal("InvalidOperationException: no such chip", _faults.Last);

            _clock.Now += 999_000;
            loop.RunOnce();
            Assert.Equal(1, _faults.Count);
            _clock.Now += 1_000;
            loop.RunOnce();
            loop.RunOnce();
            Assert.Equal(2, _faults.Count);
        }

        [Fact]
        public void A_loop_without_tasks_rests()
        {
            Assert.Equal(Scheduler.RestMilliseconds, Loop().RunOnce());
        }

        private Scheduler Loop(params NodeTask[] tasks) => new Scheduler(_clock, tasks, _faults);

        private ActingTask Task(string name, int wait, int takes = 0) => new ActingTask(() =>
        {
            _ran.Add(name);
            _clock.Now += takes * 1000L;
            return wait;
        });

        private sealed class ActingTask : NodeTask
        {
            private readonly Func<int> _act;

            public ActingTask(Func<int> act)
            {
                _act = act;
            }

            public override int Step(long now) => _act();
        }
    }
}
