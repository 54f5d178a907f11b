using System.Globalization;
using System.Text.RegularExpressions;

namespace MetricsHub.Domain.Publications;

/// <summary>Reads from a link text or a file name which revision a release says it is.</summary>
public static partial class RevisionMark
{
    /// <summary>
    /// 0 where no name speaks of a revision, 1 for "revised", n for "revised 2", "revision-3" or "v4"; the highest of all names. The day
    /// of a date ("revised 12 February 2026", "revised-13.02.2026") is no number of a revision.
    /// </summary>
    public static int From(params IEnumerable<string?> names) =>
        names.Where(name => name is not null).SelectMany(name => Mark().Matches(name!)).Select(Number).DefaultIfEmpty(0).Max();

    private static int Number(Match match) =>
        match.Groups["n"] is { Success: true } number
            ? int.Parse(number.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
            : 1;

    // File names carry random suffixes (revised-g9Hy6): a number counts only where nothing but a separator stands around it.
    [GeneratedRegex(@"(?<![a-z])(?:revis(?:ed|ion)(?:[\s_-]*(?<n>\d{1,2})(?![a-z0-9]|[\s_-]*(?:st|nd|rd|th)?[\s_-]*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|[./-]\d))?|v(?<n>[2-9])(?![a-z0-9]))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}
