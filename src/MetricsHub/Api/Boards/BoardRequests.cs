namespace MetricsHub.Api.Boards;

/// <summary>At which instant.</summary>
/// <param name="At">A date (the end of that day in Europe/London) or an RFC 3339 instant; a later one than now is taken as now, which is the default.</param>
internal sealed record BoardRequest(string? At);

/// <summary>Whose level at which instant.</summary>
/// <param name="Framework">The framework's key; every one that judges the organisation by default.</param>
/// <param name="At">A date (the end of that day in Europe/London) or an RFC 3339 instant; a later one than now is taken as now, which is the default.</param>
internal sealed record LevelBoardRequest(string? Framework, string? At);

/// <summary>Which service domains of a level, at which instant. A parameter that is given empty counts as not given.</summary>
/// <param name="Framework">The framework's key; every one that judges the organisation by default.</param>
/// <param name="ServiceDomain">Only the service domain with this key.</param>
/// <param name="At">A date (the end of that day in Europe/London) or an RFC 3339 instant; a later one than now is taken as now, which is the default.</param>
internal sealed record ServiceDomainBoardRequest(string? Framework, string? ServiceDomain, string? At);

/// <summary>Which inputs of a level, at which instant. A parameter that is given empty counts as not given.</summary>
/// <param name="Framework">The framework's key; every one that judges the organisation by default.</param>
/// <param name="ServiceDomain">Only inputs that tell of the service domain with this key.</param>
/// <param name="Indicator">Only the input with this key.</param>
/// <param name="At">A date (the end of that day in Europe/London) or an RFC 3339 instant; a later one than now is taken as now, which is the default.</param>
internal sealed record InputBoardRequest(string? Framework, string? ServiceDomain, string? Indicator, string? At);

/// <summary>Where there is capacity, at which instant. A parameter that is given empty counts as not given.</summary>
/// <param name="ServiceDomain">The key of a service domain; all of them by default.</param>
/// <param name="At">A date (the end of that day in Europe/London) or an RFC 3339 instant; a later one than now is taken as now, which is the default.</param>
internal sealed record HeadroomBoardRequest(string? ServiceDomain, string? At);

/// <summary>Whose level over which time.</summary>
/// <param name="Framework">The framework's key.</param>
/// <param name="From">Where the time starts: a date (the start of that day in Europe/London) or an RFC 3339 instant.</param>
/// <param name="To">Where the time ends: a date (the end of that day in Europe/London) or an RFC 3339 instant; a later one than now is taken as now, which is the default.</param>
internal sealed record TimeBoardRequest(string? Framework, string? From, string? To) : ITimeBoardRequest;

/// <summary>Of which rows of the health of whose level, over which time.</summary>
/// <param name="Framework">The framework's key.</param>
/// <param name="From">Where the time starts: a date (the start of that day in Europe/London) or an RFC 3339 instant.</param>
/// <param name="To">Where the time ends: a date (the end of that day in Europe/London) or an RFC 3339 instant; a later one than now is taken as now, which is the default.</param>
/// <param name="Of">Only rows of this kind: calculated, shown, held, uncertain, flap-score, input or finding; all by default.</param>
internal sealed record HealthBoardRequest(string? Framework, string? From, string? To, string? Of) : ITimeBoardRequest;

/// <summary>Which metric over which time.</summary>
/// <param name="Metric">The metric's key; none for the row that says that there is none.</param>
/// <param name="From">Where the time starts: a date (the start of that day in Europe/London) or an RFC 3339 instant.</param>
/// <param name="To">Where the time ends: a date (the end of that day in Europe/London) or an RFC 3339 instant; a later one than now is taken as now, which is the default.</param>
internal sealed record SeriesBoardRequest(string? Metric, string? From, string? To) : ITimeRequest;

/// <summary>A request for a time.</summary>
internal interface ITimeRequest
{
    string? From { get; }

    string? To { get; }
}

/// <summary>A request for a framework's levels over a time.</summary>
internal interface ITimeBoardRequest : ITimeRequest
{
    string? Framework { get; }
}

/// <summary>Which organisations are watched.</summary>
/// <param name="Organisation">ODS codes: repeated or comma separated, at most 100; every organisation that a framework judges each quarter of an hour by default.</param>
internal sealed record AlarmRequest(string[]? Organisation);
