package io.a2g.chat.file;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;

/**
 * A file that wants to be stored.
 *
 * @param name as the client gives it; null when it does not
 * @param declaredType the Content-Type the client gives it; null when it does not
 * @param size bytes
 * @param content can be read more than once
 * @param sessionId the conversation it belongs to; null for none
 */
public record Upload(
    @Nullable String name,
    @Nullable String declaredType,
    long size,
    InputStreamSource content,
    @Nullable Long sessionId) {}
