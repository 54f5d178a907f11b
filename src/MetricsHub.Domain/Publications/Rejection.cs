using MetricsHub.Domain.Checks;

namespace MetricsHub.Domain.Publications;

/// <summary>A row, or one cell of a row, that was refused, and why.</summary>
/// <param name="Row">The row in the file, counted from 1.</param>
/// <param name="Field">The column where one cell is at fault, or the metric's key where a check found it; null where the whole row was refused.</param>
/// <param name="Text">What stood there, at most 200 characters.</param>
/// <param name="Checks">The checks that refused it; none where it could not be read.</param>
public sealed record Rejection(int Row, string? Field, string Reason, string? Text, CheckKinds Checks = CheckKinds.None);
