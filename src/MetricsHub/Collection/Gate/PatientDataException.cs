using MetricsHub.Domain.Privacy;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Collection.Gate;

/// <summary>A payload that the patient-data gate does not let in. Nothing of it is kept but its hash and the reason.</summary>
/// <param name="id">The SHA-256 of the bytes that arrived.</param>
internal sealed class PatientDataException(PublicationId id, PatientDataFinding finding) : Exception(finding.Reason)
{
    public PublicationId Id { get; } = id;
}
