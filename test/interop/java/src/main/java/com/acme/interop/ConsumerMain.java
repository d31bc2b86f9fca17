package com.acme.interop;

import com.acme.interop.Dubbo.Target;
import java.util.LinkedHashMap;
import java.util.Map;

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
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("event", "check");
      line.put("name", check.name());
      line.put("call", check.call());
      line.put("ok", check.accepts(outcome));
      line.put("outcome", outcome);
      line.put("expected", check.expected());
      Report.line(line);
    }
    Report.line(Map.of("event", "done"));
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
