package io.a2g.chat.conversation.web;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A new session.
 *
 * @param agentId with whom; its user must be allowed to use the agent
 * @param title absent: the first USER message names the session
 * @param userId whose; absent: the caller's. Only an administrator may name somebody else.
 */
record ChatSessionRequest(
    @NotNull Long agentId,
    @Size(min = 1, max = 200) @Nullable String title,
    @Nullable Long userId) {}
