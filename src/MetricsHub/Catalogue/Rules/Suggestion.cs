namespace MetricsHub.Catalogue.Rules;

/// <summary>Finds what somebody may have meant who wrote a key that is not there.</summary>
internal static class Suggestion
{
    private const int MostEdits = 3;

    /// <summary><c>; did you mean 'utc-waiting'?</c>, or nothing where no key is near.</summary>
    public static string For(string wrong, IEnumerable<string> keys)
    {
        var nearest = keys
            .Select(key => (Key: key, Edits: Edits(wrong, key)))
            .Where(pair => pair.Edits <= MostEdits)
            .OrderBy(pair => pair.Edits)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest.Key is null ? "" : $"; did you mean '{nearest.Key}'?";
    }

    /// <summary>How many letters have to be put in, left out or changed (Levenshtein).</summary>
    private static int Edits(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
