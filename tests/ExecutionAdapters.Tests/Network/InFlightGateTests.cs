using ExecutionAdapters.Network;

namespace ExecutionAdapters.Tests.Network;

public sealed class InFlightGateTests
{
    [Fact]
    public void Who_finds_it_full_is_told_once_when_somebody_leaves()
    {
        var gate = new InFlightGate(1);
        var told = 0;
        void OnFreed() => told++;

        Assert.True(gate.TryEnter(OnFreed));
        Assert.False(gate.TryEnter(OnFreed));
        Assert.False(gate.TryEnter(OnFreed));
        gate.Leave();
        Assert.Equal(1, told);
        Assert.True(gate.TryEnter(OnFreed));
        gate.Leave();
        Assert.Equal(1, told);
    }

    [Fact]
    public void More_leaving_than_entered_is_an_error_and_makes_no_room()
    {
        var gate = new InFlightGate(1);
        Assert.Throws<InvalidOperationException>(() => gate.Leave());
        Assert.True(gate.TryEnter(() => { }));
        Assert.False(gate.TryEnter(() => { }));
    }
}
