package io.a2g.user.bootstrap;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The first administrator of an empty platform ({@code platform.bootstrap}).
 *
 * @param adminApiKeyFile file with the administrator's API key; made with mode 0600 when absent;
 *     empty: no administrator is made
 */
@ConfigurationProperties("platform.bootstrap")
record BootstrapProperties(@DefaultValue("") String adminApiKeyFile) {}
