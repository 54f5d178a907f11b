namespace MetricsHub.Catalogue;

/// <summary>How the columns of a table map to metrics, as a source's file writes it.</summary>
internal sealed class TableEntry
{
    /// <summary><c>csv</c>, <c>json</c> or <c>xlsx</c>.</summary>
    public string? Format { get; init; }

    /// <summary>The sheet of a workbook.</summary>
    public string? Sheet { get; init; }

    /// <summary>A JSON pointer to the array of rows; the document itself where it is left out.</summary>
    public string? Rows { get; init; }

    public TableOrganisationEntry? Organisation { get; init; }

    public TableTimeEntry? Time { get; init; }

    /// <summary>What stands where there is no number, and the absence that it means.</summary>
    public Dictionary<string, string> Missing { get; init; } = [];

    public List<TableFigureEntry> Figures { get; init; } = [];
}

internal sealed class TableOrganisationEntry
{
    public string? Field { get; init; }

    /// <summary>Optional: what stands in the field, and the organisation that it means.</summary>
    public Dictionary<string, string> Codes { get; init; } = [];

    /// <summary>Instead of a field: the one organisation that the table is about.</summary>
    public string? Code { get; init; }
}

internal sealed class TableTimeEntry
{
    public string? Field { get; init; }

    /// <summary><c>iso</c>, or a format of .NET such as <c>dd/MM/yyyy HH:mm</c>.</summary>
    public string? Format { get; init; }

    /// <summary>Instead of one format: several, of which the first that fits counts.</summary>
    public List<string> Formats { get; init; } = [];

    /// <summary>The clock of times that bear no offset.</summary>
    public string? Zone { get; init; }

    /// <summary>What a time means that the clock showed twice: <c>first</c>, <c>second</c> or <c>refuse</c>.</summary>
    public string Ambiguous { get; init; } = "refuse";
}

internal sealed class TableFigureEntry
{
    public string? Metric { get; init; }

    public string? Field { get; init; }

    /// <summary>Optional: the unit of the field, where it is not the metric's own.</summary>
    public string? Unit { get; init; }
}
