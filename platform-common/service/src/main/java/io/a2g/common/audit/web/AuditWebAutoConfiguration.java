package io.a2g.common.audit.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** The audit over HTTP. */
@AutoConfiguration
@Import(AuditController.class)
public class AuditWebAutoConfiguration {}
