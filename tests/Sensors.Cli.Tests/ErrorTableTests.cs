using System.IO;
using System.Linq;
using Sensors.Cli.Errors;
using Sensors.Cli.Tests.Support;

namespace Sensors.Cli.Tests
{
    public class ErrorTableTests
    {
        [Fact]
        public void EveryRowIsListedOnceAndInOrder()
        {
            string[] codes = [.. ErrorTable.All.Select(row => row.Code)];
            Assert.Equal(codes.Distinct().Order(System.StringComparer.Ordinal), codes);
            Assert.Equal(typeof(ErrorTable).GetFields().Length, codes.Length);
        }

        [Fact]
        public void TheReadmeListsEveryRowWithItsExitCode()
        {
            string readme = File.ReadAllText(Path.Combine(Repository.Root, "tools", "Sensors.Cli", "README.md"));
            Assert.All(ErrorTable.All, row => Assert.Contains($"| {row.Code} | {row.Title} | {row.Exit} |", readme));
            Assert.Equal(ErrorTable.All.Count, readme.Split('\n').Count(line => line.StartsWith("| S", System.StringComparison.Ordinal)));
        }
    }
}
