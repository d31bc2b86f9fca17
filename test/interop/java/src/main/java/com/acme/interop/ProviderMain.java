package com.acme.interop;

import java.io.IOException;
import java.net.ServerSocket;

/** {@code ProviderMain [registry]}: serves the contract on a free port and says so, until it is ended. */
public final class ProviderMain {
  private ProviderMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int port = freePort();
    Dubbo dubbo = new DubboLine("interop-java-provider");
    dubbo.export(new InteropProvider(dubbo), new NewsProvider(), arguments.length > 0 ? arguments[0] : null, port);
    Report.line("ready", "dubbo", dubbo.version(), "java", Runtime.version().feature(), "port", port);
    Thread.currentThread().join();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
