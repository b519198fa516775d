package io.a2g.common.reference.remote.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** What other services ask about references. */
@AutoConfiguration
@Import(InternalReferenceController.class)
public class InternalReferenceAutoConfiguration {}
