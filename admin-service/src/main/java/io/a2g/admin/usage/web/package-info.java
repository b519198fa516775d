/** Usage over HTTP. */
@NullMarked
package io.a2g.admin.usage.web;

import org.jspecify.annotations.NullMarked;
