using System.Net;

namespace MetricsHub.Tests.Storage.Influx;

/// <summary>Answers requests as a test says, in memory, and counts them.</summary>
internal sealed class AnsweringHandler(Func<HttpRequestMessage, int, HttpResponseMessage> answer) : HttpMessageHandler
{
    public int Requests { get; private set; }

    public List<string> Queries { get; } = [];

    public static HttpResponseMessage Status(HttpStatusCode status, string text = "") => new(status) { Content = new StringContent(text) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (request.Content is FormUrlEncodedContent form)
        {
            Queries.Add(await form.ReadAsStringAsync(cancellationToken));
        }

        return answer(request, ++Requests);
    }
}
