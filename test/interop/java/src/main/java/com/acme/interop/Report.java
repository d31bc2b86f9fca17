package com.acme.interop;

/** Lines of JSON on standard output, one event each, in ASCII so that no platform encoding can spoil them. */
final class Report {
  private Report() {}

  /** Prints the pairs in their order; {@code event} comes first. */
  static synchronized void line(String event, Object... keysAndValues) {
    StringBuilder line = new StringBuilder("{\"event\":").append(quote(event));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      line.append(',').append(quote((String) keysAndValues[i])).append(':').append(json(keysAndValues[i + 1]));
    }
    System.out.println(line.append('}'));
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
