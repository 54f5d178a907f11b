using System.Text.RegularExpressions;

namespace MetricsHub.Domain.Privacy;

/// <summary>
/// Tells by a field's name whether it says who somebody is. Names are compared word by word, however they are joined:
/// <c>NHS_NUMBER</c>, <c>nhsNumber</c> and <c>NHS Number</c> are one name, and "Patients who have waited" is none of them.
/// </summary>
public static partial class IdentifyingNames
{
    // A longer text is a sentence: a title or a footnote that happens to mention a postcode names no field.
    private const int MostWords = 8;

    private static readonly string[] Somebody =
    [
        "nhs number", "nhs no", "nhs num", "nhs identifier", "chi number", "health and care number", "mrn", "medical record number",
        "hospital number", "hospital no", "casenote number", "case note number", "pas number", "local patient identifier", "national insurance number",
        "date of birth", "birth date", "birthday", "dob",
        "surname", "forename", "forenames", "first name", "last name", "middle name", "family name", "given name", "maiden name",
        "person name", "person id", "person identifier", "service user name", "service user id", "service user identifier", "next of kin",
        "patient name", "patient no", "patient id", "patient ids", "patient identifier", "patient identity", "patient number", "patient address", "patient key",
        "patient reference", "patient ref", "patient initials", "patient phone", "patient telephone", "patient email", "name of patient",
        "patients id", "patients identifier", "patients address",
    ];

    private static readonly string[] PostCodes = ["postcode", "post code", "postal code"];

    // A postcode of one of these is where to find it, not where somebody lives.
    private static readonly string[] Organisations =
        ["organisation", "organization", "org", "provider", "practice", "surgery", "pharmacy", "hospital", "clinic", "site", "trust", "service", "commissioner", "contract", "ward"];

    /// <param name="name">A field's name as it stands, or several of them from the outermost to the innermost, joined by dots.</param>
    /// <returns>The words by which it identifies somebody; null where it does not.</returns>
    public static string? Find(string name)
    {
        var words = Words(name);
        if (words.Count is 0 or > MostWords)
        {
            return null;
        }

        if (words is ["patient"])
        {
            return "patient";
        }

        var spaced = $" {string.Join(' ', words)} ";
        return Array.Find(Somebody, phrase => Says(spaced, phrase))
            ?? (!words.Contains("patient") && words.Exists(word => Organisations.Contains(word)) ? null : Array.Find(PostCodes, phrase => Says(spaced, phrase)));
    }

    private static bool Says(string name, string phrase)
    {
        // NHSno and nhsnumber are written as one word, whatever their capitals make of it.
        var joined = phrase.Replace(" ", "", StringComparison.Ordinal);
        if (name.Contains($" {joined} ", StringComparison.Ordinal) || name.Replace(" ", "", StringComparison.Ordinal) == joined)
        {
            return true;
        }

        // "Patient no" ends there; "patient no longer meets the criteria" says another thing, and so does "NHS number of beds".
        var at = name.IndexOf($" {phrase} ", StringComparison.Ordinal);
        var rest = at < 0 ? [] : name.AsSpan(at + phrase.Length + 2);
        return at >= 0 && !rest.StartsWith("of ") && (rest.IsEmpty || !phrase.EndsWith(" no", StringComparison.Ordinal));
    }

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        foreach (Match word in Word().Matches(name.Replace("'s", "", StringComparison.OrdinalIgnoreCase).Replace("’s", "", StringComparison.OrdinalIgnoreCase)))
        {
            words.Add(word.Value.ToLowerInvariant());
            if (words.Count > MostWords)
            {
                break;
            }
        }

        return words;
    }

    /// <summary>Runs of capitals (<c>NHS</c> of <c>NHSNumber</c>), words that begin with a capital, words without one, and numbers.</summary>
    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
