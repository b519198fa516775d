/** Uploads and downloads over HTTP. */
@NullMarked
package io.a2g.chat.file.web;

import org.jspecify.annotations.NullMarked;
