using System.Globalization;

namespace MetricsHub.Domain.Privacy;

/// <summary>
/// Judges whether a payload holds data about single people, from its field names and values as they stream by. It keeps nothing of them
/// but ten-digit numbers, until the payload has been judged.
/// </summary>
/// <param name="exempt">Whether a field's name is known to be of a field that was emptied.</param>
public sealed class PatientDataGate(Predicate<string> exempt)
{
    /// <summary>From how many distinct ten-digit numbers in one field on their share that passes modulus 11 is judged.</summary>
    public const int FewestNumbers = 20;

    // Of arbitrary numbers one in eleven passes. That more than half of them ever do, from the 20th to the 5,000th, happens by chance in
    // one field of 1.7 million.
    private const double MostPassing = 0.5;

    // After so many distinct numbers of a field the count begins anew: memory is bounded, and what follows is judged too.
    private const int Window = 5_000;

    // What the NHS number is called where systems exchange it.
    private const string FhirSystem = "/id/nhs-number";
    private const string Hl7System = "2.16.840.1.113883.2.1.4.1";

    private static readonly string[] PeopleResources = ["Patient", "Person", "RelatedPerson"];

    private readonly Dictionary<FieldPlace, Numbers> numbers = [];

    /// <summary>What was found first; null as long as nothing was. Nothing more has to be told from then on.</summary>
    public PatientDataFinding? Finding { get; private set; }

    /// <summary>Tells a field's name, or what stands where names stand.</summary>
    public void Name(FieldPlace place, string name)
    {
        if (Finding is null && IdentifyingNames.Find(name) is { } words && !exempt(name))
        {
            Finding = new PatientDataFinding($"the name of {place} says '{words}'");
        }
    }

    /// <summary>Tells a value of a field, as text.</summary>
    public void Value(FieldPlace place, ReadOnlySpan<char> text)
    {
        if (Finding is not null || text.Length < NhsNumber.Length)
        {
            return;
        }

        if (NhsNumber.IsPrintedIn(text))
        {
            Finding = new PatientDataFinding($"{place} holds an NHS number as it is printed, in three, three and four digits");
        }
        else if (text.Contains(FhirSystem, StringComparison.OrdinalIgnoreCase) || text.Contains(Hl7System, StringComparison.Ordinal))
        {
            Finding = new PatientDataFinding($"{place} names the NHS number as the kind of an identifier");
        }
        else
        {
            var from = 0;
            while (NhsNumber.NextTenDigits(text, ref from) is { IsEmpty: false } number)
            {
                Count(place, number);
            }
        }
    }

    /// <summary>Tells a FHIR resource's kind.</summary>
    public void Resource(FieldPlace place, string kind)
    {
        if (PeopleResources.Contains(kind, StringComparer.OrdinalIgnoreCase))
        {
            Finding ??= new PatientDataFinding($"{place} says that it is a FHIR resource about a person");
        }
    }

    private void Count(FieldPlace place, ReadOnlySpan<char> number)
    {
        if (!numbers.TryGetValue(place, out var seen) || seen.Distinct.Count == Window)
        {
            numbers[place] = seen = new Numbers();
        }

        if (!seen.Distinct.Add(long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture)))
        {
            return;
        }

        seen.Passing += NhsNumber.IsValid(number) ? 1 : 0;
        if (seen.Distinct.Count >= FewestNumbers && seen.Passing > MostPassing * seen.Distinct.Count)
        {
            Finding = new PatientDataFinding($"{place} holds numbers of ten digits, of which more than half are right as NHS numbers are");
        }
    }

    private sealed class Numbers
    {
        public HashSet<long> Distinct { get; } = [];

        public int Passing { get; set; }
    }
}
