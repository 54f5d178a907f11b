using System.Text;
using MetricsHub.Collection.Gate;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using MetricsHub.Storage.Files;
using MetricsHub.Tests.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace MetricsHub.Tests.Collection;

/// <summary>A file with data about people, all of them invented, is offered. Nothing of it may be found in anything that the hub writes.</summary>
public sealed class PatientDataCollectionTests
{
    private const string Sample = "Monthly-AE-December-2025-revised-g9Hy6.csv";
    private const string Number = "943 476 5919";
    private const string Surname = "Quillfeather";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>By a name, by a printed number, in a file that no parser could read, and in a workbook.</summary>
    public static TheoryData<string, byte[], string> Payloads => new()
    {
        { "a.csv", Encoding.UTF8.GetBytes($"Org Code,Surname\nRTP,{Surname}\n"), "the name of field 2 says 'surname'" },
        { "b.csv", Encoding.UTF8.GetBytes($"{WithNote($"{Surname} {Number}")}"), "field 1 holds an NHS number as it is printed, in three, three and four digits" },
        { "c.csv", Encoding.UTF8.GetBytes($"<html>{Surname}</html>\n\"{Number}"), "field 1 holds an NHS number as it is printed, in three, three and four digits" },
        { "d.csv", new WorkbookFile().Sheet(Surname).Row(1, "A", "MRN").Row(2, "A", Number).ToBytes(), "the name of field 1 says 'mrn'" },
    };

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task Collect_PatientData_LeavesItsHashAndTheReasonAndNothingElse(string name, byte[] payload, string reason)
    {
        using var log = new LogListener();
        await using var hub = TestHub.Empty(replace: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        hub.Drop(TestHub.AeMonthly, name, payload);
        hub.DropSample(TestHub.AeMonthly, Sample);

        var result = await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        var again = await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        var barred = (await hub.Ledger.FindPublicationAsync(PublicationId.Of(payload), Cancellation))!;
        Assert.Equal((PublicationState.Barred, reason, 0L, name), (barred.State, barred.Failure, barred.ArchivedBytes, barred.FileName));
        Assert.Equal((RunOutcome.Partial, 2, 1, 1), (result.Outcome, result.Offered, result.Stored, result.Refused));
        Assert.Equal((RunOutcome.Partial, 0, $"{name}: barred before: {reason}"), (again.Outcome, again.Refused, again.Message));
        Assert.DoesNotContain(barred.Id, (await hub.Ledger.ListUnfinishedPublicationsAsync(TestHub.AeMonthly, int.MaxValue, Cancellation)).Select(publication => publication.Id));
        Assert.Single(log.Entries, entry => entry.Level == LogLevel.Error);
        Assert.Equal([(await hub.Ledger.ListPublicationsAsync(null, null, 10, Cancellation)).Single(publication => publication.FileName == Sample).Id.ToString()], Archived(hub));

        await AssertNowhereAsync(hub, log, name, Surname, Number, Number.Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Collect_FileNamedAfterAPatient_IsNotNamedAnywhere()
    {
        using var log = new LogListener();
        await using var hub = TestHub.Empty(replace: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        var payload = "Org Code,DOB\nRTP,1\n"u8.ToArray();
        hub.Drop(TestHub.AeMonthly, "admission-9434765919.csv", payload);

        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        Assert.Equal("(name withheld)", (await hub.Ledger.FindPublicationAsync(PublicationId.Of(payload), Cancellation))!.FileName);
        await AssertNowhereAsync(hub, log, "admission-9434765919.csv", "9434765919");
    }

    [Fact]
    public async Task Collect_BarredFileOfWhichTheColumnIsNamedPersonalNow_IsTakenIn()
    {
        var file = (await File.ReadAllTextAsync(Samples.PathOf($"{TestHub.AeMonthly}/{Sample}"), Cancellation)).Replace("Org name", "Surname", StringComparison.Ordinal);
        var payload = Encoding.UTF8.GetBytes(file);
        await using var hub = TestHub.Empty();
        hub.Drop(TestHub.AeMonthly, "a.csv", payload);
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        Assert.Equal(PublicationState.Barred, (await hub.Ledger.FindPublicationAsync(PublicationId.Of(payload), Cancellation))!.State);

        hub.ChangeCatalogue(folder => folder.Replace("sources/nhs-england-ae-monthly.yaml", "personalColumns: []", "personalColumns: [Surname]"));
        await hub.RestartAsync();
        hub.Remove(TestHub.AeMonthly, "a.csv");
        hub.Drop(TestHub.AeMonthly, "again.csv", payload);
        var result = await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        var publication = (await hub.Ledger.FindPublicationAsync(PublicationId.Of(payload), Cancellation))!;
        Assert.NotEqual(PublicationState.Barred, publication.State);
        Assert.True(publication.ArchivedBytes > 0);
        Assert.Equal(1, result.Stored + result.Refused);
    }

    [Fact]
    public async Task Store_PatientData_Throws()
    {
        using var folder = new TemporaryFolder();
        var payload = "site,nhs number\n"u8.ToArray();

        var exception = await Assert.ThrowsAsync<PatientDataException>(() =>
            new MetricsHub.Collection.Archive(new ArchiveFolder(folder.Path)).StoreAsync(new MemoryStream(payload), [], 1_000, Cancellation));

        Assert.Equal((PublicationId.Of(payload), "the name of field 2 says 'nhs number'"), (exception.Id, exception.Message));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private static string WithNote(string note) => File.ReadAllText(Samples.PathOf($"{TestHub.AeMonthly}/{Sample}")) + $"{note}\n";

    private static IEnumerable<string?> Archived(TestHub hub) => Directory.GetFiles(Path.Combine(hub.DataFolder, "archive")).Select(path => Path.GetFileName(path));

    private static async Task AssertNowhereAsync(TestHub hub, LogListener log, string dropped, params string[] texts)
    {
        hub.Remove(TestHub.AeMonthly, dropped);
        await hub.RestartAsync();
        Assert.NotEmpty(log.Entries);
        Assert.All(log.Entries, entry => AssertClean(entry.Text, texts));
        var files = Directory.GetFiles(hub.DataFolder, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            AssertClean(await reader.ReadToEndAsync(Cancellation), texts);
        }
    }

    private static void AssertClean(string content, string[] texts) =>
        Assert.All(texts, text => Assert.DoesNotContain(text, content, StringComparison.OrdinalIgnoreCase));
}
