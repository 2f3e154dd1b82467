using Sensors.Edge.Tests.Support;
using Xunit.Runner.InProc.SystemConsole;

// What is killed runs in a process of its own: this one, told so by its first argument. Everything else is for the test runner.
return args is [VictimProcess.Store, string file]
    ? Victim.Store(file)
    : args is [VictimProcess.Service, string store, string port]
    ? await Victim.ServeAsync(store, port)
    : await ConsoleRunner.Run(args);
