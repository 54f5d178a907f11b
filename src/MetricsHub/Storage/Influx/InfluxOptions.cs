using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace MetricsHub.Storage.Influx;

/// <summary>Which InfluxDB keeps the observations, and by which right the hub uses it.</summary>
internal sealed class InfluxOptions : IValidatableObject
{
    public const string SectionName = "Influx";

    /// <summary>Scheme, host and port; InfluxDB below a path of a proxy is not supported.</summary>
    [Required]
    public string Address { get; init; } = "http://127.0.0.1:8086";

    /// <summary>The database, on InfluxDB 1.</summary>
    public string Database { get; init; } = "";

    /// <summary>The bucket, on InfluxDB 2; its organisation is the token's.</summary>
    public string Bucket { get; init; } = "";

    public string Token { get; init; } = "";

    /// <summary>A file that holds the token instead.</summary>
    public string TokenFile { get; init; } = "";

    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>A file that holds the password instead.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>How long InfluxDB may take for one answer. Its own limit for a write is 10 seconds: what the hub has given up it has given up too.</summary>
    [Range(11, 600)]
    public int TimeoutSeconds { get; init; } = 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.PathAndQuery != "/")
        {
            yield return Fault("Address must be like https://influx.example.org:8086, without a path.", nameof(Address));
        }

        if (Database.Length > 0 == Bucket.Length > 0)
        {
            yield return Fault("Give either Database (InfluxDB 1) or Bucket (InfluxDB 2).", nameof(Database));
        }

        // A slash would name a database and a retention policy.
        if (Bucket.Contains('/', StringComparison.Ordinal))
        {
            yield return Fault("The name of the bucket must not hold a slash.", nameof(Bucket));
        }

        if (Token.Length > 0 && TokenFile.Length > 0)
        {
            yield return Fault("Give either Token or TokenFile.", nameof(Token));
        }

        if (Password.Length > 0 && PasswordFile.Length > 0)
        {
            yield return Fault("Give either Password or PasswordFile.", nameof(Password));
        }

        if (User.Length > 0 && (Token.Length > 0 || TokenFile.Length > 0))
        {
            yield return Fault("Give either a token or a user.", nameof(User));
        }

        foreach (var (file, name) in new[] { (TokenFile, nameof(TokenFile)), (PasswordFile, nameof(PasswordFile)) })
        {
            if (file.Length > 0 && !File.Exists(file))
            {
                yield return Fault($"{name}: there is no file {file}.", name);
            }
        }
    }

    private static ValidationResult Fault(string message, string member) => new(message, [member]);
}

[OptionsValidator]
internal sealed partial class InfluxOptionsValidator : IValidateOptions<InfluxOptions>;
