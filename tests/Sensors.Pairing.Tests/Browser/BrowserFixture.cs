using System;
using System.Threading.Tasks;

namespace Sensors.Pairing.Tests.Browser
{
    /// <summary>One browser for all tests that need one: it takes a second or two to start.</summary>
    public sealed class BrowserFixture : IAsyncLifetime
    {
        private const string AllVariable = "SENSORS_BROWSER";

        private WebDriver? _driver;

        /// <summary>Gets the browser, or skips the test aloud where none is installed.</summary>
        internal WebDriver Driver
        {
            get
            {
                Assert.SkipWhen(_driver is null, WebDriver.WhyNot() ?? string.Empty);
                return _driver!;
            }
        }

        /// <summary>Gets the browser for the tests that look at every case of the page, half a minute in all, or skips the test aloud where they are not asked for.</summary>
        internal WebDriver DriverOfAll
        {
            get
            {
                Assert.SkipWhen(Environment.GetEnvironmentVariable(AllVariable) != "all", $"every case of the page takes half a minute: {AllVariable}=all, as .ci/run sets it");
                return Driver;
            }
        }

        /// <inheritdoc/>
        public async ValueTask InitializeAsync()
        {
            _driver = WebDriver.WhyNot() is null ? await WebDriver.StartAsync() : null;
        }

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => _driver?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>Tests that share the browser, one after the other.</summary>
    [CollectionDefinition(Name)]
    public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>
    {
        /// <summary>Name of the collection.</summary>
        public const string Name = "browser";
    }
}
