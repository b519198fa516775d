/** The chat service. */
@NullMarked
package io.a2g.chat;

import org.jspecify.annotations.NullMarked;
