/** Work that a service does again and again beside its requests, all of it by one runner. */
@NullMarked
package io.a2g.common.job;

import org.jspecify.annotations.NullMarked;
