package io.a2g.common.environment;

import io.a2g.common.secret.SecretCipher;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Encryption of secrets for services that have some. Lazy, so that only those need a master key;
 * they do not start without one.
 */
@AutoConfiguration
@EnableConfigurationProperties(SecretProperties.class)
public class SecretAutoConfiguration {

  @Bean
  @Lazy
  SecretCipher secretCipher(SecretProperties properties) {
    return SecretCipher.of(properties.masterKeys());
  }
}
