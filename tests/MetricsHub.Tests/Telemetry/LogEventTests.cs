using System.Reflection;
using MetricsHub.Telemetry;
using Microsoft.Extensions.Logging;
using Xunit;

namespace MetricsHub.Tests.Telemetry;

/// <summary>What is logged can be told apart by a number that stays the same from one version to the next.</summary>
public sealed class LogEventTests
{
    [Fact]
    public void Events_OfTheHub_HaveEachAnIdOfTheirOwn()
    {
        var events = typeof(TelemetrySetup).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (Name: $"{method.DeclaringType}.{method.Name}", Event: method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId))
            .Where(found => found.Event is not null)
            .ToList();

        Assert.NotEmpty(events);
        Assert.DoesNotContain(events, found => found.Event <= 0);
        Assert.Empty(events.GroupBy(found => found.Event).Where(same => same.Count() > 1).Select(same => $"{same.Key}: {string.Join(", ", same.Select(found => found.Name))}"));
    }
}
