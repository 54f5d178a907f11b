using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MetricsHub.Storage.Files;

/// <summary>
/// Forces files and folders to the disk. .NET 10.0.12 reports success on Linux whatever fsync answered (dotnet/runtime#124725), so the
/// system is called directly there; Windows has no such fault, and no way to flush a folder either.
/// </summary>
internal static class DurableFile
{
    private const int ReadOnly = 0;

    /// <summary>Returns when the file's content is on the disk.</summary>
    /// <exception cref="IOException">The system could not say so.</exception>
    public static void Flush(FileStream file)
    {
        file.Flush();
        if (OperatingSystem.IsWindows())
        {
            file.Flush(flushToDisk: true);
            return;
        }

        Check(FSync(file.SafeFileHandle), file.Name);
    }

    /// <summary>Returns when a folder's entries are on the disk: a new or renamed file is lost without it even if its content is safe.</summary>
    /// <exception cref="IOException">The system could not say so.</exception>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = new SafeFileHandle(Open(folder, ReadOnly), ownsHandle: true);
        Check(handle.IsInvalid ? -1 : FSync(handle), folder);
    }

    private static void Check(int result, string path)
    {
        if (result != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new IOException($"'{path}' could not be written to the disk: {new Win32Exception(error).Message}");
        }
    }

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(SafeFileHandle file);

    [DllImport("libc", EntryPoint = "open", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
