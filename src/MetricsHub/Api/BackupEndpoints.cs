using MetricsHub.Access;
using MetricsHub.Moving;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace MetricsHub.Api;

/// <summary>The backups that there are.</summary>
/// <param name="Folder">Where they are made, as it is configured; null where none are made.</param>
/// <param name="EveryMinutes">How often one is to be made.</param>
/// <param name="Items">Newest first.</param>
/// <param name="Next">Always null: the list is whole.</param>
internal sealed record BackupsAnswer(string? Folder, int EveryMinutes, IReadOnlyList<BackupItem> Items, string? Next);

/// <summary>One backup.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="Instant">Everything that the hub had acknowledged by then is in it.</param>
/// <param name="AgeSeconds">How long ago that was.</param>
/// <param name="Version">The version of the hub that made it.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="Bytes">How long they are together; the archive's are shared with the backup before it where the file system can.</param>
internal sealed record BackupItem(string Name, DateTimeOffset Instant, long AgeSeconds, string Version, int Files, long Bytes)
{
    public static readonly string[] Columns = ["name", "instant", "ageSeconds", "version", "files", "bytes"];

    public static BackupItem Of(Backup backup, DateTimeOffset now) => new(
        Path.GetFileName(backup.Folder),
        backup.Manifest.Instant,
        (long)(now - backup.Manifest.Instant).TotalSeconds,
        backup.Manifest.Version,
        backup.Manifest.Files.Count,
        backup.Manifest.Bytes);

    public static void Write(CsvLine line, BackupItem item) =>
        line.Text(item.Name).Instant(item.Instant).Number(item.AgeSeconds).Text(item.Version).Number(item.Files).Number(item.Bytes);
}

/// <summary>Backups of everything that the hub keeps.</summary>
internal static class BackupEndpoints
{
    public static void MapBackups(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Access");
        foreach (var suffix in new[] { "", ".csv" })
        {
            group.MapGet("backups" + suffix, List).WithoutQuery().JsonOrCsv<BackupsAnswer>();
        }

        group.MapPost("backups", MakeAsync).WithoutQuery().JsonOnly().WithProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>The backups that are kept, newest first, with how old each is. JSON or CSV, by the Accept header or the suffix .csv.</summary>
    internal static IResult List(IOptions<BackupOptions> options, TimeProvider clock, HttpContext context)
    {
        if (Negotiation.FormatOf(context.Request) is not { } format)
        {
            return Problems.NotAcceptable("application/json or text/csv");
        }

        var folder = options.Value.Folder is { Length: > 0 } named ? named : null;
        List<BackupItem> items = folder is null ? [] : [.. BackupShelf.List(folder).Select(backup => BackupItem.Of(backup, clock.GetUtcNow()))];
        return format == AnswerFormat.Csv
            ? new CsvHttpResult<BackupItem>("backups.csv", BackupItem.Columns, items, BackupItem.Write, next: null)
            : TypedResults.Ok(new BackupsAnswer(folder, options.Value.Every, items, Next: null));
    }

    /// <summary>Makes a backup now, and answers when it is on the disk.</summary>
    internal static async Task<Results<Ok<BackupItem>, ProblemHttpResult>> MakeAsync(
        IOptions<BackupOptions> options, [FromServices] Func<BackupMaker> backups, ILedger ledger, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        if (options.Value.Folder.Length == 0)
        {
            return Problems.Conflict("Backup:Folder is not set: there is nowhere to make a backup.");
        }

        try
        {
            var asked = clock.GetUtcNow();
            var made = BackupItem.Of(await backups().MakeAsync(cancellationToken), clock.GetUtcNow());
            await ledger.EnterActionAsync(new LedgerAction(asked, Caller.ActorOf(context), "backup", made.Name, null), cancellationToken);
            return TypedResults.Ok(made);
        }
        catch (KeepersBusyException exception)
        {
            return Problems.Conflict(exception.Message);
        }
    }
}
