namespace MetricsHub.Api;

/// <summary>What would be, beside what is. Nothing of it is stored, and what was shown before stays as it was.</summary>
/// <param name="Organisation">The organisation judged.</param>
/// <param name="At">The instant asked for.</param>
/// <param name="AsOf">The instant of knowing: nothing recorded later went in.</param>
/// <param name="Items">One for each framework that judges the organisation, or that it is read by.</param>
internal sealed record WhatIfAnswer(OrganisationName Organisation, DateTimeOffset At, DateTimeOffset AsOf, IReadOnlyList<WhatIfItem> Items);

/// <summary>Two readings side by side.</summary>
/// <param name="Before">As it is.</param>
/// <param name="After">As it would be, with the inputs supposed or by the other framework.</param>
/// <param name="SameRules">Whether both are by the same rules; levels by others do not compare.</param>
/// <param name="Moved">The inputs that differ.</param>
internal sealed record WhatIfItem(SideItem Before, SideItem After, bool SameRules, IReadOnlyList<MovedInputItem> Moved);
