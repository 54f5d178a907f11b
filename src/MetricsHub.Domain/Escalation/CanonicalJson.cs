using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Escalation;

/// <summary>
/// JSON of which there is one for each content: properties in ordinal order, no white space, numbers invariant and without trailing zeros,
/// nothing written for what is not there. Every property of a record is in it by itself, so that none can be forgotten.
/// </summary>
internal static class CanonicalJson
{
    // What tells and does not decide: words for people, and facts that no level rests on.
    private static readonly FrozenSet<string> Telling = FrozenSet.Create(
        StringComparer.Ordinal,
        nameof(Framework.Name), nameof(Framework.Description), nameof(Framework.Unscored), nameof(Band.Source), nameof(Metric.Breaks),
        nameof(Metric.Measure), nameof(Metric.Polarity), nameof(Metric.CountsPeople), nameof(Framework.Status), nameof(Framework.RollUp));

    private static readonly JsonSerializerOptions Everything = OptionsOf(static _ => true);
    private static readonly JsonSerializerOptions Deciding = OptionsOf(static property => !Telling.Contains(property));

    public static string Write<T>(T content) => JsonSerializer.Serialize(content, Everything);

    /// <summary>The same without what tells and does not decide. It cannot be read back.</summary>
    public static string WriteDeciding<T>(T content) => JsonSerializer.Serialize(content, Deciding);

    /// <exception cref="JsonException">The text is not that of such a content.</exception>
    public static T Read<T>(string text)
        where T : class =>
        JsonSerializer.Deserialize<T>(text, Everything) ?? throw new JsonException("The text holds nothing.");

    private static JsonSerializerOptions OptionsOf(Predicate<string> keeps) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new DecimalConverter(),
            new TextConverter<MetricKey>(text => new MetricKey(text)),
            new TextConverter<OrganisationCode>(text => new OrganisationCode(text)),
            new TextConverter<Interval>(text => Interval.TryParse(text, out var interval) ? interval! : throw new FormatException()),
            new TextConverter<DateSpan>(ToSpan),
        },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { type => Arrange(type, keeps) } },
    };

    private static void Arrange(JsonTypeInfo type, Predicate<string> keeps)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        // What has no setter follows from the rest.
        var kept = type.Properties
            .Where(property => property.AttributeProvider is PropertyInfo { CanWrite: true } member && keeps(member.Name))
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .ToList();
        type.Properties.Clear();
        foreach (var property in kept)
        {
            // What may be nothing is left out where it is, so that it need not be there when it is read.
            property.IsRequired = !property.IsSetNullable;
            type.Properties.Add(property);
        }
    }

    private static DateSpan ToSpan(string text)
    {
        var days = text.Split('/');
        return days.Length == 2 ? new DateSpan(ToDay(days[0]), ToDay(days[1])) : throw new FormatException();
    }

    private static DateOnly? ToDay(string text) =>
        text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None);

    /// <summary>What is written as it calls itself.</summary>
    private sealed class TextConverter<T>(Func<string, T> parse) : JsonConverter<T>
        where T : notnull
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? "";
            try
            {
                return parse(text);
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException)
            {
                throw new JsonException($"'{text}' is no {typeof(T).Name}.", exception);
            }
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    /// <summary>0.50 is 0.5: a decimal remembers how it was written, and a rule does not change by it.</summary>
    private sealed class DecimalConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value / 1.0000000000000000000000000000m);
    }
}
