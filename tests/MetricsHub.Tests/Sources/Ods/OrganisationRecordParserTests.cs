using System.Text;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Reference;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Sources.Ods;
using Xunit;

namespace MetricsHub.Tests.Sources.Ods;

public sealed class OrganisationRecordParserTests
{
    [Fact]
    public void Parse_TrustThatClosed_EndsOnTheDayAfterItsLast()
    {
        var parsed = Parse(Encoding.UTF8.GetString(Samples.Read("ods-organisations/RJY.json")));

        Assert.Equal(
            new OrganisationFact(
                new OrganisationCode("RJY"), "WIGAN AND LEIGH HEALTH SERVICES NHS TRUST", OrganisationKind.Provider,
                new DateSpan(new DateOnly(1993, 4, 1), new DateOnly(2001, 4, 1))),
            Assert.Single(parsed.Facts.Organisations));
        Assert.Empty(parsed.Facts.Successions);
        Assert.Equal(LondonCalendar.StartOf(new DateOnly(2020, 3, 19)), parsed.PublishedAt);
        Assert.True(parsed.Tally.Balances);
    }

    /// <summary>A hospital site as the directory sends it, cut to what is read.</summary>
    [Fact]
    public void Parse_SiteWithAPredecessor_StatesTheSuccession()
    {
        var parsed = Parse(
            """
            {"Organisation":{"Name":"KENT & CANTERBURY HOSPITAL","Date":[{"Type":"Operational","Start":"1999-04-01"}],"OrgId":{"extension":"RVVKC"},
            "Status":"Active","LastChangeDate":"2021-07-21","Roles":{"Role":[{"id":"RO198","primaryRole":true,"Status":"Active"}]},
            "Succs":{"Succ":[{"uniqueSuccId":28060,"Date":[{"Type":"Legal","Start":"1999-04-01"}],"Type":"Predecessor",
            "Target":{"OrgId":{"extension":"RGWKC"},"PrimaryRoleId":{"id":"RO198"}}}]}}}
            """);

        Assert.Equal((OrganisationKind.Site, new DateSpan(new DateOnly(1999, 4, 1), null)), (parsed.Facts.Organisations[0].Kind, parsed.Facts.Organisations[0].Valid));
        Assert.Equal(new SuccessionFact(new OrganisationCode("RGWKC"), new OrganisationCode("RVVKC"), new DateOnly(1999, 4, 1)), Assert.Single(parsed.Facts.Successions));
    }

    /// <summary>A list of one that is the one, a list that stands by itself, a truth that is a word, a foundation trust's second role.</summary>
    [Theory]
    [InlineData("""{"Role":{"id":"RO197","primaryRole":"true"}}""")]
    [InlineData("""[{"id":"RO57"},{"id":"RO197","primaryRole":true}]""")]
    [InlineData("""{"Role":[{"id":"RO57","primaryRole":"false"},{"id":"RO197","primaryRole":"true"}]}""")]
    public void Parse_RolesInAnyForm_AreRead(string roles)
    {
        var parsed = Parse($$"""{"Organisation":{"Name":"TRUST","OrgId":{"extension":"RZZ"},"Roles":{{roles}} } }""");

        Assert.Equal((OrganisationKind.Provider, DateSpan.Always), (Assert.Single(parsed.Facts.Organisations).Kind, parsed.Facts.Organisations[0].Valid));
    }

    [Fact]
    public void Parse_SuccessionBothWays_NamesPredecessorAndSuccessor()
    {
        var parsed = Parse(
            """
            {"Organisation":{"Name":"TRUST","OrgId":{"extension":"RZZ"},"Roles":[{"id":"RO197","primaryRole":true}],"Succs":{"Succ":[
            {"Type":"Successor","Date":{"Type":"Legal","Start":"2020-04-01"},"Target":{"OrgId":{"extension":"RAA"}}},
            {"Type":"Predecessor","Date":[{"Type":"Legal","Start":"2001-04-01"}],"Target":{"OrgId":{"extension":"RBB"}}},
            {"Type":"Friend","Date":[{"Type":"Legal","Start":"2001-04-01"}],"Target":{"OrgId":{"extension":"RCC"}}},
            {"Type":"Successor","Target":{"OrgId":{"extension":"RDD"}}},
            {"Type":"Successor","Date":[{"Type":"Legal","Start":"2001-04-01"}],"Target":{"OrgId":{"extension":"RZZ"}}}]}}}
            """);

        Assert.Equal(["RZZ>RAA", "RBB>RZZ"], parsed.Facts.Successions.Select(fact => $"{fact.Predecessor}>{fact.Successor}"));
        Assert.Equal([4, 5, 6], parsed.Rejections.Select(rejection => rejection.Row));
        Assert.Equal((6, 3, 3), (parsed.Tally.RowsRead, parsed.Tally.RowsAccepted, parsed.Tally.RowsRejected));
    }

    [Theory]
    [InlineData("""{"Name":"DENTAL SURGERY","OrgId":{"extension":"V00004"},"Roles":[{"id":"RO110","primaryRole":true}]}""", "the primary role RO110 is none that the hub reads")]
    [InlineData("""{"Name":"TRUST","OrgId":{"extension":"RZZ"}}""", "the primary role is missing is none that the hub reads")]
    [InlineData("""{"Name":"TRUST","OrgId":{"extension":"RZZ"},"Roles":[{"id":"RO197","primaryRole":true}],"Date":[{"Type":"Operational","Start":"2020-04-02","End":"2020-04-01"}]}""", "not a first and a last day in this order")]
    [InlineData("""{"Name":"TRUST","OrgId":{"extension":"RZZ"},"Roles":[{"id":"RO197","primaryRole":true}],"Date":[{"Type":"Operational","Start":"April"}]}""", "not a first and a last day in this order")]
    public void Parse_RecordThatCannotBeTakenUp_IsARejection(string record, string reason)
    {
        var parsed = Parse($$"""{"Organisation":{{record}} }""");

        Assert.Empty(parsed.Facts.Organisations);
        Assert.Equal(reason, Assert.Single(parsed.Rejections).Reason);
        Assert.True(parsed.Tally.Balances);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"Organisation":{"Name":"TRUST"}}""")]
    [InlineData("""{"Organisation":{"OrgId":{"extension":"RZZ"}}}""")]
    [InlineData("""{"Organisations":[{"OrgId":"V00004"}]}""")]
    public void Parse_NoRecord_IsRefused(string text) => Assert.Throws<PublicationFormatException>(() => Parse(text));

    private static ParsedPublication Parse(string text) => new OrganisationRecordParser().Parse(new PublicationContent(Encoding.UTF8.GetBytes(text), "RZZ.json", null));
}
