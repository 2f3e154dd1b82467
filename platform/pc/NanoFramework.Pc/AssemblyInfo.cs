using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Sensors.Platform.Tests")]
[assembly: InternalsVisibleTo("nanoFramework.M2Mqtt")]
