namespace MetricsHub.Storage.DuckDb;

/// <summary>A series and a period, in a form that is cheap to look up: ten thousand of them stand behind every large append.</summary>
internal readonly record struct PeriodKey(int Series, long Start, long End)
{
    public override int GetHashCode()
    {
        var mixed = (((ulong)Series * 0x9E3779B97F4A7C15) ^ (ulong)Start) * 0xC2B2AE3D27D4EB4F;
        mixed = (mixed ^ (ulong)(End - Start)) * 0x9E3779B97F4A7C15;
        return (int)(mixed >> 32);
    }
}
