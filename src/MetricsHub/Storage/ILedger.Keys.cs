using MetricsHub.Domain.Access;

namespace MetricsHub.Storage;

/// <summary>The keys by which callers are recognised. Of a secret only its hash is kept; no key is changed or deleted.</summary>
internal partial interface ILedger
{
    /// <summary>Enters a key, and the action of creating it.</summary>
    /// <returns>False where there is a key with this id: then nothing is entered.</returns>
    Task<bool> CreateKeyAsync(AccessKey key, CancellationToken cancellationToken);

    /// <summary>Enters the end of a key, and the action of ending it. Where it was revoked before, that stands.</summary>
    /// <returns>The key as it then stands; null where there is none with this id.</returns>
    Task<AccessKey?> RevokeKeyAsync(string id, DateTimeOffset at, string actor, CancellationToken cancellationToken);

    /// <summary>Enters that a key was used; <see cref="Version"/> stays, for no answer that is kept tells of it.</summary>
    Task MarkKeyUsedAsync(string id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Every key that ever was, oldest first.</summary>
    Task<IReadOnlyList<AccessKey>> ListKeysAsync(CancellationToken cancellationToken);
}

/// <param name="Id">What a key bears beside its secret: the name by which it is revoked.</param>
/// <param name="SecretSha256">SHA-256 of the secret's ASCII, in lower-case hexadecimal digits.</param>
/// <param name="Owner">Who was given it.</param>
/// <param name="ExpiresAt">From when on it is worth nothing.</param>
/// <param name="LastUsedAt">To the minute or so; null where it never was.</param>
/// <param name="RevokedAt">Null where it was not.</param>
internal sealed record AccessKey(
    string Id,
    string SecretSha256,
    string Owner,
    Grant Grant,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt = null,
    DateTimeOffset? RevokedAt = null);
