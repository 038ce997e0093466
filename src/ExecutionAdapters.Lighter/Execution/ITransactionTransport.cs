namespace ExecutionAdapters.Lighter.Execution;

/// <summary>How the sequencer reaches the venue; the client implements it over its socket and its HTTP client.</summary>
internal interface ITransactionTransport
{
    /// <summary>Hands a frame to the socket, which copies it. False: provably not sent.</summary>
    bool TrySend(ReadOnlySpan<byte> frame);

    /// <summary>Sends a batch's form by HTTP; its outcome comes back through <see cref="TransactionSequencer.OnBatchOutcome"/>.</summary>
    void SendBatch(ReadOnlyMemory<byte> form);

    /// <summary>Has <see cref="TransactionSequencer.Pump"/> called on the loop after that time, or sooner.</summary>
    void WakeAfter(TimeSpan delay);

    /// <summary>Asks the venue for the next nonce; the answer comes back through <see cref="TransactionSequencer.OnNextNonce"/>.</summary>
    void FetchNextNonce(int question);

    /// <summary>A transaction with this nonce is about to leave.</summary>
    void RememberNonce(long nonce);
}
