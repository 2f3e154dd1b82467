using System;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Edge;
using Spectre.Console;

namespace Sensors.Cli.Output
{
    /// <summary>The table on a terminal, drawn again a few times a second while a session runs.</summary>
    internal sealed class LiveView : IReadingView
    {
        private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(250);

        private readonly IAnsiConsole _terminal;
        private readonly LiveModel _model;

        public LiveView(IAnsiConsole terminal, string broker, bool noColour)
        {
            _terminal = terminal;
            _model = new LiveModel(broker);
            if (noColour)
            {
                terminal.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
            }
        }

        public void Show(ReadingMessage reading, ReadOnlyMemory<byte> message) => _model.Enter(reading);

        public void Show(AlarmMessage alarm, ReadOnlyMemory<byte> message) => _model.Enter(AlarmText.Sentence(alarm));

        public void Show(StatusMessage status) => _model.Enter(status);

        public void Tell(CliEvent happened) => _model.Enter(happened.Text);

        /// <summary>Draws until the work is done; the last frame stays, the cursor comes back.</summary>
        public Task DrawWhileAsync(Func<Task> work) => _terminal.Live(Frame()).AutoClear(false).StartAsync(async context =>
        {
            Task running = work();
            while (!running.IsCompleted)
            {
                context.UpdateTarget(Frame());
                await Task.WhenAny(running, Task.Delay(FrameTime)).ConfigureAwait(false);
            }

            context.UpdateTarget(Frame());
            await running.ConfigureAwait(false);
        });

        private Spectre.Console.Rendering.IRenderable Frame() => _model.Draw(_terminal.Profile.Width, _terminal.Profile.Height);
    }
}
