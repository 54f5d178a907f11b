using System.Globalization;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Catalogue;

/// <summary>Turns a checked file into a framework.</summary>
internal static class FrameworkBuilder
{
    public static Framework Build(FrameworkFile file) => new(
        file.Key!,
        file.Version!,
        file.Name!,
        file.Description!,
        file.National,
        [.. file.AppliesTo.Select(kind => CatalogueWords.OrganisationKinds[kind])],
        CatalogueWords.ToSpan(file.ValidFrom, file.ValidTo),
        CatalogueWords.Cadences[file.Grid!],
        new ScoringRule(
            CatalogueWords.ScoringModes[file.Scoring!.Mode!],
            CatalogueWords.Roundings[file.Scoring.Rounding!],
            CatalogueWords.Provenances[file.Scoring.Provenance!],
            file.Scoring.Source!),
        [.. file.Parameters.Select(ToParameter)],
        [.. file.Unscored.Select(entry => new UnscoredParameter(entry.Name!, entry.Reason!, CatalogueWords.Provenances[entry.Provenance!], entry.Source!))],
        [.. file.Levels.Select(ToCut).OrderBy(cut => cut.Level)],
        ToPolicy(file.MissingData!),
        new HysteresisPolicy(
            file.Hysteresis!.Margin!.Value,
            file.Hysteresis.Slots!.Value,
            CatalogueWords.Provenances[file.Hysteresis.Provenance!],
            file.Hysteresis.Source!),
        file.Status is { } status ? CatalogueWords.FrameworkStatuses[status] : FrameworkStatus.Active)
    {
        Adopted = [.. file.Adopted.Select(ToAdoption)],
        RollUp = file.RollUp is { } rollUp
            ? new RollUpPolicy(
                CatalogueWords.OrganisationKinds[rollUp.From!], rollUp.MinimumCoveragePercent!.Value, CatalogueWords.Provenances[rollUp.Provenance!], rollUp.Source!)
            : null,
    };

    public static RollUpWeight ToWeight(RollUpWeightRow row) => new(
        new OrganisationCode(row.Parent),
        new OrganisationCode(row.Child),
        decimal.Parse(row.Weight, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture),
        CatalogueWords.ToSpan(row.ValidFrom, row.ValidTo),
        row.Basis,
        CatalogueWords.Provenances[row.Provenance],
        row.Source);

    private static Adoption ToAdoption(AdoptionEntry entry) => new(
        new OrganisationCode(entry.Organisation!),
        CatalogueWords.ToSpan(entry.ValidFrom, entry.ValidTo),
        CatalogueWords.Provenances[entry.Provenance!],
        entry.Source!);

    private static Parameter ToParameter(ParameterEntry entry) => new(
        entry.Indicator!,
        [.. entry.Bands.Select(ToBand)],
        entry.Weight is { } weight ? new ParameterWeight(weight.Value!.Value, CatalogueWords.Provenances[weight.Provenance!], weight.Source!) : null,
        entry.MaximumAge is { } age ? new MaximumAge(ToAge(age.Value!), CatalogueWords.Provenances[age.Provenance!], age.Source!) : null,
        entry.LowSample is { } rule ? new LowSampleRule(ToTime(rule.Before!), CatalogueWords.Provenances[rule.Provenance!], rule.Source!) : null);

    private static Band ToBand(BandEntry band) =>
        new(CatalogueWords.ToInterval(band.Range!), band.Points!.Value, CatalogueWords.Provenances[band.Provenance!], band.Source!);

    private static LevelCut ToCut(LevelEntry level) =>
        new(level.Level!.Value, CatalogueWords.ToInterval(level.Range!), CatalogueWords.Provenances[level.Provenance!], level.Source!);

    private static MissingDataPolicy ToPolicy(MissingDataEntry entry) => new(
        entry.MinimumIndicators!.Value,
        entry.MinimumServiceDomains!.Value,
        entry.MinimumObservablePercent!.Value,
        entry.MinimumCoveragePercent!.Value,
        entry.HoldSlots!.Value,
        CatalogueWords.Provenances[entry.Provenance!],
        entry.Source!);

    private static TimeSpan ToAge(string text) =>
        CatalogueWords.TryParseDuration(text, out var age) ? age : throw new InvalidOperationException($"'{text}' passed the check and is no duration.");

    private static TimeOnly ToTime(string text) => TimeOnly.ParseExact(text, CatalogueWords.TimeFormat, CultureInfo.InvariantCulture);
}
