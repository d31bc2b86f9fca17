package com.acme.interop;

import java.util.Map;
import java.util.stream.Collectors;

/** Lines of JSON on standard output, one event each, in ASCII so that no platform encoding can spoil them. */
final class Report {
  private Report() {}

  static synchronized void line(Map<String, ?> event) {
    System.out.println(
        event.entrySet().stream()
            .map(entry -> quote(entry.getKey()) + ":" + json(entry.getValue()))
            .collect(Collectors.joining(",", "{", "}")));
    System.out.flush();
  }

  private static String json(Object value) {
    return value instanceof Boolean || value instanceof Integer ? value.toString() : quote(String.valueOf(value));
  }

  private static String quote(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
