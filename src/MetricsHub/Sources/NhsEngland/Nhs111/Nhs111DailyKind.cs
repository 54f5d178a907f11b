using MetricsHub.Domain.Observations;
using MetricsHub.Sources.Blocks;
using static MetricsHub.Sources.Blocks.BlockColumn;

namespace MetricsHub.Sources.NhsEngland.Nhs111;

/// <summary>
/// NHS England's winter workbook of NHS 111 calls by contract and day. Some sheets hold two metrics side by side, told apart only by
/// the code above them, and a code can stand in more than one sheet. Calls are dated by the day on which they were made: Saturdays and
/// Sundays are the busiest. Its layout is known from documentation only.
/// </summary>
internal static class Nhs111DailyKind
{
    private static readonly BlockColumn[] Codes =
    [
        Of("A01", "nhs-111-calls-received"),
        Of("A03", "nhs-111-calls-answered"),
        Of("B01", "nhs-111-calls-answered-in-60-seconds", partOf: "nhs-111-calls-answered"),
        Of("B02", "nhs-111-calls-abandoned"),
        Of("C01", "nhs-111-calls-triaged"),
    ];

    public static readonly BlockWorkbookKind Winter = new(
        "the NHS 111 winter workbook (XLSX)",
        [
            new("Calls Received", Codes),
            new("Calls Answered in 60s", Codes),
            new("Calls Abandoned", Codes),
            new("Calls Triaged", Codes),
        ],
        BlockLabel.Title,
        Titles: [.. Codes.Select(column => column.Label)],
        CodeHeaders: ["Contract Code", "Contract", "Code", "Provider Code"],
        NameHeaders: ["Contract Name", "Name", "Provider Name", "Area"],
        OtherHeaders: ["Region"],
        HasFractions: false,

        // A contract that sent nothing for a day shows a dash or nothing; its figure was due.
        Markers: new Dictionary<string, AbsenceCode> { [""] = AbsenceCode.Late, ["-"] = AbsenceCode.Late });
}
