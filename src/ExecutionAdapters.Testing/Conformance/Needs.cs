using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance;

/// <summary>What scenarios need of a venue: each gives null, or the member that says no and why.</summary>
internal static class Needs
{
    public static readonly Func<VenueTraits, string?> PostOnly = Capability(nameof(ExecutionClientCapabilities.PostOnly), can => can.PostOnly, "no post-only orders");

    public static readonly Func<VenueTraits, string?> ReduceOnly = Capability(nameof(ExecutionClientCapabilities.ReduceOnly), can => can.ReduceOnly, "no reduce-only orders");

    public static readonly Func<VenueTraits, string?> Modify = Capability(nameof(ExecutionClientCapabilities.Modify), can => can.Modify, "orders cannot be modified");

    public static readonly Func<VenueTraits, string?> Lists = Capability(nameof(ExecutionClientCapabilities.MaxOrderListSize), can => can.MaxOrderListSize >= 2, "no order lists");

    public static readonly Func<VenueTraits, string?> Brackets = Trait(nameof(VenueTraits.Brackets), traits => traits.Brackets, "no brackets");

    public static readonly Func<VenueTraits, string?> Netting = Trait(nameof(VenueTraits.Netting), traits => traits.Netting, "several positions per instrument");

    public static readonly Func<VenueTraits, string?> ExpiringTokens = Trait(nameof(VenueTraits.ExpiringTokens), traits => traits.ExpiringTokens, "no session token that ends");

    public static Func<VenueTraits, string?> Type(OrderType type) =>
        Capability(nameof(ExecutionClientCapabilities.OrderTypes), can => can.OrderTypes.Contains(type), $"no {type.ToWireString()} orders");

    public static Func<VenueTraits, string?> Time(TimeInForce time) =>
        Capability(nameof(ExecutionClientCapabilities.TimesInForce), can => can.TimesInForce.Contains(time), $"no {time.ToWireString()}");

    public static Func<VenueTraits, string?> Fault(VenueFault fault) =>
        Trait(nameof(VenueTraits.Faults), traits => traits.Faults.Contains(fault), $"the harness cannot inject {fault}");

    public static Func<VenueTraits, string?> Capability(string name, Func<ExecutionClientCapabilities, bool> has, string without) =>
        Trait(name, traits => has(traits.Capabilities), without);

    public static Func<VenueTraits, string?> Trait(string name, Func<VenueTraits, bool> has, string without) => traits => has(traits) ? null : $"{name}: {without}";
}
