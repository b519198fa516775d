package io.a2g.common.headers;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is in front of the service ({@code platform.proxies}).
 *
 * @param trusted addresses and networks (CIDR) of proxies whose {@code X-Forwarded-For} and {@code
 *     X-Forwarded-Proto} are believed; empty: nobody's are
 */
@ConfigurationProperties("platform.proxies")
record ProxyProperties(@DefaultValue List<String> trusted) {}
