/** The audit over HTTP, for administrators. */
@NullMarked
package io.a2g.common.audit.web;

import org.jspecify.annotations.NullMarked;
