/** ChatSessionService over HTTP. */
@NullMarked
package io.a2g.chat.conversation.web;

import org.jspecify.annotations.NullMarked;
