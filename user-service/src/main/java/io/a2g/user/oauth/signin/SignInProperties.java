package io.a2g.user.oauth.signin;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the sign-in ({@code platform.sign-in}).
 *
 * @param local whether an API key pasted into the page signs in; true when absent
 * @param sessionTime how long a browser stays signed in; 8 h when absent
 */
@ConfigurationProperties("platform.sign-in")
public record SignInProperties(
    @DefaultValue("true") boolean local, @DefaultValue("8h") Duration sessionTime) {}
