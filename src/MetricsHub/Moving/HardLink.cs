using System.Runtime.InteropServices;

namespace MetricsHub.Moving;

/// <summary>A second name of a file that never changes.</summary>
internal static class HardLink
{
    /// <returns>False where there is no such file, or the file system gives it no second name: then it is to be copied.</returns>
    public static bool TryMake(string existing, string name) => !OperatingSystem.IsWindows() && Link(existing, name) == 0;

    [DllImport("libc", EntryPoint = "link", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
