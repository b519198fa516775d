/** Language models: what the platform offers, and at what price. */
@NullMarked
package io.a2g.admin.model;

import org.jspecify.annotations.NullMarked;
