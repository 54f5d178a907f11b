using System.Net.Http.Headers;
using System.Text;

namespace MetricsHub.Storage.Influx;

/// <summary>Where InfluxDB is, what the database is called there, and who the hub is to it.</summary>
/// <param name="Database">The database of InfluxDB 1; on 2 the bucket, which answers by its name.</param>
/// <param name="Authorization">Null where InfluxDB asks for none. It is never logged.</param>
internal sealed record InfluxAccess(Uri Address, string Database, AuthenticationHeaderValue? Authorization, TimeSpan Timeout)
{
    public static InfluxAccess Of(InfluxOptions options) => new(
        new Uri(options.Address),
        options.Database.Length > 0 ? options.Database : options.Bucket,
        AuthorizationOf(options),
        TimeSpan.FromSeconds(options.TimeoutSeconds));

    public override string ToString() => $"{Database} at {Address}";

    private static AuthenticationHeaderValue? AuthorizationOf(InfluxOptions options)
    {
        if (Secret(options.Token, options.TokenFile) is { Length: > 0 } token)
        {
            return new AuthenticationHeaderValue("Token", token);
        }

        return options.User.Length == 0
            ? null
            : new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{Secret(options.Password, options.PasswordFile)}")));
    }

    // Most ways of writing a file end it with a line break.
    private static string Secret(string text, string file) => file.Length > 0 ? File.ReadAllText(file).Trim() : text;
}
