package io.rowstream.standalone;

import java.net.InetAddress;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// Refuses to start on an address others can reach: whoever reaches it may do everything as long as
/// there is no authentication. An address that is not set, or empty, is all of them.
final class LoopbackOnly implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Binder settings = Binder.get(context.getEnvironment());
    requireLoopback("server.address", settings);
    if (settings.bind("management.server.port", Integer.class).isBound()) {
      requireLoopback("management.server.address", settings);
    }
  }

  private static void requireLoopback(String property, Binder settings) {
    InetAddress address = settings.bind(property, InetAddress.class).orElse(null);
    if (address == null || !address.isLoopbackAddress()) {
      throw new IllegalStateException(
          property
              + "="
              + settings.bind(property, String.class).orElse("")
              + " is not a loopback address. Without authentication Rowstream listens on loopback"
              + " only; nothing was started.");
    }
  }
}
