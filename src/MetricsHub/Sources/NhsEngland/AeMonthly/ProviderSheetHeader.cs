namespace MetricsHub.Sources.NhsEngland.AeMonthly;

/// <summary>
/// Names the provider sheet's columns. Its header row repeats "Type 1 Departments - Major A&amp;E" and its like in three blocks; which
/// block a column belongs to is told by the total that closes the block: "Total attendances", "Total Attendances &lt; 4 hours",
/// "Total Attendances &gt; 4 hours".
/// </summary>
internal static class ProviderSheetHeader
{
    public const string Code = "Code";
    public const string Region = "Region";
    public const string Name = "Name";
    public const string OtherAdmissions = "Other Emergency admissions (i.e not via A&E)";
    public const string AdmissionsViaTotal = "Total Emergency Admissions via A&E";
    public const string AdmissionsTotal = "Total Emergency Admissions";
    public const string DtaOver4H = "Number of patients spending >4 hours from decision to admit to admission";
    public const string DtaOver12H = "Number of patients spending >12 hours from decision to admit to admission";

    private const string AttendancesTotal = "Total attendances";
    private const string WithinTotal = "Total Attendances < 4 hours";
    private const string OverTotal = "Total Attendances > 4 hours";

    private static readonly string[] Types =
    [
        "Type 1 Departments - Major A&E", "Type 2 Departments - Single Specialty", "Type 3 Departments - Other A&E/Minor Injury Unit",
    ];

    private static readonly string[] Closing = [AttendancesTotal, WithinTotal, OverTotal];

    /// <param name="type">1 to 3; 0 for all types together. So in every method below.</param>
    public static string Attendances(int type) => type == 0 ? AttendancesTotal : InBlock(Types[type - 1], AttendancesTotal);

    public static string Within(int type) => type == 0 ? WithinTotal : InBlock(Types[type - 1], WithinTotal);

    public static string Over(int type) => type == 0 ? OverTotal : InBlock(Types[type - 1], OverTotal);

    public static string Percentage(int type) => $"Percentage in 4 hours or less ({(type == 0 ? "all" : $"type {type}")})";

    public static string AdmissionsVia(int type) => $"Emergency Admissions via Type {(type == 3 ? "3 and 4" : type)} A&E";

    /// <summary>The header row with a name of its own for every column. A column that no total closes keeps its name, and is then missed.</summary>
    public static IReadOnlyList<string> Unique(IReadOnlyList<string> headers)
    {
        var closing = "";
        var unique = headers.ToArray();
        for (var column = unique.Length - 1; column >= 0; column--)
        {
            if (Array.Find(Closing, total => Same(total, unique[column])) is { } total)
            {
                closing = total;
            }
            else if (closing.Length > 0 && Array.Find(Types, type => Same(type, unique[column])) is { } type)
            {
                unique[column] = InBlock(type, closing);
            }
        }

        return unique;
    }

    private static string InBlock(string type, string total) => $"{type}, {total}";

    private static bool Same(string left, string right) => ColumnName.Normalise(left) == ColumnName.Normalise(right);
}
