using System.Reflection;
using MetricsHub.Storage;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace MetricsHub.Tests.Compose;

/// <summary>Every variable that a hub is given is a setting that there is, and takes the value: a misspelt one would be ignored in silence.</summary>
public sealed class ComposeSettingsTests
{
    /// <summary>Settings that no section of options holds, and what the system knows.</summary>
    private static readonly string[] WithoutSection = ["Urls", "Roles", "HOME"];

    private static readonly string[] SecretWords = ["password", "token", "secret", "key", "connectionstring"];

    public static TheoryData<string> Hubs => [.. ComposeFile.Read().Hubs.Select(service => service.Name)];

    [Theory]
    [MemberData(nameof(Hubs))]
    public void Environment_OfAHub_IsSettings(string service) => Assert.Empty(UnknownIn(ComposeFile.Read().Services[service].Environment));

    [Theory]
    [InlineData("Storage__DataFolders", "/data")]
    [InlineData("Storrage__DataFolder", "/data")]
    [InlineData("Access__Mode", "key")]
    [InlineData("Access__AllowPlainHttp", "yes")]
    [InlineData("Rolls", "api")]
    public void Environment_WithASettingThatThereIsNot_IsSeenThrough(string name, string value) =>
        Assert.Single(UnknownIn(new Dictionary<string, string> { [name] = value }));

    [Fact]
    public void Files_ThatSettingsName_AreSecretsOfTheService() =>
        Assert.All(ComposeFile.Read().Services.Values, service => Assert.All(
            service.Environment.Values.Concat(service.Command).Where(text => text.StartsWith("/run/secrets/", StringComparison.Ordinal)),
            path => Assert.Contains(path["/run/secrets/".Length..], service.Names("secrets"))));

    [Fact]
    public void Secrets_OfAService_AreNamedInItsSettings() =>
        Assert.All(ComposeFile.Read().Services.Values, service => Assert.All(service.Names("secrets"), secret => Assert.True(
            service.Environment.Values.Concat(service.Command).Contains($"/run/secrets/{secret}") || ProvisionedFiles(service).Any(text => text.Contains($"$__file{{/run/secrets/{secret}}}", StringComparison.Ordinal)),
            $"{service} is given {secret} and does nothing with it.")));

    [Fact]
    public void Environment_OfEveryService_HoldsNoSecret() =>
        Assert.All(
            ComposeFile.Read().Services.Values.SelectMany(service => service.Environment)
                .Where(entry => Array.Exists(SecretWords, word => entry.Key.Contains(word, StringComparison.OrdinalIgnoreCase))),
            entry => Assert.StartsWith("/run/secrets/", entry.Value, StringComparison.Ordinal));

    [Fact]
    public void DataFolder_OfEachHubThatGoesOn_IsAVolumeOfItsOwn()
    {
        var compose = ComposeFile.Read();
        var volumes = compose.Hubs.Where(service => service.Name != "hub-keys")
            .Select(service => service.Volumes.Single(volume => volume.Target == service.Environment[$"{StorageOptions.SectionName}__{nameof(StorageOptions.DataFolder)}"]).Source)
            .ToList();

        Assert.Equal(volumes.Count, volumes.Distinct().Count());
        Assert.Equal(2, volumes.Count);
    }

    private static IEnumerable<string> ProvisionedFiles(ComposeService service) =>
        service.Volumes.Where(volume => volume.Source.EndsWith("/provisioning", StringComparison.Ordinal))
            .SelectMany(volume => Directory.GetFiles(Path.Combine(Repository.Root, volume.Source), "*.yaml", SearchOption.AllDirectories))
            .Select(File.ReadAllText);

    /// <summary>What cannot be bound, in words.</summary>
    private static List<string> UnknownIn(IReadOnlyDictionary<string, string> environment)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(environment.Select(entry =>
            KeyValuePair.Create(entry.Key.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), (string?)entry.Value))).Build();
        var options = typeof(StorageOptions).Assembly.GetTypes()
            .Select(type => (Type: type, Section: type.GetField("SectionName", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
            .Where(entry => entry.Section is not null)
            .ToDictionary(entry => entry.Section!, entry => entry.Type, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. configuration.GetChildren()
                .Where(section => !WithoutSection.Contains(section.Key))
                .Select(section => options.TryGetValue(section.Key, out var type) ? Fault(section, type) : $"{section.Key}: there is no such setting")
                .OfType<string>(),
        ];
    }

    private static string? Fault(IConfigurationSection section, Type type)
    {
        try
        {
            section.Get(type, binder => binder.ErrorOnUnknownConfiguration = true);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return $"{section.Key}: {exception.Message}";
        }
    }
}
