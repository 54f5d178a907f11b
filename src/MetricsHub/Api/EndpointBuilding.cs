namespace MetricsHub.Api;

/// <summary>What every endpoint of the API declares about itself.</summary>
internal static class EndpointBuilding
{
    /// <summary>Takes the parameters of a request record, and no others.</summary>
    public static RouteHandlerBuilder WithQuery<TRequest>(this RouteHandlerBuilder endpoint)
        where TRequest : class =>
        endpoint.AddEndpointFilter<QueryFilter<TRequest>>().WithProblem(StatusCodes.Status400BadRequest);

    public static RouteHandlerBuilder WithoutQuery(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter<NoQueryFilter>().WithProblem(StatusCodes.Status400BadRequest);

    public static RouteHandlerBuilder JsonOnly(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter<JsonOnlyFilter>().WithProblem(StatusCodes.Status406NotAcceptable);

    /// <summary>Answers with an answer record, or with a CSV file; the handler chooses.</summary>
    public static RouteHandlerBuilder JsonOrCsv<TAnswer>(this RouteHandlerBuilder endpoint) =>
        endpoint.Produces<TAnswer>(StatusCodes.Status200OK, "application/json", "text/csv").WithProblem(StatusCodes.Status406NotAcceptable);

    public static RouteHandlerBuilder CanBeMissing(this RouteHandlerBuilder endpoint) =>
        endpoint.WithProblem(StatusCodes.Status404NotFound);

    public static RouteHandlerBuilder WithProblem(this RouteHandlerBuilder endpoint, int status) =>
        endpoint.ProducesProblem(status, Problems.MediaType);
}
