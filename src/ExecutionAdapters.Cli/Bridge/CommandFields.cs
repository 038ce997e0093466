using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>The model's values as fields of a command.</summary>
internal static class CommandFields
{
    public const string InstrumentName = "instrument_id";

    private const string Ascii = "a non-empty ASCII text";
    private const string Number = "a decimal number in a string";

    public static ClientOrderId RequireClientOrderId(this JsonFields fields) =>
        fields.Require<ClientOrderId>("client_order_id", ClientOrderId.TryCreate, Ascii);

    public static VenueOrderId? VenueOrderId(this JsonFields fields) => fields.Parse<VenueOrderId>("venue_order_id", Model.VenueOrderId.TryCreate, Ascii);

    public static InstrumentId? InstrumentId(this JsonFields fields) =>
        fields.Parse<InstrumentId>(InstrumentName, Model.InstrumentId.TryParse, "of the form SYMBOL.VENUE, such as ETH-PERP.LIGHTER");

    public static InstrumentId RequireInstrumentId(this JsonFields fields) => fields.InstrumentId() ?? throw fields.Missing(InstrumentName);

    public static OrderListId RequireOrderListId(this JsonFields fields) => fields.Require<OrderListId>("order_list_id", OrderListId.TryCreate, Ascii);

    public static Price? Price(this JsonFields fields, string name) =>
        fields.Parse<Price>(name, static (string text, out Price value) => Model.Price.TryParse(text, out value), Number);

    public static Quantity? Quantity(this JsonFields fields, string name) =>
        fields.Parse<Quantity>(name, static (string text, out Quantity value) => Model.Quantity.TryParse(text, out value), Number + ", not below zero");
}
