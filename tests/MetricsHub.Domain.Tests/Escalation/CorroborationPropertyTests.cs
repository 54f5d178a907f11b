using CsCheck;
using MetricsHub.Domain.Escalation;
using Xunit;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class CorroborationPropertyTests
{
    private static readonly string[] Statuses = ["present", "missing", "not applicable"];

    /// <summary>Every pattern of every small framework, tried by the engine itself: the same carriers, at the same levels.</summary>
    [Fact]
    public void FindCarriers_AnyFramework_FindsWhatTryingEveryPatternFinds() =>
        Frameworks.Any.Where(framework => framework.Parameters.Count <= 5).Sample(
            framework =>
            {
                var found = Corroboration.FindCarriers(framework, Frameworks.DomainOf)
                    .Where(carrier => CanBeMet(framework, carrier))
                    .ToDictionary(carrier => carrier.Name, carrier => carrier.Level);
                Assert.Equal(TryEveryPattern(framework).Order(), found.Select(pair => (pair.Key, pair.Value)).Order());
            },
            iter: 2_000);

    /// <summary>Where there are not as many inputs or domains as the policy asks for there never is a level.</summary>
    private static bool CanBeMet(Framework framework, Carrier _) =>
        framework.Parameters.Count >= framework.MissingData.MinimumIndicators
        && framework.Parameters.Select(parameter => Frameworks.DomainOf(parameter.Indicator)).Distinct().Count() >= framework.MissingData.MinimumServiceDomains;

    private static IEnumerable<(string Name, int Level)> TryEveryPattern(Framework framework)
    {
        var scorer = framework.Score();
        var names = framework.Parameters.Select(parameter => parameter.Indicator).ToList();
        var carriers = names.Select(name => (Name: name, Members: new[] { name }))
            .Concat(names.GroupBy(Frameworks.DomainOf).Select(group => (Name: group.Key, Members: group.ToArray())));
        foreach (var (name, members) in carriers)
        {
            var highest = Enumerable.Range(0, (int)Math.Pow(Statuses.Length, names.Count))
                .Select(pattern => scorer.Score([.. names.Select((parameter, i) => StateOf(framework, i, pattern, members.Contains(parameter)))]))
                .Max(outcome => (int)outcome.Level);
            if (highest >= Corroboration.LowestGuardedLevel)
            {
                yield return (name, highest);
            }
        }
    }

    private static InputState StateOf(Framework framework, int parameter, int pattern, bool atItsWorst)
    {
        var bands = framework.Parameters[parameter].Bands;
        var band = atItsWorst ? bands.Index().MaxBy(item => item.Item.Points).Index : bands.Index().MinBy(item => item.Item.Points).Index;
        return (pattern / (int)Math.Pow(Statuses.Length, parameter) % Statuses.Length) switch
        {
            0 => new InputState(InputStatus.Present, band),
            1 => InputState.Missing,
            _ => InputState.NotApplicable,
        };
    }
}
