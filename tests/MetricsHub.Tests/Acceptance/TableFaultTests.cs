using MetricsHub.Catalogue;
using MetricsHub.Sources;
using Xunit;

namespace MetricsHub.Tests.Acceptance;

/// <summary>
/// Each source's own table with its columns moved, renamed, lost and repeated, and with cells that are no figures: no number is ever read
/// that the clean file does not state, and whatever is not read is refused by name.
/// </summary>
public sealed class TableFaultTests(AcceptanceHub hub) : IClassFixture<AcceptanceHub>
{
    public static TheoryData<string> Sources => AcceptedSources.Keys;

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Table_WithEveryFault_StatesNothingThatTheCleanOneDoesNot(string key)
    {
        var source = hub.Find(key);
        if (Skips.OfFiles(source) is not null)
        {
            return;
        }

        var sample = await SourceSample.OfAsync(source);
        var clean = await hub.ReadAsync(source, sample.Content);
        var faults = TableFaults.Of(sample).ToList();
        List<string> broken = [];
        var noticed = 0;
        foreach (var fault in faults)
        {
            var outcome = await OutcomeAsync(source, sample, fault, clean);
            noticed += outcome.WasNoticed ? 1 : 0;
            if (outcome.Problem is not null)
            {
                broken.Add($"{fault}: {outcome.Problem}");
            }
        }

        Assert.True(broken.Count == 0, string.Join(Environment.NewLine, broken));
        Assert.True(noticed > 0, "Not one of the faults was noticed: they miss what is read.");
    }

    private async Task<(bool WasNoticed, string? Problem)> OutcomeAsync(SourceDefinition source, SourceSample sample, FileFault fault, ParsedPublication clean)
    {
        ParsedPublication read;
        try
        {
            read = await hub.ReadAsync(source, sample.Content with { Bytes = fault.Bytes });
        }
        catch (PublicationFormatException exception)
        {
            return (true, fault.Expect == Expect.Same && Skips.OfColumns(source) is null ? $"refused: {exception.Message}" : null);
        }

        var stated = clean.Statements.ToDictionary(statement => (statement.Series, statement.Period), statement => statement.Figure);
        var wrong = read.Statements.FirstOrDefault(statement =>
            !statement.Figure.IsAbsent && (!stated.TryGetValue((statement.Series, statement.Period), out var figure) || figure != statement.Figure));
        if (wrong is not null)
        {
            return (false, $"{wrong.Series} {wrong.Period} reads {wrong.Figure}");
        }

        if (!read.Facts.BankHolidays.All(clean.Facts.BankHolidays.Contains) || !read.Facts.Organisations.All(clean.Facts.Organisations.Contains)
            || !read.Facts.Successions.All(clean.Facts.Successions.Contains))
        {
            return (false, "states other facts");
        }

        var isWhole = read.Tally.Observations == clean.Tally.Observations && read.Facts.Count == clean.Facts.Count;
        var isNoted = read.Rejections.Count > clean.Rejections.Count || read.Tally.Absences > clean.Tally.Absences;
        return (!isWhole || isNoted, !read.Tally.Balances ? $"{read.Tally} does not balance"
            : !isWhole && (fault.Expect == Expect.Same || !isNoted) ? $"{read.Tally.Observations} of {clean.Tally.Observations} figures, {read.Rejections.Count} rejections"
            : read.Rejections.Any(rejection => rejection.Row < 1 || rejection.Reason.Length == 0) ? "a rejection without row or reason"
            : null);
    }
}
