using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Testing;

namespace ExecutionAdapters.Lighter.Tests;

public sealed class TokenRotationTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly TokenRotation _rotation;

    public TokenRotationTests()
    {
        _rotation = new TokenRotation(_time);
        _rotation.BeginRound();
    }

    [Fact]
    public void Fresh_tokens_are_due_after_six_hours()
    {
        _time.Advance(TimeSpan.FromHours(6) - TimeSpan.FromSeconds(1));
        Assert.False(_rotation.IsDue);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_rotation.IsDue);
        _rotation.BeginRound();
        Assert.False(_rotation.IsDue);
    }

    [Fact]
    public void Failures_are_retried_after_half_a_minute_doubling_to_five()
    {
        int[] expected = [30, 60, 120, 240, 300, 300];
        foreach (var seconds in expected)
        {
            Assert.Equal((TimeSpan.FromSeconds(seconds), false), _rotation.OnFailed());
            _time.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.False(_rotation.IsDue);
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(_rotation.IsDue);
            _rotation.BeginRound();
        }
    }

    [Fact]
    public void Failing_for_an_hour_is_overdue_and_goes_on_every_five_minutes()
    {
        _rotation.OnFailed();
        _time.Advance(TimeSpan.FromHours(1));
        _rotation.BeginRound();
        Assert.Equal((TimeSpan.FromMinutes(5), true), _rotation.OnFailed());
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(_rotation.IsDue);
    }

    [Fact]
    public void However_many_streams_refuse_the_token_it_is_one_failure()
    {
        Assert.Equal((TimeSpan.FromSeconds(30), false), _rotation.OnFailed());
        Assert.Null(_rotation.OnFailed());
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(_rotation.IsDue);
        _rotation.BeginRound();
        Assert.Equal((TimeSpan.FromSeconds(60), false), _rotation.OnFailed());
    }

    [Fact]
    public void After_a_token_was_taken_failures_count_anew()
    {
        _rotation.OnFailed();
        _rotation.BeginRound();
        _rotation.OnFailed();
        _rotation.BeginRound();
        _time.Advance(TimeSpan.FromHours(6));
        _rotation.BeginRound();
        Assert.Equal((TimeSpan.FromSeconds(30), false), _rotation.OnFailed());
    }
}
