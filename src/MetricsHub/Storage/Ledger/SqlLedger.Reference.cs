using System.Data.Common;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Reference;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger
{
    public CollectedReference ReadReference() => database.ReadNow(connection =>
    {
        var holidays = connection
            .Query("SELECT arrival, day, title FROM reference_bank_holiday ORDER BY arrival, day", row =>
                (Arrival: row.GetInt64(0), Fact: new BankHolidayFact(row.GetFieldValue<DateOnly>(1), row.GetString(2))))
            .ToLookup(entry => entry.Arrival, entry => entry.Fact);
        var organisations = connection
            .Query("SELECT arrival, code, name, kind, valid_from, valid_to FROM reference_organisation ORDER BY arrival, code", row =>
                (Arrival: row.GetInt64(0), Fact: Organisation(row)))
            .ToLookup(entry => entry.Arrival, entry => entry.Fact);
        var successions = connection
            .Query("SELECT arrival, predecessor, successor, day FROM reference_succession ORDER BY arrival, predecessor, successor", row =>
                (Arrival: row.GetInt64(0), Fact: new SuccessionFact(
                    new OrganisationCode(row.GetString(1)), new OrganisationCode(row.GetString(2)), row.GetFieldValue<DateOnly>(3))))
            .ToLookup(entry => entry.Arrival, entry => entry.Fact);
        return new CollectedReference(List(connection, $"SELECT {LedgerRows.PublicationColumns} FROM publication WHERE arrival IN ({ArrivalsOfFacts})")
            .Select(publication => (Publication: publication, publication.Release.Arrival))
            .Select(entry => new PublishedFacts(
                entry.Publication.Source, entry.Publication.FileName, entry.Publication.Release,
                new ReferenceFacts([.. holidays[entry.Arrival]], [.. organisations[entry.Arrival]], [.. successions[entry.Arrival]]))));
    });

    public Task<IReadOnlyDictionary<SourceKey, long>> ListReferenceArrivalsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<SourceKey, long>>(
            connection => connection
                .Query(
                    $"SELECT source, max(arrival) FROM publication WHERE arrival IN ({ArrivalsOfFacts}) GROUP BY source",
                    row => (Source: new SourceKey(row.GetString(0)), Arrival: row.GetInt64(1)))
                .ToDictionary(entry => entry.Source, entry => entry.Arrival),
            cancellationToken);

    private const string ArrivalsOfFacts =
        """
        SELECT arrival FROM reference_bank_holiday
        UNION SELECT arrival FROM reference_organisation
        UNION SELECT arrival FROM reference_succession
        """;

    private static OrganisationFact Organisation(DbDataReader row) => new(
        new OrganisationCode(row.GetString(1)),
        row.GetString(2),
        Enum.Parse<OrganisationKind>(row.GetString(3), ignoreCase: true),
        new DateSpan(Day(row, 4), Day(row, 5)));

    private static DateOnly? Day(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetFieldValue<DateOnly>(at);

    private static void Insert(DbConnection connection, long arrival, ReferenceFacts facts)
    {
        foreach (var fact in facts.BankHolidays)
        {
            connection.Execute("INSERT INTO reference_bank_holiday (arrival, day, title) VALUES ($1, $2, $3)", arrival, fact.Date, fact.Title);
        }

        foreach (var fact in facts.Organisations)
        {
            connection.Execute(
                "INSERT INTO reference_organisation (arrival, code, name, kind, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6)",
                arrival, fact.Code.ToString(), fact.Name, LedgerRows.Text(fact.Kind), fact.Valid.From, fact.Valid.To);
        }

        foreach (var fact in facts.Successions)
        {
            connection.Execute(
                "INSERT INTO reference_succession (arrival, predecessor, successor, day) VALUES ($1, $2, $3, $4)",
                arrival, fact.Predecessor.ToString(), fact.Successor.ToString(), fact.Date);
        }
    }
}
