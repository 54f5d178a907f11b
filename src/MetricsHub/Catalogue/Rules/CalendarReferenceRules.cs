using MetricsHub.Domain.Time;

namespace MetricsHub.Catalogue.Rules;

/// <summary>What opening hours and successions say of organisations and calendars: all of them exist, and nothing is said twice of a day.</summary>
internal static class CalendarReferenceRules
{
    public static IEnumerable<CatalogueError> Check(CatalogueFiles files, IReadOnlySet<string> unread)
    {
        var calendars = files.Calendars.Calendars.Select(calendar => calendar.Key).OfType<string>().ToHashSet();
        var domains = files.ServiceDomains.ServiceDomains.Select(domain => domain.Key).OfType<string>().ToHashSet();
        var organisations = files.Organisations.Select(row => row.Code).ToHashSet();
        List<CatalogueError> errors = [.. SameDate(files.BankHolidays)];
        if (!unread.Contains(CatalogueReader.CalendarsName))
        {
            errors.AddRange(files.Sources
                .Where(source => !source.Value.Reference && !calendars.Contains(CalendarBuilder.KeyOf(source.Value)))
                .Select(source => new CatalogueError(source.Key, "calendar", $"unknown calendar '{CalendarBuilder.KeyOf(source.Value)}'")));
            errors.AddRange(UnlessKnown(files.OpeningHours, row => row.Calendar, calendars, row => Error(row, "calendar", $"unknown calendar '{row.Calendar}'")));
        }

        if (!unread.Contains(CatalogueReader.ServiceDomainsName))
        {
            errors.AddRange(UnlessKnown(
                files.OpeningHours, row => row.ServiceDomain, domains, row => Error(row, "service_domain", $"unknown service domain '{row.ServiceDomain}'")));
        }

        if (!unread.Contains(CatalogueReader.OrganisationsName))
        {
            errors.AddRange(UnlessKnown(
                files.OpeningHours, row => row.Organisation, organisations, row => Error(row, "organisation", $"unknown organisation '{row.Organisation}'")));
            errors.AddRange(Successions(files.Successions, organisations));
        }

        return [.. errors, .. MetricsOfReferences(files), .. HoursTwice(files.OpeningHours)];
    }

    private static IEnumerable<CatalogueError> MetricsOfReferences(CatalogueFiles files)
    {
        var references = files.Sources.Values.Where(source => source.Reference).Select(source => source.Key).ToHashSet();
        return files.Metrics.Metrics.Index()
            .Where(entry => references.Contains(entry.Item.Source))
            .Select(entry => new CatalogueError(
                CatalogueReader.MetricsName, $"metrics[{entry.Index}].source", $"'{entry.Item.Source}' states reference facts and no figures"));
    }

    private static IEnumerable<CatalogueError> UnlessKnown<T>(
        IEnumerable<T> rows, Func<T, string> keyOf, HashSet<string> known, Func<T, CatalogueError> error) =>
        rows.Where(row => !known.Contains(keyOf(row))).Select(error);

    private static IEnumerable<CatalogueError> SameDate(IReadOnlyList<BankHolidayRow> rows) =>
        rows.GroupBy(row => row.Date).SelectMany(date => date.Skip(1)).Select(row =>
            new CatalogueError(CatalogueReader.BankHolidaysName, $"row {row.Row}, date", $"'{row.Date}' stands already in an earlier row"));

    private static IEnumerable<CatalogueError> HoursTwice(IReadOnlyList<OpeningRow> rows)
    {
        var readable = rows.Where(row => SpanRules.HoldsADay(row.ValidFrom, row.ValidTo)).ToList();
        foreach (var (index, row) in readable.Index())
        {
            foreach (var earlier in readable.Take(index).Where(earlier =>
                (earlier.Organisation, earlier.ServiceDomain) == (row.Organisation, row.ServiceDomain) && Span(earlier).Overlaps(Span(row))))
            {
                yield return Error(row, "valid_from", $"hours of '{row.Organisation}' for these days stand already in row {earlier.Row}");
            }
        }
    }

    private static IEnumerable<CatalogueError> Successions(IReadOnlyList<SuccessionRow> rows, HashSet<string> organisations)
    {
        var seen = new Dictionary<(string, string), int>();
        foreach (var row in rows)
        {
            foreach (var (column, code) in new[] { ("predecessor", row.Predecessor), ("successor", row.Successor) })
            {
                if (!organisations.Contains(code))
                {
                    yield return Error(row, column, $"unknown organisation '{code}'");
                }
            }

            if (row.Predecessor == row.Successor)
            {
                yield return Error(row, "successor", $"'{row.Successor}' cannot succeed itself");
            }

            if (!seen.TryAdd((row.Predecessor, row.Successor), row.Row))
            {
                yield return Error(row, "successor", $"this succession stands already in row {seen[(row.Predecessor, row.Successor)]}");
            }
        }
    }

    private static DateSpan Span(OpeningRow row) => CatalogueWords.ToSpan(row.ValidFrom, row.ValidTo);

    private static CatalogueError Error(OpeningRow row, string column, string message) =>
        new(row.File, $"row {row.Row}, {column}", message);

    private static CatalogueError Error(SuccessionRow row, string column, string message) =>
        new(CatalogueReader.SuccessionsName, $"row {row.Row}, {column}", message);
}
