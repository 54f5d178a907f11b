namespace MetricsHub.Api.Boards;

/// <summary>How many sources stand so.</summary>
/// <param name="State">fresh, overdue, failing or never-run.</param>
/// <param name="Sources">How many.</param>
/// <param name="Names">Which ones; none where there are none.</param>
internal sealed record SourceStateRow(string State, int Sources, string Names);

/// <summary>How one source stands.</summary>
/// <param name="Source">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Publisher">Who publishes it.</param>
/// <param name="Simulated">simulated or real.</param>
/// <param name="State">fresh, overdue, failing or never-run.</param>
/// <param name="Text">The same with its reason.</param>
/// <param name="NewestPeriodEnd">The end of the newest period that it states anything for; null before the first figure.</param>
/// <param name="AgeSeconds">How long ago that was.</param>
/// <param name="NextDueAt">When the figures of the period after that are due; null where nothing falls due.</param>
/// <param name="LastRunAt">When it was last looked at; null where it never was.</param>
/// <param name="Waiting">How many of its publications wait to be stored.</param>
/// <param name="Format">proven where a real file of the publisher has been read; unproven where the parser rests on documentation.</param>
/// <param name="Link">The address of all of it.</param>
internal sealed record SourceRow(
    string Source,
    string Name,
    string Publisher,
    string Simulated,
    string State,
    string Text,
    DateTimeOffset? NewestPeriodEnd,
    long? AgeSeconds,
    DateTimeOffset? NextDueAt,
    DateTimeOffset? LastRunAt,
    int Waiting,
    string Format,
    string Link);

/// <summary>One publication, and what became of its rows.</summary>
/// <param name="Source">The key of the source; none where nothing was collected yet.</param>
/// <param name="FileName">Its file's name.</param>
/// <param name="RetrievedAt">When it was retrieved; null where nothing was collected yet.</param>
/// <param name="State">archived, stored, refused or barred; none.</param>
/// <param name="Text">What became of it, in words.</param>
/// <param name="RowsRead">Rows in the file.</param>
/// <param name="RowsRejected">Rows refused.</param>
/// <param name="Observations">Cells that hold a number.</param>
/// <param name="Absences">Cells that hold a coded reason for there being none.</param>
/// <param name="CellsRejected">Cells refused.</param>
/// <param name="Link">The address of all of it.</param>
internal sealed record PublicationRow(
    string Source, string FileName, DateTimeOffset? RetrievedAt, string State, string Text,
    int RowsRead, int RowsRejected, int Observations, int Absences, int CellsRejected, string Link);

/// <summary>A row, or one cell of a row, that was refused. What stood there is not told.</summary>
/// <param name="Source">The key of the source; none where nothing was refused.</param>
/// <param name="FileName">The publication's file name.</param>
/// <param name="Row">The row in the file, counted from 1; null where nothing was refused.</param>
/// <param name="Field">The column or the metric at fault; none where the whole row was refused.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="Checks">The checks that refused it; none where it could not be read.</param>
internal sealed record RejectionRow(string Source, string FileName, int? Row, string Field, string Reason, string Checks);

/// <summary>How far the stored levels of a framework have come.</summary>
/// <param name="Framework">Its key.</param>
/// <param name="Name">Its name and version.</param>
/// <param name="State">up-to-date, behind, failed or never.</param>
/// <param name="EvaluatedTo">Up to where its readings rest on the rules of today; null where they are none.</param>
/// <param name="FinishedAt">When it was last evaluated; null where it never was.</param>
/// <param name="Due">How many series wait to be evaluated.</param>
/// <param name="Text">What went wrong; or that nothing did.</param>
internal sealed record EvaluationRow(
    string Framework, string Name, string State, DateTimeOffset? EvaluatedTo, DateTimeOffset? FinishedAt, int Due, string Text);
