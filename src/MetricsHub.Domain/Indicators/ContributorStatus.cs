namespace MetricsHub.Domain.Indicators;

/// <summary>What one candidate is to an indicator at a slot.</summary>
public enum ContributorStatus
{
    /// <summary>It has stated nothing, at this slot or before.</summary>
    Unheard,

    /// <summary>It has figures that are not too old: in both sums.</summary>
    Contributes,

    /// <summary>It states that nothing is due of it, a closed site: in neither sum, and not missing.</summary>
    Closed,

    /// <summary>It states nothing while its service is closed, by its opening hours: in neither sum, and not missing.</summary>
    OutOfHours,

    /// <summary>Some or all of what it should state is not there: in neither sum, and weighing in the coverage.</summary>
    Lacks,
}
