namespace MetricsHub.Api.Boards;

/// <summary>Figures as a table or a chart takes them: flat rows, and never none. Where there is nothing to tell a row says why.</summary>
/// <param name="At">The instant that the rows speak of: the one asked for, never later than now.</param>
/// <param name="Items">At least one; where they stand in time, oldest first.</param>
/// <param name="Next">Always null: a board comes in one piece.</param>
internal sealed record BoardAnswer<TRow>(DateTimeOffset At, IReadOnlyList<TRow> Items, string? Next);
