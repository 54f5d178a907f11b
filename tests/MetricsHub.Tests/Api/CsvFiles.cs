using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Xunit;

namespace MetricsHub.Tests.Api;

/// <summary>Reads CSV by another's reader: what the hub writes has to be what the world reads.</summary>
internal static class CsvFiles
{
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string text)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n", Mode = CsvMode.RFC4180 };
        using var reader = new CsvReader(new StringReader(text), configuration);
        Assert.True(reader.Read() && reader.ReadHeader());
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (reader.Read())
        {
            rows.Add(reader.HeaderRecord!.ToDictionary(column => column, column => reader.GetField(column)!));
        }

        return rows;
    }
}
