package io.rowstream.standalone;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// Refuses to start on an address others can reach: whoever reaches it may do everything as long as
/// there is no authentication.
final class LoopbackOnly implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    for (String property : new String[] {"server.address", "management.server.address"}) {
      String address = context.getEnvironment().getProperty(property);
      if (address != null && !isLoopback(address)) {
        throw new IllegalStateException(
            property
                + "="
                + address
                + " is not a loopback address. Without authentication Rowstream listens on loopback"
                + " only; nothing was started.");
      }
    }
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }
}
