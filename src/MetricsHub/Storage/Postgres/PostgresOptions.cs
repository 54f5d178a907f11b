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

    /// <exception cref="InvalidOperationException">They are not valid.</exception>
    public PostgresSettings ToSettings() => new(Read() ?? throw new InvalidOperationException($"{ConnectionStringFile} cannot be read."), Schema);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ConnectionString.Length > 0 == ConnectionStringFile.Length > 0)
        {
            yield return Fault("Give either ConnectionString or ConnectionStringFile.", nameof(ConnectionString));
        }
        else if (Read() is not { } connectionString)
        {
            yield return Fault($"{ConnectionStringFile} cannot be read.", nameof(ConnectionStringFile));
        }
        else if (!NamesHostAndDatabase(connectionString))
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

    /// <summary>Null where the file that is to hold it cannot be read.</summary>
    private string? Read()
    {
        try
        {
            return ConnectionString.Length > 0 ? ConnectionString : File.ReadAllText(ConnectionStringFile).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ValidationResult Fault(string message, string member) => new(message, [member]);
}

[OptionsValidator]
internal sealed partial class PostgresOptionsValidator : IValidateOptions<PostgresOptions>;
