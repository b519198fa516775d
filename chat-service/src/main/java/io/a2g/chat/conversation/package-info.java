/** ChatSessionService: sessions of a user with an agent, and what was said in them. */
@NullMarked
package io.a2g.chat.conversation;

import org.jspecify.annotations.NullMarked;
