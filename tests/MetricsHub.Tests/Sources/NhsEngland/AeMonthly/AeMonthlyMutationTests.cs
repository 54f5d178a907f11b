using System.Text;
using CsCheck;
using MetricsHub.Sources;
using MetricsHub.Sources.NhsEngland.AeMonthly;
using Xunit;

namespace MetricsHub.Tests.Sources.NhsEngland.AeMonthly;

/// <summary>Whatever happens to a file on its way: it is refused as a whole, or everything in it is accounted for.</summary>
public sealed class AeMonthlyMutationTests
{
    private static readonly string[] Fragments =
        ["", "-", "-1", "1.5", "1e9", "999999999999999999", "x", "\"", ",", "\n", "\r\n", "TOTAL", "RTH", "MSitAE-MAY-2024", "Code", "\u0000", "é", "=1+1", "\"1,234\""];

    private static readonly string[] Files =
    [
        .. new[] { "Monthly-AE-March-2025.csv", "December-2025-CSV.csv", "May-2025-AE.csv", "Monthly-AE-September-2024.csv" }
            .Select(file => Encoding.UTF8.GetString(Samples.Read($"nhs-england-ae-monthly/{file}"))),
    ];

    private static readonly Gen<string> Mutated =
        from file in Gen.Int[0, Files.Length - 1]
        from edits in Gen.Select(Gen.Double[0, 1], Gen.Int[0, 4], Gen.Int[0, Fragments.Length - 1]).Array[1, 8]
        select edits.Aggregate(Files[file], (text, edit) => Mutate(text, edit.Item1, edit.Item2, Fragments[edit.Item3]));

    [Fact]
    public void Parse_AnyMutation_ThrowsOrBalances() => Mutated.Sample(text =>
    {
        try
        {
            var parsed = new AeMonthlyParser().Parse(new PublicationContent(Encoding.UTF8.GetBytes(text), "May-2025-AE.csv", null));
            Assert.True(parsed.Tally.Balances);
            Assert.Equal(parsed.Tally.Observations + parsed.Tally.Absences + parsed.Tally.CellsRejected, parsed.Statements.Count);
            Assert.Equal(parsed.Tally.RowsRejected + parsed.Tally.CellsRejected, parsed.Rejections.Count);
            Assert.Equal(parsed.Statements.Count, parsed.Statements.DistinctBy(statement => (statement.Series, statement.Period)).Count());
            Assert.All(parsed.Rejections, rejection => Assert.True(rejection.Row > 0 && rejection.Text is { Length: <= 200 }));
        }
        catch (PublicationFormatException exception)
        {
            Assert.NotEmpty(exception.Found);
        }
    }, iter: 300);

    /// <summary>Replaces a cell, cuts the end off, doubles a line, deletes a line, or inserts a fragment.</summary>
    private static string Mutate(string text, double where, int how, string fragment)
    {
        if (text.Length == 0)
        {
            return fragment;
        }

        var at = Math.Min((int)(where * text.Length), text.Length - 1);
        var lineStart = text.LastIndexOf('\n', at) + 1;
        var lineEnd = text.IndexOf('\n', at) is var end and >= 0 ? end + 1 : text.Length;
        switch (how)
        {
            case 0:
                var from = text.LastIndexOfAny([',', '\n'], at) + 1;
                var to = text.IndexOfAny([',', '\n'], at) is var next and >= 0 ? next : text.Length;
                return from <= to ? text[..from] + fragment + text[to..] : text.Insert(at, fragment);
            case 1:
                return where > 0.5 ? text[..at] : text.Insert(at, fragment);
            case 2:
                return text.Insert(lineStart, text[lineStart..lineEnd]);
            case 3:
                return text.Remove(lineStart, lineEnd - lineStart);
            default:
                return text.Insert(at, fragment);
        }
    }
}
