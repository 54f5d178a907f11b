using System.Globalization;
using System.Text.Json;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Reference;
using MetricsHub.Domain.Time;
using static MetricsHub.Sources.Ods.RecordReading;

namespace MetricsHub.Sources.Ods;

/// <summary>
/// One organisation's record of the Organisation Data Service (ORD 2-0-0): its code, name, dates, and whom it succeeded or was succeeded
/// by, which both sides state. Its other relations are not read: they name no parent in the hub's sense. An end is the last day.
/// </summary>
internal sealed class OrganisationRecordParser : IPublicationParser
{
    private const string Expected = "an organisation's record of the Organisation Data Service (ORD 2-0-0, JSON)";

    // Practitioners and practices, which can bear a person's name, are not among them on purpose.
    private static readonly Dictionary<string, OrganisationKind> Kinds = new()
    {
        ["RO98"] = OrganisationKind.Place,
        ["RO172"] = OrganisationKind.Provider,
        ["RO197"] = OrganisationKind.Provider,
        ["RO198"] = OrganisationKind.Site,
        ["RO209"] = OrganisationKind.Region,
        ["RO261"] = OrganisationKind.System,
    };

    public int Version => 2;

    public ParsedPublication Parse(PublicationContent content)
    {
        try
        {
            return Read(JsonText.Read(content.Bytes.Span, Expected).GetProperty("Organisation"));
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException)
        {
            throw new PublicationFormatException(Expected, exception.Message, exception);
        }
    }

    private static ParsedPublication Read(JsonElement record)
    {
        if (!OrganisationCode.TryParse(Text(record, "OrgId", "extension"), out var code) || Text(record, "Name") is not { Length: > 0 } name)
        {
            throw new PublicationFormatException(Expected, "no code or no name");
        }

        var rejections = new List<Rejection>();
        var organisations = new List<OrganisationFact>();
        if (RoleOf(record) is not { } role || !Kinds.TryGetValue(role, out var kind))
        {
            rejections.Add(new Rejection(1, "Roles", $"the primary role {RoleOf(record) ?? "is missing"} is none that the hub reads", code.ToString()));
        }
        else if (!TryReadDates(record, out var valid))
        {
            rejections.Add(new Rejection(1, "Date", "not a first and a last day in this order", code.ToString()));
        }
        else
        {
            organisations.Add(new OrganisationFact(code, name, kind, valid));
        }

        var successions = new Dictionary<(OrganisationCode, OrganisationCode), SuccessionFact>();
        var entries = List(record, "Succs", "Succ");
        foreach (var (index, entry) in entries.Index())
        {
            if (SuccessionOf(code, entry) is { } fact && successions.TryAdd((fact.Predecessor, fact.Successor), fact))
            {
                continue;
            }

            rejections.Add(new Rejection(index + 2, "Succs", "not another organisation, a day, and which of both came first; or said twice", code.ToString()));
        }

        return new ParsedPublication(
            [], rejections,
            Tally.Empty with { RowsRead = 1 + entries.Count, RowsAccepted = organisations.Count + successions.Count, RowsRejected = rejections.Count },
            Reconciliation.NoTotal,
            DateOf(Text(record, "LastChangeDate")) is { } changed ? LondonCalendar.StartOf(changed) : null)
        {
            Facts = new ReferenceFacts([], organisations, [.. successions.Values]),
        };
    }

    private static string? RoleOf(JsonElement record) =>
        List(record, "Roles", "Role").Where(role => IsTrue(role, "primaryRole")).Select(role => Text(role, "id")).FirstOrDefault();

    /// <summary>The days of operation, else the legal ones; a record without any dates is open at both ends.</summary>
    private static bool TryReadDates(JsonElement record, out DateSpan valid)
    {
        valid = DateSpan.Always;
        var dates = List(record, "Date");
        if (dates.Count == 0)
        {
            return true;
        }

        // Dates of which none can be told to be its first day are no dates without an end: it would be open for ever.
        var byType = dates.ToLookup(entry => Text(entry, "Type"));
        if (byType["Operational"].Concat(byType["Legal"]).FirstOrDefault() is not { ValueKind: JsonValueKind.Object } date)
        {
            return false;
        }

        var (first, last) = (DateOf(Text(date, "Start")), DateOf(Text(date, "End")));
        if (first is null || first > last || (last is null && Text(date, "End") is not null))
        {
            return false;
        }

        valid = new DateSpan(first, last?.AddDays(1));
        return true;
    }

    private static SuccessionFact? SuccessionOf(OrganisationCode code, JsonElement entry)
    {
        if (!OrganisationCode.TryParse(Text(entry, "Target", "OrgId", "extension"), out var other)
            || other == code
            || List(entry, "Date").Select(date => DateOf(Text(date, "Start"))).FirstOrDefault(day => day is not null) is not { } day)
        {
            return null;
        }

        return Text(entry, "Type") switch
        {
            "Successor" => new SuccessionFact(code, other, day),
            "Predecessor" => new SuccessionFact(other, code, day),
            _ => null,
        };
    }

    private static DateOnly? DateOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
