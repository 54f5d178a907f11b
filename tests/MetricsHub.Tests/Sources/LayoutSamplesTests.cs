using System.IO.Compression;
using MetricsHub.Tests.Sources.NhsEngland.Kh03;
using MetricsHub.Tests.Sources.NhsEngland.Nhs111;
using MetricsHub.Tests.Sources.NhsEngland.UecSitrep;
using Xunit;

namespace MetricsHub.Tests.Sources;

/// <summary>
/// The samples that are no publisher's file: real figures in a documented layout, made by the tests' own writer. With
/// <c>METRICSHUB_UPDATE_SAMPLES=folder</c> they are written anew into that folder.
/// </summary>
public sealed class LayoutSamplesTests
{
    private static readonly Dictionary<string, Func<byte[]>> Made = new()
    {
        ["nhs-england-111-daily/layout-from-documentation-christmas-2025.xlsx"] = () => Nhs111DailyTests.Winter().ToBytes(),
        ["nhs-england-ambulance-handover/layout-from-documentation-christmas-2022.xlsx"] = UecSitrepWorkbooks.AmbulanceHandover,
        ["nhs-england-kh03-quarterly/layout-from-documentation-2021-22-q4.xlsx"] = () => Kh03Tests.Build("2021-22", "March"),
        ["nhs-england-uec-daily-sitrep/layout-from-documentation-christmas-2022.xlsx"] = UecSitrepWorkbooks.Daily,
    };

    public static TheoryData<string> Names => [.. Made.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_LayoutFromDocumentation_IsWhatTheCutGives(string name)
    {
        var made = Made[name]();
        if (Environment.GetEnvironmentVariable("METRICSHUB_UPDATE_SAMPLES") is { Length: > 0 } folder)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, made);
            return;
        }

        // What is packed, not how: the same texts can be packed in more than one way.
        Assert.Equal(Contents(made), Contents(Samples.Read(name)));
    }

    private static List<(string Name, string Text)> Contents(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        return [.. zip.Entries.Select(entry => (entry.FullName, new StreamReader(entry.Open()).ReadToEnd()))];
    }
}
