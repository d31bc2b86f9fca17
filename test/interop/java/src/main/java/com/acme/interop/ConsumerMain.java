package com.acme.interop;

import com.acme.interop.Dubbo.Target;

/**
 * {@code ConsumerMain <address>}: runs every check against the provider found in that registry, or at that {@code
 * dubbo://} URL, and prints one line each.
 */
public final class ConsumerMain {
  private ConsumerMain() {}

  public static void main(String[] arguments) {
    String address = arguments[0];
    Target target = address.startsWith("dubbo://") ? new Target(null, address) : new Target(address, null);
    Dubbo dubbo = new DubboLine("interop-java-consumer");
    for (Check check : new Checks(dubbo, target).all()) {
      String outcome = outcome(check, dubbo);
      Report.line("check", "name", check.name(), "call", check.call(), "ok", check.accepts(outcome), "outcome", outcome,
          "expected", check.expected());
    }
    Report.line("done", "dubbo", dubbo.version());
    System.exit(0);
  }

  private static String outcome(Check check, Dubbo dubbo) {
    try {
      return Text.of(check.action().run());
    } catch (Throwable failure) {
      return Text.of(failure, dubbo.details(failure));
    }
  }
}
