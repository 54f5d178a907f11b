using System.Security.Cryptography;
using System.Text;
using MetricsHub.Storage.Ledger;

namespace MetricsHub.Moving;

/// <summary>One part of two installations, side by side.</summary>
/// <param name="Entries">How many there are on the first side.</param>
/// <param name="Here">SHA-256 of the first side's entries, in lower-case hexadecimal digits.</param>
/// <param name="There">That of the second side's.</param>
/// <param name="FirstDifference">The place of the first entry that is not the same; null where all are.</param>
internal sealed record Likeness(string Part, long Entries, string Here, string There, string? FirstDifference)
{
    private const string Nothing = "nothing";

    /// <summary>Compares everything that two installations hold.</summary>
    public static async IAsyncEnumerable<Likeness> OfAll(Installation here, Installation there)
    {
        yield return await OfAsync("observations", Contents.OfObservations(here.History), Contents.OfObservations(there.History));
        yield return await OfAsync("archive", Contents.OfArchive(here.Archive), Contents.OfArchive(there.Archive));
        using var ledger = new LedgerImage(here.Ledger);
        using var other = new LedgerImage(there.Ledger);
        foreach (var table in LedgerSchema.Tables)
        {
            yield return await OfAsync($"ledger: {table}", Contents.OfTable(ledger, table), Contents.OfTable(other, table));
        }

        yield return await OfAsync("ledger: sequences", Contents.OfSequences(ledger), Contents.OfSequences(other));
    }

    /// <summary>Walks through both sides at once.</summary>
    public static async Task<Likeness> OfAsync(string part, IAsyncEnumerable<Entry> here, IAsyncEnumerable<Entry> there)
    {
        using var ours = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var theirs = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var left = here.GetAsyncEnumerator();
        await using var right = there.GetAsyncEnumerator();
        var entries = 0L;
        string? difference = null;
        while (true)
        {
            var one = await NextAsync(left, ours);
            var other = await NextAsync(right, theirs);
            if (one is null && other is null)
            {
                return new Likeness(part, entries, Digits(ours), Digits(theirs), difference);
            }

            entries += one is null ? 0 : 1;
            if (one?.Content != other?.Content)
            {
                difference ??= $"{one?.Place ?? Nothing} here, {other?.Place ?? Nothing} there";
            }
        }
    }

    private static async ValueTask<Entry?> NextAsync(IAsyncEnumerator<Entry> side, IncrementalHash hash)
    {
        if (!await side.MoveNextAsync())
        {
            return null;
        }

        hash.AppendData(Encoding.UTF8.GetBytes($"{side.Current.Content}\n"));
        return side.Current;
    }

    private static string Digits(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
