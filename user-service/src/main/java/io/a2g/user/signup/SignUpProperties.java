package io.a2g.user.signup;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may sign up ({@code platform.sign-up}).
 *
 * @param open whether people without an invitation may; true when absent
 */
@ConfigurationProperties("platform.sign-up")
record SignUpProperties(@DefaultValue("true") boolean open) {}
