using CsCheck;
using MetricsHub.Domain.Metrics;
using MetricsHub.Sources.Tables;
using Xunit;

namespace MetricsHub.Tests.Sources.Tables;

/// <summary>Rows that come twice, contradict each other, or stand in no order.</summary>
public sealed class TableRepeatTests
{
    [Fact]
    public void Parse_RowRepeated_CountsOnce()
    {
        var parsed = TableFiles.Waits.Read(TableFiles.Header + "SIMU1,22/11/2026 10:15,14,1\nSIMU2,22/11/2026 10:15,3,-\nSIMU1,22/11/2026 10:15,14,1\n");

        Assert.Equal(4, parsed.Statements.Count);
        Assert.Equal(["4: row 2 says the same already"], parsed.Refusals());
        Assert.Equal((2, 1, 4, true), (parsed.Tally.RowsAccepted, parsed.Tally.RowsRejected, parsed.Tally.CellsExpected, parsed.Tally.Balances));
    }

    [Fact]
    public void Parse_RowsThatContradictEachOther_AreBothRefusedWhereTheyDo()
    {
        var parsed = TableFiles.Waits.Read(TableFiles.Header + "SIMU1,22/11/2026 10:15,14,1\nSIMU1,22/11/2026 10:15,15,1\n");

        Assert.Equal(["utc-waiting@SIMU1 2026-11-22T10:15:00Z rejected", "utc-longest-wait@SIMU1 2026-11-22T10:15:00Z 60"], parsed.Lines());
        Assert.Equal(["2 waiting: row 3 states '15'", "3 waiting: row 2 states '14'"], parsed.Refusals());
        Assert.Equal((2, 3, 1, 2, true), (parsed.Tally.RowsAccepted, parsed.Tally.CellsExpected, parsed.Tally.Observations, parsed.Tally.CellsRejected, parsed.Tally.Balances));
    }

    [Fact]
    public void Parse_SnapshotsWithinOnePeriod_StateTheLast()
    {
        var parsed = TableFiles.Waits.Read(TableFiles.Header + "SIMU1,22/11/2026 10:10,3,-\nSIMU1,22/11/2026 10:15,5,-\nSIMU1,22/11/2026 10:05,9,-\n");

        Assert.Equal(["utc-waiting@SIMU1 2026-11-22T10:15:00Z 5", "utc-longest-wait@SIMU1 2026-11-22T10:15:00Z not-applicable"], parsed.Lines());
        Assert.Equal([3, 3], parsed.Statements.Select(statement => statement.Row));
        Assert.Empty(parsed.Rejections);
        Assert.Equal((3, 2, true), (parsed.Tally.RowsAccepted, parsed.Tally.CellsExpected, parsed.Tally.Balances));
    }

    [Fact]
    public void Parse_TwoCountsOfOnePeriod_ContradictEachOtherWheneverTheyAreStated()
    {
        var definition = TableFiles.Waits with { Figures = [TableFiles.Figure("attendances", "waiting", UnitConversion.None, Cadence.Day, MeasureKind.Flow)] };

        var parsed = definition.Read(TableFiles.Header + "SIMU1,22/11/2026 10:15,3,-\nSIMU1,22/11/2026 10:30,5,-\nSIMU1,23/11/2026 10:30,5,-\n");

        Assert.Equal(["attendances@SIMU1 2026-11-23T00:00:00Z rejected", "attendances@SIMU1 2026-11-24T00:00:00Z 5"], parsed.Lines());
    }

    /// <summary>Whatever is among them: every row and cell is accounted for, a period is stated once, and the order of rows does not matter.</summary>
    [Fact]
    public void Parse_AnyRowsInAnyOrder_AccountsForAllAndStatesTheSame() =>
        Gen.Select(
            OneOf("SIMU1", "SIMU2", "Total", "no code", ""),
            OneOf("22/11/2026 10:05", "22/11/2026 10:15", "22/11/2026 10:30", "29/03/2026 01:30", "soon"),
            OneOf("1", "2", "\"1,234\"", "closed", "", "many"),
            OneOf("0.5", "-", "-1"),
            (site, at, waiting, wait) => $"{site},{at},{waiting},{wait}\n")
        .Array[0, 12]
        .SelectMany(rows => Gen.Shuffle(rows).Select(shuffled => (rows, shuffled)))
        .Sample(pair =>
        {
            var (first, second) = (TableFiles.Waits.Read(TableFiles.Header + string.Concat(pair.rows)), TableFiles.Waits.Read(TableFiles.Header + string.Concat(pair.shuffled)));

            Assert.True(first.Tally.Balances && second.Tally.Balances);
            Assert.Equal(pair.rows.Length, first.Tally.RowsRead);
            Assert.Equal(first.Statements.Count, first.Statements.DistinctBy(statement => (statement.Series, statement.Period)).Count());
            Assert.Equal(first.Lines().Order(StringComparer.Ordinal), second.Lines().Order(StringComparer.Ordinal));
            Assert.Equal(
                first.Tally.RowsRejected + first.Tally.CellsRejected,
                first.Rejections.Count);
        });

    private static Gen<string> OneOf(params string[] texts) => Gen.OneOf([.. texts.Select(Gen.Const)]);
}
