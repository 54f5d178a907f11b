namespace MetricsHub.Domain.Organisations;

/// <summary>What an organisation is, from the widest to the narrowest.</summary>
public enum OrganisationKind
{
    Nation,
    Region,

    /// <summary>An integrated care system, by the code of its integrated care board (ICB).</summary>
    System,
    Place,
    Provider,
    Practice,
    Site,
}
