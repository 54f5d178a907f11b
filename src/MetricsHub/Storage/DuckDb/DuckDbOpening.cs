using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace MetricsHub.Storage.DuckDb;

/// <summary>How a database file is opened, and what the ways of failing mean.</summary>
internal static partial class DuckDbOpening
{
    /// <summary>
    /// All options stand on the first connection string of the process: on a later one DuckDB ignores them without a word.
    /// </summary>
    public static string ConnectionString(DuckDbSettings settings) => new DuckDBConnectionStringBuilder
    {
        DataSource = settings.Path,
        ["memory_limit"] = settings.MemoryLimit,
        ["threads"] = settings.ThreadCount.ToString(CultureInfo.InvariantCulture),
        ["autoinstall_known_extensions"] = "false",
        ["autoload_known_extensions"] = "false",
    }.ConnectionString;

    /// <summary>After this no SQL reaches a file outside the data folder, loads an extension, or takes any of it back.</summary>
    public static void Harden(DuckDBConnection connection, DuckDbSettings settings)
    {
        var folder = Path.GetDirectoryName(settings.Path)!.Replace("'", "''", StringComparison.Ordinal);
        connection.Execute($"SET allowed_directories = ['{folder}']");
        connection.Execute("SET enable_external_access = false");
        connection.Execute("SET lock_configuration = true");
    }

    public static DuckDbFileException Explain(string path, DuckDBException error)
    {
        if (error.Message.Contains("Could not set lock on file", StringComparison.Ordinal))
        {
            return InUse(path, HolderPid().Match(error.Message) is { Success: true } match ? match.Groups[1].Value : "unknown", error);
        }

        var log = path + ".wal";
        return File.Exists(log)
            ? new DuckDbFileException(
                $"{path} cannot be opened with its write-ahead log {log}: {error.Message} "
                + "What the log holds was acknowledged but is not in the file: keep a copy of it, move it away, start again and collect again from the archive.",
                error)
            : new DuckDbFileException($"{path} cannot be opened: {error.Message}", error);
    }

    /// <summary>Whether DuckDB refuses everything from now on until the file is opened again.</summary>
    public static bool IsGivenUp(DuckDBException error) => error.ErrorType == DuckDBErrorType.Fatal;

    /// <summary>Whether the disk is at fault. There is one writer, so that a commit fails for no other reason.</summary>
    public static bool IsOfTheDisk(DuckDBException error) => error.ErrorType is DuckDBErrorType.Fatal or DuckDBErrorType.Io or DuckDBErrorType.Transaction;

    public static DuckDbFileException InUse(string path, string process, Exception? error = null) =>
        new($"{path} is in use by process {process}; one hub per data folder.", error);

    [GeneratedRegex(@"PID (\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex HolderPid();
}
