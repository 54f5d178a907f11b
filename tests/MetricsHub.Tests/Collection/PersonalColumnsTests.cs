using System.Text;
using CsCheck;
using MetricsHub.Collection;
using MetricsHub.Sources;
using Xunit;

namespace MetricsHub.Tests.Collection;

public sealed class PersonalColumnsTests
{
    [Theory]
    [InlineData("Name,Age\nAnn,1\nBob,2", "Name,Age\n,1\n,2")]
    [InlineData("Age,Name\r\n1,Ann\r\n2,Bob\r\n", "Age,Name\r\n1,\r\n2,\r\n")]
    [InlineData("\uFEFF\"Name\",Age\nAnn,1\n", "\uFEFF\"Name\",Age\n,1\n")]
    [InlineData("Report of May,,\n\nAge,Name,Place\n1,\"A, \"\"B\"\"\r\nC\",\"x,y\"\n", "Report of May,,\n\nAge,Name,Place\n1,,\"x,y\"\n")]
    [InlineData("Name,Age,name\nAnn,1,Bob\nAnn\n\n,,\n", "Name,Age,name\n,1,\n\n\n,,\n")]
    public void Write_Text_LosesTheCellsOfTheColumnAndNothingElse(string text, string expected) =>
        Assert.Equal(expected, Cut(text, chunk: 1_000, "Name"));

    [Theory]
    [InlineData("Nom,Age\nAnn,1\n", "none; nothing was kept")]
    [InlineData("Name;Age\nAnn;1\n", "none; nothing was kept")]
    [InlineData("Name,Age\n\"Ann,1\n", "an opening quote that is never closed")]
    [InlineData("Name,Age\n\"Ann\" B,1\n", "text after a closing quote")]
    [InlineData("Name,Age\nA\"nn,1\n", "a quote within an unquoted cell")]
    [InlineData("N\0a\0m\0e\0", "UTF-16 text")]
    [InlineData("", "none; nothing was kept")]
    public void Write_DoubtAboutWhichCellIsWhich_Throws(string text, string found) =>
        Assert.Contains(found, Assert.Throws<PublicationFormatException>(() => Cut(text, 1_000, "Name")).Found, StringComparison.Ordinal);

    [Fact]
    public void Write_OneOfTwoColumnsMissing_Throws() =>
        Assert.Throws<PublicationFormatException>(() => Cut("Name,Age\nAnn,1\n", 1_000, "Name", "Surname"));

    [Fact]
    public void Write_HeaderTooFarDown_Throws() =>
        Assert.Throws<PublicationFormatException>(() => Cut(new string('x', 70_000) + "\nName\nAnn\n", 1_000, "Name"));

    /// <summary>However the bytes arrive, whatever stands in the cells: the named column is empty and the others are as they were.</summary>
    [Fact]
    public void Write_AnyTableInAnyChunks_KeepsEveryOtherCell()
    {
        var cells = Gen.OneOf(Gen.Const("a,b"), Gen.Const("say \"x\""), Gen.Const("line\nbreak"), Gen.Const(""), Gen.Const("é"), Gen.String[Gen.Char['a', 'z'], 1, 6]);
        Gen.Select(cells.Array[3].Array[0, 6], Gen.Int[0, 2], Gen.Int[1, 7]).Sample((rows, secret, chunk) =>
        {
            string[] header = ["c0", "c1", "c2"];
            string Table(bool cut) => string.Concat(rows.Prepend(header).Select((row, line) =>
                string.Join(',', row.Select((cell, index) => cut && line > 0 && index == secret ? "" : Quoted(cell))) + "\r\n"));

            Assert.Equal(Table(cut: true), Cut(Table(cut: false), chunk, header[secret]));
        });
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Cut(string text, int chunk, params string[] columns)
    {
        using var destination = new MemoryStream();
        var cutter = new PersonalColumns(columns, destination);
        foreach (var part in Encoding.UTF8.GetBytes(text).Chunk(chunk))
        {
            cutter.Write(part);
        }

        cutter.Complete();
        return Encoding.UTF8.GetString(destination.ToArray());
    }
}
