using System.Net;

namespace MetricsHub.Storage.Influx;

/// <summary>What an answer means for whoever asked.</summary>
internal enum InfluxVerdict
{
    Done,

    /// <summary>The same again may succeed.</summary>
    Later,

    /// <summary>Half as much may succeed.</summary>
    TooMuch,

    /// <summary>Some lines of a write are wrong; the others may have been written.</summary>
    WrongLines,

    /// <summary>The same again would be refused again.</summary>
    Refused,
}

internal static class InfluxAnswer
{
    /// <summary>By status; the text decides only where a version misuses one.</summary>
    public static InfluxVerdict Judge(HttpStatusCode status, string text) => status switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => InfluxVerdict.Done,

        // What InfluxDB 1 answers for a name that does not exist.
        HttpStatusCode.InternalServerError when text.Contains("retention policy not found", StringComparison.Ordinal) => InfluxVerdict.Refused,
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => InfluxVerdict.Later,
        HttpStatusCode.RequestEntityTooLarge => InfluxVerdict.TooMuch,
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => InfluxVerdict.WrongLines,
        _ => InfluxVerdict.Refused,
    };
}
