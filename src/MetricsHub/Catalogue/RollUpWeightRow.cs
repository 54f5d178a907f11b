namespace MetricsHub.Catalogue;

/// <param name="File">The file, relative to the catalogue folder.</param>
/// <param name="Row">The row in the file, the header being 1.</param>
internal sealed record RollUpWeightRow(
    string File, int Row, string Parent, string Child, string Weight, string ValidFrom, string ValidTo, string Basis, string Provenance, string Source);
