using System.Globalization;
using Microsoft.Extensions.Options;

namespace MetricsHub.Moving;

/// <summary><c>MetricsHub backup</c>: one backup of an installation whose hub does not run. A hub that runs makes its own.</summary>
internal static class BackupCommand
{
    public const string Name = "backup";

    private const string Usage =
        """
        MetricsHub backup --Backup:Folder <folder> [settings of the hub]
        Makes one backup. A running hub makes its own every quarter of an hour where Backup:Folder is set.
        """;

    /// <exception cref="StartException">It could not be made; says why.</exception>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken = default)
    {
        var configuration = CommandSettings.Read(arguments);
        try
        {
            await using var installation = await Installation.OpenAsync(configuration, cancellationToken);
            if (installation.Backups.Options.Folder.Length == 0)
            {
                throw new StartException(Usage);
            }

            var made = await installation.Backups.Maker.MakeAsync(cancellationToken);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{made.Folder}: {made.Manifest.Files.Count} files, {made.Manifest.Bytes} bytes, as of {made.Manifest.Instant:u}"));
            return 0;
        }
        catch (OptionsValidationException exception)
        {
            throw new StartException(string.Join(Environment.NewLine, exception.Failures), exception);
        }
    }
}
