using System.Net;
using MetricsHub.Sources.Locations;
using Xunit;

namespace MetricsHub.Tests.Sources.Locations;

public sealed class AddressKindsTests
{
    /// <summary>The first and the last address of each range, and their neighbours.</summary>
    [Theory]
    [InlineData(AddressKind.Public, "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0")]
    [InlineData(AddressKind.Public, "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0")]
    [InlineData(AddressKind.Public, "198.17.255.255", "198.20.0.0", "223.255.255.255", "168.63.129.15", "2606:2800:220:1::1", "2a00:1450::1", "3ffe::1")]
    [InlineData(AddressKind.Public, "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1")]
    [InlineData(AddressKind.Private, "10.0.0.0", "10.255.255.255", "127.0.0.0", "127.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255")]
    [InlineData(AddressKind.Private, "100.64.0.0", "100.127.255.255", "::1", "fc00::", "fdff:ffff::1", "::ffff:10.0.0.1", "64:ff9b::c0a8:1", "2002:a00:1::")]
    [InlineData(AddressKind.Reserved, "0.0.0.0", "0.255.255.255", "169.254.0.0", "169.254.169.254", "192.0.0.0", "192.0.0.255", "192.0.2.1", "192.88.99.1")]
    [InlineData(AddressKind.Reserved, "198.18.0.0", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.0", "239.255.255.255", "240.0.0.0", "255.255.255.255")]
    [InlineData(AddressKind.Reserved, "168.63.129.16", "::", "::7f00:1", "fe80::1", "febf::1", "fec0::1", "ff02::1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "3fff::1", "5f00::1")]
    [InlineData(AddressKind.Reserved, "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::")]
    internal void Of_Address_IsWhatTheRegistriesSay(AddressKind kind, params string[] addresses) =>
        Assert.All(addresses, address => Assert.Equal((address, kind), (address, AddressKinds.Of(IPAddress.Parse(address)))));
}
