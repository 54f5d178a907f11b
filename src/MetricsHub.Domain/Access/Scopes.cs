namespace MetricsHub.Domain.Access;

/// <summary>What a caller may do. None implies another, but that <see cref="Admin"/> holds them all.</summary>
[Flags]
public enum Scopes
{
    None = 0,

    /// <summary>Read figures, levels, sources and definitions.</summary>
    Read = 1,

    /// <summary>Push figures.</summary>
    Write = 2,

    /// <summary>Declare levels, and end what was declared.</summary>
    Declare = 4,

    /// <summary>Everything, and besides: keys, actions, replays and jobs.</summary>
    Admin = 8,
}
