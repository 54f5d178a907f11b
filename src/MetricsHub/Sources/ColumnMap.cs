using System.Collections.Frozen;

namespace MetricsHub.Sources;

/// <summary>Where each expected column stands in a header row.</summary>
internal sealed class ColumnMap
{
    private readonly FrozenDictionary<string, int> positions;

    private ColumnMap(FrozenDictionary<string, int> positions, int width)
    {
        this.positions = positions;
        Width = width;
        LastMapped = positions.Values.Max();
    }

    /// <summary>How many columns the header row has, unnamed ones too.</summary>
    public int Width { get; }

    /// <summary>The position of the last column that is read; a row that ends before it is incomplete.</summary>
    public int LastMapped { get; }

    public int this[string name] => positions[name];

    /// <summary>How many of the expected columns a row names; tells a header row from everything else.</summary>
    public static int Matches(IEnumerable<string> headers, IEnumerable<string> expected) =>
        headers.Select(ColumnName.Normalise).Intersect(expected.Select(ColumnName.Normalise)).Count();

    /// <param name="headers">The header row, unique names given to columns that share one.</param>
    /// <param name="expected">Every column that has to be there.</param>
    /// <param name="isDerived">Whether a further column is known and not read; null where there is none.</param>
    /// <param name="body">The rows below, in which an unknown column has to be empty.</param>
    /// <exception cref="PublicationFormatException">A column is missing, stands twice, or is unknown and holds something.</exception>
    public static ColumnMap Of(
        IReadOnlyList<string> headers,
        IReadOnlyCollection<string> expected,
        Func<string, bool>? isDerived,
        IReadOnlyCollection<TableRow> body)
    {
        var byName = headers.Select((header, position) => (Name: ColumnName.Normalise(header), position)).ToLookup(pair => pair.Name, pair => pair.position);
        var names = expected.ToDictionary(header => header, ColumnName.Normalise);
        var known = names.Values.ToHashSet();
        var unknown = headers
            .Select((header, position) => (Header: header.Trim(), Position: position))
            .Where(column => !known.Contains(ColumnName.Normalise(column.Header)) && isDerived?.Invoke(column.Header) != true)
            .ToArray();

        var missing = names.Where(pair => !byName.Contains(pair.Value)).Select(pair => pair.Key).ToArray();
        if (missing.Length > 0)
        {
            var others = unknown.Where(column => column.Header.Length > 0).Select(column => column.Header).ToArray();
            throw new PublicationFormatException(
                $"the column{(missing.Length > 1 ? "s" : "")} '{string.Join("', '", missing)}'",
                others.Length == 0 ? "no column of such a name" : $"instead '{string.Join("', '", others)}'");
        }

        var twice = names.Where(pair => byName[pair.Value].Count() > 1).Select(pair => pair.Key).ToArray();
        if (twice.Length > 0)
        {
            throw new PublicationFormatException("every column once", $"more than one column '{string.Join("', '", twice)}'");
        }

        foreach (var (header, position) in unknown)
        {
            var filled = body.FirstOrDefault(row => row[position].Length > 0);
            if (filled is not null)
            {
                throw new PublicationFormatException(
                    "only known columns, or unknown ones that are empty",
                    $"column {position + 1} '{header}' with '{filled[position]}' in row {filled.Number}");
            }
        }

        return new ColumnMap(names.ToFrozenDictionary(pair => pair.Key, pair => byName[pair.Value].Single()), headers.Count);
    }
}
