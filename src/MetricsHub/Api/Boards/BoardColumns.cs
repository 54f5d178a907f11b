using System.Reflection;
using System.Text.Json;

namespace MetricsHub.Api.Boards;

/// <summary>The columns of a board's CSV form: the properties of its rows, by the names that they bear in JSON.</summary>
internal static class BoardColumns<TRow>
{
    private static readonly PropertyInfo[] Properties = typeof(TRow).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    public static IReadOnlyList<string> Names { get; } = [.. Properties.Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];

    /// <exception cref="NotSupportedException">A row holds more than text, numbers and instants: then it is not flat.</exception>
    public static void Write(CsvLine line, TRow row)
    {
        foreach (var property in Properties)
        {
            _ = property.GetValue(row) switch
            {
                null => line.Text(null),
                string text => line.Text(text),
                int number => line.Number((long)number),
                long number => line.Number(number),
                double number => line.Number(number),
                DateTimeOffset instant => line.Instant(instant),
                var other => throw new NotSupportedException($"{typeof(TRow).Name}.{property.Name} is a {other.GetType().Name}."),
            };
        }
    }
}
