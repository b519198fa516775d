/** HTTP conventions: keyset cursors, entity tags and merge patches. */
@NullMarked
package io.a2g.common.web;

import org.jspecify.annotations.NullMarked;
