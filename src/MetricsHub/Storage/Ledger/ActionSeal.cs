using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MetricsHub.Storage.Ledger;

/// <summary>
/// The seals of actions: each the SHA-256 of the seal before it and of all that its action says, so that nothing can be changed, put between
/// or taken from between without every later seal being another.
/// </summary>
internal static class ActionSeal
{
    /// <summary>Before the first action.</summary>
    public static readonly string Start = new('0', 2 * SHA256.HashSizeInBytes);

    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string After(string previous, long number, LedgerAction action)
    {
        var text = new StringBuilder();
        foreach (var field in (string?[])
            [
                previous, number.ToString(CultureInfo.InvariantCulture), action.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                action.Actor, action.Action, action.Object, action.Detail, action.Address, action.Trace,
            ])
        {
            // With its length before it, so that nothing can move from one field into the next.
            _ = field is null ? text.Append('-') : text.Append(CultureInfo.InvariantCulture, $"{field.Length}:{field}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
