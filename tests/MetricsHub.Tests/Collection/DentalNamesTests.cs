using System.Text;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace MetricsHub.Tests.Collection;

/// <summary>Dentists are named in what NHSBSA publishes. No name may be found in anything that the hub writes.</summary>
public sealed class DentalNamesTests
{
    private const string File = "UDA_CONTRACTOR_202602.csv";

    private const string Name = "\"Quillfeather, Dr Zebedee\"";

    private static readonly SourceKey Source = new("nhsbsa-dental-activity");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, PublicationState.Stored)]
    [InlineData(true, PublicationState.Refused)]
    internal async Task Collect_NamesAndPostcodes_AreNowhereInArchiveStoreLedgerOrLog(bool spoilt, PublicationState state)
    {
        using var log = new LogListener();
        await using var hub = TestHub.Empty(replace: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        var content = Seeded(spoilt);
        hub.Drop(Source, File, content);

        await hub.Collector.CollectAsync(Source, Cancellation);

        hub.Remove(Source, File);
        var publication = Assert.Single(await hub.Ledger.ListPublicationsAsync(Source, null, 10, Cancellation));
        Assert.Equal((PublicationId.Of(content), state), (publication.Id, publication.State));
        if (!spoilt)
        {
            // The row that repeats a contract is in the ledger, with what stood in it.
            var rejection = (await hub.Ledger.ListRejectionsAsync(null, null, null, 1000, Cancellation)).Single(entry => entry.Rejection.Field is null);
            Assert.StartsWith("202602,QUY,", rejection.Rejection.Text, StringComparison.Ordinal);
            Assert.Equal(Figure.Of(117), await hub.FigureAsync("dental-contracts", "QT1", LondonCalendar.Month(2026, 2), null, Cancellation));
        }

        await hub.RestartAsync();
        Assert.NotEmpty(log.Entries);
        Assert.All(log.Entries, entry => AssertClean(entry.Text));
        var files = Directory.GetFiles(hub.DataFolder, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            AssertClean(await reader.ReadToEndAsync(Cancellation));
        }
    }

    private static void AssertClean(string text)
    {
        Assert.DoesNotContain("Quillfeather", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ZZ99 9ZZ", text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The sample with a name and a postcode in every row, and the first row of QUY once more; or spoilt, by a row that is too short.</summary>
    private static byte[] Seeded(bool spoilt)
    {
        var lines = System.IO.File.ReadAllLines(Path.Combine(TestHub.Samples, Source.ToString(), File));
        var seeded = lines
            .Select((line, index) => index == 0 ? line : line.Insert(line.IndexOf(",,,", StringComparison.Ordinal) + 1, Name).Replace($"{Name},,", $"{Name},ZZ99 9ZZ,", StringComparison.Ordinal))
            .ToList();
        Assert.All(lines.Skip(1), line => Assert.Contains(",,,", line, StringComparison.Ordinal));
        seeded.Add(spoilt ? $"202602,QUY,Somewhere,1,{Name},ZZ99 9ZZ" : seeded.First(line => line.Contains(",QUY,", StringComparison.Ordinal)));
        return Encoding.UTF8.GetBytes(string.Join("\r\n", seeded) + "\r\n");
    }
}
