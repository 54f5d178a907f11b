using MetricsHub.Catalogue.Rules;

namespace MetricsHub.Catalogue;

/// <summary>Where a feed is, as a source's file writes it: <c>{simulator}</c> stands for the address at which the simulator answers.</summary>
internal static class FeedAddress
{
    private const string Simulator = "{simulator}";

    /// <summary>Null where it is no http or https address, or needs a simulator that does not play.</summary>
    public static Uri? Of(string? text, Uri? simulator)
    {
        var resolved = simulator is null ? text : text?.Replace(Simulator, simulator.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        return SourceFileRules.IsWebAddress(resolved) ? new Uri(resolved!) : null;
    }
}
