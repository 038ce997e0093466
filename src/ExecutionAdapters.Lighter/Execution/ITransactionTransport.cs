namespace ExecutionAdapters.Lighter.Execution;

/// <summary>How the sequencer reaches the venue; the client implements it over its socket and its HTTP client.</summary>
internal interface ITransactionTransport
{
    /// <summary>Hands a frame to the socket. False: provably not sent.</summary>
    bool TrySend(byte[] frame);

    /// <summary>Sends a batch by HTTP; its outcome comes back through <see cref="TransactionSequencer.OnBatchOutcome"/>.</summary>
    void SendBatch(string transactionTypes, string transactionInfos);

    /// <summary>Has <see cref="TransactionSequencer.Pump"/> called on the loop after that time, or sooner.</summary>
    void WakeAfter(TimeSpan delay);

    /// <summary>Asks the venue for the next nonce; the answer comes back through <see cref="TransactionSequencer.OnNextNonce"/>.</summary>
    void FetchNextNonce(int question);
}
