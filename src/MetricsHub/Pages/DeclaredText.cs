using System.Globalization;
using System.Net;
using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Pages;

/// <summary>A declared level in words: who, why, until when. One whose time is over is never shown as if it stood.</summary>
internal static class DeclaredText
{
    /// <param name="told">What is to be told at the instant; null for nothing.</param>
    public static string Of(DeclaredSpell? told, DateTimeOffset now)
    {
        if (told is not { Declaration: var declaration })
        {
            return "None";
        }

        var who = $"declared by {Text(declaration.Actor)}";
        return told.StatusAt(now) switch
        {
            DeclarationStatus.Standing =>
                $"<span class=\"level level-{declaration.Level}\">Level {declaration.Level}</span> {who} until {Instant(told.Declaration.Until)}: {Text(declaration.Reason)}",
            DeclarationStatus.Ended => $"None: level {declaration.Level}, {who}, was ended on {Instant(told.End)}: {Text(declaration.Ending!.Reason)}",
            _ => $"None: level {declaration.Level}, {who}, expired on {Instant(told.End)}",
        };
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Instant(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, LondonCalendar.Zone).ToString("d MMMM yyyy 'at' HH:mm", CultureInfo.InvariantCulture);
}
