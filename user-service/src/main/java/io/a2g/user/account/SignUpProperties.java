package io.a2g.user.account;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Users who come without an administrator ({@code platform.sign-up}).
 *
 * @param open whether people without an invitation may sign up; true when absent
 * @param maxPending users who may wait for approval at the same time, by sign-up and by the
 *     identity provider; 1,000 when absent
 */
@ConfigurationProperties("platform.sign-up")
public record SignUpProperties(
    @DefaultValue("true") boolean open, @DefaultValue("1000") int maxPending) {}
