using System.Globalization;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;

namespace MetricsHub.Sources.Dos;

/// <summary>
/// Reads one look at the Directory of Services: 1 for GREEN, 2 for AMBER, 3 for RED. A status holds until its reset time; what has
/// passed it is stale, whatever colour it had: the directory falls back to GREEN then, and nobody has said so.
/// </summary>
internal sealed class CapacityStatusParser(IReadOnlyList<DosService> services) : IPublicationParser
{
    private const string Table = "services";

    private static readonly Dictionary<string, int> Levels = new(StringComparer.OrdinalIgnoreCase) { ["GREEN"] = 1, ["AMBER"] = 2, ["RED"] = 3 };

    public int Version => 1;

    public ParsedPublication Parse(PublicationContent content)
    {
        var document = CapacityStatusDocument.Read(content.Bytes.Span);
        var period = Grid.PeriodClosedBy(Cadence.QuarterHour, document.RetrievedAt);
        var reading = new StatementReading();
        foreach (var (index, answer) in document.Services.Index())
        {
            if (services.FirstOrDefault(service => service.Id == answer.Id) is { } service)
            {
                var cell = CellOf(service, answer, document.RetrievedAt);
                reading.Accept(new DatedRow(Table, index + 1, service.Organisation, [new DatedCell(cell, period)], answer.ToString()));
            }
            else
            {
                reading.RejectRow(index + 1, $"the source has no service '{answer.Id}'", answer.Id);
            }
        }

        return reading.Complete(document.RetrievedAt);
    }

    private static ReportedCell CellOf(DosService service, CapacityStatusAnswer answer, DateTimeOffset retrievedAt)
    {
        const string Field = "status";
        if (answer.Failure is not null)
        {
            return new ReportedCell(service.Metric, Field, answer.Failure, Figure.Absent(AbsenceCode.SourceDown), null);
        }

        if (string.IsNullOrWhiteSpace(answer.Status))
        {
            return new ReportedCell(service.Metric, Field, "", Figure.Absent(AbsenceCode.Late), null);
        }

        if (!Levels.TryGetValue(answer.Status.Trim(), out var level))
        {
            return new ReportedCell(service.Metric, Field, answer.Status, null, "expected GREEN, AMBER or RED");
        }

        if (answer.ResetDateTime is null)
        {
            return new ReportedCell(service.Metric, Field, answer.Status, Figure.Of(level), null);
        }

        return DateTimeOffset.TryParse(answer.ResetDateTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var reset)
            ? new ReportedCell(service.Metric, Field, answer.Status, reset > retrievedAt ? Figure.Of(level) : Figure.Absent(AbsenceCode.Late), null)
            : new ReportedCell(service.Metric, "resetDateTime", answer.ResetDateTime, null, "expected an instant");
    }
}
