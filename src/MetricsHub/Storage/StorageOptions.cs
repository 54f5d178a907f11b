using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace MetricsHub.Storage;

/// <summary>Where the stores keep their data.</summary>
internal sealed class StorageOptions
{
    public const string SectionName = "Storage";
    public const string DuckDb = "duckdb";
    public const string Influx = "influx";
    public const string Postgres = "postgres";

    /// <summary>One hub per folder. A relative path starts at the working directory.</summary>
    [Required]
    public string DataFolder { get; init; } = "data";

    /// <summary>What keeps the observations: <c>duckdb</c>, in the data folder, or <c>influx</c>, which the section Influx describes.</summary>
    [RegularExpression($"^({DuckDb}|{Influx})$", ErrorMessage = "Observations must be duckdb or influx.")]
    public string Observations { get; init; } = DuckDb;

    /// <summary>
    /// What keeps the ledger: <c>duckdb</c>, in the data folder, or <c>postgres</c>, which the section Postgres describes and which then
    /// keeps the archive and the job queue too.
    /// </summary>
    [RegularExpression($"^({DuckDb}|{Postgres})$", ErrorMessage = "Ledger must be duckdb or postgres.")]
    public string Ledger { get; init; } = DuckDb;

    /// <summary>What DuckDB may use of the machine's memory.</summary>
    [Required]
    [RegularExpression(@"^[1-9]\d*(KB|MB|GB|KiB|MiB|GiB)$", ErrorMessage = "MemoryLimit must be a number and a unit: 512MB, 2GB.")]
    public string MemoryLimit { get; init; } = "512MB";
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
