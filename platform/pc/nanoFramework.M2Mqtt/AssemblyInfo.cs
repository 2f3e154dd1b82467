using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Sensors.Platform.Tests")]
