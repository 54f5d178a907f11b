namespace MetricsHub.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MetricsHub.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("MetricsHub.sln stands in no folder above the tests.");
        }

        return folder.FullName;
    }
}
