package io.a2g.common.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * The answer to the first request with a key.
 *
 * @param requestHash SHA-256 of the request's query and body
 * @param sealed true when {@code body} can only be read with the first caller's credential
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and the column is bytea
record StoredAnswer(
    byte[] requestHash,
    int status,
    @Nullable String contentType,
    @Nullable String location,
    @Nullable String etag,
    boolean sealed,
    byte[] body) {}
