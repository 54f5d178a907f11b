using System.Globalization;
using System.IO.Compression;
using System.Text;
using MetricsHub.Collection.Gate;
using MetricsHub.Domain.Privacy;
using MetricsHub.Tests.Sources;
using Xunit;

namespace MetricsHub.Tests.Collection.Gate;

public sealed class PatientDataCheckTests
{
    private const string Printed = "943 476 5919";

    /// <summary>Fields that identify people, with invented people in them, in every form that arrives.</summary>
    public static TheoryData<string, string> Corpus => new()
    {
        { "CSV", "site,nhs_number,wait\nRA1,,4\n" },
        { "CSV", "Report of November,,\n,,\nSite,\"Date of Birth\",Wait\nRA1,,4\n" },
        { "CSV", "site;surname;wait\nRA1;;4\n" },
        { "CSV", "site\tForename\twait\nRA1\t\t4\n" },
        { "CSV", "site|MRN|wait\nRA1||4\n" },
        { "CSV", "hospital number\n1\n" },
        { "CSV", "site,home postcode\nRA1,\n" },
        { "CSV", $"site,note\nRA1,\"seen, {Printed}\"\n" },
        { "CSV", $"RA1,{Printed},4\nRA2,x,5\n" },
        { "CSV", $"site,\"never closed\nRA1,{Printed}\n" },
        { "CSV", $"site,id\n{Rows(number => $"RA1,{number}")}" },
        { "CSV", $"site,id\n{Rows(number => $"RA1,{number}.0")}" },
        { "CSV", $"site;id\n{Rows(number => $"RA1;\"{number}\"")}" },
        { "JSON", "[{\"site\":\"RA1\",\"nhsNumber\":null}]" },
        { "JSON", "{\"sites\":[{\"patient\":{\"name\":\"x\"}}]}" },
        { "JSON", "{\"hospital\":{\"waiting\":[{\"address\":{\"postcode\":\"x\"}}]}}" },
        { "JSON", $"{{\"data\":[{{\"note\":[\"a\",\"{Printed}\"]}}]}}" },
        { "JSON", $"{{\"data\":{{\"{Printed}\":4}}}}" },
        { "JSON", $"[{string.Join(',', Numbers().Select(number => $"{{\"id\":{number}}}"))}]" },
        { "JSON", $"{{{string.Join(',', Numbers().Select(number => $"\"{number}\":1"))}}}" },
        { "JSON", $"[{{\"note\":\"{Printed}\"" },
        { "NDJSON", "{\"site\":\"RA1\"}\n{\"site\":\"RA2\",\"birthDate\":\"1950-01-01\"}\n" },
        { "FHIR", "{\"resourceType\":\"Patient\",\"id\":\"1\"}" },
        { "FHIR", "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"MeasureReport\"}},{\"resource\":{\"resourceType\":\"Patient\"}}]}" },
        { "FHIR", "{\"resourceType\":\"Encounter\",\"identifier\":[{\"system\":\"https://fhir.nhs.uk/Id/nhs-number\",\"value\":\"9434765919\"}]}" },
        { "FHIR", "{\"resourceType\":\"MeasureReport\",\"subject\":{\"reference\":\"Patient/123\"}}" },
        { "HL7", $"MSH|^~\\&|PAS|RA1\rPID|1||{Printed}^^^NHS^NH||Quillfeather^Zebedee\r" },
        { "HTML", $"<html><body><table><tr><td>{Printed}</td></tr></table></body></html>" },
    };

    public static TheoryData<string> Publications =>
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "samples"), "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Sources"), "*", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(AppContext.BaseDirectory, path)),
    ];

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Find_IdentifyingField_IsCaughtAndTheReasonHoldsNoValue(string format, string payload)
    {
        foreach (var encoding in (Encoding[])[new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(false, false)])
        {
            AssertCaught([.. encoding.GetPreamble(), .. encoding.GetBytes(payload)], $"{format} in {encoding.WebName}");
        }

        AssertCaught(WorkbookEdit.Zip([("a/clean.csv", "site,wait\nRA1,4\n"u8.ToArray()), ("b.dat", Encoding.UTF8.GetBytes(payload))]), $"{format} in an archive");
    }

    [Fact]
    public void Find_WorkbookWithIdentifyingCells_IsCaughtOnAnySheet()
    {
        AssertCaught(new WorkbookFile().Sheet("A").Row(1, "A", "Site", "Wait").Row(2, "A", "RA1", 4).Sheet("B").Row(15, "C", "NHS Number").ToBytes(), "a name");
        AssertCaught(new WorkbookFile().Sheet("A").Row(1, "A", "Site", "Note").Row(2000, "B", Printed).ToBytes(), "a printed number");
        var numbers = new WorkbookFile().Sheet("A").Row(1, "A", "Site", "Id");
        foreach (var (index, number) in Numbers().Index())
        {
            numbers.Row(index + 2, "A", "RA1", double.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture));
        }

        AssertCaught(numbers.ToBytes(), "numbers");
    }

    [Theory]
    [InlineData("<sheet name=\"A\"", "<sheet state=\"veryHidden\" name=\"A\"")]
    [InlineData("<sheet name=\"A\"", "<sheet state=\"hidden\" name=\"A\"")]
    public void Find_HiddenSheet_IsLookedThrough(string text, string by) =>
        AssertCaught(
            WorkbookEdit.Replace(new WorkbookFile().Sheet("A").Row(1, "A", "Surname").Sheet("B").Row(1, "A", "Site").ToBytes(), text, by), "a hidden sheet");

    /// <summary>The rows that a pivot table sums up stay in the workbook when their sheet is deleted.</summary>
    [Theory]
    [InlineData("<pivotCacheDefinition><cacheFields><cacheField name=\"Ward\"/><cacheField name=\"Date of Birth\"/></cacheFields></pivotCacheDefinition>")]
    [InlineData("<pivotCacheRecords><r><s v=\"943 476 5919\"/></r></pivotCacheRecords>")]
    public void Find_CacheOfAPivotTable_IsLookedThrough(string part)
    {
        using var workbook = new MemoryStream();
        workbook.Write(new WorkbookFile().Sheet("A").Row(1, "A", "Site").ToBytes());
        using (var zip = new ZipArchive(workbook, ZipArchiveMode.Update, leaveOpen: true))
        using (var content = zip.CreateEntry("xl/pivotCache/part1.xml").Open())
        {
            content.Write(Encoding.UTF8.GetBytes(part));
        }

        AssertCaught(workbook.ToArray(), "a pivot table's cache");
    }

    [Fact]
    public void Find_ArchiveThatCannotBeLookedInto_IsNotLetIn()
    {
        var archive = WorkbookEdit.Zip([("a.csv", "site,surname\n"u8.ToArray())]);
        byte[][] payloads =
        [
            archive[..^30], WorkbookEdit.Zip([("inner.zip", archive)]), [0x1F, 0x8B, 8, 0, 0], [.. "%PDF-1.7"u8], [0xD0, 0xCF, 0x11, 0xE0, 1],
            WorkbookEdit.Zip([("bomb.csv", new byte[20_000_000])]),
            WorkbookEdit.Replace(new WorkbookFile().Sheet("A").Row(1, "A", "Site").ToBytes(), "</sheetData>", "<row"),
        ];

        Assert.All(payloads, payload => Assert.Equal("it is packed in a way that cannot be looked into", PatientDataCheck.Find(payload, [])?.Reason));
    }

    [Theory]
    [MemberData(nameof(Publications))]
    public void Find_PublishedFile_Passes(string path)
    {
        // Dentists are named by NHSBSA; the source says so, and the columns are emptied.
        string[] emptied = path.Contains("nhsbsa", StringComparison.OrdinalIgnoreCase) ? ["PROVIDER_NAME", "LATEST_PPC_ADDRESS_POSTCODE"] : [];

        Assert.Null(PatientDataCheck.Find(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, path)), emptied));
    }

    [Fact]
    public void Find_MillionCleanValues_AreLetIn()
    {
        var random = new Random(20261122);
        var csv = new StringBuilder("code,epoch,date,count,reference\n");
        var json = new StringBuilder("[");
        for (var row = 0; row < 100_000; row++)
        {
            var (epoch, count, reference) = (1_700_000_000 + (row * 900L), random.Next(100_000), random.NextInt64(1_000_000_000, 10_000_000_000));
            var date = DateTimeOffset.FromUnixTimeSeconds(epoch).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            csv.Append(CultureInfo.InvariantCulture, $"R{row % 1000:000},{epoch},{date},{count},{reference}\n");
            json.Append(row == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{{\"code\":\"R{row % 1000:000}\",\"epoch\":{epoch},\"date\":\"{date}\",\"count\":{count},\"reference\":\"{reference}\"}}");
        }

        Assert.Null(PatientDataCheck.Find(Encoding.UTF8.GetBytes(csv.ToString()), []));
        Assert.Null(PatientDataCheck.Find(Encoding.UTF8.GetBytes(json.Append(']').ToString()), []));
    }

    private static void AssertCaught(byte[] payload, string what)
    {
        var finding = PatientDataCheck.Find(payload, []);

        Assert.True(finding is not null, $"{what} got in.");
        Assert.DoesNotMatch("[0-9]{4}|Quillfeather|1950", finding.Reason);
    }

    private static IEnumerable<string> Numbers() =>
        Enumerable.Range(0, 1_000).Select(offset => (4_010_000_000 + (offset * 7L)).ToString(CultureInfo.InvariantCulture)).Where(digits => NhsNumber.IsValid(digits)).Take(25);

    private static string Rows(Func<string, string> row) => string.Concat(Numbers().Select(number => row(number) + "\n"));
}
