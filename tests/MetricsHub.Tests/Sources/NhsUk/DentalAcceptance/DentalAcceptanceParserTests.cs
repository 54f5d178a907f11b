using System.Text;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;
using MetricsHub.Sources.NhsUk.DentalAcceptance;
using MetricsHub.Tests.Api;
using Xunit;

namespace MetricsHub.Tests.Sources.NhsUk.DentalAcceptance;

public sealed class DentalAcceptanceParserTests
{
    private const string Tree = "Sources/NhsUk/DentalAcceptance";
    private const string Header = "snapshot_date,icb_ons_code,practices,accepting,not_accepting,not_confirmed,referral_only,unrecognised,accepts_adults,accepts_children\n";

    public static TheoryData<string> Cases => ParserCase.Names(Tree);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parse_PublishedFile_SaysWhatIsExpected(string name) => ParserCase.Verify(new DentalAcceptanceParser(), Tree, name);

    [Fact]
    public void Parse_Rows_GoWhereTheyBelong()
    {
        var parsed = Parse(
            "2026-07-25,E54000039,10,1,2,3,4,0,1,1\n2026-07-25,E54000039,10,1,2,3,4,0,1,1\n2026-07-25,,5,5,0,0,0,0,5,5\n"
            + "25/07/2026,E54000040,1,1,0,0,0,0,1,1\n,,,,,,,,,\n2026-07-25,E54000041,10,1,2,3,5,0,1,1\n2026-07-25,E54000043,1,1,0,0,0,0\n");

        Assert.Equal(new Tally(7, 2, 4, 0, 1, 0, 16, 8, 0, 8), parsed.Tally);
        Assert.Equal(
            [
                "QUY stands in row 2 for the day already, with the same figures",
                "'' is not the ONS code of an integrated care board",
                "'25/07/2026' is not a day such as 2026-07-25",
                "the answers add up to 11 and not to the 10 practices",
                "row 8 has 8 of 10 cells",
            ],
            parsed.Rejections.Select(rejection => rejection.Reason).Distinct());
    }

    /// <summary>The table of codes and the catalogue are two places: they have to agree.</summary>
    [Fact]
    public void IcbOnsCodes_AreTheBoardsOfTheCatalogue()
    {
        var systems = ApiHost.Catalogue.Organisations.All.Where(organisation => organisation.Kind == Domain.Organisations.OrganisationKind.System).ToList();

        Assert.Equal(systems.Select(system => system.Code.ToString()).Order(), IcbOnsCodes.All.Values.Distinct().Order());
        Assert.All(systems, system => Assert.Equal(system.Code, IcbOnsCodes.Find(system.OnsCode!)));
    }

    private static ParsedPublication Parse(string rows) =>
        new DentalAcceptanceParser().Parse(new PublicationContent(Encoding.UTF8.GetBytes(Header + rows), "a.csv", null));
}
