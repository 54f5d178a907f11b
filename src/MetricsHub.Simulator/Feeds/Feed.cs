using MetricsHub.Simulator.Playing;

namespace MetricsHub.Simulator.Feeds;

/// <summary>What one provider sends: a table, a row per organisation and quarter hour, a column per metric.</summary>
/// <param name="Name">Its name in the address, without the ending.</param>
/// <param name="Title">For whoever reads the list of feeds.</param>
/// <param name="Kinds">The kinds of service that it tells of; an organisation that has several of them has one row.</param>
internal sealed record Feed(string Name, string Title, IReadOnlyList<string> Kinds, IFeedLayout Layout, IReadOnlyList<Column> Columns)
{
    /// <summary>The organisation, or what the organisations are a part of, where the feed does not tell of all of the kind.</summary>
    public string? Only { get; init; }

    public string FileName => $"{Name}.{Layout.Extension}";

    public bool Tells(Site site) => Kinds.Contains(site.Kind) && (Only is null || site.Organisation == Only || site.PartOf == Only);
}

/// <param name="Field">The column's name; in JSON a pointer relative to the row.</param>
internal sealed record Column(string Field, string Metric, NumberStyle Style = NumberStyle.Plain);

/// <summary>How a provider writes a number. Durations are played in minutes, but for those that are in days.</summary>
internal enum NumberStyle
{
    Plain,

    /// <summary><c>1,234</c>.</summary>
    Thousands,

    /// <summary>Minutes, as the others that state a duration.</summary>
    Minutes,
    Seconds,

    /// <summary>Two decimals.</summary>
    Hours,
}

/// <summary>How a provider writes an instant.</summary>
internal enum TimeStyle
{
    /// <summary><c>25/12/2025 14:15</c> by the clock on the wall, which says every minute of one hour in October twice.</summary>
    London,

    /// <summary><c>2025-12-25T14:15:00Z</c>.</summary>
    Utc,

    /// <summary><c>2025-07-25T14:15:00+01:00</c>.</summary>
    Offset,
}

/// <summary>What a provider writes where there is no figure.</summary>
/// <param name="Gap">The figure should be there and is not.</param>
/// <param name="Closed">The service is closed.</param>
/// <param name="NotApplicable">The organisation has no such thing.</param>
internal sealed record Markers(string Gap, string Closed, string NotApplicable);

/// <param name="Organisation">The field that says of whom a row is; null where the whole feed is of one organisation.</param>
/// <param name="ByName">Whether it says it by name instead of by code.</param>
internal sealed record RowStyle(string? Organisation, bool ByName, string Time, TimeStyle TimeStyle, Markers Markers);

internal enum Lack
{
    Gap,
    Closed,
    NotApplicable,
}

/// <summary>A number, or why there is none.</summary>
internal readonly record struct Cell(double? Number, Lack Lack = Lack.Gap);

/// <param name="At">The instant that the row is of, in UTC: the end of its quarter hour.</param>
internal sealed record FeedRow(string Organisation, string Name, DateTimeOffset At, IReadOnlyList<Cell> Cells);

/// <summary>The form in which a feed is sent.</summary>
internal interface IFeedLayout
{
    string Extension { get; }

    string MediaType { get; }

    RowStyle Style { get; }

    byte[] Write(Feed feed, IEnumerable<FeedRow> rows);
}
