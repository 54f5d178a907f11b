using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Api;

internal static class ObservationEndpoints
{
    private const string Offered = "application/json or text/csv";

    public static void MapObservations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Observations");
        foreach (var suffix in new[] { "", ".csv" })
        {
            group.MapGet("observations" + suffix, ListAsync).WithQuery<ObservationsRequest>().JsonOrCsv<StatementsAnswer>();
            group.MapGet("observations/latest" + suffix, LatestAsync).WithQuery<LatestRequest>().JsonOrCsv<LatestAnswer>();
        }
    }

    /// <summary>
    /// Figures as they were stated, each a number or a coded absence, with the publication and the row it stands in; or, with a step,
    /// gathered into hours, days or months; or, with gaps, together with the periods for which nothing is stated. JSON or CSV, by the Accept header or the suffix .csv.
    /// </summary>
    internal static async Task<IResult> ListAsync(
        [AsParameters] ObservationsRequest request,
        HubCatalogue catalogue,
        IObservationStore store,
        ILedger ledger,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (Negotiation.FormatOf(context.Request) is not { } format)
        {
            return Problems.NotAcceptable(Offered);
        }

        return request.Gaps is "true" ? await ListWithGapsAsync(request, format, catalogue, store, ledger, clock, context, cancellationToken)
            : request.Step is null ? await ListStatementsAsync(request, format, catalogue, store, clock, context, cancellationToken)
            : await ListStepsAsync(request, format, catalogue, store, clock, context, cancellationToken);
    }

    /// <summary>The newest figure of each series: what stands for its last period, how old it is, and whether a newer one should be there. JSON or CSV, by the Accept header or the suffix .csv.</summary>
    internal static async Task<IResult> LatestAsync(
        [AsParameters] LatestRequest request,
        HubCatalogue catalogue,
        IObservationStore store,
        ILedger ledger,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (Negotiation.FormatOf(context.Request) is not { } format)
        {
            return Problems.NotAcceptable(Offered);
        }

        var now = clock.GetUtcNow();
        var selection = ObservationWords.SelectionOf(request.Metric, request.Organisation);
        var found = await store.LatestAsync(selection, cancellationToken);
        var rest = Cursor.TryParse(request.Cursor, out StatementPosition? after)
            ? found.SkipWhile(statement => Order.Compare(statement.Series, after!.Series) <= 0)
            : found;
        var limit = LimitOf(request.Limit, format);
        var figures = new LatestFigures(catalogue, await ledger.ReadStandingsAsync(asOf: null, cancellationToken), now);
        var rows = rest.Take(limit + 1).Select(figures.ToItem).ToList();
        if (figures.HoldsUntil is { } until)
        {
            AnswerLife.Ends(context, until);
        }

        var page = Paging.Of(context, rows, limit, item => item, CursorOf);
        return format == AnswerFormat.Csv
            ? ObservationCsv.OfLatest("latest.csv", page.Items, page.Next)
            : TypedResults.Ok(new LatestAnswer(now, SeriesBreaks.Before(selection, now, catalogue), page.Items, page.Next));
    }

    private static async Task<IResult> ListWithGapsAsync(
        ObservationsRequest request,
        AnswerFormat format,
        HubCatalogue catalogue,
        IObservationStore store,
        ILedger ledger,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var selection = ObservationWords.SelectionOf(request.Metric, request.Organisation);
        var (from, to, asOf) = (ApiTime.Start(request.From)!.Value, ApiTime.Start(request.To)!.Value, ApiTime.InstantOf(request.AsOf));
        var knownAt = asOf ?? clock.GetUtcNow();
        _ = Cursor.TryParse(request.Cursor, out StatementPosition? after);
        var limit = LimitOf(request.Limit, format);
        var stated = await store.ReadAsync(new StatementQuery(selection, from, to, asOf), cancellationToken);
        var gaps = new ObservationGaps(catalogue, await ledger.ReadStandingsAsync(asOf, cancellationToken), knownAt);
        var page = Paging.Of(context, [.. gaps.List(selection, stated, from, to, after).Take(limit + 1)], limit, item => item, CursorOf);
        return format == AnswerFormat.Csv
            ? ObservationCsv.OfStatements("observations.csv", page.Items, page.Next)
            : TypedResults.Ok(new StatementsAnswer(knownAt, SeriesBreaks.Before(selection, to, catalogue), page.Items, page.Next));
    }

    private static async Task<IResult> ListStatementsAsync(
        ObservationsRequest request,
        AnswerFormat format,
        HubCatalogue catalogue,
        IObservationStore store,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var selection = ObservationWords.SelectionOf(request.Metric, request.Organisation);
        var (from, to, asOf) = (ApiTime.Start(request.From), ApiTime.Start(request.To), ApiTime.InstantOf(request.AsOf));
        _ = Cursor.TryParse(request.Cursor, out StatementPosition? after);
        var limit = LimitOf(request.Limit, format);
        var shared = request.Shared is "true" ? new SharedFigures(selection.Organisations!, catalogue) : null;
        selection = shared is null ? selection : selection with { Organisations = shared.Candidates };
        var query = new StatementQuery(selection, from, to, asOf, after, limit + 1);
        var found = shared is null ? await store.ReadAsync(query, cancellationToken) : await shared.ReadAsync(query, store, cancellationToken);
        return Answer(
            found, limit, format, "observations.csv", asOf ?? now, SeriesBreaks.Before(selection, to, catalogue), catalogue, context, shared);
    }

    private static async Task<IResult> ListStepsAsync(
        ObservationsRequest request,
        AnswerFormat format,
        HubCatalogue catalogue,
        IObservationStore store,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var selection = ObservationWords.SelectionOf(request.Metric, request.Organisation);
        var (from, to, asOf) = (ApiTime.Start(request.From)!.Value, ApiTime.Start(request.To)!.Value, ApiTime.InstantOf(request.AsOf));
        var (step, aggregate) = (ObservationWords.Steps[request.Step!], ObservationWords.Aggregates[request.Aggregate!]);
        var found = await store.AggregateAsync(new AggregateQuery(selection, from, to, step, asOf), cancellationToken);
        var rest = Cursor.TryParse(request.Cursor, out (SeriesKey Series, DateTimeOffset Step) after)
            ? found.SkipWhile(entry =>
                Order.Compare(entry.Series, after.Series) is var order && (order < 0 || (order == 0 && entry.StepStart <= after.Step)))
            : found;
        var limit = LimitOf(request.Limit, format);
        var page = Paging.Of(
            context,
            [.. rest.Take(limit + 1)],
            limit,
            entry => StepItem.Of(entry, step, aggregate, catalogue),
            entry => Cursor.Of(entry.Series, entry.StepStart));
        return format == AnswerFormat.Csv
            ? ObservationCsv.OfSteps("observations.csv", request.Aggregate!, page.Items, page.Next)
            : TypedResults.Ok(new StepsAnswer(
                asOf ?? now, request.Step!, request.Aggregate!, SeriesBreaks.Before(selection, to, catalogue), page.Items, page.Next));
    }

    private static IResult Answer(
        IReadOnlyList<RecordedStatement> found,
        int limit,
        AnswerFormat format,
        string fileName,
        DateTimeOffset asOf,
        IReadOnlyList<BreakItem> breaks,
        HubCatalogue catalogue,
        HttpContext context,
        SharedFigures? shared = null)
    {
        var next = found.Count > limit
            ? Paging.NextAddress(context, Cursor.Of(new StatementPosition(found[limit - 1].Series, found[limit - 1].Period)))
            : null;
        var items = found.Take(limit).Select(statement => StatementItem.Of(statement, catalogue, shared?.IsShared(statement) is true));
        if (format == AnswerFormat.Csv)
        {
            // Made row by row while it is written: a file of 100,000 rows is never held as text.
            return ObservationCsv.OfStatements(fileName, items, next);
        }

        Paging.LinkNext(context, next);
        return TypedResults.Ok(new StatementsAnswer(asOf, breaks, [.. items], next));
    }

    private static string CursorOf(StatementItem item) => Cursor.Of(new StatementPosition(
        new SeriesKey(new MetricKey(item.Metric), new OrganisationCode(item.Organisation)), new Period(item.PeriodStart, item.PeriodEnd)));

    private static int LimitOf(string? text, AnswerFormat format) =>
        text is null && format == AnswerFormat.Csv ? ObservationCsv.MaximumRows : Paging.LimitOf(text);

    /// <summary>The order in which stores give series: by metric, then organisation.</summary>
    private static readonly Comparer<SeriesKey> Order = Comparer<SeriesKey>.Create((left, right) =>
        left.Metric.CompareTo(right.Metric) is not 0 and var byMetric ? byMetric : left.Organisation.CompareTo(right.Organisation));
}
