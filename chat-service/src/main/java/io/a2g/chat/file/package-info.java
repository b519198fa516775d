/** Uploaded files: rows in the database, bytes in a file store. */
@NullMarked
package io.a2g.chat.file;

import org.jspecify.annotations.NullMarked;
