using System.IO.Compression;
using System.Text;

namespace MetricsHub.Tests.Sources;

/// <summary>Rewrites parts of a real workbook, so that a test states only what it changes.</summary>
internal static class WorkbookEdit
{
    /// <param name="edit">Gets an entry's name and text, and gives its new text.</param>
    public static byte[] Rewrite(byte[] workbook, Func<string, string, string> edit)
    {
        using var target = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(workbook)))
        using (var to = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries)
            {
                using var reader = new BinaryReader(entry.Open());
                var bytes = reader.ReadBytes((int)entry.Length);
                using var content = to.CreateEntry(entry.FullName).Open();
                content.Write(entry.FullName.EndsWith(".xml", StringComparison.Ordinal)
                    ? Encoding.UTF8.GetBytes(edit(entry.FullName, Encoding.UTF8.GetString(bytes)))
                    : bytes);
            }
        }

        return target.ToArray();
    }

    public static byte[] Replace(byte[] workbook, string what, string with)
    {
        var found = false;
        var edited = Rewrite(workbook, (_, text) =>
        {
            found |= text.Contains(what, StringComparison.Ordinal);
            return text.Replace(what, with, StringComparison.Ordinal);
        });
        return found ? edited : throw new InvalidOperationException($"The workbook does not contain '{what}'.");
    }

    public static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        return target.ToArray();
    }
}
