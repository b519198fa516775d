/** Language models over HTTP. */
@NullMarked
package io.a2g.admin.model.web;

import org.jspecify.annotations.NullMarked;
