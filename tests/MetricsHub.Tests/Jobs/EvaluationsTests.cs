using Hangfire;
using Hangfire.Common;
using Hangfire.InMemory;
using Hangfire.States;
using MetricsHub.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MetricsHub.Tests.Jobs;

/// <summary>How often evaluation is woken by what is stored.</summary>
public sealed class EvaluationsTests : IDisposable
{
    private readonly FakeTimeProvider clock = new();
    private readonly InMemoryStorage storage = new();
    private readonly Evaluations evaluations;

    public EvaluationsTests() =>
        evaluations = new Evaluations(new BackgroundJobClient(storage), clock, NullLogger<Evaluations>.Instance);

    private long Woken => storage.GetMonitoringApi().EnqueuedCount(Evaluations.Queue);

    public void Dispose()
    {
        evaluations.Dispose();
        storage.Dispose();
    }

    [Fact]
    public void Wake_FirstAndAfterASecond_IsAtOnce()
    {
        evaluations.Wake();
        Assert.Equal(1, Woken);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Woken);

        evaluations.Wake();
        Assert.Equal(2, Woken);
    }

    [Fact]
    public void Wake_ManyTimesWithinASecond_IsOnceMoreWhenItIsOver()
    {
        for (var push = 0; push < 100; push++)
        {
            evaluations.Wake();
            clock.Advance(TimeSpan.FromMilliseconds(5));
        }

        Assert.Equal(1, Woken);

        clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(2, Woken);

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, Woken);
    }

    [Fact]
    public void Wake_AfterTheOneThatWasPutOff_WaitsASecondAgain()
    {
        evaluations.Wake();
        evaluations.Wake();
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Woken);

        evaluations.Wake();
        Assert.Equal(2, Woken);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, Woken);
    }

    [Fact]
    public void Wake_ThatWasPutOffAndCannotBeQueued_IsLeftToTheSchedule()
    {
        var queue = new QueueThatIsAway();
        using var woken = new Evaluations(queue, clock, NullLogger<Evaluations>.Instance);
        woken.Wake();
        woken.Wake();
        queue.IsAway = true;

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, queue.Asked);

        queue.IsAway = false;
        clock.Advance(TimeSpan.FromSeconds(1));
        woken.Wake();
        Assert.Equal(3, queue.Asked);
    }

    private sealed class QueueThatIsAway : IBackgroundJobClient
    {
        public bool IsAway { get; set; }

        public int Asked { get; private set; }

        public string Create(Job job, IState state)
        {
            Asked++;
            return IsAway ? throw new BackgroundJobClientException("The queue is away.", new TimeoutException()) : "1";
        }

        public bool ChangeState(string jobId, IState state, string expectedState) => throw new NotSupportedException();
    }
}
