using Xunit;

namespace MetricsHub.Domain.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Domain_References_AreThoseOfTheRuntimeOnly() =>
        Assert.All(
            typeof(Key).Assembly.GetReferencedAssemblies(),
            reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));
}
