package io.a2g.chat.conversation.web;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What can be changed about a session; the target of a merge patch. */
record ChatSessionUpdateRequest(@Size(min = 1, max = 200) @Nullable String title) {}
