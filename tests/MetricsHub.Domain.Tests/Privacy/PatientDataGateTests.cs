using System.Globalization;
using MetricsHub.Domain.Privacy;
using Xunit;

namespace MetricsHub.Domain.Tests.Privacy;

public sealed class PatientDataGateTests
{
    private const int Seed = 20261122;

    private static readonly FieldPlace Place = new(1, 3);

    /// <summary>What publications are full of: numbers of ten digits, epochs, codes, dates, measurements. A million in one field each, and in small payloads.</summary>
    [Theory]
    [InlineData(1_000_000)]
    [InlineData(25)]
    public void Value_MillionOfCleanValues_FindsNothing(int valuesAPayload)
    {
        var random = new Random(Seed);
        var told = 0;
        while (told < 1_000_000)
        {
            var gate = Gate();
            for (var value = 0; value < valuesAPayload; value++, told++)
            {
                gate.Value(new FieldPlace(1, 1), random.NextInt64(1_000_000_000, 10_000_000_000).ToString(CultureInfo.InvariantCulture));
                gate.Value(new FieldPlace(1, 2), (1_700_000_000 + (told * 900L)).ToString(CultureInfo.InvariantCulture));
                gate.Value(new FieldPlace(1, 3), $"R{(char)('A' + random.Next(26))}{random.Next(10)}{random.Next(100):00} {random.Next(1_000_000)}");
                gate.Value(new FieldPlace(1, 4), new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(20_000_000)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
                gate.Value(new FieldPlace(1, 5), random.NextDouble().ToString("F10", CultureInfo.InvariantCulture));
            }

            Assert.Null(gate.Finding);
        }
    }

    [Fact]
    public void Value_FieldOfNhsNumbers_IsFoundAtTheTwentieth()
    {
        var numbers = NhsNumbers().Take(20).ToList();
        var gate = Gate();
        foreach (var number in numbers.Take(19).Concat(numbers.Take(19)))
        {
            gate.Value(Place, number);
        }

        Assert.Null(gate.Finding);
        gate.Value(Place, numbers[19]);

        Assert.Equal("field 3 holds numbers of ten digits, of which more than half are right as NHS numbers are", gate.Finding!.ToString());
    }

    [Fact]
    public void Value_NhsNumbersSpreadOverFields_AreJudgedFieldByField()
    {
        var gate = Gate();
        foreach (var (index, number) in NhsNumbers().Take(38).Index())
        {
            gate.Value(new FieldPlace(1, 1 + (index % 2)), number);
        }

        Assert.Null(gate.Finding);
    }

    [Fact]
    public void Value_NhsNumbersAfterManyOthers_AreFound()
    {
        var random = new Random(Seed);
        var gate = Gate();
        for (var value = 0; value < 100_000; value++)
        {
            gate.Value(Place, random.NextInt64(1_000_000_000, 10_000_000_000).ToString(CultureInfo.InvariantCulture));
        }

        Assert.Null(gate.Finding);
        foreach (var number in NhsNumbers().Take(20_000))
        {
            gate.Value(Place, number);
        }

        Assert.NotNull(gate.Finding);
    }

    [Fact]
    public void Value_OnePrintedNumber_IsFoundAndNotRepeated()
    {
        var gate = Gate();

        gate.Value(new FieldPlace(2, 4), "rang about 943 476 5919");

        Assert.Equal("field 4 of part 2 holds an NHS number as it is printed, in three, three and four digits", gate.Finding!.Reason);
    }

    [Theory]
    [InlineData("https://fhir.nhs.uk/Id/nhs-number")]
    [InlineData("urn:oid:2.16.840.1.113883.2.1.4.1")]
    public void Value_SystemOfTheNhsNumber_IsFound(string system)
    {
        var gate = Gate();

        gate.Value(Place, system);

        Assert.NotNull(gate.Finding);
    }

    [Fact]
    public void Name_OfAFieldThatWasEmptied_Passes()
    {
        var gate = new PatientDataGate(name => name == "Surname");

        gate.Name(Place, "Surname");
        Assert.Null(gate.Finding);
        gate.Name(Place, "Forename");

        Assert.Equal("the name of field 3 says 'forename'", gate.Finding!.Reason);
    }

    [Theory]
    [InlineData("Patient", true)]
    [InlineData("RelatedPerson", true)]
    [InlineData("MeasureReport", false)]
    [InlineData("Organization", false)]
    public void Resource_OfAPerson_IsFound(string kind, bool found)
    {
        var gate = Gate();

        gate.Resource(Place, kind);

        Assert.Equal(found, gate.Finding is not null);
    }

    private static PatientDataGate Gate() => new(_ => false);

    private static IEnumerable<string> NhsNumbers() =>
        Enumerable.Range(0, int.MaxValue).Select(offset => (4_000_000_000 + (offset * 7L)).ToString(CultureInfo.InvariantCulture)).Where(digits => NhsNumber.IsValid(digits));
}
