using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MetricsHub.Catalogue;

/// <summary>Finds the line of a YAML file at which a field stands, by the way to it: <c>table.figures[2].metric</c>.</summary>
internal sealed partial class YamlLines
{
    private readonly YamlNode? root;

    /// <param name="text">A file that could be read as YAML.</param>
    public YamlLines(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        root = stream.Documents is [var document, ..] ? document.RootNode : null;
    }

    /// <summary>Counted from 1. Of a field that is not there it is the line of what it should stand in; null in an empty file.</summary>
    public int? Of(string path)
    {
        var (node, line) = (root, root?.Start.Line);
        foreach (Match step in Step().Matches(path))
        {
            if (node is null || Find(node, step.Value.Trim('[', ']')) is not { } found)
            {
                break;
            }

            (node, line) = (found.Node, found.Line);
        }

        return (int?)line;
    }

    /// <summary>The way to the innermost field whose name stands in a line; empty where there is none, and in a text that is no YAML at all.</summary>
    /// <param name="line">Counted from 1.</param>
    public static string PathAt(string text, long line)
    {
        try
        {
            return new YamlLines(text).root is { } root ? PathIn(root, line) ?? "" : "";
        }
        catch (YamlException)
        {
            // Whoever asks says where it ends to be YAML; no field has that line then.
            return "";
        }
    }

    private static string? PathIn(YamlNode node, long line) => node switch
    {
        YamlMappingNode fields => fields.Children
            .Select(pair => PathIn(pair.Value, line) is { } inner ? Join($"{pair.Key}", inner) : pair.Key.Start.Line == line ? $"{pair.Key}" : null)
            .LastOrDefault(path => path is not null),
        YamlSequenceNode items => items.Children
            .Select((item, index) => PathIn(item, line) is { } inner ? Join(string.Create(CultureInfo.InvariantCulture, $"[{index}]"), inner) : null)
            .LastOrDefault(path => path is not null),
        _ => null,
    };

    private static string Join(string outer, string inner) => inner.StartsWith('[') ? outer + inner : $"{outer}.{inner}";

    /// <summary>A field stands where its name does; what it holds may start on the next line.</summary>
    private static (YamlNode Node, long Line)? Find(YamlNode node, string step) => node switch
    {
        YamlMappingNode fields when fields.Children.FirstOrDefault(pair => (pair.Key as YamlScalarNode)?.Value == step) is { Key: { } key, Value: var value } =>
            (value, key.Start.Line),
        YamlMappingNode fields when IndexIn(step, fields.Children.Count) is { } index => (fields.Children[index].Value, fields.Children[index].Key.Start.Line),
        YamlSequenceNode items when IndexIn(step, items.Children.Count) is { } index => (items.Children[index], items.Children[index].Start.Line),
        _ => null,
    };

    private static int? IndexIn(string step, int count) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < count ? index : null;

    [GeneratedRegex(@"[^.\[\]]+|\[\d+\]", RegexOptions.CultureInvariant)]
    private static partial Regex Step();
}
