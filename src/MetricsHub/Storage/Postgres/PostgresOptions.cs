using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace MetricsHub.Storage.Postgres;

/// <summary>Which PostgreSQL keeps the ledger, the archive and the job queue, and by which right the hub uses it.</summary>
internal sealed class PostgresOptions : IValidatableObject
{
    public const string SectionName = "Postgres";

    /// <summary>As Npgsql takes it: <c>Host=db.example.org;Database=metricshub;Username=hub;Password=…</c>.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>A file that holds the connection string instead.</summary>
    public string ConnectionStringFile { get; init; } = "";

    /// <summary>The schema of the ledger and the archive, made if it is missing; the job queue is in another one, of this name and <c>_jobs</c>.</summary>
    [RegularExpression("^[a-z_][a-z0-9_]{0,49}$", ErrorMessage = "Schema must be of at most 50 small letters, digits and underscores, and not begin with a digit.")]
    public string Schema { get; init; } = "metricshub";

    /// <exception cref="IOException">The file that is to hold the connection string cannot be read.</exception>
    public PostgresSettings ToSettings() => new(ConnectionString.Length > 0 ? ConnectionString : File.ReadAllText(ConnectionStringFile).Trim(), Schema);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ConnectionString.Length > 0 == ConnectionStringFile.Length > 0)
        {
            yield return Fault("Give either ConnectionString or ConnectionStringFile.", nameof(ConnectionString));
        }
        else if (ConnectionStringFile.Length > 0 && !File.Exists(ConnectionStringFile))
        {
            yield return Fault($"There is no file {ConnectionStringFile}.", nameof(ConnectionStringFile));
        }
        else if (!NamesHostAndDatabase(ToSettings().ConnectionString))
        {
            // What it holds is not repeated: there is a password in it.
            yield return Fault("The connection string must be like Host=db.example.org;Database=metricshub;Username=hub;Password=…", nameof(ConnectionString));
        }
    }

    private static bool NamesHostAndDatabase(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) is { Host.Length: > 0, Database.Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static ValidationResult Fault(string message, string member) => new(message, [member]);
}

[OptionsValidator]
internal sealed partial class PostgresOptionsValidator : IValidateOptions<PostgresOptions>;
