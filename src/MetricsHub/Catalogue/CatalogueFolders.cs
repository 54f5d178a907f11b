namespace MetricsHub.Catalogue;

/// <summary>
/// Where the catalogue's files are. Beside the bundled ones are those of the simulated system, which belong to it only where the simulator
/// plays, and the installation's own, which no upgrade overwrites. All bear the names of the bundled ones, behind a folder.
/// </summary>
/// <param name="bundled">The folder of the bundled files.</param>
/// <param name="local">The folder of the installation's own; null or missing where there are none.</param>
/// <param name="withSimulated">Whether the simulated system's files belong to the catalogue.</param>
internal sealed class CatalogueFolders(string bundled, string? local, bool withSimulated)
{
    public const string Simulated = "simulated";

    /// <summary>How the installation's own folder is named in messages, as in a source's locations.</summary>
    public const string Local = "{data}/catalogue";

    /// <summary>Whether a file belongs to the simulated system.</summary>
    public static bool IsSimulated(string file) => file.StartsWith(Simulated + "/", StringComparison.Ordinal);

    /// <summary>Whether a file or folder is the installation's own.</summary>
    public static bool IsLocal(string file) => file.StartsWith(Local + "/", StringComparison.Ordinal);

    /// <summary>The bundled file or folder that holds what this one holds: <c>sources</c> for <c>simulated/sources/x.yaml</c>.</summary>
    public static string RootOf(string file)
    {
        var folder = Array.Find([Simulated, Local], prefix => file.StartsWith(prefix + "/", StringComparison.Ordinal));
        return (folder is null ? file : file[(folder.Length + 1)..]).Split('/')[0];
    }

    /// <summary>The name of the file or folder that the simulated system has of that name.</summary>
    public static string SimulatedOf(string name) => $"{Simulated}/{name}";

    /// <summary>Where a file or folder is on this machine.</summary>
    public string PathOf(string name) => IsLocal(name)
        ? Path.Combine(local!, name[(Local.Length + 1)..])
        : Path.Combine(bundled, name);

    /// <summary>The bundled file or folder of that name, which has to be there, and the installation's own where there is one.</summary>
    public IEnumerable<string> Of(string name) =>
        local is not null && Path.Exists(Path.Combine(local, name)) ? [name, $"{Local}/{name}"] : [name];

    /// <summary>Those and, where the simulator plays, the simulated system's.</summary>
    public IEnumerable<string> WithSimulatedOf(string name) => withSimulated ? [.. Of(name), SimulatedOf(name)] : Of(name);
}
