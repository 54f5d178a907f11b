using System.Text;
using MetricsHub.Domain.Privacy;

namespace MetricsHub.Collection.Gate;

/// <summary>
/// Looks through the few words that a person writes, a reason for instance. Stricter than with files: in words nobody needs a number that
/// an NHS number could be, so that one is one too many. A name or an address without a word that says so cannot be told from other words.
/// </summary>
internal static class WrittenWords
{
    private static readonly char[] Partings = ['.', ':', ';', '(', ')', '?', '!', '=', '/'];

    /// <returns>Null where nothing was found.</returns>
    public static PatientDataFinding? Find(string text)
    {
        if (NhsNumber.MayStandIn(text))
        {
            return new PatientDataFinding("it holds ten digits that are right as an NHS number is");
        }

        // Between two signs stands what a table would have in a cell: "DOB: 12/03/1950" names a date of birth.
        var cells = string.Join('\n', text.Split(Partings));
        return PatientDataCheck.Find(Encoding.UTF8.GetBytes(cells), []) is { } found
            ? new PatientDataFinding($"in it {found.Reason}")
            : null;
    }
}
