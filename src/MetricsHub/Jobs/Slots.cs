using System.Security.Cryptography;
using System.Text;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Jobs;

/// <summary>
/// When within the minute of its schedule a source is collected: always at the same second, which its key decides. Hundreds of feeds
/// that are all due at a quarter past would else wait for each other, and their publishers would be asked all at once.
/// </summary>
internal static class Slots
{
    /// <summary>A cron expression of six fields, the first of which is the second.</summary>
    public static string CronOf(SourceDefinition source) => $"{SecondOf(source.Key)} {source.Schedule}";

    /// <returns>0 to 59.</returns>
    public static int SecondOf(SourceKey source) => SHA256.HashData(Encoding.UTF8.GetBytes(source.ToString()))[0] % 60;
}
