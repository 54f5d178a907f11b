using MetricsHub.Collection.Gate;
using Xunit;

namespace MetricsHub.Tests.Collection.Gate;

public sealed class WrittenWordsTests
{
    [Theory]
    [InlineData("Diverted 9434765919 to the other site")]
    [InlineData("Waits for 943 476 5919.")]
    [InlineData("See note (NHS number: given by phone)")]
    [InlineData("Bed 4, DOB: 12/03/1950")]
    [InlineData("Complaint; patient name = withheld")]
    [InlineData("https://fhir.nhs.uk/id/nhs-number|x")]
    public void Find_WhatMayTellOfAPatient_IsFoundAndNotRepeated(string text)
    {
        var found = WrittenWords.Find(text);

        Assert.NotNull(found);
        Assert.DoesNotContain("943", found.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Two wards closed (norovirus); 14 patients waiting for a bed, longest 09:30 hours.")]
    [InlineData("Patients who no longer meet the criteria to reside: 61")]
    [InlineData("Call the control room on 0117 496 0000, gold command at 14:00")]
    [InlineData("{ not quite JSON")]
    public void Find_WhatADutyManagerWrites_IsLetIn(string text) => Assert.Null(WrittenWords.Find(text));
}
