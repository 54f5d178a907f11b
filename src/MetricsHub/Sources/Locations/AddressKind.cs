using System.Net;
using System.Net.Sockets;

namespace MetricsHub.Sources.Locations;

/// <summary>Who may be reached at an IP address.</summary>
internal enum AddressKind
{
    /// <summary>Anybody's server on the internet.</summary>
    Public,

    /// <summary>This machine, or one of the network it stands in: reached only where the catalogue allows it.</summary>
    Private,

    /// <summary>No server that publishes anything: link-local (where clouds give away credentials), multicast, documentation. Never reached.</summary>
    Reserved,
}

/// <summary>
/// Tells addresses apart by IANA's special-purpose registries. A table of our own, because Microsoft.Security.AntiSSRF brings a message
/// handler that neither decompresses nor lets a test stand in for name resolution.
/// </summary>
internal static class AddressKinds
{
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    private static readonly IPNetwork[] PrivateNetworks =
        Networks("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7");

    private static readonly IPNetwork[] ReservedNetworks = Networks(
        "0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "3fff::/20",

        // Where a virtual machine of Azure reaches its host; public by its number only.
        "168.63.129.16/32");

    public static AddressKind Of(IPAddress address) => address switch
    {
        _ when address.IsIPv4MappedToIPv6 => Of(address.MapToIPv4()),

        // These lead to the IPv4 address that they embed.
        _ when Nat64.Contains(address) => Of(new IPAddress(address.GetAddressBytes().AsSpan(12, 4))),
        _ when SixToFour.Contains(address) => Of(new IPAddress(address.GetAddressBytes().AsSpan(2, 4))),
        _ when Array.Exists(PrivateNetworks, network => network.Contains(address)) => AddressKind.Private,
        _ when Array.Exists(ReservedNetworks, network => network.Contains(address)) => AddressKind.Reserved,
        { AddressFamily: AddressFamily.InterNetworkV6 } => GlobalUnicast.Contains(address) ? AddressKind.Public : AddressKind.Reserved,
        _ => AddressKind.Public,
    };

    private static IPNetwork[] Networks(params IEnumerable<string> networks) => [.. networks.Select(network => IPNetwork.Parse(network))];
}
