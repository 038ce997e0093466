using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>
/// Reads <c>tx_info</c> JSON strictly: members in any order, but none unknown, missing or twice; integers within the range of
/// their member; bounded in size and depth. Safe for input from the network.
/// </summary>
public static class LighterTransactionReader
{
    /// <summary>Longest text that is read: 4096 bytes, twice what any transaction needs.</summary>
    public const int MaximumSize = 4096;

    /// <summary>The object, its orders, and each of them.</summary>
    private const int MaximumDepth = 3;

    /// <summary>Reads a transaction. The shape is checked here, the venue's rules by <see cref="ILighterTransaction.Validate"/>.</summary>
    /// <param name="transactionType">The venue's <c>tx_type</c>.</param>
    /// <param name="txInfo">The UTF-8 JSON object.</param>
    /// <param name="parsed">The transaction, or null.</param>
    /// <param name="error">What is wrong and where, or null.</param>
    /// <returns>Whether it could be read.</returns>
    public static bool TryRead(
        byte transactionType,
        ReadOnlySpan<byte> txInfo,
        [NotNullWhen(true)] out ParsedTransaction? parsed,
        [NotNullWhen(false)] out string? error)
    {
        parsed = null;
        error = txInfo.Length > MaximumSize ? $"tx_info has {txInfo.Length} bytes; at most {MaximumSize} are read."
            : Empty(transactionType) is null ? $"tx_type {transactionType} is no transaction that users sign."
            : !Utf8.IsValid(txInfo) ? "tx_info is no valid UTF-8."
            : null;
        if (error is not null)
        {
            return false;
        }

        try
        {
            var options = new JsonDocumentOptions { MaxDepth = MaximumDepth };
            parsed = Read(transactionType, JsonElement.Parse(txInfo, options), out error);
            return parsed is not null;
        }
        catch (JsonException exception)
        {
            error = $"tx_info is no JSON that is read here: {exception.Message}";
        }
        catch (InvalidOperationException)
        {
            // An escape of half a surrogate pair: valid JSON, but no text.
            error = "tx_info holds text that is no Unicode.";
        }

        return false;
    }

    private static ParsedTransaction? Read(byte transactionType, JsonElement root, out string? error)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            error = "tx_info must be an object.";
            return null;
        }

        var members = new JsonMembers(root);
        var type = (LighterTransactionType)transactionType;
        var header = new TransactionHeader(
            members.Integer(TransactionRules.HasFromAccount(type) ? "FromAccountIndex"u8 : "AccountIndex"u8, long.MinValue, long.MaxValue),
            (byte)members.Integer("ApiKeyIndex"u8, byte.MinValue, byte.MaxValue),
            members.Integer("ExpiredAt"u8, long.MinValue, long.MaxValue),
            members.Integer("Nonce"u8, long.MinValue, long.MaxValue),
            Attributes(members));
        string signatureText = members.Text("Sig"u8, required: false) ?? "";
        var reader = new TransactionMemberReader(members);
        Empty(transactionType, header)!.Describe(ref reader);
        members.RefuseOthers();
        error = members.Error;
        return error is null
            ? new ParsedTransaction(reader.Transaction!, Signature(signatureText), reader.L1SignatureText ?? "")
            {
                SignatureText = signatureText,
            }
            : null;
    }

    private static LighterSignature? Signature(string text)
    {
        Span<byte> bytes = stackalloc byte[LighterSignature.Size];
        return Base64Text.TryDecode(text, bytes) && LighterSignature.TryFromBytes(bytes, out LighterSignature signature) ? signature : null;
    }

    private static TransactionAttributes Attributes(JsonMembers members)
    {
        TransactionAttributes attributes = default;
        if (members.OptionalObject("L2TxAttributes"u8) is not { } entries)
        {
            return attributes;
        }

        if (entries.GetPropertyCount() > TransactionAttributes.MaximumCount)
        {
            members.Fail($"L2TxAttributes has {entries.GetPropertyCount()} members; it may have {TransactionAttributes.MaximumCount}.");
            return attributes;
        }

        foreach (JsonProperty entry in entries.EnumerateObject())
        {
            bool isType = byte.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out byte type) && entry.Name[0] != '0';
            if (!isType || entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt64(out long value))
            {
                members.Fail("L2TxAttributes must have types 1 to 255 as names and integers as values.");
                return attributes;
            }

            if (attributes.TryGet(type, out _))
            {
                members.Fail($"L2TxAttributes holds type {type} twice.");
            }

            attributes = attributes.With(type, value);
        }

        return attributes;
    }

    private static ILighterTransaction? Empty(byte type, TransactionHeader header = default) => (LighterTransactionType)type switch
    {
        LighterTransactionType.ChangePubKey => new ChangePubKeyTransaction { Header = header },
        LighterTransactionType.CreateSubAccount => new CreateSubAccountTransaction { Header = header },
        LighterTransactionType.CreatePublicPool => new CreatePublicPoolTransaction { Header = header },
        LighterTransactionType.UpdatePublicPool => new UpdatePublicPoolTransaction { Header = header },
        LighterTransactionType.Transfer => new TransferTransaction { Header = header },
        LighterTransactionType.Withdraw => new WithdrawTransaction { Header = header },
        LighterTransactionType.CreateOrder => new CreateOrderTransaction { Header = header },
        LighterTransactionType.CancelOrder => new CancelOrderTransaction { Header = header },
        LighterTransactionType.CancelAllOrders => new CancelAllOrdersTransaction { Header = header },
        LighterTransactionType.ModifyOrder => new ModifyOrderTransaction { Header = header },
        LighterTransactionType.MintShares => new MintSharesTransaction { Header = header },
        LighterTransactionType.BurnShares => new BurnSharesTransaction { Header = header },
        LighterTransactionType.UpdateLeverage => new UpdateLeverageTransaction { Header = header },
        LighterTransactionType.CreateGroupedOrders => new CreateGroupedOrdersTransaction { Header = header },
        LighterTransactionType.UpdateMargin => new UpdateMarginTransaction { Header = header },
        LighterTransactionType.StakeAssets => new StakeAssetsTransaction { Header = header },
        LighterTransactionType.UnstakeAssets => new UnstakeAssetsTransaction { Header = header },
        LighterTransactionType.UpdateAccountConfig => new UpdateAccountConfigTransaction { Header = header },
        LighterTransactionType.UpdateAccountAssetConfig => new UpdateAccountAssetConfigTransaction { Header = header },
        LighterTransactionType.ApproveIntegrator => new ApproveIntegratorTransaction { Header = header },
        _ => null,
    };
}
