using System.Text.Json;
using Xunit;

namespace MetricsHub.Tests.Api;

internal static class Paged
{
    /// <summary>Every item of a list, by following its links; the header and the body have to name the same next page.</summary>
    public static async Task<IReadOnlyList<string>> AllAsync(ApiHost host, string address)
    {
        var items = new List<string>();
        for (var next = address; next is not null;)
        {
            using var response = await host.GetAsync(next);
            var page = JsonElement.Parse(await response.TextAsync());
            items.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()));
            next = page.GetProperty("next").GetString();
            Assert.Equal(next is not null, response.Headers.TryGetValues("Link", out var links));
            Assert.True(next is null || links!.Single() == $"<{next}>; rel=\"next\"");
            Assert.True(items.Count < 1000, "The pages do not end.");
        }

        return items;
    }
}
