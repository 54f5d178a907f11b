namespace MetricsHub.Api;

/// <summary>Rows as a CSV file, written out while they are made. What belongs to no row (the next page) is in the headers.</summary>
internal sealed class CsvHttpResult<TRow>(
    string fileName, IReadOnlyList<string> columns, IEnumerable<TRow> rows, Action<CsvLine, TRow> write, string? next)
    : IResult
{
    public const string MediaType = "text/csv; charset=utf-8; header=present";
    private const int FlushAt = 32 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = MediaType;
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        Paging.LinkNext(httpContext, next);

        var line = new CsvLine();
        foreach (var column in columns)
        {
            line.Text(column);
        }

        line.End();
        foreach (var row in rows)
        {
            write(line, row);
            line.End();
            if (line.Length >= FlushAt)
            {
                await response.Body.WriteAsync(line.Take(), httpContext.RequestAborted);
            }
        }

        await response.Body.WriteAsync(line.Take(), httpContext.RequestAborted);
    }
}
